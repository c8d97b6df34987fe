//! The frame of every page inside a workspace.

use maud::{Markup, html};

use super::{Document, Theme, brand};
use crate::dialog::{Flash, close, toast};
use crate::form::act;
use crate::i18n::L;
use crate::icon::Icon;
use crate::parts::{Live, Tone, avatar};
use crate::{Button, format};

/// How many places of the rail fit into a phone's bottom bar; shell.css hides the others.
const BOTTOM_BAR_MAX: usize = 5;

/// A workspace as the switcher shows it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub slug: &'a str,
    pub name: &'a str,
}

/// The person who is looking.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    pub name: &'a str,
    pub email: &'a str,
    /// "Available · 2 of 4", with its tone.
    pub presence: Option<(Tone, &'a str)>,
    /// Links in the person's menu: label and address.
    pub links: &'a [(&'a str, &'a str)],
}

/// How many wait behind a place of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    None,
    /// Something this person must act on: red.
    Urgent(i64),
    Quiet(i64),
}

/// A place of the rail. The first five stand in the bottom bar of a phone.
#[derive(Clone, Copy)]
pub struct NavItem<'a> {
    /// Compared with `Shell::current`.
    pub key: &'a str,
    pub label: &'a str,
    pub href: &'a str,
    pub icon: Icon,
    pub count: Count,
    /// Physical keys that go there: `KeyG KeyI`.
    pub hotkey: &'a str,
    /// At the foot of the rail (settings).
    pub at_end: bool,
}

/// Everything that stands around the content of a page in a workspace.
#[derive(Clone, Copy)]
pub struct Shell<'a> {
    pub l: L,
    pub title: &'a str,
    pub workspace: Place<'a>,
    pub other_workspaces: &'a [Place<'a>],
    pub person: Person<'a>,
    pub nav: &'a [NavItem<'a>],
    pub current: &'a str,
    pub csrf: &'a str,
    pub theme: Theme,
    /// The last event that this page knows; live updates begin after it.
    pub since_seq: i64,
    pub flash: Option<Flash<'a>>,
    /// Topics and address that refresh the rail's counts (`rail()` is that element).
    pub rail_live: Option<(&'a str, &'a str)>,
}

impl Shell<'_> {
    /// A page that scrolls as a whole: lists, forms, settings.
    pub fn page(&self, body: Markup) -> Markup {
        self.around("page", html! { main.page-main id="main" tabindex="-1" { (body) } })
    }

    /// The whole page around a `<main id="main">` that the caller makes.
    pub(super) fn around(&self, class: &str, main: Markup) -> Markup {
        let title = [self.title, self.workspace.name, self.l.t("ui-brand")].join(" · ");
        let live = format!("/w/{}/live", self.workspace.slug);
        let document = Document {
            l: self.l,
            title: &title,
            theme: self.theme,
            csrf: self.csrf,
            scripts: true,
        };
        document.with(html! {
            body.app.(class) data-controller="live hotkeys times palette scroll"
                data-live-url-value=(live) data-live-since-value=(self.since_seq)
                data-times-now-value=(self.l.now().0)
                data-live-worker-value=(crate::assets::url("live-worker.js"))
                data-live-down-text=(self.l.tf("ui-not-connected", &[("time", "{time}".into())]))
                data-live-changed-text=(self.l.t("ui-changed")) {
                a.skip href="#main" { (self.l.t("ui-skip")) }
                (self.top())
                (self.rail())
                p.connection id="connection" role="status" hidden data-live-target="banner" {}
                (main)
                (self.toasts())
                (self.palette())
                (self.keys_help())
            }
        })
    }

    /// The rail alone: what `rail_live` serves when a count changes.
    pub fn rail(&self) -> Markup {
        let items = html! {
            @for item in self.nav {
                a.at-end[item.at_end] href=(item.href)
                    aria-current=[(item.key == self.current).then_some("page")]
                    data-hotkey=[(!item.hotkey.is_empty()).then_some(item.hotkey)]
                    data-hotkey-label=(item.label) {
                    (item.icon)
                    span { (item.label) }
                    @match item.count {
                        Count::Urgent(count) if count > 0 => (self.badge("urgent", count)),
                        Count::Quiet(count) if count > 0 => (self.badge("quiet", count)),
                        _ => {}
                    }
                }
            }
        };
        let (topics, src) = self.rail_live.unwrap_or_default();
        let label = Some(self.l.t("ui-main-nav"));
        Live { id: "rail", class: "rail", topics, src, tag: "nav", hold: false, label }.with(items)
    }

    fn badge(&self, class: &str, count: i64) -> Markup {
        let shown = if count > 99 { "99+".to_string() } else { count.to_string() };
        let words = self.l.tf("ui-waiting", &[("count", count.into())]);
        html! {
            span.badge.(class) aria-hidden="true" { (shown) }
            span.hidden { (words) }
        }
    }

    fn top(&self) -> Markup {
        let home = format!("/w/{}", self.workspace.slug);
        let find = format!("/w/{}/find", self.workspace.slug);
        html! {
            header.top {
                a.home href=(home) aria-label=(self.l.t("ui-brand")) { (brand(self.l)) }
                (self.switcher())
                a.find href=(find) data-action="palette#open" data-hotkey="Control+KeyK"
                    data-hotkey-label=(self.l.t("ui-find-label")) {
                    (Icon::Search)
                    span { (self.l.t("ui-find-hint")) }
                    kbd aria-hidden="true" { (self.l.t("ui-key-ctrl-k")) }
                }
                (self.person_menu())
            }
        }
    }

    fn switcher(&self) -> Markup {
        if self.other_workspaces.is_empty() {
            return html! { span.workspace { (self.workspace.name) } };
        }
        html! {
            details.menu.at-left id="workspaces" data-controller="menu" {
                summary.workspace { span { (self.workspace.name) } (Icon::Down) }
                div.menu-items {
                    p.menu-title { (self.l.t("ui-workspaces")) }
                    @for place in self.other_workspaces {
                        a.menu-item href={ "/w/" (place.slug) } data-turbo="false" {
                            (Icon::Building) (place.name)
                        }
                    }
                }
            }
        }
    }

    fn person_menu(&self) -> Markup {
        let l = self.l;
        html! {
            details.menu.me id="me" data-controller="menu" {
                summary {
                    @if let Some((tone, words)) = self.person.presence {
                        span.presence.(tone.class()) {
                            span.status-dot aria-hidden="true" {} span { (words) }
                        }
                    }
                    (avatar(self.person.name))
                    span.hidden { (l.t("ui-your-menu")) }
                }
                div.menu-items {
                    p.menu-title { b { (self.person.name) } span { (self.person.email) } }
                    // A phone's bottom bar has no room for these.
                    @for item in self.nav.iter().skip(BOTTOM_BAR_MAX) {
                        a.menu-item.phone-only href=(item.href) { (item.icon) (item.label) }
                    }
                    @for (label, href) in self.person.links {
                        a.menu-item href=(href) { (label) }
                    }
                    (theme_choice(l, self.theme))
                    (self.keys_button())
                    (act(l, "/logout", self.csrf,
                        Button::submit(l.t("ui-log-out")).quiet().icon(Icon::Exit)))
                }
            }
        }
    }

    fn keys_button(&self) -> Markup {
        let label = self.l.t("ui-keys-help");
        html! {
            button.menu-item type="button" data-action="hotkeys#help" data-hotkey="Shift+Slash"
                data-hotkey-label=(label) {
                (Icon::Keyboard) span { (label) } kbd aria-hidden="true" { "?" }
            }
        }
    }

    /// Not kept over a morph: a change may lead back to the same page, and says so there.
    fn toasts(&self) -> Markup {
        html! {
            div.toasts id="toasts" role="status" aria-live="polite" {
                @if let Some(flash) = &self.flash { (toast(self.l, self.csrf, flash)) }
            }
        }
    }

    /// The search box and command palette: `GET /w/{ws}/find?q=` gives an HTML list of links.
    fn palette(&self) -> Markup {
        let l = self.l;
        let find = format!("/w/{}/find", self.workspace.slug);
        html! {
            dialog.palette id="palette" aria-label=(l.t("ui-find-label")) data-keep
                data-palette-target="dialog" data-action="click->palette#outside" {
                form method="get" action=(find) role="search" data-action="palette#go" {
                    (Icon::Search)
                    input type="search" name="q" autocomplete="off" spellcheck="false"
                        aria-label=(l.t("ui-find-label")) placeholder=(l.t("ui-find-hint"))
                        role="combobox" aria-expanded="true" aria-controls="palette-results"
                        aria-autocomplete="list" data-palette-target="input"
                        data-action="input->palette#changed keydown->palette#key";
                    (close_key(l))
                }
                div.palette-results id="palette-results" role="listbox" tabindex="-1"
                    aria-label=(l.t("ui-find-results")) data-palette-target="results"
                    data-none=(l.t("ui-find-none")) data-failed=(l.t("ui-find-failed")) {}
                p.palette-state role="status" data-palette-target="state" {}
            }
        }
    }

    fn keys_help(&self) -> Markup {
        let l = self.l;
        html! {
            dialog.dialog id="keys" aria-labelledby="keys-title" data-controller="dialog" data-keep
                data-action="click->dialog#outside" data-hotkeys-target="dialog" {
                div.dialog-head { h2 id="keys-title" { (l.t("ui-keys-help")) } (close(l)) }
                dl.keys data-hotkeys-target="list" data-then=(l.t("ui-key-then")) {}
                p.hint { (l.t("ui-keys-note")) }
            }
        }
    }
}

/// Results for the palette: one option. The handler of `/find` gives a list of these.
pub fn find_result(icon: Icon, title: &str, detail: &str, href: &str) -> Markup {
    html! {
        a.option role="option" href=(href) tabindex="-1" {
            (icon) span.option-title { (title) } span.option-detail { (detail) }
        }
    }
}

/// A heading between groups of results.
pub fn find_group(title: &str, count: Option<i64>) -> Markup {
    html! {
        div.option-group role="presentation" {
            (title) @if let Some(count) = count { " " span.count { (format::group(count)) } }
        }
    }
}

fn close_key(l: L) -> Markup {
    html! {
        button.button.quiet.small type="button" data-action="palette#close"
            aria-label=(l.t("ui-close")) { kbd aria-hidden="true" { (l.t("ui-key-escape")) } }
    }
}

fn theme_choice(l: L, theme: Theme) -> Markup {
    let choices = [
        ("", l.t("ui-theme-system"), Theme::System),
        ("light", l.t("ui-theme-light"), Theme::Light),
        ("dark", l.t("ui-theme-dark"), Theme::Dark),
    ];
    html! {
        div.theme role="group" aria-label=(l.t("ui-theme")) data-controller="theme" {
            @for (value, label, choice) in choices {
                button.theme-choice type="button" data-action="theme#choose"
                    data-theme-name-param=(value) data-theme-target="choice"
                    aria-pressed=(if choice == theme { "true" } else { "false" }) { (label) }
            }
        }
    }
}
