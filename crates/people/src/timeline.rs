//! What happened with one person, across all rooms: the events that name them.

mod store;

use db::{StoredEvent, Tx};
use platform::{Actor, Error};

use crate::contact::ContactId;
use crate::permissions::PeoplePermission;

/// Events of one page.
const EVENTS_MAX: usize = 50;

/// The person's events before `before_seq` (None begins at the newest), newest first, at most 50.
pub fn timeline(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact_id: ContactId,
    before_seq: Option<i64>,
) -> Result<Vec<StoredEvent>, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    store::events(tx, contact_id, before_seq.unwrap_or(i64::MAX), EVENTS_MAX)
}
