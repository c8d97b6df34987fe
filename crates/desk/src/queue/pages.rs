//! Queues in the settings.

use frame::{Frame, Page, Typed};
use maud::{Markup, html};
use platform::TeamId;
use platform::web::WebError;
use ui::form::Choice;
use ui::{Column, Field, Table};

use super::{QueueChange, QueueId, save_queue};
use crate::settings::pages::{
    Content, Draft, Section, active_field, card, change_link, in_use, saved,
};

/// What the form of a stored queue holds.
pub(crate) fn typed(content: &Content, id: Option<i64>) -> Option<Typed> {
    let queue = content.queues.iter().find(|queue| Some(queue.id.0) == id)?;
    let typed = Typed::new()
        .with("id", queue.id)
        .with("name", &queue.name)
        .with("team", queue.team_id.map(|id| id.to_string()).unwrap_or_default());
    Some(if queue.active { typed.with("active", 1) } else { typed })
}

pub(crate) fn section(frame: &Frame, content: &Content, draft: &Draft) -> Markup {
    let l = frame.l;
    let team = |id: Option<TeamId>| {
        let found = content.teams.iter().find(|team| Some(team.id) == id);
        found.map_or(l.t("desk-no-team").to_string(), |team| team.name.clone())
    };
    let columns = [
        Column::text(l.t("desk-name")),
        Column::text(l.t("desk-team")),
        Column::text(l.t("desk-status")),
        Column::actions(l.t("desk-change")),
    ];
    let list = Table::new(l.t("desk-queues"), &columns).rows(content.queues.iter().map(|queue| {
        vec![
            html! { (queue.name) },
            html! { (team(queue.team_id)) },
            in_use(frame, queue.active),
            change_link(frame, Section::Queues, queue.id.0, &queue.name),
        ]
    }));
    let mut teams = vec![Choice::new("", l.t("desk-no-team"))];
    teams.extend(content.teams.iter().map(|team| Choice::new(team.id.to_string(), &team.name)));
    let (typed, errors) = (&draft.typed, &draft.errors);
    let fields = html! {
        (Field::text(l, "name", l.t("desk-name")).id("queue-name").value(typed.get("name"))
            .error(errors.of("name")))
        (Field::select(l, "team", l.t("desk-team"), &teams).id("queue-team")
            .value(typed.get("team")).error(errors.of("team")))
        (active_field(frame, draft, "queue-active"))
    };
    let words = ("desk-queues", "desk-queue-add", "desk-queue-change");
    card(frame, Section::Queues, words, (html! { (list) }, fields), draft)
}

pub(crate) async fn save(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let change = QueueChange {
        id: typed.number("id").map(QueueId),
        name: typed.get("name").into(),
        team_id: typed.number("team").map(TeamId),
        active: typed.ticked("active"),
    };
    let done = frame.write(move |tx, actor| save_queue(tx, actor, &change)).await;
    saved(&frame, Section::Queues, typed, done)
}
