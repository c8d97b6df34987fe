//! How the desk is set up: queues, categories, statuses, each with its list and one form.

use axum::extract::Query;
use db::Tx;
use frame::{At, Flash, Frame, Page, Typed, errors, fields_of};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Actor, Error, Team, list_teams};
use serde::Deserialize;
use ui::{Button, Errors, Field};

use crate::category::{self, Category, list_categories};
use crate::queue::{self, Queue, list_queues};
use crate::status::{self, CaseStatus, list_statuses};

/// The parts of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Queues,
    Categories,
    Statuses,
}

impl Section {
    const ALL: [Section; 3] = [Section::Queues, Section::Categories, Section::Statuses];

    /// Its name in addresses and ids.
    pub fn name(self) -> &'static str {
        match self {
            Section::Queues => "queues",
            Section::Categories => "categories",
            Section::Statuses => "statuses",
        }
    }
}

/// All that can be set up, from one snapshot.
pub(crate) struct Content {
    pub queues: Vec<Queue>,
    pub teams: Vec<Team>,
    pub categories: Vec<Category>,
    pub statuses: Vec<CaseStatus>,
}

/// The form of a section: what stands in it, and what is wrong. Without an `id` it adds.
#[derive(Default)]
pub(crate) struct Draft {
    pub typed: Typed,
    pub errors: Errors,
}

impl Draft {
    pub fn id(&self) -> Option<i64> {
        self.typed.number("id")
    }
}

/// Which thing is being changed: `?queues=7`.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    queues: Option<i64>,
    categories: Option<i64>,
    statuses: Option<i64>,
}

pub(crate) async fn show(frame: Frame, Query(chosen): Query<Chosen>) -> Result<Page, WebError> {
    let (content, since) = frame.read(read)?;
    let typed = |section| {
        let found = match section {
            Section::Queues => queue::pages::typed(&content, chosen.queues),
            Section::Categories => category::pages::typed(&content, chosen.categories),
            Section::Statuses => status::pages::typed(&content, chosen.statuses),
        };
        Draft { typed: found.unwrap_or_default(), errors: Errors::new() }
    };
    Ok(page(&frame, &content, since, typed))
}

pub(crate) fn read(tx: &mut Tx<'_>, _: &Actor) -> Result<Content, Error> {
    Ok(Content {
        queues: list_queues(tx)?,
        teams: list_teams(tx)?,
        categories: list_categories(tx)?,
        statuses: list_statuses(tx)?,
    })
}

/// After a try to save: back to the list, or the page with what is wrong at the field.
pub(crate) fn saved<T>(
    frame: &Frame,
    section: Section,
    typed: Typed,
    outcome: Result<T, Error>,
) -> Result<Page, WebError> {
    let fields = match fields_of(outcome)? {
        Ok(_) => {
            let to = frame.path(&format!("settings/desk#{}", section.name()));
            return Ok(Page::redirect(&to).flash(&Flash::done("desk-saved")));
        }
        Err(fields) => fields,
    };
    let (content, since) = frame.read(read)?;
    let wrong = errors(frame.l, &fields);
    let draft = |other| match other == section {
        true => Draft { typed: typed.clone(), errors: wrong.clone() },
        false => Draft::default(),
    };
    Ok(page(frame, &content, since, draft).invalid())
}

fn page(frame: &Frame, content: &Content, since: i64, draft: impl Fn(Section) -> Draft) -> Page {
    let l = frame.l;
    let title = l.t("desk-settings");
    let body = html! {
        (ui::crumbs(l, &[(l.t("ui-settings"), &frame.path("settings"))], title))
        (ui::page_head(title, Some(l.t("desk-settings-lead")), html! {}))
        @for section in Section::ALL {
            @let draft = draft(section);
            div id=(section.name()) {
                @match section {
                    Section::Queues => (queue::pages::section(frame, content, &draft)),
                    Section::Categories => (category::pages::section(frame, content, &draft)),
                    Section::Statuses => (status::pages::section(frame, content, &draft)),
                }
            }
        }
    };
    frame.settings(frame::Section::Desk, At { nav: "settings", title, since }, body)
}

/// A section: its list, and under it the form that adds or changes.
pub(crate) fn card(
    frame: &Frame,
    section: Section,
    (heading, add, change): (&str, &str, &str),
    (list, fields): (Markup, Markup),
    draft: &Draft,
) -> Markup {
    let l = frame.l;
    let action = frame.path(&format!("settings/desk/{}", section.name()));
    let back = frame.path(&format!("settings/desk#{}", section.name()));
    let changes = draft.id().is_some();
    let form = frame.form(&action).inline().body(html! {
        @if let Some(id) = draft.id() { (ui::form::hidden("id", &id.to_string())) }
        (fields)
        (Button::submit(l.t(if changes { "desk-save" } else { "people-add" })).primary())
        @if changes { (Button::link(l.t("ui-cancel"), &back)) }
    });
    ui::card(
        Some(l.t(heading)),
        html! {
            (list)
            h3.form-title { (l.t(if changes { change } else { add })) }
            (form)
        },
    )
}

/// The box that takes something out of use; what is added is in use.
pub(crate) fn active_field(frame: &Frame, draft: &Draft, id: &str) -> Markup {
    let l = frame.l;
    if draft.id().is_none() {
        return ui::form::hidden("active", "1");
    }
    let field = Field::check(l, "active", l.t("desk-in-use"), draft.typed.ticked("active"));
    html! { (field.id(id).error(draft.errors.of("active"))) }
}

/// The link that brings a thing into the form.
pub(crate) fn change_link(frame: &Frame, section: Section, id: i64, name: &str) -> Markup {
    let section = section.name();
    let href = frame.path(&format!("settings/desk?{section}={id}#{section}"));
    let label = frame.l.t("desk-change");
    html! { (Button::link(label, &href).small().attr("aria-label", &[label, name].join(": "))) }
}

/// Whether something is in use, in words.
pub(crate) fn in_use(frame: &Frame, active: bool) -> Markup {
    let l = frame.l;
    match active {
        true => ui::status(ui::Tone::Calm, l.t("desk-in-use")),
        false => ui::status(ui::Tone::Plain, l.t("desk-not-in-use")),
    }
}
