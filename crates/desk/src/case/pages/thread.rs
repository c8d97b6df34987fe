//! Messages, notes and events of a case in one column.

use axum::extract::Query;
use axum::http::HeaderMap;
use base::UtcMs;
use db::StoredEvent;
use frame::{At, Frame, Page};
use maud::{Markup, html};
use people::Email;
use platform::web::WebError;
use platform::{Error, heard};
use serde::Deserialize;
use ui::{Button, Desk, Icon, L, Pane, Side, Tone, times};

use super::names::Names;
use super::show::{self, Opened, at};
use super::{Here, Numbered, channel_word, list};
use crate::case::{CasePage, older_messages};
use crate::events::{CaseAssigned, CaseChanged, CaseOpened, CaseReopened, CaseStatusChanged};
use crate::kinds::{AuthorKind, Channel, Direction, MessageStatus};
use crate::message::{Attachment, Message, MessageId};

/// How long taking back is offered; whether it is still in time, the carrier says.
const TAKE_BACK_MS: i64 = UtcMs::MINUTE;

#[derive(Deserialize)]
pub(crate) struct From {
    /// The first message that the page already shows.
    from: Option<i64>,
}

#[derive(Deserialize)]
pub(crate) struct Before {
    before: i64,
}

/// The live part of the thread. The window of the last 100 messages moves on with each new one;
/// those that the reader has before them stay.
pub(crate) async fn thread_part(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
    Query(From { from }): Query<From>,
) -> Result<Page, WebError> {
    let (opened, _) = frame.read(|tx, actor| {
        let mut opened = show::read(tx, actor, &number)?;
        let page = &mut opened.page;
        let first = page.messages.first().map(|message| message.id);
        if let (Some(first), Some(from)) = (first, from)
            && page.has_older
            && from < first.0
        {
            let (mut older, mut files, _) = older_messages(tx, actor, page.case.id, first)?;
            older.retain(|message| message.id.0 >= from);
            files.retain(|file| file.message_id.0 >= from);
            older.append(&mut page.messages);
            files.append(&mut page.attachments);
            (page.messages, page.attachments) = (older, files);
        }
        Ok::<_, Error>(opened)
    })?;
    Ok(Page::fragment(part(&frame, &here, &opened)))
}

/// The messages before one: for the frame that asks for them, else a page of its own.
pub(crate) async fn older(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
    Query(Before { before }): Query<Before>,
    headers: HeaderMap,
) -> Result<Page, WebError> {
    let ((listing, mut opened), since) = frame.read(|tx, actor| {
        let mut opened = show::read(tx, actor, &number)?;
        let id = opened.page.case.id;
        let (messages, files, has_older) = older_messages(tx, actor, id, MessageId(before))?;
        opened.page.messages = messages;
        opened.page.attachments = files;
        opened.page.has_older = has_older;
        Ok::<_, Error>((list::read(tx, actor, here)?, opened))
    })?;
    opened.page.events.clear();
    let shown = html! {
        (earlier(&frame, &here, &opened.page))
        (entries(&frame, &opened))
    };
    if headers.contains_key("turbo-frame") {
        return Ok(Page::fragment(turbo_frame(before, shown)));
    }
    let newest = at(&frame, &here, number, "");
    let desk = Desk {
        views: None,
        list: list::pane(&frame, &listing, Some(number)),
        middle: ui::thread(
            frame.l,
            "case-thread",
            html! { (shown) p.older { a href=(newest) { (frame.l.t("desk-to-newest")) } } },
        ),
        side: None,
        open: Pane::Middle,
    };
    Ok(frame.desk(At { nav: "inbox", title: &number.to_string(), since }, desk))
}

/// The link to what came before; it is replaced by it where scripts run.
pub(super) fn earlier(frame: &Frame, here: &Here, page: &CasePage) -> Markup {
    let first = page.messages.first().filter(|_| page.has_older);
    let Some(first) = first else { return html! {} };
    let before = first.id.0.to_string();
    let query = here.query_with(&[("before", &before)]);
    let href = frame.path(&format!("cases/{}/older{query}", page.case.number));
    turbo_frame(
        first.id.0,
        html! {
            p.older { a href=(href) { (frame.l.t("desk-older")) } }
        },
    )
}

fn turbo_frame(before: i64, body: Markup) -> Markup {
    html! { turbo-frame id=(format!("older-{before}")) { (body) } }
}

/// The thread; it refreshes itself.
pub(super) fn part(frame: &Frame, here: &Here, opened: &Opened) -> Markup {
    let case = &opened.page.case;
    let from = opened.page.messages.first().map(|message| message.id.to_string());
    let query = match &from {
        Some(from) => here.query_with(&[("from", from)]),
        None => here.query(),
    };
    let src = frame.path(&format!("cases/{}/thread{query}", case.number));
    let topic = format!("case:{}", case.id);
    ui::live("case-messages", &topic, &src, entries(frame, opened))
}

/// Something of the thread, at its time.
enum Entry<'a> {
    Said(&'a Message),
    Happened(&'a StoredEvent, String),
}

impl Entry<'_> {
    fn at(&self) -> UtcMs {
        match self {
            Entry::Said(message) => message.created_at,
            Entry::Happened(event, _) => event.at,
        }
    }
}

fn entries(frame: &Frame, opened: &Opened) -> Markup {
    let (l, page) = (frame.l, &opened.page);
    // What happened before the first message that is shown belongs to the earlier ones.
    let first = page.messages.first().filter(|_| page.has_older).map(|m| m.created_at);
    let mut all: Vec<Entry<'_>> = page.messages.iter().map(Entry::Said).collect();
    for event in page.events.iter().filter(|event| first.is_none_or(|at| event.at >= at)) {
        if let Some(words) = event_words(l, &opened.names, event) {
            all.push(Entry::Happened(event, words));
        }
    }
    // A message comes before what it caused: the sort is stable.
    all.sort_by_key(Entry::at);
    let mut day = None;
    html! {
        @for entry in &all {
            @let local = l.zone().local(entry.at());
            @let today = (local.year, local.month, local.day);
            @if day.replace(today) != Some(today) { (ui::day_line(l, entry.at())) }
            @match entry {
                Entry::Said(message) => (bubble(frame, page, message)),
                Entry::Happened(event, words) => {
                    (ui::event_line(l, &format!("event-{}", event.seq), words, event.at))
                }
            }
        }
    }
}

fn bubble(frame: &Frame, page: &CasePage, message: &Message) -> Markup {
    let l = frame.l;
    let id = format!("message-{}", message.id);
    let (side, by) = match (message.direction, message.author_kind) {
        (Direction::In, _) => (Side::Customer, customer_name(page, message)),
        (Direction::Note, _) => (Side::Note, author_name(l, message)),
        (Direction::Out, _) => (Side::Us, author_name(l, message)),
    };
    let mine: Vec<&Attachment> = page
        .attachments
        .iter()
        .filter(|file| file.message_id == message.id && !file.inline)
        .collect();
    let hrefs: Vec<String> =
        mine.iter().map(|file| frame.path(&format!("files/{}/{}", message.id, file.id))).collect();
    let files: Vec<ui::Attachment<'_>> = mine
        .iter()
        .zip(&hrefs)
        .map(|(file, href)| ui::Attachment {
            name: &file.name,
            href,
            bytes: file.size_bytes.unsigned_abs(),
        })
        .collect();
    let detail = detail(l, page, message);
    let state = state(l, page, message);
    let shown = ui::Message {
        detail: &detail,
        state: state.as_ref().map(|(tone, words)| (*tone, words.as_str())),
        attachments: &files,
        actions: take_back(frame, message),
        ..ui::Message::new(l, &id, side, by, message.created_at, words(frame, message))
    };
    html! { (shown) }
}

/// An answer of one's own that has not left yet can be taken back; it becomes the draft again.
fn take_back(frame: &Frame, message: &Message) -> Markup {
    let mine =
        message.author_kind == AuthorKind::Member && message.author_id == frame.actor().member_id.0;
    let fresh = frame.l.now().since(message.created_at) < TAKE_BACK_MS;
    let waits = message.direction == Direction::Out && message.status == MessageStatus::Queued;
    if !(mine && fresh && waits) {
        return html! {};
    }
    let button = Button::submit(frame.l.t("desk-take-back")).small().icon(Icon::Undo);
    frame.act(&frame.path(&format!("messages/{}/undo", message.id)), button)
}

fn customer_name<'a>(page: &'a CasePage, message: &'a Message) -> &'a str {
    if message.from.name.is_empty() { &page.contact.contact.name } else { &message.from.name }
}

fn author_name(l: L, message: &Message) -> &str {
    match (&message.author_name, message.author_kind) {
        (Some(name), _) => name,
        (None, AuthorKind::System) => l.t("desk-automatic"),
        (None, _) => &message.from.name,
    }
}

/// The text without what it quotes; as it was sent, a mail is one press away.
fn words(frame: &Frame, message: &Message) -> Markup {
    let l = frame.l;
    let said = message.reply_text.as_deref().unwrap_or(&message.body_text);
    let quoted = match &message.reply_text {
        Some(said) => message.body_text.trim_start().strip_prefix(said.trim()),
        None => None,
    };
    let whole = message.reply_text.is_some().then_some(quoted.unwrap_or(&message.body_text));
    let src = message.html_file_id.map(|_| frame.path(&format!("messages/{}/frame", message.id)));
    html! {
        (ui::message_parts(l, said, whole))
        @if let Some(src) = src {
            details.quoted open[said.trim().is_empty()] {
                summary { (l.t("desk-as-sent")) }
                (ui::mail_frame(l.t("desk-as-sent"), &src))
            }
        }
    }
}

/// After the name: from where, or to whom.
fn detail(l: L, page: &CasePage, message: &Message) -> String {
    match message.direction {
        Direction::Note => String::new(),
        Direction::In if is_stranger(&page.contact.emails, message) => message.from.address.clone(),
        Direction::In => channel_word(l, message.channel).to_string(),
        Direction::Out => {
            let all = message.to.iter().chain(&message.cc).map(|to| to.address.as_str());
            [l.t("desk-to"), &all.collect::<Vec<_>>().join(", ")].join(" ")
        }
    }
}

/// True when somebody else wrote, or the customer from an address that we do not know.
fn is_stranger(known: &[Email], message: &Message) -> bool {
    let address = &message.from.address;
    !address.is_empty() && known.iter().all(|email| email.address != *address)
}

/// How far our message came; what is unusual about theirs.
fn state(l: L, page: &CasePage, message: &Message) -> Option<(Tone, String)> {
    let word = |tone, key: &str| Some((tone, l.t(key).to_string()));
    match message.direction {
        Direction::Note => None,
        Direction::In if message.auto => word(Tone::Plain, "desk-by-machine"),
        Direction::In if is_stranger(&page.contact.emails, message) => {
            word(Tone::Warn, "desk-other-address")
        }
        Direction::In => None,
        Direction::Out => match message.status {
            MessageStatus::Queued => word(Tone::Warn, "desk-state-queued"),
            MessageStatus::Sent => {
                let at = message.sent_at.map(|at| times::clock(l, at)).unwrap_or_default();
                Some((Tone::Plain, [l.t("desk-state-sent"), &at].join(" ")))
            }
            MessageStatus::Delivered => word(Tone::Plain, "desk-state-delivered"),
            MessageStatus::Read => word(Tone::Calm, "desk-state-read"),
            MessageStatus::Failed => {
                let why = message.problem.as_deref().unwrap_or_default();
                Some((Tone::Alarm, [l.t("desk-state-failed"), why].join(" ")))
            }
            MessageStatus::Received | MessageStatus::Draft => None,
        },
    }
}

/// An event in words; none for those that a message of the thread tells.
fn event_words(l: L, names: &Names, event: &StoredEvent) -> Option<String> {
    let who = names.member(l, event.actor_id);
    if let Some(opened) = heard::<CaseOpened>(event) {
        let channel = match opened.channel {
            Channel::Email => l.t("desk-channel-email"),
            other => channel_word(l, other),
        };
        let args = [("who", who.into()), ("channel", channel.into())];
        let key = if event.actor_id == 0 { "desk-event-opened" } else { "desk-event-opened-by" };
        return Some(l.tf(key, &args));
    }
    if heard::<CaseReopened>(event).is_some() {
        let by_customer = event.actor_id == 0;
        let key = if by_customer { "desk-event-came-back" } else { "desk-event-reopened" };
        return Some(l.tf(key, &[("who", who.into())]));
    }
    if let Some(assigned) = heard::<CaseAssigned>(event) {
        return Some(assigned_words(l, names, event, &assigned));
    }
    if let Some(changed) = heard::<CaseStatusChanged>(event) {
        let status = names.status(changed.to_status);
        let args = [("who", who.into()), ("status", status.into())];
        return Some(l.tf("desk-event-status", &args));
    }
    let changed = heard::<CaseChanged>(event)?;
    let fields: Vec<&str> = changed.fields.iter().map(|field| field_word(l, field)).collect();
    let args = [("who", who.into()), ("fields", fields.join(", ").into())];
    Some(l.tf("desk-event-changed", &args))
}

/// A field of a case as the event names it.
fn field_word(l: L, field: &str) -> &'static str {
    l.t(match field {
        "type" => "desk-field-type",
        "subject" => "desk-field-subject",
        "category" => "desk-field-category",
        _ => "desk-field-priority",
    })
}

fn assigned_words(l: L, names: &Names, event: &StoredEvent, to: &CaseAssigned) -> String {
    let who = names.member(l, event.actor_id);
    let mut parts = Vec::new();
    if to.from_owner != to.to_owner {
        parts.push(match to.to_owner {
            Some(owner) if owner.0 == event.actor_id => {
                l.tf("desk-event-took", &[("who", who.into())])
            }
            Some(owner) => {
                let owner = names.member(l, owner.0);
                l.tf("desk-event-given", &[("who", who.into()), ("owner", owner.into())])
            }
            None => l.tf("desk-event-let-go", &[("who", who.into())]),
        });
    }
    if let Some(queue) = to.to_queue.filter(|_| to.from_queue != to.to_queue) {
        let queue = names.queue(l, queue);
        parts.push(l.tf("desk-event-queue", &[("who", who.into()), ("queue", queue.into())]));
    }
    parts.join(" · ")
}
