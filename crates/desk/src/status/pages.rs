//! Statuses in the settings.

use frame::{Frame, Page, Typed};
use maud::{Markup, html};
use platform::Error;
use platform::web::WebError;
use ui::form::Choice;
use ui::{Column, Field, L, Table};

use super::{StatusChange, StatusId, save_status};
use crate::kinds::StatusType;
use crate::settings::pages::{
    Content, Draft, Section, active_field, card, change_link, in_use, saved,
};

/// What the form of a stored status holds.
pub(crate) fn typed(content: &Content, id: Option<i64>) -> Option<Typed> {
    let status = content.statuses.iter().find(|status| Some(status.id.0) == id)?;
    let typed = Typed::new()
        .with("id", status.id)
        .with("label", &status.label)
        .with("type", status.status_type)
        .with("position", status.position);
    Some(if status.active { typed.with("active", 1) } else { typed })
}

pub(crate) fn section(frame: &Frame, content: &Content, draft: &Draft) -> Markup {
    let l = frame.l;
    let columns = [
        Column::text(l.t("desk-name")),
        Column::text(l.t("desk-means")),
        Column::number(l.t("desk-position")),
        Column::text(l.t("desk-status")),
        Column::actions(l.t("desk-change")),
    ];
    let rows = content.statuses.iter().map(|status| {
        vec![
            html! { (status.label) },
            html! { (meaning(l, status.status_type)) },
            html! { (status.position) },
            in_use(frame, status.active),
            change_link(frame, Section::Statuses, status.id.0, &status.label),
        ]
    });
    let list = Table::new(l.t("desk-statuses"), &columns).rows(rows);
    let all = StatusType::ALL.iter();
    let types: Vec<Choice<'_>> =
        all.map(|kind| Choice::new(kind.as_str(), meaning(l, *kind))).collect();
    let (typed, errors) = (&draft.typed, &draft.errors);
    let position = typed.some("position").unwrap_or("1").to_string();
    let fields = html! {
        (Field::text(l, "label", l.t("desk-name")).id("status-label").value(typed.get("label"))
            .error(errors.of("label")))
        @if draft.id().is_some() {
            // A status keeps its type: cases have it already.
            (ui::form::hidden("type", typed.get("type")))
        } @else {
            (Field::select(l, "type", l.t("desk-means"), &types).id("status-type")
                .value(typed.get("type")).error(errors.of("type")))
        }
        (Field::number(l, "position", l.t("desk-position")).id("status-position")
            .value(position).error(errors.of("position")))
        (active_field(frame, draft, "status-active"))
    };
    let words = ("desk-statuses", "desk-status-add", "desk-status-change");
    card(frame, Section::Statuses, words, (html! { (list) }, fields), draft)
}

/// What a status type means, whatever its statuses are called.
fn meaning(l: L, status_type: StatusType) -> &'static str {
    l.t(match status_type {
        StatusType::New => "case-status-new",
        StatusType::Open => "case-status-open",
        StatusType::PendingCustomer => "case-status-pending_customer",
        StatusType::OnHold => "case-status-on_hold",
        StatusType::Resolved => "case-status-resolved",
        StatusType::Closed => "case-status-closed",
    })
}

pub(crate) async fn save(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let change = match change_of(&typed) {
        Ok(change) => change,
        Err(error) => return saved::<()>(&frame, Section::Statuses, typed, Err(error)),
    };
    let done = frame.write(move |tx, actor| save_status(tx, actor, &change)).await;
    saved(&frame, Section::Statuses, typed, done)
}

fn change_of(typed: &Typed) -> Result<StatusChange, Error> {
    let status_type = StatusType::from_name(typed.get("type"));
    let position = typed.number("position").filter(|at| (0..1_000).contains(at));
    Ok(StatusChange {
        id: typed.number("id").map(StatusId),
        label: typed.get("label").into(),
        status_type: status_type.ok_or(Error::field("type", "error-choose-from-list"))?,
        position: position.ok_or(Error::field("position", "desk-position-wrong"))?,
        active: typed.ticked("active"),
    })
}
