//! From a message of the desk to a mail: composed at the first try and kept, so that every
//! further try sends the same bytes, whatever has changed meanwhile.

use std::io;

use base::UtcMs;
use db::Tx;
use desk::Address;
use platform::{App, Error, Workspace};
use ui::L;
use ui::i18n::Lang;
use wire_email::{Addr, Attached, Automatic, Outgoing};

use super::{OutboundMail, Route};
use crate::desk_side::{self, OutgoingMessage};
use crate::inbound;
use crate::mailbox::{self, Mailbox};
use crate::reference::store as refs;

/// A mail ready for the wire.
pub(super) struct Composed {
    pub raw: Vec<u8>,
    pub sha256: String,
    pub route: Route,
    /// Bounces come to the conversation; an automatic mail has the null path.
    pub envelope_from: String,
}

/// Why a mail could not be composed.
pub(super) enum Trouble {
    Passing(String),
    Lasting(String),
}

/// Everything a mail is made of, from one snapshot.
struct Parts {
    mailbox: Mailbox,
    secret: Option<Vec<u8>>,
    message: OutgoingMessage,
    references: Vec<String>,
}

const REFERENCES_MAX: i64 = 40;
const QUOTE_LINES_MAX: usize = 200;
const QUOTE_CHARS_MAX: usize = 20_000;

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound | Error::Invalid(_) => Trouble::Lasting(error.to_string()),
            _ => Trouble::Passing(error.to_string()),
        }
    }
}

/// The key of a workspace's plus-addresses: another workspace's signatures do not fit.
pub(crate) fn signing_key(app: &App, slug: &str) -> [u8; 32] {
    app.keys().derive(&format!("plus-address/{slug}"))
}

/// The mail's bytes, kept from an earlier try or made now.
pub(super) async fn composed(
    app: &App,
    workspace: &Workspace,
    mail: &OutboundMail,
) -> Result<Composed, Trouble> {
    let parts = workspace.db.read(|tx| parts(tx, mail))?;
    let key = signing_key(app, &workspace.slug);
    let own = wire_email::address::sign(&key, &parts.mailbox.address, mail.conversation_id);
    let password = parts.secret.as_ref().and_then(|it| mailbox::open_secret(app.keys(), it));
    let route = Route::of(&parts.mailbox.smtp, password);
    let envelope_from = if mail.automatic { String::new() } else { own.clone() };
    let (files, known) = (workspace.files.clone(), mail.sha256.clone());
    let (mail, zone) = (mail.clone(), workspace.zone.clone());
    let made = tokio::task::spawn_blocking(move || -> Result<(Vec<u8>, String), io::Error> {
        if let Some(sha256) = known {
            return Ok((files.get(&sha256)?, sha256));
        }
        let mut attachments = Vec::new();
        for (attachment, file) in &parts.message.files {
            attachments.push(Attached {
                name: attachment.name.clone(),
                mime: attachment.mime.clone(),
                content_id: attachment.content_id.clone(),
                bytes: files.get(&file.sha256)?,
            });
        }
        let lang = Lang::from_code(&parts.mailbox.lang).unwrap_or_default();
        let l = L::new(lang, &zone, mail.date_at);
        let outgoing = outgoing(l, &mail, &parts, own, attachments);
        let raw = wire_email::compose(&outgoing);
        let sha256 = files.put(&raw)?.sha256;
        Ok((raw, sha256))
    });
    let made = made.await.map_err(|error| Trouble::Lasting(error.to_string()))?;
    let (raw, sha256) = made.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Trouble::Lasting(error.to_string()),
        _ => Trouble::Passing(error.to_string()),
    })?;
    Ok(Composed { raw, sha256, route, envelope_from })
}

fn parts(tx: &mut Tx<'_>, mail: &OutboundMail) -> Result<Parts, Error> {
    let mailbox = mailbox::store::find(tx, mail.mailbox_id)?.ok_or(Error::NotFound)?;
    let secret = mailbox::store::secret(tx, mailbox.id)?;
    let quoted = inbound::store::latest_in(tx, mail.conversation_id)?;
    let quoted = quoted.and_then(|mail| mail.desk_message_id);
    let message = desk_side::outgoing_message(tx, mail.desk_message_id, quoted)?;
    let known = refs::of_conversation(tx, mail.conversation_id, REFERENCES_MAX)?;
    // Only what came before this mail: itself is among them, and perhaps later ones.
    let references = known.into_iter().take_while(|known| known.header_id != mail.header_id);
    let references = references.map(|known| known.header_id).collect();
    Ok(Parts { mailbox, secret, message, references })
}

fn outgoing(
    l: L,
    mail: &OutboundMail,
    parts: &Parts,
    own: String,
    attachments: Vec<Attached>,
) -> Outgoing {
    let (mailbox, message) = (&parts.mailbox, &parts.message);
    let named = |it: &Address| Addr::new(it.name.clone(), it.address.clone());
    // Where answers were asked for elsewhere, the first addressee is that address.
    let mut to: Vec<Addr> = message.to.iter().map(named).collect();
    match to.first_mut() {
        Some(first) => first.email = mail.recipient.clone(),
        None => to.push(Addr::new("", mail.recipient.clone())),
    }
    Outgoing {
        from: Addr::new(mailbox.name.clone(), mailbox.address.clone()),
        to,
        cc: message.cc.iter().map(named).collect(),
        reply_to: vec![Addr::new(mailbox.name.clone(), own)],
        subject: message.subject.clone(),
        message_id: mail.header_id.clone(),
        date_ms: mail.date_at.0,
        in_reply_to: parts.references.last().cloned(),
        references: parts.references.clone(),
        automatic: mail.automatic.then_some(Automatic::Replied),
        text: body(l, mailbox, message, mail.automatic),
        html: None,
        attachments,
    }
}

/// The words, the signature, and what the customer last wrote.
fn body(l: L, mailbox: &Mailbox, message: &OutgoingMessage, automatic: bool) -> String {
    let mut text = message.text.trim_end().to_string();
    if !mailbox.signature.is_empty() {
        text.push_str("\n\n-- \n");
        text.push_str(&mailbox.signature);
    }
    if let Some(quoted) = message.quoted.as_ref().filter(|_| !automatic) {
        text.push_str("\n\n");
        text.push_str(&quote_head(l, &quoted.name, quoted.at));
        text.push('\n');
        text.push_str(&quoted_lines(&quoted.text));
    }
    text.push('\n');
    text
}

fn quote_head(l: L, name: &str, at: UtcMs) -> String {
    let when = ui::times::exact(l, at);
    l.tf("channels-quote-head", &[("name", name.to_string().into()), ("when", when.into())])
}

fn quoted_lines(text: &str) -> String {
    let text: String = text.trim_end().chars().take(QUOTE_CHARS_MAX).collect();
    let lines = text.lines().take(QUOTE_LINES_MAX).map(|line| match line.starts_with('>') {
        true => format!(">{line}"),
        false => format!("> {line}").trim_end().to_string(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The domain of new Message-IDs.
pub(super) fn id_domain(mailbox: &Mailbox) -> String {
    mailbox.domain().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_nest_and_are_bounded() {
        assert_eq!(quoted_lines("one\n\n> two\n"), "> one\n>\n>> two");
        let long = "x\n".repeat(QUOTE_LINES_MAX * 2);
        assert_eq!(quoted_lines(&long).lines().count(), QUOTE_LINES_MAX);
    }
}
