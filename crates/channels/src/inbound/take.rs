//! The job that reads: from a kept mail to the desk. The oldest of a mailbox first, one at a
//! time, so that a customer's second mail does not overtake the first. Everything it decides is
//! one transaction, and only while the mail still waits: twice is once.

use std::io;
use std::sync::Arc;

use base::{EmailAddress, UtcMs};
use db::{DbError, Tx};
use desk::Address;
use platform::{Actor, App, Error, Job, JobFailure, JobSeat, Workspace, enqueue, record, setting};
use serde::{Deserialize, Serialize};
use wire_email::{Addr, Kind, Parsed};

use super::digest::{content, message_key};
use super::loops::{SenderFacts, may_acknowledge};
use super::store::{Filed, Marks};
use super::thread::{Clues, Place};
use super::{InboundDone, InboundFailed, InboundMail, InboundState, accept, bounce, store, thread};
use crate::desk_side::{self, FiledMail, Incoming, NewFile};
use crate::mailbox::{self, Mailbox, MailboxId};
use crate::outbound;
use crate::reference::{MailRef, store as refs};
use crate::setting::MailSettings;

/// Reads what waits in a mailbox.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TakeMail {
    pub mailbox_id: MailboxId,
}

impl Job for TakeMail {
    const KIND: &'static str = "mail.take";
    const ATTEMPTS_MAX: i64 = 1_000;
}

/// A mail as it was read, with its files on the disk.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub mail: InboundMail,
    pub mailbox: Mailbox,
    pub parsed: Arc<Parsed>,
    pub marks: Marks,
    /// None where nobody can be answered.
    pub sender: Option<EmailAddress>,
    pub sender_is_ours: bool,
    pub clues: Clues,
    /// Addresses of the workspace's mailboxes.
    pub own_addresses: Vec<String>,
    pub files: Vec<NewFile>,
    pub html: Option<platform::StoredBytes>,
}

impl Prepared {
    /// The addresses of a header that are not our own: who is copied takes part, and we do not
    /// write to ourselves.
    pub fn others(&self, listed: &[Addr]) -> Vec<Address> {
        let mut found: Vec<Address> = Vec::new();
        for addr in listed.iter().take(OTHERS_MAX) {
            let Ok(email) = EmailAddress::parse(&addr.email) else { continue };
            let plain = wire_email::address::without_plus(email.as_str());
            let own = |address: &String| *address == plain || *address == email.as_str();
            if !self.own_addresses.iter().any(own) {
                let name = addr.name.chars().filter(|c| !c.is_control());
                let name = name.take(SENDER_CHARS_MAX).collect();
                found.push(Address { address: email.as_str().into(), name });
            }
        }
        found
    }
}

/// Why a mail could not be read now.
enum Trouble {
    Passing(String),
    /// Its file does not open, and may yet.
    Unreadable(String),
    /// The key of the reason, and technical words.
    Lasting(&'static str, String),
}

const BATCH_MAX: usize = 200;
const READ_TRIES_MAX: i64 = 5;
const FILES_MAX: usize = 100;
const OTHERS_MAX: usize = 50;
const SENDER_CHARS_MAX: usize = 120;

/// Runs the job.
pub(crate) async fn take_mail(seat: JobSeat, job: TakeMail) -> Result<(), JobFailure> {
    let Some(workspace) = seat.workspace.clone() else {
        return Err(JobFailure::GiveUp { error: "mail is read in a workspace".into() });
    };
    for _ in 0..BATCH_MAX {
        let next = workspace.db.read(|tx| store::next_received(tx, job.mailbox_id))?;
        let Some(mail) = next else { return Ok(()) };
        take_one(&seat, &workspace, mail).await?;
    }
    // Others want their turn.
    workspace.db.write(move |tx| enqueue(tx, &job, tx.now()).map(|_| ())).await?;
    Ok(())
}

async fn take_one(
    seat: &JobSeat,
    workspace: &Arc<Workspace>,
    mail: InboundMail,
) -> Result<(), JobFailure> {
    let (id, app) = (mail.id, &seat.app);
    let actor = workspace.system();
    let filed = match prepare(app, workspace, mail).await {
        Err(Trouble::Passing(error)) => {
            return Err(JobFailure::Retry { error, after_ms: None });
        }
        Err(Trouble::Unreadable(error)) if seat.attempt < READ_TRIES_MAX => {
            return Err(JobFailure::Retry { error, after_ms: None });
        }
        // The mails behind it want to be read too.
        Err(Trouble::Unreadable(error)) => Err(("raw-unreadable", error)),
        Err(Trouble::Lasting(reason, detail)) => Err((reason, detail)),
        Ok(prepared) => {
            let status = StatusLink::draw(app, &workspace.slug);
            let actor = actor.clone();
            let filed = workspace.db.write(move |tx| file(tx, &actor, &prepared, &status)).await;
            match filed {
                Err(Error::Db(error)) if error.is_passing() => {
                    return Err(Error::Db(error).into());
                }
                Err(Error::Db(DbError::Closed)) => return Err(Error::Db(DbError::Closed).into()),
                Err(error) => Err(("not-filed", error.to_string())),
                Ok(()) => Ok(()),
            }
        }
    };
    if let Err((reason, detail)) = filed {
        tracing::error!(
            mail.id = id.0,
            reason,
            "A mail could not be filed; it waits for a person."
        );
        workspace.db.write(move |tx| set_failed(tx, &actor, &id, reason, &detail)).await?;
    }
    Ok(())
}

fn set_failed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &super::InboundId,
    reason: &str,
    detail: &str,
) -> Result<(), Error> {
    let detail: String = detail.chars().filter(|c| !c.is_control()).take(500).collect();
    let why = (Some(reason), Some(detail.as_str()));
    store::close(tx, *id, InboundState::Failed, why, Filed::default())?;
    record(tx, actor, &InboundFailed { inbound_id: id.0, reason: reason.into() })?;
    Ok(())
}

/// The page that a customer's status link opens: its token is drawn here, because a transaction
/// has no randomness of its own.
pub(super) struct StatusLink {
    token: String,
    url: String,
}

impl StatusLink {
    fn draw(app: &App, slug: &str) -> StatusLink {
        let token = app.keys().token(32);
        let url = format!("{}/s/{slug}/{token}", app.config().base_url);
        StatusLink { token, url }
    }
}

/// Reads the mail and puts its files on the disk; nothing is in the database yet.
async fn prepare(
    app: &App,
    workspace: &Arc<Workspace>,
    mail: InboundMail,
) -> Result<Prepared, Trouble> {
    let passing = |error: Error| Trouble::Passing(error.to_string());
    let looked = workspace.db.read(|tx| {
        let mailbox = mailbox::store::find(tx, mail.mailbox_id)?.ok_or(Error::NotFound)?;
        Ok::<_, Error>((mailbox, mailbox::store::all(tx)?))
    });
    let (mailbox, all) = looked.map_err(passing)?;
    let addresses: Vec<String> = all.into_iter().map(|mailbox| mailbox.address).collect();
    let key = outbound::signing_key(app, &workspace.slug);
    let space = workspace.clone();
    let read = tokio::task::spawn_blocking(move || read(&space, mail, mailbox, &addresses, &key));
    let mut prepared =
        read.await.map_err(|error| Trouble::Lasting("reader-failed", error.to_string()))??;
    if let Some(sender) = &prepared.sender {
        prepared.sender_is_ours = accept::is_our_mailbox(app, sender.as_str()).map_err(passing)?;
    }
    Ok(prepared)
}

fn read(
    workspace: &Workspace,
    mail: InboundMail,
    mailbox: Mailbox,
    addresses: &[String],
    key: &[u8; 32],
) -> Result<Prepared, Trouble> {
    let raw = workspace.files.get(&mail.sha256).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Trouble::Lasting("raw-missing", error.to_string()),
        // A damaged or foreign file: reading it again gives the same.
        io::ErrorKind::Other => Trouble::Lasting("raw-unreadable", error.to_string()),
        _ => Trouble::Unreadable(error.to_string()),
    })?;
    let parsed =
        wire_email::parse(&raw).map_err(|error| Trouble::Lasting("empty", error.to_string()))?;
    let on_disk = |error: io::Error| Trouble::Passing(error.to_string());
    let mut files = Vec::new();
    for attachment in parsed.attachments.iter().take(FILES_MAX) {
        files.push(NewFile {
            stored: workspace.files.put(&attachment.bytes).map_err(on_disk)?,
            name: attachment.name.clone(),
            mime: attachment.mime.clone(),
            inline: attachment.inline,
            content_id: attachment.content_id.clone(),
        });
    }
    let html = match &parsed.html {
        Some(html) => Some(workspace.files.put(html.as_bytes()).map_err(on_disk)?),
        None => None,
    };
    let sender = sender(&parsed, &mail.envelope_from);
    let marks = Marks {
        content_sha256: content(&raw),
        message_key: parsed.message_id.as_deref().map(message_key).filter(|key| !key.is_empty()),
        sender: sender.as_ref().map(|address| address.as_str().to_string()),
        reply_to: reply_to(&parsed, sender.as_ref()),
        subject: parsed.subject.clone(),
    };
    let clues = Clues::of(&parsed, &mail.recipient, addresses, key);
    Ok(Prepared {
        mail,
        mailbox,
        parsed: Arc::new(parsed),
        marks,
        sender,
        sender_is_ours: false,
        clues,
        own_addresses: addresses.to_vec(),
        files,
        html,
    })
}

/// Who wrote: the header says it, and where it does not, the envelope.
fn sender(mail: &Parsed, envelope_from: &str) -> Option<EmailAddress> {
    let named = mail.from.as_ref().and_then(|addr| EmailAddress::parse(&addr.email).ok());
    named.or_else(|| EmailAddress::parse(envelope_from.trim_matches(['<', '>'])).ok())
}

/// Where answers should go, when that is another address than the sender's.
fn reply_to(mail: &Parsed, sender: Option<&EmailAddress>) -> Option<String> {
    let wanted = mail.reply_to.iter().find_map(|addr| EmailAddress::parse(&addr.email).ok())?;
    (Some(&wanted) != sender).then(|| wanted.as_str().to_string())
}

/// Everything about one mail, in one transaction.
fn file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    prepared: &Prepared,
    status: &StatusLink,
) -> Result<(), Error> {
    let id = prepared.mail.id;
    let waiting = store::find(tx, id)?.is_some_and(|mail| mail.state == InboundState::Received);
    if !waiting {
        return Ok(());
    }
    store::set_marks(tx, id, &prepared.marks)?;
    if prepared.marks.message_key.is_some()
        && let Some(first) = store::same_mail(tx, &prepared.mail, &prepared.marks)?
    {
        let filed = Filed {
            conversation_id: first.conversation_id,
            case_id: first.case_id,
            desk_message_id: None,
        };
        return ended(tx, actor, prepared, InboundState::Duplicate, Some("duplicate"), filed);
    }
    match prepared.parsed.kind() {
        Kind::Bounce(report) => bounce::file(tx, actor, prepared, report),
        Kind::Feedback => ignored(tx, actor, prepared, "feedback"),
        _ if is_own_copy(tx, prepared)? => ignored(tx, actor, prepared, "own-copy"),
        Kind::AutoReply => automatic(tx, actor, prepared),
        Kind::Person | Kind::List => written(tx, actor, prepared, status),
    }
}

/// A copy of our own mail that came back to us: a mailbox in Cc, a list, a redirection.
fn is_own_copy(tx: &mut Tx<'_>, prepared: &Prepared) -> Result<bool, Error> {
    let Some(key) = prepared.marks.message_key.as_ref().filter(|_| prepared.sender_is_ours) else {
        return Ok(false);
    };
    Ok(refs::with_key(tx, key)?.iter().any(|known| known.outbound))
}

/// An out-of-office note or another machine's answer: kept where it belongs, answered never.
fn automatic(tx: &mut Tx<'_>, actor: &Actor, prepared: &Prepared) -> Result<(), Error> {
    let Some(sender) = &prepared.sender else {
        return ignored(tx, actor, prepared, "automatic");
    };
    match thread::place(tx, actor, &prepared.clues, sender)? {
        Place::New { .. } => ignored(tx, actor, prepared, "automatic"),
        Place::Conversation(id) => {
            let incoming = incoming(tx, prepared, sender, Place::Conversation(id), true)?;
            let received = desk_side::receive(tx, actor, &incoming)?;
            referred(tx, prepared, &received)?;
            let filed = filed(&received);
            ended(tx, actor, prepared, InboundState::Done, Some("automatic"), filed)
        }
    }
}

/// A mail that somebody wrote.
fn written(
    tx: &mut Tx<'_>,
    actor: &Actor,
    prepared: &Prepared,
    status: &StatusLink,
) -> Result<(), Error> {
    let Some(sender) = &prepared.sender else {
        let id = prepared.mail.id;
        return set_failed(tx, actor, &id, "no-sender", "");
    };
    let place = thread::place(tx, actor, &prepared.clues, sender)?;
    let incoming = incoming(tx, prepared, sender, place, false)?;
    let received = desk_side::receive(tx, actor, &incoming)?;
    referred(tx, prepared, &received)?;
    // Before the acknowledgement: it looks up where this mail wants answers.
    ended(tx, actor, prepared, InboundState::Done, None, filed(&received))?;
    if received.opened {
        acknowledge(tx, actor, prepared, sender, &received, status)?;
    }
    Ok(())
}

fn acknowledge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    prepared: &Prepared,
    sender: &EmailAddress,
    received: &FiledMail,
    status: &StatusLink,
) -> Result<(), Error> {
    let settings = setting::<MailSettings>(tx)?;
    let day_ago = tx.now().plus_ms(-UtcMs::DAY);
    let answers_to = prepared.marks.reply_to.as_deref().unwrap_or(sender.as_str());
    let facts = SenderFacts {
        address: sender.as_str(),
        envelope_from: &prepared.mail.envelope_from,
        is_our_mailbox: prepared.sender_is_ours,
        acknowledged: outbound::store::automatic_since(tx, answers_to, day_ago)?,
    };
    let most = settings.acknowledgements_max;
    if !settings.acknowledge || !may_acknowledge(&prepared.parsed, &facts, most) {
        return Ok(());
    }
    let lang = &prepared.mailbox.lang;
    desk_side::acknowledge(tx, actor, received, (&status.token, &status.url), lang)
}

/// What the desk is told.
fn incoming<'p>(
    tx: &mut Tx<'_>,
    prepared: &'p Prepared,
    sender: &'p EmailAddress,
    place: Place,
    auto: bool,
) -> Result<Incoming<'p>, Error> {
    let name = prepared.parsed.from.as_ref().map(|addr| addr.name.as_str()).unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).take(SENDER_CHARS_MAX).collect();
    let mut files = Vec::new();
    for file in &prepared.files {
        files.push((platform::add_file(tx, &file.stored, &file.name, &file.mime)?, file));
    }
    let html = match &prepared.html {
        Some(stored) => Some(platform::add_file(tx, stored, "message.html", "text/html")?),
        None => None,
    };
    Ok(Incoming { prepared, sender, sender_name: name, place, auto, files, html })
}

/// Remembers the mail's own Message-ID, so that answers to it find the conversation.
fn referred(tx: &mut Tx<'_>, prepared: &Prepared, received: &FiledMail) -> Result<(), Error> {
    let (Some(key), Some(id)) = (&prepared.marks.message_key, &prepared.parsed.message_id) else {
        return Ok(());
    };
    let known = MailRef {
        conversation_id: received.conversation_id,
        desk_message_id: received.message_id,
        outbound: false,
        header_id: id.clone(),
    };
    refs::insert(tx, key, &known)
}

fn filed(received: &FiledMail) -> Filed {
    Filed {
        conversation_id: Some(received.conversation_id),
        case_id: Some(received.case_id),
        desk_message_id: Some(received.message_id),
    }
}

pub(super) fn ignored(
    tx: &mut Tx<'_>,
    actor: &Actor,
    prepared: &Prepared,
    reason: &str,
) -> Result<(), Error> {
    ended(tx, actor, prepared, InboundState::Ignored, Some(reason), Filed::default())
}

pub(super) fn ended(
    tx: &mut Tx<'_>,
    actor: &Actor,
    prepared: &Prepared,
    state: InboundState,
    reason: Option<&str>,
    filed: Filed,
) -> Result<(), Error> {
    let id = prepared.mail.id;
    store::close(tx, id, state, (reason, None), filed)?;
    let done = InboundDone { inbound_id: id.0, state: state.key().into(), case_id: filed.case_id };
    record(tx, actor, &done)?;
    Ok(())
}
