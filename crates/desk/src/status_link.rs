//! The link by which a customer sees the status of a case without signing in.

pub(crate) mod pages;
mod store;

use base::UtcMs;
use db::Tx;
use platform::{Actor, Error, token_digest};
use serde::Serialize;

use crate::case::{self, CaseId, CaseNumber};
use crate::kinds::{CaseType, StatusType};
use crate::permissions::DeskPermission;

/// What whoever holds the link may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicCase {
    pub case_id: CaseId,
    pub number: CaseNumber,
    pub case_type: CaseType,
    pub subject: String,
    pub status: StatusType,
    pub opened_at: UtcMs,
    pub last_agent_at: Option<UtcMs>,
    pub resolved_at: Option<UtcMs>,
    /// The customer's language.
    pub language: String,
}

/// Lets `token` show the case's status until `expires_at`. The caller made the token from random
/// letters (`Keys::token`) and puts it into the link; only its digest is kept.
pub fn add_status_link(
    tx: &mut Tx<'_>,
    actor: &Actor,
    case_id: CaseId,
    token: &str,
    expires_at: UtcMs,
) -> Result<(), Error> {
    case::visible(tx, actor, DeskPermission::ReplyCase, case_id)?;
    store::insert(tx, &token_digest(token), case_id, expires_at)
}

/// The case that a link shows; none for an unknown or expired one.
pub fn case_by_status_link(tx: &mut Tx<'_>, token: &str) -> Result<Option<PublicCase>, Error> {
    let now = tx.now();
    store::case(tx, &token_digest(token), now)
}
