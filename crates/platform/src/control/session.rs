//! Browser sessions: a random cookie, of which the database keeps the digest.

use base::UtcMs;
use db::Tx;

use super::login::Login;
use super::store;
use crate::error::Error;
use crate::keys::{Keys, token_digest};

/// A session ends after so long without a request.
pub const SESSION_IDLE_MS: i64 = 12 * UtcMs::HOUR;
/// And after so long in any case.
pub const SESSION_MS_MAX: i64 = 7 * UtcMs::DAY;
/// How exactly "last seen" is kept: not every page view is worth a write.
const SEEN_STEP_MS: i64 = 5 * UtcMs::MINUTE;
const LETTERS: usize = 40;

/// Starts a session; returns the cookie's value.
pub fn start(tx: &mut Tx<'_>, keys: &Keys, login_id: i64) -> Result<String, Error> {
    let token = keys.token(LETTERS);
    let now = tx.now();
    store::drop_expired_sessions(tx, now)?;
    store::insert_session(tx, &token_digest(&token), login_id, now.plus_ms(SESSION_MS_MAX))?;
    Ok(token)
}

/// Who this cookie is, and whether "last seen" should be written.
pub fn find(tx: &mut Tx<'_>, token: &str) -> Result<Option<(Login, bool)>, Error> {
    let now = tx.now();
    let digest = token_digest(token);
    let Some((login, seen_at, expires_at)) = store::session(tx, &digest)? else {
        return Ok(None);
    };
    if login.disabled || now >= expires_at || now.since(seen_at) > SESSION_IDLE_MS {
        return Ok(None);
    }
    Ok(Some((login, now.since(seen_at) > SEEN_STEP_MS)))
}

pub fn seen(tx: &mut Tx<'_>, token: &str) -> Result<(), Error> {
    let now = tx.now();
    store::touch_session(tx, &token_digest(token), now)
}

/// Ends a session.
pub fn end(tx: &mut Tx<'_>, token: &str) -> Result<(), Error> {
    store::drop_session(tx, &token_digest(token))
}
