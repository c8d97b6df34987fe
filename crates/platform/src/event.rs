//! Events: what each use case records, once, in its own transaction.

use db::{NewEvent, StoredEvent, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::actor::Actor;
use crate::error::Error;

/// A change that happened. Its fields are ids and plain facts, never a customer's words: the
/// words stay in their rows, where they can be erased.
pub trait Event: Serialize + DeserializeOwned {
    /// `case.opened`; the part before the dot names the list a live page follows.
    const KIND: &'static str;
    /// The kind of thing it happened to: `case`.
    const SUBJECT: &'static str;
    /// Which one.
    fn subject_id(&self) -> i64;
    /// The contact it concerns, for that person's timeline.
    fn contact_id(&self) -> Option<i64> {
        None
    }
}

/// Records an event; listeners wired to it run inside this transaction.
pub fn record<E: Event>(tx: &mut Tx<'_>, actor: &Actor, event: &E) -> Result<StoredEvent, Error> {
    let payload =
        serde_json::to_string(event).map_err(|error| Error::Internal(error.to_string()))?;
    let stored = tx.append_event(NewEvent {
        kind: E::KIND,
        actor_id: actor.member_id.0,
        subject_kind: E::SUBJECT,
        subject_id: event.subject_id(),
        contact_id: event.contact_id(),
        payload,
    })?;
    Ok(stored)
}

/// Reads an event back, when it is of this kind and was not erased.
pub fn heard<E: Event>(stored: &StoredEvent) -> Option<E> {
    if stored.kind != E::KIND {
        return None;
    }
    serde_json::from_str(stored.payload.as_deref()?).ok()
}

/// What a live page may follow: the thing itself, its list, and the contact's page.
pub fn topics(event: &StoredEvent) -> Vec<String> {
    let mut topics = vec![
        format!("{}:{}", event.subject_kind, event.subject_id),
        format!("{}s", event.subject_kind),
    ];
    if let Some(contact_id) = event.contact_id
        && event.subject_kind != "contact"
    {
        topics.push(format!("contact:{contact_id}"));
    }
    topics
}
