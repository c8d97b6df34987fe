//! The three panes of the desk, and the settings.

use maud::{Markup, Render, html};

use super::Shell;
use crate::i18n::L;
use crate::icon::Icon;
use crate::nav::Chip;
use crate::{Button, parts};

/// The panes; a phone shows one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    List,
    Middle,
    Side,
}

impl Pane {
    fn name(self) -> &'static str {
        match self {
            Pane::List => "list",
            Pane::Middle => "middle",
            Pane::Side => "side",
        }
    }
}

/// List, conversation, customer. The middle is always the widest; queues stand beside the list
/// on a wide screen and behind its button on others; the customer folds away below 1200 px.
pub struct Desk {
    /// Queues and views with counts.
    pub views: Option<Markup>,
    pub list: Markup,
    /// The conversation, or an empty state.
    pub middle: Markup,
    /// The customer.
    pub side: Option<Markup>,
    /// What a phone shows first: the list, or the conversation that was opened.
    pub open: Pane,
}

/// The heading of the list pane: title, a sentence of counts, chips; and the views' button.
pub fn list_head(l: L, title: &str, lead: &str, views: bool, chips: Markup) -> Markup {
    html! {
        header.list-head {
            div.list-title {
                h1 { (title) }
                span.lead { (lead) }
                @if views {
                    a.views-button href="#views" data-action="pane#views" data-hotkey="KeyV"
                        data-hotkey-label=(l.t("ui-views")) {
                        (Icon::Queue) span { (l.t("ui-views")) }
                    }
                }
            }
            (chips)
        }
    }
}

/// The head of the conversation: title, actions, lines of facts (`facts_line`).
pub fn case_head(l: L, back: &str, title: &str, actions: Markup, facts: Markup) -> Markup {
    html! {
        header.case-head {
            div.case-title {
                (pane_back(l, back))
                h1 { (title) }
                div.case-actions {
                    (actions)
                    (pane_button(l, Pane::Side, l.t("ui-customer")))
                }
            }
            (facts)
        }
    }
}

/// One line of short facts under a title.
pub fn facts_line(facts: Markup) -> Markup {
    html! { div.facts-line { (facts) } }
}

/// The head of the customer's pane: face, name, a line about them.
pub fn customer_head(l: L, name: &str, href: Option<&str>, about: &str) -> Markup {
    html! {
        header.customer-head {
            (parts::avatar_large(name))
            div {
                h2 {
                    @if let Some(href) = href { a href=(href) { (name) } } @else { (name) }
                }
                p { (about) }
            }
            (Button::plain(l.t("ui-close")).quiet().icon_only(Icon::Close)
                .attr("data-action", "pane#hideSide").attr("data-pane-close", ""))
        }
    }
}

/// Queues and views with counts, for `Desk::views`.
pub fn views(l: L, groups: &[(&str, &[Chip<'_>])]) -> Markup {
    html! {
        nav.views-list aria-label=(l.t("ui-views")) {
            @for (heading, chips) in groups {
                h2 { (heading) }
                @for chip in *chips {
                    a href=(chip.href) aria-current=[chip.current.then_some("page")] {
                        span { (chip.label) }
                        @if let Some(count) = chip.count {
                            span.count { (crate::format::group(count)) }
                        }
                    }
                }
            }
        }
    }
}

/// Back to the list; only a phone shows it.
pub fn pane_back(l: L, href: &str) -> Markup {
    let link = Button::link(l.t("ui-back-to-list"), href).quiet().icon_only(Icon::Back);
    link.attr("data-pane-back", "")
        .attr("data-hotkey", "KeyU")
        .attr("data-turbo-action", "advance")
        .render()
}

/// Shows or hides a pane where there is no room for all.
pub fn pane_button(l: L, pane: Pane, label: &str) -> Markup {
    let _ = l;
    let button = Button::plain(label).icon(Icon::People).attr("data-pane-toggle", pane.name());
    button
        .attr("data-action", "pane#toggleSide")
        .attr("aria-controls", "side")
        .hotkey("KeyI")
        .render()
}

impl Shell<'_> {
    /// The desk: panes that scroll on their own, nothing that moves the page.
    pub fn desk(&self, desk: Desk) -> Markup {
        let l = self.l;
        self.around(
            "desk-page",
            html! {
                main.desk.with-side[desk.side.is_some()].with-views[desk.views.is_some()] id="main"
                    tabindex="-1" data-controller="pane" data-pane=(desk.open.name()) {
                    @if let Some(views) = desk.views {
                        aside.desk-views id="views" tabindex="-1" aria-label=(l.t("ui-views")) {
                            (views)
                        }
                    }
                    section.desk-list aria-label=(l.t("ui-list")) { (desk.list) }
                    section.desk-middle aria-label=(l.t("ui-conversation")) { (desk.middle) }
                    @if let Some(side) = desk.side {
                        aside.desk-side id="side" aria-label=(l.t("ui-customer")) { (side) }
                    }
                }
            },
        )
    }
}

/// A group of the settings' own navigation.
#[derive(Clone, Copy)]
pub struct SettingsGroup<'a> {
    pub heading: &'a str,
    pub pages: &'a [Chip<'a>],
}

/// Settings: their navigation at the left (above on a phone), one page at the right.
pub fn settings(l: L, groups: &[SettingsGroup<'_>], body: Markup) -> Markup {
    html! {
        div.settings {
            nav.settings-nav aria-label=(l.t("ui-settings")) {
                @for group in groups {
                    h2 { (group.heading) }
                    @for page in group.pages {
                        a href=(page.href) aria-current=[page.current.then_some("page")] {
                            (page.label)
                        }
                    }
                }
            }
            div.settings-body { (body) }
        }
    }
}
