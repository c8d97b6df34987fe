//! Sample data: made-up people of the design reference, in English and Hindi.

use base::UtcMs;
use ui::{Count, Flash, Icon, L, Lang, NavItem, Person, Place, Shell, Theme, Tone};

pub const CSRF: &str = "sample";

/// The sample's own words: English, or Hindi for a Hindi reader.
pub fn w(l: L, en: &'static str, hi: &'static str) -> &'static str {
    if l.lang() == Lang::Hi { hi } else { en }
}

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
    let item = |key, en, hi, icon, count, hotkey| NavItem {
        key,
        label: w(l, en, hi),
        href: "desk-en-light.html",
        icon,
        count,
        hotkey,
        at_end: false,
    };
    let nav = [
        item("day", "My day", "आज का काम", Icon::Home, Count::Urgent(3), "KeyG KeyD"),
        item("inbox", "Inbox", "इनबॉक्स", Icon::Inbox, Count::None, "KeyG KeyI"),
        item("people", "People", "ग्राहक", Icon::People, Count::None, "KeyG KeyP"),
        item("queues", "Queues", "डाक", Icon::Mail, Count::Quiet(1), "KeyG KeyQ"),
        item("team", "Team", "टीम", Icon::Team, Count::None, "KeyG KeyT"),
        NavItem {
            at_end: true,
            ..item("settings", "Settings", "सेटिंग", Icon::Settings, Count::None, "KeyG KeyS")
        },
    ];
    let others = [
        Place { slug: "kaveri", name: "Kaveri Telecom Care" },
        Place { slug: "arohi-pune", name: "Arohi Motors Pune" },
    ];
    let links = [(w(l, "Your profile", "आपकी प्रोफ़ाइल"), "#"), (w(l, "Language", "भाषा"), "#")];
    let flash = Flash {
        tone: Tone::Calm,
        text: w(l, "Assigned to Meera Pillai.", "मीरा पिल्लै को सौंपा गया।"),
        undo: Some((w(l, "Undo", "वापस लें"), "#")),
    };
    make(&Shell {
        l,
        title,
        workspace: Place {
            slug: "arohi", name: w(l, "Arohi Motors", "आरोही मोटर्स")
        },
        other_workspaces: &others,
        person: Person {
            name: "Nikhil Kulkarni",
            email: "nikhil@arohi.example",
            presence: Some((Tone::Calm, w(l, "Available · 2 of 4", "उपलब्ध · 4 में से 2"))),
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
