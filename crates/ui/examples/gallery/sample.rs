//! Sample data: made-up people of the design reference, in English and Hindi.

use base::UtcMs;
use ui::i18n::Catalogue;
use ui::{Count, Flash, Icon, L, NavItem, Person, Place, Shell, Theme, Tone};

pub const CSRF: &str = "sample";

/// The words of the sample pages.
pub const CATALOGUE: Catalogue =
    Catalogue { room: "sample", en: include_str!("en.ftl"), hi: include_str!("hi.ftl") };

pub fn min(l: L, minutes: i64) -> UtcMs {
    l.now().plus_ms(minutes * UtcMs::MINUTE)
}

/// Gives the frame to `make`, because it borrows what is built here.
pub fn with_shell<T>(
    l: L,
    theme: Theme,
    title: &str,
    current: &str,
    make: impl FnOnce(&Shell<'_>) -> T,
) -> T {
    let item = |key: &'static str, icon, count, hotkey| NavItem {
        key,
        label: l.t(&format!("sample-nav-{key}")),
        href: "desk-en-light.html",
        icon,
        count,
        hotkey,
        at_end: false,
    };
    let nav = [
        item("day", Icon::Home, Count::Urgent(3), "KeyG KeyD"),
        item("inbox", Icon::Inbox, Count::None, "KeyG KeyI"),
        item("people", Icon::People, Count::None, "KeyG KeyP"),
        item("queues", Icon::Mail, Count::Quiet(1), "KeyG KeyQ"),
        item("team", Icon::Team, Count::None, "KeyG KeyT"),
        NavItem { at_end: true, ..item("settings", Icon::Settings, Count::None, "KeyG KeyS") },
    ];
    let others = [
        Place { slug: "kaveri", name: "Kaveri Telecom Care" },
        Place { slug: "arohi-pune", name: "Arohi Motors Pune" },
    ];
    let links = [(l.t("sample-your-profile"), "#"), (l.t("sample-language"), "#")];
    let flash = Flash {
        tone: Tone::Calm,
        text: l.t("sample-assigned-to-meera-pillai"),
        undo: Some((l.t("sample-undo"), "#")),
    };
    make(&Shell {
        l,
        title,
        workspace: Place { slug: "arohi", name: l.t("sample-arohi-motors") },
        other_workspaces: &others,
        person: Person {
            name: "Nikhil Kulkarni",
            email: "nikhil@arohi.example",
            presence: Some((Tone::Calm, l.t("sample-available-2-of-4"))),
            links: &links,
        },
        nav: &nav,
        current,
        csrf: CSRF,
        theme,
        since_seq: 40,
        flash: (current == "parts").then_some(flash),
        rail_live: Some(("rail", "/w/arohi/rail")),
    })
}
