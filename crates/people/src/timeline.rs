//! What happened with one person, across all rooms: the events that name them.

use db::{EventFilter, StoredEvent, Tx, newest_events};
use platform::{Actor, Error};

use crate::contact::ContactId;
use crate::permissions::PeoplePermission;

/// Events of one page.
const EVENTS_MAX: i64 = 50;

/// The person's events before `before_seq` (None begins at the newest), newest first, at most 50.
pub fn timeline(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact_id: ContactId,
    before_seq: Option<i64>,
) -> Result<Vec<StoredEvent>, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    let of_person =
        EventFilter { before_seq, contact_id: Some(contact_id.0), ..EventFilter::default() };
    Ok(newest_events(tx, &of_person, EVENTS_MAX)?)
}
