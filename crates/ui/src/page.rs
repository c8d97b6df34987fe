//! Whole pages: what stands around the content.

mod bare;
mod desk;
mod shell;

use maud::{DOCTYPE, Markup, html};

pub use bare::{AuthPage, ErrorPage, PublicPage, no_permission};
pub use desk::{
    Desk, Pane, SettingsGroup, case_head, customer_head, facts_line, list_head, pane_back,
    pane_button, settings, views,
};
pub use shell::{Count, NavItem, Person, Place, Shell, find_group, find_result};

use crate::assets;
use crate::i18n::L;

/// Light, dark, or as the computer says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The cookie in which the browser remembers the theme (`light` or `dark`).
pub const THEME_COOKIE: &str = "theme";

impl Theme {
    /// From the value of [`THEME_COOKIE`].
    pub fn from_cookie(value: Option<&str>) -> Theme {
        match value {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        }
    }

    fn attribute(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

/// The document around a body: head, styles, scripts.
struct Document<'a> {
    l: L,
    title: &'a str,
    theme: Theme,
    csrf: &'a str,
    /// Plain pages (login, a customer's page) work without a script and load none.
    scripts: bool,
}

impl Document<'_> {
    fn with(&self, body: Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.l.lang().tag()) data-theme=[self.theme.attribute()] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="same-origin";
                    title { (self.title) }
                    link rel="icon" href=(assets::url("icon.svg")) type="image/svg+xml";
                    link rel="stylesheet" href=(assets::url("app.css")) data-turbo-track="reload";
                    @if self.scripts { (self.scripts()) }
                }
                (body)
            }
        }
    }

    fn scripts(&self) -> Markup {
        html! {
            @if !self.csrf.is_empty() { meta name="csrf-token" content=(self.csrf); }
            meta name="turbo-refresh-method" content="morph";
            meta name="turbo-refresh-scroll" content="preserve";
            // A look at a masked field is logged: hovering over a link must not be a look.
            meta name="turbo-prefetch" content="false";
            meta name="times-words" content=(crate::times::words_for_client(self.l));
            link rel="modulepreload" href=(assets::url("turbo.js"));
            link rel="modulepreload" href=(assets::url("stimulus.js"));
            script type="module" src=(assets::url("app.js")) data-turbo-track="reload" {}
        }
    }
}

/// The product's mark and name.
fn brand(l: L) -> Markup {
    html! {
        span.brand {
            svg.brand-mark viewBox="0 0 24 24" aria-hidden="true" {
                path d="M3 5.5A2.5 2.5 0 0 1 5.5 3h8A2.5 2.5 0 0 1 16 5.5v4\
                    A2.5 2.5 0 0 1 13.5 12H8l-5 4z" {}
                path.brand-answer d="M18 9.5h.5A2.5 2.5 0 0 1 21 12v9l-4-3.5h-5.5\
                    A2.5 2.5 0 0 1 9 15v-.5h5.5A3.5 3.5 0 0 0 18 11z" {}
            }
            span.brand-name { (l.t("ui-brand")) }
        }
    }
}

#[cfg(test)]
mod tests;
