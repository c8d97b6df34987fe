//! Logins: a person's e-mail address and password, the same in every workspace.

use argon2::Argon2;
use argon2::password_hash::phc::{PasswordHash, Salt};
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base::{EmailAddress, Entropy, UtcMs};
use db::Tx;

use super::store;
use crate::error::{Error, FieldError};
use crate::keys::{Keys, token_digest};

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    pub id: i64,
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
    pub lang: String,
    pub theme: String,
    pub disabled: bool,
}

/// Why a link lets somebody choose a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    FirstRun,
    Invitation,
    Reset,
}

impl LinkPurpose {
    fn key(self) -> &'static str {
        match self {
            LinkPurpose::FirstRun => "first",
            LinkPurpose::Invitation => "invitation",
            LinkPurpose::Reset => "reset",
        }
    }

    /// How long such a link works.
    pub fn lives_ms(self) -> i64 {
        match self {
            LinkPurpose::FirstRun => 2 * UtcMs::DAY,
            LinkPurpose::Invitation => 7 * UtcMs::DAY,
            LinkPurpose::Reset => UtcMs::HOUR,
        }
    }
}

/// The least number of characters of a password.
pub const PASSWORD_CHARS_MIN: usize = 10;
const PASSWORD_BYTES_MAX: usize = 512;
const LINK_LETTERS: usize = 40;

/// The login of this address, made when there is none.
pub fn find_or_make_login(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
    name: &str,
    lang: &str,
) -> Result<Login, Error> {
    if let Some(login) = store::login_by_email(tx, email.as_str())? {
        return Ok(login);
    }
    let id = store::insert_login(tx, email, name.trim(), lang)?;
    store::login(tx, id)?.ok_or(Error::NotFound)
}

pub fn login_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Login>, Error> {
    store::login_by_email(tx, &email.trim().to_lowercase())
}

pub fn find_login(tx: &mut Tx<'_>, id: i64) -> Result<Option<Login>, Error> {
    store::login(tx, id)
}

/// A person's own choice of language (`en`, `hi`) and theme (`auto`, `light`, `dark`).
pub fn set_preferences(tx: &mut Tx<'_>, id: i64, lang: &str, theme: &str) -> Result<(), Error> {
    if !["en", "hi", "pseudo"].contains(&lang) {
        return Err(Error::field("lang", "error-choose-from-list"));
    }
    if !["auto", "light", "dark"].contains(&theme) {
        return Err(Error::field("theme", "error-choose-from-list"));
    }
    store::set_preferences(tx, id, lang, theme)
}

/// Checks that a new password is long enough to be worth having.
pub fn check_password(password: &str) -> Result<(), Error> {
    if password.chars().count() < PASSWORD_CHARS_MIN {
        let error = FieldError::new("password", "error-password-short");
        return Err(error.with("min", PASSWORD_CHARS_MIN).into());
    }
    if password.len() > PASSWORD_BYTES_MAX {
        let error = FieldError::new("password", "error-too-long");
        return Err(error.with("max", PASSWORD_BYTES_MAX).into());
    }
    Ok(())
}

/// The argon2id hash to store. Slow on purpose: call it outside transactions.
pub fn hash_password(password: &str, entropy: &dyn Entropy) -> Result<String, Error> {
    let mut salt = [0u8; Salt::RECOMMENDED_LENGTH];
    entropy.fill(&mut salt);
    let hash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(hash.to_string())
}

/// True when the password is the login's. Takes as long for an address that nobody has.
pub fn password_matches(login: Option<&Login>, password: &str) -> bool {
    let kept = login.filter(|login| !login.disabled).and_then(|l| l.password_hash.as_deref());
    let hash = PasswordHash::new(kept.unwrap_or(NOBODY));
    let matches = password.len() <= PASSWORD_BYTES_MAX
        && hash.is_ok_and(|hash| {
            Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
        });
    matches && kept.is_some()
}

/// A hash that no password has, so that unknown addresses cost the same time.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FtcGFyay1ub2JvZHk$\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Makes a link that lets this login choose a password, once. Older ones stop working.
pub fn make_link(
    tx: &mut Tx<'_>,
    keys: &Keys,
    login_id: i64,
    purpose: LinkPurpose,
) -> Result<String, Error> {
    let token = keys.token(LINK_LETTERS);
    let expires_at = tx.now().plus_ms(purpose.lives_ms());
    store::drop_links(tx, login_id)?;
    store::insert_link(tx, &token_digest(&token), login_id, purpose.key(), expires_at)?;
    Ok(token)
}

/// Whose link this is, while it works.
pub fn link_login(tx: &mut Tx<'_>, token: &str) -> Result<Option<Login>, Error> {
    let now = tx.now();
    let Some(id) = store::link_login(tx, &token_digest(token), now)? else { return Ok(None) };
    store::login(tx, id)
}

/// Uses a link: the password is set, the link and every session of the login end.
pub fn redeem_link(tx: &mut Tx<'_>, token: &str, password_hash: &str) -> Result<Login, Error> {
    let login = link_login(tx, token)?.ok_or(Error::NotFound)?;
    store::drop_links(tx, login.id)?;
    store::set_password(tx, login.id, password_hash)?;
    store::drop_sessions(tx, login.id)?;
    Ok(login)
}

/// Sets a password directly, for the command line and the demo. Links and sessions of the login
/// end: whoever had the old password is out.
pub fn set_password(tx: &mut Tx<'_>, login_id: i64, password_hash: &str) -> Result<(), Error> {
    store::set_password(tx, login_id, password_hash)?;
    store::drop_links(tx, login_id)?;
    store::drop_sessions(tx, login_id)
}

/// Shuts a login out of every workspace at once, or lets it in again.
pub fn set_disabled(tx: &mut Tx<'_>, login_id: i64, disabled: bool) -> Result<(), Error> {
    let now = tx.now();
    store::set_disabled(tx, login_id, disabled.then_some(now))?;
    store::drop_links(tx, login_id)?;
    store::drop_sessions(tx, login_id)
}
