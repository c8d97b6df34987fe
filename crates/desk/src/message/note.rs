//! Words that no carrier carries: a note among members, and what a customer said, written down.

use db::Tx;
use people::check;
use platform::{Actor, Error, FileId, record};

use super::{Address, MessageId, NewMessage, TEXT_MAX, attachments_of_files, store};
use crate::case::{self, CaseId};
use crate::conversation::{self, heard, record_heard};
use crate::draft;
use crate::events::MessageNoted;
use crate::kinds::{AuthorKind, Channel, ConversationState, Direction};
use crate::permissions::DeskPermission;

/// Writes a note that customers never see.
pub fn add_note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    case_id: CaseId,
    text: &str,
    files: &[FileId],
) -> Result<MessageId, Error> {
    let case = case::visible(tx, actor, DeskPermission::ReplyCase, case_id)?;
    let new = NewMessage {
        direction: Direction::Note,
        channel: case.channel,
        author_kind: AuthorKind::Member,
        author_id: actor.member_id.0,
        from: Address { address: String::new(), name: actor.name.clone() },
        body_text: check::body("text", text, TEXT_MAX)?,
        attachments: attachments_of_files(tx, files)?,
        at: tx.now(),
        ..NewMessage::default()
    };
    let message_id = store::insert(tx, &case, &new)?;
    draft::forget(tx, actor.member_id, case_id)?;
    record(tx, actor, &MessageNoted { case_id, contact_id: case.contact_id, message_id })?;
    Ok(message_id)
}

/// Writes down what the customer said about a case, by telephone or over the counter. It counts
/// like a message of theirs: a finished case comes back.
pub fn write_down(
    tx: &mut Tx<'_>,
    actor: &Actor,
    case_id: CaseId,
    channel: Channel,
    text: &str,
    files: &[FileId],
) -> Result<MessageId, Error> {
    let before = case::visible(tx, actor, DeskPermission::ReplyCase, case_id)?;
    let body_text = check::body("text", text, TEXT_MAX)?;
    let now = tx.now();
    let new = NewMessage {
        direction: Direction::In,
        channel,
        author_kind: AuthorKind::Customer,
        author_id: before.contact_id.0,
        subject: before.subject.clone(),
        body_text,
        attachments: attachments_of_files(tx, files)?,
        at: now,
        ..NewMessage::default()
    };
    let message_id = store::insert(tx, &before, &new)?;
    let after = heard(tx, &before, &new)?;
    case::save(tx, &before, &after)?;
    conversation::spoke(tx, before.conversation_id, ConversationState::Open, now)?;
    record_heard(tx, actor, (&before, &after), message_id, false)?;
    Ok(message_id)
}
