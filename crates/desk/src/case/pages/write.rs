//! The composer: an answer or a note, its draft, and what comes back when something is wrong.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::extract::Multipart;
use axum::extract::multipart::MultipartRejection;
use axum::http::StatusCode;
use db::Tx;
use frame::{Flash, Frame, Page, Typed, field_words, fields_of};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Actor, Error, FieldError, FileId, add_file};
use ui::{Button, Composer, Errors, Mode, format};

use super::show::{self, at};
use super::upload::{self, KeptFile};
use super::{Here, Numbered, channel_word};
use crate::case::{CaseNumber, CasePage, case_by_number};
use crate::draft::save_draft;
use crate::kinds::{Channel, Direction, DraftMode, StatusType};
use crate::message::{Reply, add_note, reply};
use crate::permissions::DeskPermission;

/// Forms that went through lately: a browser may send one again whose answer was lost.
static SENT: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());
const SENT_MAX: usize = 2_000;

/// What was typed and came back.
#[derive(Default)]
pub(super) struct Typing {
    /// Nothing typed shows the draft.
    text: Option<(DraftMode, String)>,
    errors: Errors,
    kept: Vec<KeptFile>,
}

/// Where an answer is written, beside the name of the person it goes to.
pub(super) fn composer(frame: &Frame, here: &Here, page: &CasePage, typing: &Typing) -> Markup {
    let l = frame.l;
    if !frame.actor().may(DeskPermission::ReplyCase) {
        return html! { p.composer.hint { (l.t("desk-read-only")) } };
    }
    let (number, action) = (page.case.number, at(frame, here, page.case.number, "/messages"));
    let draft_url = frame.path(&format!("cases/{number}/draft"));
    let draft = page.draft.as_ref().map(|draft| (draft.mode, draft.body.as_str()));
    let typed = typing.text.as_ref().map(|(mode, text)| (*mode, text.as_str()));
    let (mode, text) = typed.or(draft).unwrap_or((DraftMode::Reply, ""));
    let once = frame.app().keys().token(12);
    let recipient = recipient(page);
    let language = page.contact.contact.language.as_str();
    let blocked = recipient.is_none().then(|| l.t("desk-no-address"));
    let (customer, address) = recipient.unwrap_or((&page.contact.contact.name, ""));
    let shown = Composer {
        once: &once,
        customer,
        channel: channel_word(l, Channel::Email),
        address,
        // Said where it is not the one that this person works in.
        language: (language != l.lang().code()).then(|| people::language_name(language)),
        mode: if mode == DraftMode::Note { Mode::Note } else { Mode::Reply },
        text,
        errors: (!typing.errors.is_empty()).then_some(&typing.errors),
        reply_blocked: blocked,
        tools: kept_files(frame, &typing.kept),
        also: also(frame, page),
        ..Composer::new(l, &action, "", &draft_url)
    };
    html! { (shown) }
}

/// Whom an answer goes to, as `reply` decides it: who wrote last, else the first address.
fn recipient(page: &CasePage) -> Option<(&str, &str)> {
    let name = page.contact.contact.name.as_str();
    let wrote = page.messages.iter().rev().find(|message| {
        message.direction == Direction::In && !message.from.address.is_empty() && !message.auto
    });
    match wrote {
        Some(message) if message.from.name.is_empty() => Some((name, &message.from.address)),
        Some(message) => Some((&message.from.name, &message.from.address)),
        None => page.contact.emails.first().map(|email| (name, email.address.as_str())),
    }
}

/// More ways to send: the answer, and what the case becomes by it.
fn also(frame: &Frame, page: &CasePage) -> Markup {
    let l = frame.l;
    let live = page.case.status.is_live();
    let items = html! {
        (Button::submit(l.t("desk-send-waiting")).quiet().sends("then", "pending_customer"))
        (Button::submit(l.t("desk-send-resolve")).quiet().sends("then", "resolved"))
    };
    html! {
        @if live && frame.actor().may(DeskPermission::ChangeCase) {
            span.for-reply.send-menu { (ui::menu(l.t("desk-send-and"), None, items)) }
        }
    }
}

/// Files of a try that failed: they need not be chosen again.
fn kept_files(frame: &Frame, kept: &[KeptFile]) -> Markup {
    html! {
        @for (index, file) in kept.iter().enumerate() {
            label.file {
                input type="checkbox" checked name=(format!("kept-{index}"))
                    value=(file.seal(frame));
                " " span.file-name { (file.name) } " "
                span.file-size { (format::bytes(file.bytes())) }
            }
        }
    }
}

/// Sends an answer or saves a note.
pub(crate) async fn send(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Page, WebError> {
    let form = form.map_err(|_| Error::Invalid(Vec::new()))?;
    let mut upload = upload::read(form).await?;
    let kept = upload::keep(&frame, &mut upload).await?;
    let typed = upload.typed;
    let mode = DraftMode::from_name(typed.get("mode")).unwrap_or(DraftMode::Note);
    let then = typed.some("then").and_then(StatusType::from_name);
    let text = typed.get("body").to_string();
    let done = match upload.wrong {
        Some(wrong) => Err(vec![wrong]),
        None => {
            let words = Words { mode, text: text.clone(), then, files: kept.clone() };
            let once = typed.some("once").map(|once| once_of(&frame, once));
            let use_case =
                move |tx: &mut Tx<'_>, actor: &Actor| write_once(tx, actor, number, &words, once);
            fields_of(frame.write(use_case).await)?
        }
    };
    match done {
        Ok(()) => {
            let page = Page::redirect(&at(&frame, &here, number, ""));
            let resolved = mode == DraftMode::Reply && then == Some(StatusType::Resolved);
            Ok(if resolved { page.flash(&Flash::done("desk-sent-resolved")) } else { page })
        }
        Err(fields) => {
            let mut errors = Errors::new();
            for field in &fields {
                let words = match field.key {
                    "error-required" => frame.l.t("desk-text-missing").to_string(),
                    _ => field_words(frame.l, field),
                };
                errors.add("body", words);
            }
            let typing = Typing { text: Some((mode, text)), errors, kept };
            Ok(show::page(&frame, here, number, &typing)?.invalid())
        }
    }
}

/// What is to be sent or noted.
struct Words {
    mode: DraftMode,
    text: String,
    then: Option<StatusType>,
    files: Vec<KeptFile>,
}

fn once_of(frame: &Frame, once: &str) -> String {
    format!("{}/{}/{once}", frame.seat.workspace.id, frame.actor().member_id)
}

/// Writes it, unless the very same form went through before.
fn write_once(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: CaseNumber,
    words: &Words,
    once: Option<String>,
) -> Result<(), Error> {
    if once.as_ref().is_some_and(|once| sent().contains(once)) {
        return Ok(());
    }
    let case = case_by_number(tx, actor, &number)?;
    let files = words
        .files
        .iter()
        .map(|file| add_file(tx, &file.stored(), &file.name, &file.mime))
        .collect::<Result<Vec<FileId>, Error>>()?;
    match words.mode {
        DraftMode::Note => add_note(tx, actor, case.id, &words.text, &files)?,
        DraftMode::Reply => {
            let text = words.text.clone();
            let answer = Reply { text, attachments: files, then: words.then, ..Reply::default() };
            reply(tx, actor, case.id, &answer)?
        }
    };
    if let Some(once) = once {
        tx.after_commit(move || {
            let mut sent = sent();
            sent.push_back(once);
            if sent.len() > SENT_MAX {
                sent.pop_front();
            }
        });
    }
    Ok(())
}

fn sent() -> std::sync::MutexGuard<'static, VecDeque<String>> {
    SENT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps what is being typed.
pub(crate) async fn draft(
    frame: Frame,
    Numbered(number): Numbered,
    typed: Typed,
) -> Result<Page, WebError> {
    let mode = DraftMode::from_name(typed.get("mode"));
    let mode = mode.ok_or(FieldError::new("mode", "error-choose-from-list"))?;
    let body = typed.get("body").to_string();
    let keep = move |tx: &mut Tx<'_>, actor: &Actor| {
        let case = case_by_number(tx, actor, &number)?;
        save_draft(tx, actor, case.id, mode, &body)
    };
    frame.write(keep).await?;
    Ok(Page::fragment(Markup::default()).status(StatusCode::NO_CONTENT))
}
