//! Where this room meets the desk: each wish of the mail rooms in the desk's own words.

use base::{EmailAddress, UtcMs};
use db::Tx;
use desk::{
    Address, Attachment, AuthorKind, CaseId, CaseNumber, Channel, ConversationId, DraftMode,
    InboundMessage, MessageId, NewAttachment, Outcome, Thread,
};
use people::ContactId;
use platform::{Actor, Error, FileId, FileInfo, StoredBytes};
use ui::L;
use ui::i18n::Lang;

use crate::inbound::{Place, Prepared};
use crate::outbound::OutboundMail;
use crate::why;

/// A file on the disk that is not named by a row yet.
#[derive(Clone, Debug)]
pub(crate) struct NewFile {
    pub stored: StoredBytes,
    pub name: String,
    pub mime: String,
    pub inline: bool,
    pub content_id: Option<String>,
}

/// A mail on its way to the desk.
pub(crate) struct Incoming<'p> {
    pub prepared: &'p Prepared,
    pub sender: &'p EmailAddress,
    pub sender_name: String,
    pub place: Place,
    pub auto: bool,
    pub files: Vec<(FileId, &'p NewFile)>,
    pub html: Option<FileId>,
}

/// Where the desk put a mail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FiledMail {
    pub contact_id: ContactId,
    pub conversation_id: i64,
    pub case_id: i64,
    pub message_id: i64,
    pub opened: bool,
}

/// A message of the desk with all that its mail is made of.
pub(crate) struct OutgoingMessage {
    pub to: Vec<Address>,
    pub cc: Vec<Address>,
    pub subject: String,
    pub text: String,
    /// The system wrote it: an acknowledgement.
    pub automatic: bool,
    pub mailbox_id: Option<i64>,
    pub files: Vec<(Attachment, FileInfo)>,
    /// What the customer last wrote before it.
    pub quoted: Option<Quoted>,
}

/// A customer's words to be quoted.
pub(crate) struct Quoted {
    pub name: String,
    pub text: String,
    pub at: UtcMs,
}

/// How long a customer's status link works.
const LINK_MS: i64 = 365 * UtcMs::DAY;

/// Whether the sender takes part in the case of this message: as its customer, as a writer, or
/// as somebody it was sent to.
pub(crate) fn belongs(
    tx: &mut Tx<'_>,
    actor: &Actor,
    message_id: i64,
    sender: &EmailAddress,
) -> Result<bool, Error> {
    let case_id = case_of_message(tx, message_id)?;
    let case = desk::case_by_id(tx, actor, case_id)?;
    Ok(desk::conversation_of(tx, &case.number, sender)?.is_some())
}

/// The case that a message is in.
pub(crate) fn case_of_message(tx: &mut Tx<'_>, message_id: i64) -> Result<CaseId, Error> {
    Ok(desk::outgoing(tx, MessageId(message_id))?.message.case_id)
}

/// What a case number in a subject leads to.
pub(crate) enum Numbered {
    /// The sender takes part in this conversation.
    Conversation(i64),
    /// There is such a case, and the sender has no part in it.
    Stranger(CaseId),
}

pub(crate) fn by_number(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &str,
    sender: &EmailAddress,
) -> Result<Option<Numbered>, Error> {
    let Ok(number) = text.parse::<CaseNumber>() else { return Ok(None) };
    if let Some((_, conversation_id)) = desk::conversation_of(tx, &number, sender)? {
        return Ok(Some(Numbered::Conversation(conversation_id.0)));
    }
    match desk::case_by_number(tx, actor, &number) {
        Ok(case) => Ok(Some(Numbered::Stranger(case.id))),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Hands a mail to the desk.
pub(crate) fn receive(
    tx: &mut Tx<'_>,
    actor: &Actor,
    incoming: &Incoming<'_>,
) -> Result<FiledMail, Error> {
    let (prepared, parsed) = (incoming.prepared, &incoming.prepared.parsed);
    let attachments = incoming.files.iter().map(|(file_id, file)| NewAttachment {
        file_id: *file_id,
        name: file.name.clone(),
        mime: file.mime.clone(),
        size_bytes: file.stored.size_bytes,
        inline: file.inline,
        content_id: file.content_id.clone(),
    });
    let message = InboundMessage {
        channel: Channel::Email,
        mailbox_id: Some(prepared.mailbox.id.0),
        queue_id: prepared.mailbox.queue_id,
        case_type: prepared.mailbox.case_type,
        from: incoming.sender.clone(),
        from_name: incoming.sender_name.clone(),
        to: prepared.others(&parsed.to),
        cc: prepared.others(&parsed.cc),
        subject: parsed.subject.clone(),
        text: parsed.text.clone(),
        reply_text: parsed.reply_text.clone(),
        html_file_id: incoming.html,
        attachments: attachments.collect(),
        thread: match incoming.place {
            Place::Conversation(id) => Thread::Conversation(ConversationId(id)),
            Place::New { related } => Thread::New { related },
        },
        channel_key: prepared.marks.message_key.clone(),
        auto: incoming.auto,
        received_at: prepared.mail.received_at,
        language: prepared.mailbox.lang.clone(),
    };
    let received = desk::receive(tx, actor, message)?;
    Ok(FiledMail {
        contact_id: received.contact_id,
        conversation_id: received.conversation_id.0,
        case_id: received.case_id.0,
        message_id: received.message_id.0,
        opened: received.outcome == Outcome::Opened,
    })
}

/// Tells the customer the number of the new case and where its status can be seen.
pub(crate) fn acknowledge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    filed: &FiledMail,
    (token, url): (&str, &str),
    mailbox_lang: &str,
) -> Result<(), Error> {
    let contact = people::find_contact(tx, actor, filed.contact_id)?;
    let known = Lang::from_code(&contact.language).is_some();
    let lang = if known { contact.language.as_str() } else { mailbox_lang };
    let case_id = CaseId(filed.case_id);
    if desk::acknowledge(tx, actor, case_id, url, lang)?.is_some() {
        let expires_at = tx.now().plus_ms(LINK_MS);
        desk::add_status_link(tx, actor, case_id, token, expires_at)?;
    }
    Ok(())
}

/// A message with all that its mail is made of.
pub(crate) fn outgoing_message(
    tx: &mut Tx<'_>,
    message_id: i64,
    quoted_message_id: Option<i64>,
) -> Result<OutgoingMessage, Error> {
    let outgoing = desk::outgoing(tx, MessageId(message_id))?;
    let mut files = Vec::new();
    for attachment in outgoing.attachments {
        let file = platform::find_file(tx, attachment.file_id)?.ok_or(Error::NotFound)?;
        files.push((attachment, file));
    }
    let quoted = match quoted_message_id.filter(|id| *id < message_id) {
        Some(id) => Some(desk::outgoing(tx, MessageId(id))?.message),
        None => None,
    };
    let message = outgoing.message;
    Ok(OutgoingMessage {
        to: message.to,
        cc: message.cc,
        subject: message.subject,
        text: message.body_text,
        automatic: message.auto || message.author_kind == AuthorKind::System,
        mailbox_id: outgoing.conversation.mailbox_id,
        files,
        quoted: quoted.map(|quoted| Quoted {
            name: match quoted.from.name.is_empty() {
                true => quoted.from.address,
                false => quoted.from.name,
            },
            text: quoted.reply_text.unwrap_or(quoted.body_text),
            at: quoted.created_at,
        }),
    })
}

pub(crate) fn mark_sent(
    tx: &mut Tx<'_>,
    actor: &Actor,
    message_id: i64,
    header_id: &str,
) -> Result<(), Error> {
    desk::mark_sent(tx, actor, MessageId(message_id), Some(header_id))
}

/// It will not be sent. `reason` is a key after `channels-why-`, `detail` a server's own words.
pub(crate) fn mark_failed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    message_id: i64,
    (reason, detail): (&str, &str),
) -> Result<(), Error> {
    let words = why(actor, reason, detail);
    // Whoever works at the queue need not be allowed to answer the case.
    let system = Actor::system(actor.zone.clone());
    desk::mark_failed(tx, &system, MessageId(message_id), &words)
}

pub(crate) fn mark_bounced(
    tx: &mut Tx<'_>,
    actor: &Actor,
    message_id: i64,
    (reason, detail): (&str, &str),
) -> Result<(), Error> {
    desk::mark_bounced(tx, actor, MessageId(message_id), &why(actor, reason, detail))
}

/// The words of a reply, if the actor wrote it.
pub(crate) fn own_words(tx: &mut Tx<'_>, actor: &Actor, id: MessageId) -> Result<String, Error> {
    let message = desk::outgoing(tx, id)?.message;
    let is_own =
        message.author_kind == AuthorKind::Member && message.author_id == actor.member_id.0;
    if !is_own {
        return Err(Error::NotFound);
    }
    Ok(message.body_text)
}

/// A reply does not leave; its words are its author's draft again.
pub(crate) fn take_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mail: &OutboundMail,
    text: &str,
) -> Result<(), Error> {
    mark_failed(tx, actor, mail.desk_message_id, ("undone", ""))?;
    desk::save_draft(tx, actor, CaseId(mail.case_id), DraftMode::Reply, text)
}

/// Why in words: ours in the reader's language, then the server's.
fn why(actor: &Actor, reason: &str, detail: &str) -> String {
    let lang = Lang::from_code(&actor.lang).unwrap_or_default();
    let ours = why::words(L::bare(lang), reason);
    if detail.is_empty() { ours } else { format!("{ours} ({detail})") }
}
