//! The queue of mail going out.

use base::UtcMs;
use desk::CaseId;
use frame::{At, Flash, Frame, Id, Page, Typed};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Actor, Error};
use ui::{
    Button, Chip, Column, Icon, L, Live, Table, Tone, buttons, chips, empty, more, page_head,
    status, times,
};

use super::{
    OutboundId, OutboundMail, OutboundPage, OutboundState, count_outbound, discard_outbound,
    list_outbound, retry_outbound,
};
use crate::queues::{queue_tabs, with_query};
use crate::why;

/// A page of the list with what stands beside it.
struct Shown {
    state: OutboundState,
    before: Option<OutboundId>,
    page: OutboundPage,
    queued: i64,
    failed: i64,
    numbers: Vec<(i64, String)>,
}

/// What the list can be narrowed to.
const STATES: [OutboundState; 5] = [
    OutboundState::Queued,
    OutboundState::Sending,
    OutboundState::Failed,
    OutboundState::Sent,
    OutboundState::Discarded,
];

/// `GET /w/{ws}/queues/mail-out?state=&before=`.
pub(crate) async fn list(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let l = frame.l;
    let today = today(l);
    let (shown, since) = frame.read(|tx, actor| look(tx, actor, &typed, today))?;
    let body = html! {
        (page_head(l.t("frame-queues"), Some(l.t("channels-mail-out-lead")), html! {}))
        (queue_tabs(&frame, "mail-out"))
        (part(&frame, &shown))
    };
    Ok(frame.page(At { nav: "queues", title: l.t("channels-mail-out"), since }, body))
}

/// `GET /w/{ws}/queues/mail-out/list`: the part that keeps itself fresh.
pub(crate) async fn fragment(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let today = today(frame.l);
    let (shown, _) = frame.read(|tx, actor| look(tx, actor, &typed, today))?;
    Ok(Page::fragment(part(&frame, &shown)))
}

/// `POST /w/{ws}/queues/mail-out/{id}/retry`.
pub(crate) async fn retry(frame: Frame, id: Id) -> Result<Page, WebError> {
    let id = OutboundId(id.0);
    frame.write(move |tx, actor| retry_outbound(tx, actor, id)).await?;
    let to = frame.path("queues/mail-out");
    Ok(Page::redirect(&to).flash(&Flash::done("channels-retry-done")))
}

/// `POST /w/{ws}/queues/mail-out/{id}/discard`.
pub(crate) async fn discard(frame: Frame, id: Id) -> Result<Page, WebError> {
    let id = OutboundId(id.0);
    frame.write(move |tx, actor| discard_outbound(tx, actor, id)).await?;
    let to = frame.path("queues/mail-out");
    Ok(Page::redirect(&to).flash(&Flash::done("channels-discard-done")))
}

/// The beginning of the reader's day.
fn today(l: L) -> UtcMs {
    let local = l.zone().local(l.now());
    let minutes = i64::from(local.hour) * 60 + i64::from(local.minute);
    l.now().plus_ms(-minutes * UtcMs::MINUTE - i64::from(local.second) * UtcMs::SECOND)
}

fn look(tx: &mut db::Tx<'_>, actor: &Actor, typed: &Typed, today: UtcMs) -> Result<Shown, Error> {
    let state = OutboundState::from_key(typed.get("state")).unwrap_or(OutboundState::Queued);
    let before = typed.number("before").map(OutboundId);
    // Mails that left are many: today's are the queue's, older ones stand in their cases.
    let since = if state == OutboundState::Sent { today } else { UtcMs(0) };
    let page = list_outbound(tx, actor, state, since, before)?;
    let mut numbers = Vec::new();
    for mail in &page.mails {
        if let Ok(case) = desk::case_by_id(tx, actor, CaseId(mail.case_id)) {
            numbers.push((mail.case_id, case.number.to_string()));
        }
    }
    Ok(Shown {
        queued: count_outbound(tx, actor, OutboundState::Queued)?,
        failed: count_outbound(tx, actor, OutboundState::Failed)?,
        state,
        before,
        page,
        numbers,
    })
}

fn part(frame: &Frame, shown: &Shown) -> Markup {
    let l = frame.l;
    let query = |before: Option<OutboundId>| {
        let state = Some(shown.state.key().to_string());
        [("state", state), ("before", before.map(|id| id.to_string()))]
    };
    let src = with_query(frame, "queues/mail-out/list", &query(shown.before));
    let columns = [
        Column::text(l.t("channels-case")),
        Column::text(l.t("channels-to")),
        Column::text(l.t("channels-state")),
        Column::number(l.t("channels-tries")),
        Column::text(l.t("channels-when")),
        Column::text(l.t("channels-why")),
        Column::actions(l.t("channels-actions")),
    ];
    let none = empty(Icon::Check, l.t("channels-out-none"), l.t("channels-out-none-what"), None);
    let rows = shown.page.mails.iter().map(|mail| row(frame, shown, mail));
    let last = shown.page.mails.last().map(|mail| mail.id).filter(|_| shown.page.has_more);
    let next = last.map(|id| with_query(frame, "queues/mail-out", &query(Some(id))));
    let part = Live {
        id: "mail-out",
        topics: "outbound_mails",
        src: &src,
        class: "stack",
        tag: "section",
        hold: false,
        label: None,
    };
    part.with(html! {
        (filters(frame, shown))
        (Table::new(l.t("channels-mail-out"), &columns).rows(rows).empty(none))
        (more(l, next.as_deref(), shown.page.mails.len(), None))
    })
}

fn filters(frame: &Frame, shown: &Shown) -> Markup {
    let l = frame.l;
    let href = |state: OutboundState| {
        with_query(frame, "queues/mail-out", &[("state", Some(state.key().to_string()))])
    };
    let hrefs = STATES.map(href);
    let views: Vec<Chip<'_>> = STATES
        .into_iter()
        .zip(&hrefs)
        .map(|(state, href)| {
            let chip = Chip::new(state_words(l, state), href).current(shown.state == state);
            match state {
                OutboundState::Queued => chip.count(shown.queued),
                OutboundState::Failed => chip.count(shown.failed),
                _ => chip,
            }
        })
        .collect();
    chips(l.t("channels-show"), &views)
}

fn row(frame: &Frame, shown: &Shown, mail: &OutboundMail) -> Vec<Markup> {
    let l = frame.l;
    let path = frame.path(&format!("queues/mail-out/{}", mail.id));
    let number = shown.numbers.iter().find(|(id, _)| *id == mail.case_id);
    let open = matches!(mail.state, OutboundState::Queued | OutboundState::Failed);
    let again = Button::submit(l.t("channels-retry")).small().icon(Icon::Refresh);
    let discard = Button::submit(l.t("channels-discard")).small().quiet();
    let discard = discard.confirm(l.t("channels-discard-sure"));
    vec![
        html! {
            div {
                @if let Some((_, number)) = number {
                    a href=(frame.path(&format!("cases/{number}"))) { (number) }
                } @else {
                    (l.t("channels-case-elsewhere"))
                }
                @if mail.automatic { br; span.lead { (l.t("channels-automatic")) } }
            }
        },
        html! { (mail.recipient) },
        html! { (state_mark(l, mail.state)) },
        html! { (mail.attempts) },
        moment(l, mail),
        html! {
            div {
                @if let Some(reason) = &mail.reason { (why::words(l, reason)) }
                @if let Some(detail) = mail.detail.as_ref().filter(|it| !it.is_empty()) {
                    br; code { (detail) }
                }
            }
        },
        html! {
            @if open {
                (buttons(html! {
                    (frame.act(&format!("{path}/retry"), again))
                    (frame.act(&format!("{path}/discard"), discard))
                }))
            }
        },
    ]
}

/// When its way ended, or when it is tried next.
fn moment(l: L, mail: &OutboundMail) -> Markup {
    match (mail.state, mail.ended_at) {
        (OutboundState::Queued, _) => {
            let at = times::exact(l, mail.next_at);
            html! { (l.tf("channels-next-try", &[("at", at.into())])) }
        }
        (_, Some(at)) => times::when(l, at),
        (_, None) => times::when(l, mail.next_at),
    }
}

fn state_words(l: L, state: OutboundState) -> &'static str {
    l.t(match state {
        OutboundState::Queued => "channels-out-queued",
        OutboundState::Sending => "channels-out-sending",
        OutboundState::Sent => "channels-out-sent",
        OutboundState::Failed => "channels-out-failed",
        OutboundState::Discarded => "channels-out-discarded",
        OutboundState::Undone => "channels-out-undone",
    })
}

fn state_mark(l: L, state: OutboundState) -> Markup {
    let tone = match state {
        OutboundState::Queued | OutboundState::Sending => Tone::Accent,
        OutboundState::Sent => Tone::Calm,
        OutboundState::Failed => Tone::Alarm,
        OutboundState::Discarded | OutboundState::Undone => Tone::Plain,
    };
    status(tone, state_words(l, state))
}
