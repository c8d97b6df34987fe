//! The frame of a signed-in page: what stands around the content, for whoever sits there.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use db::{DbError, Tx};
use maud::Markup;
use platform::control::workspace::{self, WorkspaceRow};
use platform::web::{Seat, WebError, cookie};
use platform::{Actor, App, Error};
use ui::{Button, Count, Desk, Form, Icon, L, Lang, NavItem, Person, Shell, Theme};

use crate::flash::{self, Flash};
use crate::page::Page;

/// Where a page stands: the place of the rail that is lit, the title, and the last event that its
/// content knows (from the same snapshot; see [`Frame::read`]).
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// `inbox`, `contacts`, `queues`, `settings`, or nothing.
    pub nav: &'a str,
    pub title: &'a str,
    pub since: i64,
}

/// A signed-in member's request: an extractor for every page handler inside a workspace.
#[derive(Clone)]
pub struct Frame {
    pub seat: Seat,
    /// The reader: language, time zone, now.
    pub l: L,
    pub theme: Theme,
    flash: Option<Flash>,
    fragment: Option<String>,
}

/// A place of the rail, and the permission that opens it.
struct Place {
    key: &'static str,
    label: &'static str,
    icon: Icon,
    path: &'static str,
    hotkey: &'static str,
    needs: Option<&'static str>,
}

const fn place(
    key: &'static str,
    label: &'static str,
    icon: Icon,
    path: &'static str,
    hotkey: &'static str,
    needs: Option<&'static str>,
) -> Place {
    Place { key, label, icon, path, hotkey, needs }
}

/// In their order. Of two with one key, a person gets the first that is open.
const PLACES: [Place; 5] = [
    place("inbox", "frame-inbox", Icon::Inbox, "inbox", "KeyG KeyI", Some("case.read")),
    place(
        "contacts",
        "frame-contacts",
        Icon::People,
        "contacts",
        "KeyG KeyC",
        Some("contact.read"),
    ),
    place("queues", "frame-queues", Icon::Queue, "queues/mail-in", "KeyG KeyQ", Some("mail.queue")),
    place("queues", "frame-queues", Icon::Queue, "queues/jobs", "KeyG KeyQ", Some("job.manage")),
    place("settings", "ui-settings", Icon::Settings, "settings", "KeyG KeyS", None),
];

/// The language of a login's or workspace's code; English where nobody knows it.
pub fn lang_of(code: &str) -> Lang {
    if code == "pseudo" { Lang::Pseudo } else { Lang::from_code(code).unwrap_or_default() }
}

impl FromRequestParts<App> for Frame {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let seat = parts.extensions.get::<Seat>().cloned().ok_or(WebError(Error::SignedOut))?;
        let kept = cookie(&parts.headers, flash::COOKIE);
        let theme = cookie(&parts.headers, ui::THEME_COOKIE);
        let fragment = parts.headers.get("x-fragment").and_then(|value| value.to_str().ok());
        let zone = &seat.workspace.zone;
        Ok(Frame {
            l: L::new(lang_of(&seat.actor.lang), zone, app.clock().now()),
            theme: Theme::from_cookie(theme.as_deref()),
            flash: kept.and_then(|value| Flash::read(&value, &seat)),
            fragment: fragment.map(str::to_string),
            seat,
        })
    }
}

impl Frame {
    pub fn app(&self) -> &App {
        &self.seat.app
    }

    pub fn actor(&self) -> &Actor {
        &self.seat.actor
    }

    /// An address in this workspace: `frame.path("settings/teams")`.
    pub fn path(&self, rest: &str) -> String {
        format!("/w/{}/{rest}", self.seat.workspace.slug)
    }

    /// Where this person's work begins: the first place that is open to them.
    pub fn home(&self) -> String {
        self.path(self.places().first().map_or("settings", |place| place.path))
    }

    /// The places that are open to this person.
    fn places(&self) -> Vec<&'static Place> {
        let mut open: Vec<&Place> = Vec::new();
        for place in &PLACES {
            let may = place.needs.is_none_or(|key| self.actor().require_key(key).is_ok());
            if may && open.last().is_none_or(|last| last.key != place.key) {
                open.push(place);
            }
        }
        open
    }

    /// True when the browser asks only for this part of the page (header `X-Fragment`).
    pub fn wants(&self, fragment: &str) -> bool {
        self.fragment.as_deref() == Some(fragment)
    }

    /// Reads for a page: the content, and the last event of the very same snapshot.
    pub fn read<T, E: From<DbError>>(
        &self,
        look: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, E>,
    ) -> Result<(T, i64), E> {
        self.seat.workspace.db.read(|tx| {
            let since = tx.event_seq()?;
            Ok((look(tx, &self.seat.actor)?, since))
        })
    }

    /// Runs a use case for this person in one transaction.
    pub async fn write<T, E>(
        &self,
        use_case: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let actor = self.seat.actor.clone();
        self.seat.workspace.db.write(move |tx| use_case(tx, &actor)).await
    }

    /// A form that posts. (Cross-site requests are refused by where they come from, so our forms
    /// carry no token.)
    pub fn form<'a>(&self, action: &'a str) -> Form<'a> {
        Form::post(self.l, action, "")
    }

    /// A form of one button.
    pub fn act(&self, action: &str, button: Button<'_>) -> Markup {
        ui::form::act(self.l, action, "", button)
    }

    /// A page that scrolls as a whole.
    pub fn page(&self, at: At<'_>, body: Markup) -> Page {
        self.around(at, |shell| shell.page(body))
    }

    /// The desk with its panes.
    pub fn desk(&self, at: At<'_>, desk: Desk) -> Page {
        self.around(at, |shell| shell.desk(desk))
    }

    fn around(&self, at: At<'_>, fill: impl FnOnce(Shell<'_>) -> Markup) -> Page {
        let (l, seat) = (self.l, &self.seat);
        let others = self.other_workspaces();
        let others: Vec<ui::Place<'_>> =
            others.iter().map(|row| ui::Place { slug: &row.slug, name: &row.name }).collect();
        let places = self.places();
        let hrefs: Vec<String> = places.iter().map(|place| self.path(place.path)).collect();
        let nav = nav(l, &places, &hrefs);
        let me = self.path("me");
        let words = self.flash.as_ref().map(|flash| flash.words(l));
        let flash = self.flash.as_ref().zip(words.as_deref()).map(|(flash, text)| ui::Flash {
            tone: flash.tone(),
            text,
            undo: flash.undo_action().map(|action| (l.t("frame-undo"), action)),
        });
        let html = fill(Shell {
            l,
            title: at.title,
            workspace: ui::Place { slug: &seat.workspace.slug, name: &seat.workspace.name },
            other_workspaces: &others,
            person: Person {
                name: &seat.actor.name,
                email: &seat.actor.email,
                presence: None,
                links: &[(l.t("frame-own-settings"), &me)],
            },
            nav: &nav,
            current: at.nav,
            csrf: "",
            theme: self.theme,
            since_seq: at.since,
            flash,
            rail_live: None,
        });
        match self.flash {
            Some(_) => Page::ok(html).cookie(flash::clear()),
            None => Page::ok(html),
        }
    }

    fn other_workspaces(&self) -> Vec<WorkspaceRow> {
        let login_id = self.seat.actor.login_id;
        let found = self.app().control().read(|tx| workspace::of_login(tx, login_id));
        match found {
            Ok(rows) => {
                rows.into_iter().filter(|row| row.slug != self.seat.workspace.slug).collect()
            }
            Err(error) => {
                // The page itself is whole; only the switcher is missing.
                tracing::error!(%error, "the other workspaces could not be read");
                Vec::new()
            }
        }
    }
}

fn nav<'a>(l: L, places: &[&'static Place], hrefs: &'a [String]) -> Vec<NavItem<'a>> {
    let item = |(place, href): (&&'static Place, &'a String)| NavItem {
        key: place.key,
        label: l.t(place.label),
        href,
        icon: place.icon,
        count: Count::None,
        hotkey: place.hotkey,
        at_end: place.key == "settings",
    };
    places.iter().zip(hrefs).map(item).collect()
}
