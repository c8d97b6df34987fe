//! Ways through a list or a page: chips, tabs, "more", menus.

use maud::{Markup, html};

use crate::i18n::L;
use crate::icon::Icon;

/// One chip or tab: a link with an optional count.
#[derive(Clone, Copy)]
pub struct Chip<'a> {
    pub label: &'a str,
    pub href: &'a str,
    pub current: bool,
    pub count: Option<i64>,
}

impl<'a> Chip<'a> {
    pub fn new(label: &'a str, href: &'a str) -> Self {
        Chip { label, href, current: false, count: None }
    }

    pub fn current(self, current: bool) -> Self {
        Chip { current, ..self }
    }

    pub fn count(self, count: i64) -> Self {
        Chip { count: Some(count), ..self }
    }
}

/// Filters and views over a list, as rounded links. They wrap, they never scroll sideways.
pub fn chips(label: &str, chips: &[Chip<'_>]) -> Markup {
    links("chips", label, chips)
}

/// Parts of one page, as tabs (each is a page of its own: works without a script).
pub fn tabs(label: &str, tabs: &[Chip<'_>]) -> Markup {
    links("tabs", label, tabs)
}

fn links(class: &str, label: &str, chips: &[Chip<'_>]) -> Markup {
    html! {
        nav.(class) aria-label=(label) {
            @for chip in chips {
                a href=(chip.href) aria-current=[chip.current.then_some("page")] {
                    (chip.label)
                    @if let Some(count) = chip.count {
                        " " span.count { (crate::format::group(count)) }
                    }
                }
            }
        }
    }
}

/// "Show more" under a list, with how many are shown; nothing when all are.
pub fn more(l: L, href: Option<&str>, shown: usize, total: Option<i64>) -> Markup {
    let shown = ("shown", (shown as i64).into());
    html! {
        div.more {
            @if let Some(total) = total {
                span { (l.tf("ui-shown-of", &[shown, ("total", total.into())])) }
            }
            @if let Some(href) = href {
                a.button.small href=(href) rel="next" { span { (l.t("ui-more")) } }
            }
        }
    }
}

/// Where this page stands: links from the top down, the last one being here.
pub fn crumbs(l: L, path: &[(&str, &str)], here: &str) -> Markup {
    html! {
        nav.crumbs aria-label=(l.t("ui-crumbs")) {
            @for (label, href) in path {
                a href=(href) { (label) } span aria-hidden="true" { "›" }
            }
            span aria-current="page" { (here) }
        }
    }
}

/// A menu behind a button: the native disclosure, closed by Escape or a click elsewhere.
pub fn menu(label: &str, icon: Option<Icon>, items: Markup) -> Markup {
    html! {
        details.menu data-controller="menu" {
            summary.button title=(label) {
                @if let Some(icon) = icon { (icon) span.hidden { (label) } }
                @else { span { (label) } (Icon::Down) }
            }
            div.menu-items { (items) }
        }
    }
}
