//! API tokens: a person's rights in one workspace, for a program.

use base::UtcMs;
use db::Tx;

use super::store;
use crate::error::Error;
use crate::keys::{Keys, token_digest};

/// A token as its owner sees it later; the token itself is shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInfo {
    pub id: i64,
    pub login_id: i64,
    pub name: String,
    pub created_at: UtcMs,
    pub expires_at: Option<UtcMs>,
    pub revoked_at: Option<UtcMs>,
}

/// Every token starts so, that leaked ones can be searched for.
pub const PREFIX: &str = "spk_";
const LETTERS: usize = 40;

/// Makes a token without an end; the returned text is not kept anywhere.
pub fn create(
    tx: &mut Tx<'_>,
    keys: &Keys,
    workspace_id: i64,
    login_id: i64,
    name: &str,
) -> Result<String, Error> {
    create_until(tx, keys, workspace_id, login_id, name, None)
}

/// Makes a token that ends by itself.
pub fn create_until(
    tx: &mut Tx<'_>,
    keys: &Keys,
    workspace_id: i64,
    login_id: i64,
    name: &str,
    expires_at: Option<UtcMs>,
) -> Result<String, Error> {
    let token = format!("{PREFIX}{}", keys.token(LETTERS));
    store::insert_token(tx, &token_digest(&token), workspace_id, login_id, name, expires_at)?;
    Ok(token)
}

/// The workspace's slug and the login a token stands for, while it is good.
pub fn find(tx: &mut Tx<'_>, token: &str) -> Result<Option<(String, i64)>, Error> {
    if !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let now = tx.now();
    store::token(tx, &token_digest(token), now)
}

/// The tokens of a workspace, newest first.
pub fn list(tx: &mut Tx<'_>, workspace_id: i64) -> Result<Vec<TokenInfo>, Error> {
    store::tokens(tx, workspace_id)
}

/// Ends a token at once.
pub fn revoke(tx: &mut Tx<'_>, workspace_id: i64, id: i64) -> Result<(), Error> {
    store::revoke_token(tx, workspace_id, id)
}
