//! The audit trail: every event, newest first, and the proof that none was changed.

use std::collections::HashMap;

use base::UtcMs;
use db::{ChainFault, ChainReport, DbError, EventFilter, StoredEvent, newest_events, verify_chain};
use frame::{At, Frame, Page, Section, Typed, settings_head};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Error, MemberId, list_roles, list_teams, member_names};
use ui::{
    Button, Choice, Column, Field, Form, Icon, L, Table, Tone, card, crumbs, empty, facts, more,
    notice, page_head, times,
};

const PAGE_ROWS: i64 = 50;
/// A check of a million events takes seconds: it is not asked for all the time.
const CHECKS_MAX: u32 = 6;
const CHECKS_WINDOW_MS: i64 = UtcMs::MINUTE;

/// Names of what events are about, as far as this room knows them.
struct Names {
    members: Vec<(MemberId, String)>,
    things: HashMap<(&'static str, i64), String>,
}

/// `GET /w/{ws}/audit?kind=&actor=&subject=&before=`.
pub async fn page(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let wanted = wanted(&typed);
    let ((events, names), since) = frame.read(|tx, _| {
        let events = newest_events(tx, &wanted, PAGE_ROWS + 1)?;
        let members = member_names(tx)?;
        let mut things: HashMap<_, _> =
            members.iter().map(|(id, name)| (("member", id.0), name.clone())).collect();
        things.extend(list_teams(tx)?.into_iter().map(|team| (("team", team.id.0), team.name)));
        things.extend(
            list_roles(tx)?
                .into_iter()
                .map(|role| (("role", role.id.0), crate::role::role_name(frame.l, &role.name))),
        );
        Ok::<_, Error>((events, Names { members, things }))
    })?;
    let l = frame.l;
    let is_more = events.len() as i64 > PAGE_ROWS;
    let shown = &events[..events.len().min(PAGE_ROWS as usize)];
    let older =
        shown.last().filter(|_| is_more).map(|last| address(&frame, &typed, Some(last.seq)));
    let to_check = frame.path("audit/verification");
    let check = Button::link(l.t("admin-audit-check"), &to_check).icon(Icon::Shield);
    let body = html! {
        (settings_head(l, Section::Audit, html! { (check) }))
        (filters(&frame, &typed, &names))
        (table(&frame, shown, &names))
        @if older.is_some() { (more(l, older.as_deref(), shown.len(), None)) }
    };
    let at = At { nav: "settings", title: l.t("frame-audit"), since };
    Ok(frame.settings(Section::Audit, at, body))
}

/// `GET /w/{ws}/audit/verification`: recounts the chain from its beginning.
pub async fn verify(frame: Frame) -> Result<Page, WebError> {
    let key = format!("audit:{}", frame.seat.workspace.slug);
    frame.app().limiter().count(&key, CHECKS_MAX, CHECKS_WINDOW_MS)?;
    let workspace = frame.seat.workspace.clone();
    let check =
        move || workspace.db.read(|tx| Ok::<_, DbError>((verify_chain(tx)?, tx.event_seq()?)));
    let checked = tokio::task::spawn_blocking(check).await;
    let (report, since) = checked.map_err(|error| Error::Internal(error.to_string()))??;
    let l = frame.l;
    let list = frame.path("audit");
    let body = html! {
        (crumbs(l, &[(l.t("frame-audit"), &list)], l.t("admin-audit-checked")))
        (page_head(l.t("admin-audit-checked"), Some(l.t("admin-audit-check-lead")), html! {}))
        (outcome(l, &report))
    };
    let at = At { nav: "settings", title: l.t("admin-audit-checked"), since };
    Ok(frame.settings(Section::Audit, at, body))
}

fn outcome(l: L, report: &ChainReport) -> Markup {
    let (tone, text) = match &report.fault {
        None => (Tone::Calm, l.t("admin-chain-whole").to_string()),
        Some(ChainFault::Gap { seq }) => at_event(l, "admin-chain-gap", *seq),
        Some(ChainFault::Payload { seq }) => at_event(l, "admin-chain-payload", *seq),
        Some(ChainFault::Link { seq }) => at_event(l, "admin-chain-link", *seq),
        Some(ChainFault::Head) => (Tone::Alarm, l.t("admin-chain-head").to_string()),
    };
    let number = |count: i64| html! { (ui::format::group(count)) };
    html! {
        (notice(tone, html! { p { (text) } }))
        (card(None, facts(&[
            (l.t("admin-chain-events"), number(report.events)),
            (l.t("admin-chain-erased"), number(report.erased)),
            (l.t("admin-chain-at"), times::when(l, l.now())),
        ])))
    }
}

fn at_event(l: L, key: &str, seq: i64) -> (Tone, String) {
    (Tone::Alarm, l.tf(key, &[("seq", seq.into())]))
}

/// What the address asks for; what cannot be read narrows nothing.
fn wanted(typed: &Typed) -> EventFilter {
    let subject = typed.some("subject").and_then(|text| {
        let (kind, id) = text.split_once([':', ' '])?;
        Some((kind.trim().to_lowercase(), id.trim().parse().ok()?))
    });
    EventFilter {
        before_seq: typed.number("before"),
        kind: typed.some("kind").map(str::to_string),
        actor_id: typed.number("actor"),
        subject,
        contact_id: None,
    }
}

/// The address of a list with these filters.
fn address(frame: &Frame, typed: &Typed, before: Option<i64>) -> String {
    let mut query: Vec<String> = ["kind", "actor", "subject"]
        .iter()
        .filter_map(|name| Some(format!("{name}={}", plain(typed.some(name)?))))
        .collect();
    query.extend(before.map(|seq| format!("before={seq}")));
    frame.path(&format!("audit?{}", query.join("&")))
}

/// Kinds, ids and subjects are letters, digits and little else; the rest has no place in a query.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || ".:_-".contains(*c)).collect()
}

fn filters(frame: &Frame, typed: &Typed, names: &Names) -> Markup {
    let l = frame.l;
    let all = || Choice::new("", l.t("admin-audit-all"));
    let mut kinds = vec![all()];
    let known = l.starting("event-").into_iter();
    kinds.extend(known.map(|(key, words)| Choice::new(kind_of(key), words)));
    let kind = typed.get("kind");
    if kinds.iter().all(|choice| choice.value != kind) {
        kinds.push(Choice::new(kind, kind));
    }
    let mut actors = vec![all(), Choice::new("0", l.t("ui-brand"))];
    actors.extend(names.members.iter().map(|(id, name)| Choice::new(id.0.to_string(), name)));
    let to = frame.path("audit");
    let form = Form::get(l, &to).inline().body(html! {
        (Field::select(l, "kind", l.t("admin-audit-what"), &kinds).value(kind))
        (Field::select(l, "actor", l.t("admin-audit-who"), &actors).value(typed.get("actor")))
        (Field::text(l, "subject", l.t("admin-audit-about-what")).value(typed.get("subject"))
            .attr("placeholder", l.t("admin-audit-subject-form")).autocomplete("off"))
        (Button::submit(l.t("admin-find")).icon(Icon::Filter))
        (Button::link(l.t("admin-audit-reset"), &to).quiet())
    });
    html! { (form) }
}

fn table(frame: &Frame, events: &[StoredEvent], names: &Names) -> Markup {
    let l = frame.l;
    let columns = [
        Column::text(l.t("admin-audit-when")),
        Column::text(l.t("admin-audit-who")),
        Column::text(l.t("admin-audit-what")),
        Column::text(l.t("admin-audit-about-what")),
        Column::number(l.t("admin-audit-number")),
    ];
    let none = empty(Icon::Book, l.t("admin-audit-none"), l.t("admin-audit-none-what"), None);
    let rows = events.iter().map(|event| row(frame, event, names));
    html! { (Table::new(l.t("frame-audit"), &columns).rows(rows).empty(none)) }
}

fn row(frame: &Frame, event: &StoredEvent, names: &Names) -> Vec<Markup> {
    let l = frame.l;
    let subject = format!("{}:{}", event.subject_kind, event.subject_id);
    let only_it = Typed::new().with("subject", &subject);
    vec![
        times::when(l, event.at),
        html! { (actor_name(l, event.actor_id, names)) },
        html! {
            details {
                summary { (event_name(l, &event.kind)) }
                code {
                    (event.kind) " "
                    @match &event.payload {
                        Some(payload) => (payload),
                        None => (l.t("admin-audit-erased")),
                    }
                }
            }
        },
        html! { a href=(address(frame, &only_it, None)) { (subject_name(l, event, names)) } },
        html! { (ui::format::group(event.seq)) },
    ]
}

fn actor_name(l: L, id: i64, names: &Names) -> String {
    let member = names.members.iter().find(|(member, _)| member.0 == id);
    match member {
        Some((_, name)) => name.clone(),
        None if id == 0 => l.t("ui-brand").to_string(),
        None => id.to_string(),
    }
}

/// What happened, in words; its kind, where no catalogue has them.
fn event_name(l: L, kind: &str) -> &str {
    l.find(&format!("event-{}", kind.replace(['.', '_'], "-"))).unwrap_or(kind)
}

/// The kind that a catalogue's key stands for: `case-status-changed` is `case.status_changed`.
fn kind_of(key: &str) -> String {
    match key.split_once('-') {
        Some((subject, verb)) => format!("{subject}.{}", verb.replace('-', "_")),
        None => key.to_string(),
    }
}

/// Its name where this room knows it, else what it is and its id.
fn subject_name(l: L, event: &StoredEvent, names: &Names) -> String {
    let known = names
        .things
        .iter()
        .find(|((kind, id), _)| *kind == event.subject_kind && *id == event.subject_id);
    match known {
        Some((_, name)) => name.clone(),
        None => {
            let key = format!("admin-about-{}", event.subject_kind.replace('_', "-"));
            format!("{} {}", l.find(&key).unwrap_or(&event.subject_kind), event.subject_id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_kinds_stand_for_each_other() {
        let check = |key, kind| assert_eq!(kind_of(key), kind);
        check("member-added", "member.added");
        check("case-status-changed", "case.status_changed");
        check("odd", "odd");
    }
}
