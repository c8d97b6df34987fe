//! Messages: what customers and members say to each other, and notes among members.

mod acknowledge;
mod delivery;
mod note;
mod reply;
mod store;

use base::UtcMs;
use db::Tx;
use platform::{Actor, Error, FileId};
use serde::{Deserialize, Serialize};

use crate::case::{self, CaseId};
use crate::conversation::{self, Conversation, ConversationId};
use crate::kinds::{AuthorKind, Channel, Direction, MessageStatus};
use crate::permissions::DeskPermission;

pub use acknowledge::acknowledge;
pub use delivery::{mark_bounced, mark_delivered, mark_failed, mark_read_by_customer, mark_sent};
pub use note::{add_note, write_down};
pub use reply::{Reply, reply};
pub(crate) use store::{attachments_between, before, insert};

base::typed_id!(
    /// A message or a note.
    MessageId,
    /// A file that came or goes with a message.
    AttachmentId,
);

/// Characters of one message.
pub(crate) const TEXT_MAX: usize = 200_000;
/// Files with one message.
const ATTACHMENTS_MAX: usize = 30;

/// Somebody's address in a channel, and what they call themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub address: String,
    pub name: String,
}

/// A message, as its row says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    pub id: MessageId,
    pub case_id: CaseId,
    pub conversation_id: ConversationId,
    pub direction: Direction,
    pub channel: Channel,
    pub author_kind: AuthorKind,
    /// The contact's or the member's; 0 is the system.
    pub author_id: i64,
    /// The member's name, where a member wrote it.
    pub author_name: Option<String>,
    pub from: Address,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    pub body_text: String,
    /// The body without quoted history, where that is less.
    pub reply_text: Option<String>,
    pub html_file_id: Option<FileId>,
    pub status: MessageStatus,
    /// Why it failed.
    pub problem: Option<String>,
    pub channel_key: Option<String>,
    /// A machine wrote it.
    pub auto: bool,
    pub created_at: UtcMs,
    pub sent_at: Option<UtcMs>,
}

/// A file with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attachment {
    pub id: AttachmentId,
    pub message_id: MessageId,
    pub file_id: FileId,
    pub name: String,
    pub mime: String,
    pub size_bytes: i64,
    /// The text shows it in its place.
    pub inline: bool,
    pub content_id: Option<String>,
}

/// A stored file that goes with a new message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttachment {
    pub file_id: FileId,
    pub name: String,
    pub mime: String,
    pub size_bytes: i64,
    pub inline: bool,
    pub content_id: Option<String>,
}

/// What a carrier needs to send a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub message: Message,
    pub attachments: Vec<Attachment>,
    pub conversation: Conversation,
}

/// A message about to be stored.
#[derive(Clone, Debug)]
pub(crate) struct NewMessage {
    pub direction: Direction,
    pub channel: Channel,
    pub author_kind: AuthorKind,
    pub author_id: i64,
    pub from: Address,
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    pub body_text: String,
    pub reply_text: Option<String>,
    pub html_file_id: Option<FileId>,
    pub attachments: Vec<NewAttachment>,
    pub status: MessageStatus,
    pub channel_key: Option<String>,
    pub auto: bool,
    pub at: UtcMs,
}

impl Default for NewMessage {
    /// An empty note of the system.
    fn default() -> Self {
        NewMessage {
            direction: Direction::Note,
            channel: Channel::Api,
            author_kind: AuthorKind::System,
            author_id: 0,
            from: Address::default(),
            to: Vec::new(),
            cc: Vec::new(),
            subject: String::new(),
            body_text: String::new(),
            reply_text: None,
            html_file_id: None,
            attachments: Vec::new(),
            status: MessageStatus::Received,
            channel_key: None,
            auto: false,
            at: UtcMs(0),
        }
    }
}

impl NewMessage {
    /// What is new in it.
    pub fn words(&self) -> &str {
        self.reply_text.as_deref().unwrap_or(&self.body_text)
    }
}

/// For carriers: a message with all that goes with it.
pub fn outgoing(tx: &mut Tx<'_>, id: MessageId) -> Result<Outgoing, Error> {
    let message = store::message(tx, id)?.ok_or(Error::NotFound)?;
    Ok(Outgoing {
        attachments: store::attachments_between(tx, message.case_id, id, MessageId(id.0 + 1))?,
        conversation: conversation::must_find(tx, message.conversation_id)?,
        message,
    })
}

/// For carriers: the last 20 channel keys of a conversation, oldest first, as a mail refers to
/// what it answers.
pub fn channel_keys(tx: &mut Tx<'_>, id: ConversationId) -> Result<Vec<String>, Error> {
    store::channel_keys(tx, id)
}

/// For carriers: which message has this channel key, in which case and conversation.
pub fn case_of_channel_key(
    tx: &mut Tx<'_>,
    key: &str,
) -> Result<Option<(MessageId, CaseId, ConversationId)>, Error> {
    store::by_channel_key(tx, key)
}

/// A file of a case that the actor may read.
pub fn find_attachment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AttachmentId,
) -> Result<Attachment, Error> {
    let (case_id, attachment) = store::attachment(tx, id)?.ok_or(Error::NotFound)?;
    case::visible(tx, actor, DeskPermission::ReadCase, case_id)?;
    Ok(attachment)
}

/// Files by their ids, as they were stored.
pub(crate) fn attachments_of_files(
    tx: &mut Tx<'_>,
    files: &[FileId],
) -> Result<Vec<NewAttachment>, Error> {
    if files.len() > ATTACHMENTS_MAX {
        return Err(platform::FieldError::new("attachments", "error-too-many")
            .with("max", ATTACHMENTS_MAX)
            .into());
    }
    files
        .iter()
        .map(|id| {
            let file = platform::find_file(tx, *id)?
                .ok_or_else(|| Error::field("attachments", "error-file-missing"))?;
            Ok(NewAttachment {
                file_id: file.id,
                name: file.name,
                mime: file.mime,
                size_bytes: file.size_bytes,
                inline: false,
                content_id: None,
            })
        })
        .collect()
}
