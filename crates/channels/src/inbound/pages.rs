//! The queue of mail coming in, and one mail with its headers.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use desk::CaseId;
use frame::{At, Flash, Frame, Id, Page, Typed};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Actor, Error};
use ui::{
    Button, Chip, Column, Icon, L, Live, Table, Tone, card, chips, crumbs, empty, facts, more,
    page_head, status, times,
};

use super::{
    InboundId, InboundMail, InboundPage, InboundState, count_inbound, find_inbound, inbound_raw,
    list_inbound, rerun_inbound,
};
use crate::permissions::ChannelPermission;
use crate::queues::{queue_tabs, with_query};
use crate::why;

/// A page of the list with what stands beside it.
struct Shown {
    state: Option<InboundState>,
    before: Option<InboundId>,
    page: InboundPage,
    failed: i64,
    waiting: i64,
    /// The numbers of cases that mails went to, where the reader may know them.
    numbers: Vec<(i64, String)>,
}

const HEAD_BYTES_MAX: usize = 64 * 1024;

/// `GET /w/{ws}/queues/mail-in?state=&before=`.
pub(crate) async fn list(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let l = frame.l;
    let (shown, since) = frame.read(|tx, actor| look(tx, actor, &typed))?;
    let body = html! {
        (page_head(l.t("frame-queues"), Some(l.t("channels-mail-in-lead")), html! {}))
        (queue_tabs(&frame, "mail-in"))
        (part(&frame, &shown))
    };
    Ok(frame.page(At { nav: "queues", title: l.t("channels-mail-in"), since }, body))
}

/// `GET /w/{ws}/queues/mail-in/list`: the part that keeps itself fresh.
pub(crate) async fn fragment(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let (shown, _) = frame.read(|tx, actor| look(tx, actor, &typed))?;
    Ok(Page::fragment(part(&frame, &shown)))
}

/// `GET /w/{ws}/queues/mail-in/{id}`: why it is where it is, and its headers.
pub(crate) async fn show(frame: Frame, id: Id) -> Result<Page, WebError> {
    let l = frame.l;
    let id = InboundId(id.0);
    let (mail, since) = frame.read(|tx, actor| find_inbound(tx, actor, id))?;
    let head = match frame.actor().may(ChannelPermission::ReadRawMail) {
        true => header_text(&frame, id).await,
        false => None,
    };
    let title = subject(l, &mail);
    let body = html! {
        (crumbs(l, &[(l.t("channels-mail-in"), &frame.path("queues/mail-in"))], &title))
        (page_head(&title, None, actions(&frame, &mail)))
        (card(None, about(&frame, &mail)))
        @if let Some(head) = head.filter(|head| !head.trim().is_empty()) {
            (card(Some(l.t("channels-headers")), html! {
                pre tabindex="0" { (head) }
            }))
        }
    };
    Ok(frame.page(At { nav: "queues", title: &title, since }, body))
}

/// `GET /w/{ws}/queues/mail-in/{id}/raw`: the mail as it came, as a file.
pub(crate) async fn raw(frame: Frame, id: Id) -> Result<Response, WebError> {
    let (workspace, actor) = (frame.seat.workspace.clone(), frame.actor().clone());
    let id = InboundId(id.0);
    let read = tokio::task::spawn_blocking(move || inbound_raw(&workspace, &actor, id));
    let (_, raw) = read.await.map_err(|error| Error::Internal(error.to_string()))??;
    let name = format!("attachment; filename=\"mail-{}.eml\"", id.0);
    let headers = [(CONTENT_TYPE, "message/rfc822".to_string()), (CONTENT_DISPOSITION, name)];
    Ok((headers, raw.bytes).into_response())
}

/// `POST /w/{ws}/queues/mail-in/{id}/rerun`.
pub(crate) async fn rerun(frame: Frame, id: Id) -> Result<Page, WebError> {
    let id = InboundId(id.0);
    frame.write(move |tx, actor| rerun_inbound(tx, actor, id)).await?;
    let to = frame.path(&format!("queues/mail-in/{id}"));
    Ok(Page::redirect(&to).flash(&Flash::done("channels-rerun-done")))
}

fn look(tx: &mut db::Tx<'_>, actor: &Actor, typed: &Typed) -> Result<Shown, Error> {
    let state = InboundState::from_key(typed.get("state"));
    let before = typed.number("before").map(InboundId);
    let page = list_inbound(tx, actor, state, before)?;
    let mut numbers = Vec::new();
    for case_id in page.mails.iter().filter_map(|mail| mail.case_id) {
        // A case out of reach stays without its number.
        if let Ok(case) = desk::case_by_id(tx, actor, CaseId(case_id)) {
            numbers.push((case_id, case.number.to_string()));
        }
    }
    Ok(Shown {
        failed: count_inbound(tx, actor, InboundState::Failed)?,
        waiting: count_inbound(tx, actor, InboundState::Received)?,
        state,
        before,
        page,
        numbers,
    })
}

fn part(frame: &Frame, shown: &Shown) -> Markup {
    let l = frame.l;
    let state = shown.state.map(|state| state.key().to_string());
    let query = |before: Option<InboundId>| {
        [("state", state.clone()), ("before", before.map(|id| id.to_string()))]
    };
    let src = with_query(frame, "queues/mail-in/list", &query(shown.before));
    let columns = [
        Column::text(l.t("channels-mail")),
        Column::text(l.t("channels-mailbox-to")),
        Column::text(l.t("channels-state")),
        Column::text(l.t("channels-came")),
        Column::text(l.t("channels-why")),
        Column::actions(l.t("channels-actions")),
    ];
    let none = empty(Icon::Check, l.t("channels-in-none"), l.t("channels-in-none-what"), None);
    let rows = shown.page.mails.iter().map(|mail| row(frame, shown, mail));
    let last = shown.page.mails.last().map(|mail| mail.id).filter(|_| shown.page.has_more);
    let next = last.map(|id| with_query(frame, "queues/mail-in", &query(Some(id))));
    let part = Live {
        id: "mail-in",
        topics: "inbound_mails",
        src: &src,
        class: "stack",
        tag: "section",
        hold: false,
        label: None,
    };
    part.with(html! {
        (filters(frame, shown))
        (Table::new(l.t("channels-mail-in"), &columns).rows(rows).empty(none))
        (more(l, next.as_deref(), shown.page.mails.len(), None))
    })
}

fn filters(frame: &Frame, shown: &Shown) -> Markup {
    let l = frame.l;
    let path = "queues/mail-in";
    let all = frame.path(path);
    let hrefs: Vec<String> = InboundState::ALL
        .iter()
        .map(|state| with_query(frame, path, &[("state", Some(state.key().to_string()))]))
        .collect();
    let mut views = vec![Chip::new(l.t("channels-all"), &all).current(shown.state.is_none())];
    for (state, href) in InboundState::ALL.into_iter().zip(&hrefs) {
        let chip = Chip::new(state_words(l, state), href).current(shown.state == Some(state));
        views.push(match state {
            InboundState::Failed => chip.count(shown.failed),
            InboundState::Received => chip.count(shown.waiting),
            _ => chip,
        });
    }
    chips(l.t("channels-show"), &views)
}

fn row(frame: &Frame, shown: &Shown, mail: &InboundMail) -> Vec<Markup> {
    let l = frame.l;
    let href = frame.path(&format!("queues/mail-in/{}", mail.id));
    let number = shown.numbers.iter().find(|(id, _)| Some(*id) == mail.case_id);
    let again = Button::submit(l.t("channels-rerun")).small().icon(Icon::Refresh);
    let may_rerun = matches!(mail.state, InboundState::Failed | InboundState::Ignored);
    vec![
        html! {
            div {
                a href=(href) { (subject(l, mail)) }
                br; span.lead { (mail.sender.as_deref().unwrap_or(&mail.envelope_from)) }
            }
        },
        html! { (mail.recipient) },
        html! { (state_mark(l, mail.state)) },
        times::when(l, mail.received_at),
        html! {
            div {
                @if let Some(reason) = &mail.reason { (why::words(l, reason)) " " }
                @if let Some((_, number)) = number {
                    a href=(frame.path(&format!("cases/{number}"))) { (number) }
                }
            }
        },
        html! { @if may_rerun { (frame.act(&format!("{href}/rerun"), again)) } },
    ]
}

fn about(frame: &Frame, mail: &InboundMail) -> Markup {
    let l = frame.l;
    let null_path = l.t("channels-null-path");
    let from = if mail.envelope_from.is_empty() { null_path } else { mail.envelope_from.as_str() };
    let bytes = ui::format::bytes(u64::try_from(mail.size_bytes).unwrap_or_default());
    let mut pairs = vec![
        (l.t("channels-state"), state_mark(l, mail.state)),
        (l.t("channels-from"), html! { (mail.sender.as_deref().unwrap_or("—")) }),
        (l.t("channels-envelope"), html! { (from) " → " (mail.recipient) }),
        (l.t("channels-came"), times::when(l, mail.received_at)),
        (l.t("channels-size"), html! { (bytes) }),
    ];
    if let Some(reason) = &mail.reason {
        pairs.push((l.t("channels-why"), html! { (why::words(l, reason)) }));
    }
    if let Some(detail) = &mail.detail {
        pairs.push((l.t("channels-detail"), html! { code { (detail) } }));
    }
    facts(&pairs)
}

fn actions(frame: &Frame, mail: &InboundMail) -> Markup {
    let l = frame.l;
    let path = frame.path(&format!("queues/mail-in/{}", mail.id));
    let may_rerun = matches!(mail.state, InboundState::Failed | InboundState::Ignored);
    let again = Button::submit(l.t("channels-rerun")).primary().icon(Icon::Refresh);
    let download = Button::link(l.t("channels-download"), &format!("{path}/raw"));
    html! {
        @if may_rerun { (frame.act(&format!("{path}/rerun"), again)) }
        @if frame.actor().may(ChannelPermission::ReadRawMail) {
            (download.attr("download", "").attr("data-turbo", "false"))
        }
    }
}

/// The header of the mail as it came; none when the file is gone.
async fn header_text(frame: &Frame, id: InboundId) -> Option<String> {
    let (workspace, actor) = (frame.seat.workspace.clone(), frame.actor().clone());
    let read = tokio::task::spawn_blocking(move || inbound_raw(&workspace, &actor, id));
    let (_, raw) = read.await.ok()?.ok()?;
    let bytes = &raw.bytes[..raw.bytes.len().min(HEAD_BYTES_MAX)];
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let head = text.split("\n\n").next().unwrap_or_default();
    Some(head.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect())
}

fn subject(l: L, mail: &InboundMail) -> String {
    match mail.subject.as_deref().map(str::trim) {
        Some(subject) if !subject.is_empty() => subject.to_string(),
        _ => l.t("channels-no-subject").to_string(),
    }
}

fn state_words(l: L, state: InboundState) -> &'static str {
    l.t(match state {
        InboundState::Received => "channels-in-received",
        InboundState::Done => "channels-in-done",
        InboundState::Duplicate => "channels-in-duplicate",
        InboundState::Ignored => "channels-in-ignored",
        InboundState::Failed => "channels-in-failed",
    })
}

fn state_mark(l: L, state: InboundState) -> Markup {
    let tone = match state {
        InboundState::Received => Tone::Accent,
        InboundState::Done => Tone::Calm,
        InboundState::Duplicate | InboundState::Ignored => Tone::Plain,
        InboundState::Failed => Tone::Alarm,
    };
    status(tone, state_words(l, state))
}
