//! A whole desk and the plain pages, judged as text: every word from the catalogue, nothing that
//! the content security policy refuses.

use base::{UtcMs, Zone};
use maud::{Markup, Render, html};

use super::*;
use crate::times::{Due, DueState};
use crate::*;

/// Data of the test, marked like a translated message.
const X: &str = "⟦x⟧";
const LATER: UtcMs = UtcMs(7_200_000);

fn reader(lang: Lang) -> L {
    L::new(lang, &Zone::india(), UtcMs(3_600_000))
}

fn desk(l: L) -> Markup {
    let item = |count| NavItem {
        key: X,
        label: X,
        href: "/w/x",
        icon: Icon::Inbox,
        count,
        hotkey: "KeyG KeyI",
        at_end: false,
    };
    let places = [Place { slug: "y", name: X }];
    let shell = Shell {
        l,
        title: X,
        workspace: Place { slug: "x", name: X },
        other_workspaces: &places,
        person: Person { name: X, email: X, presence: Some((Tone::Calm, X)), links: &[(X, "/me")] },
        nav: &[item(Count::Urgent(120)), item(Count::Quiet(1)), item(Count::None)],
        current: X,
        csrf: "t0k",
        theme: Theme::Dark,
        since_seq: 7,
        flash: Some(Flash { tone: Tone::Calm, text: X, undo: Some((X, "/undo")) }),
        rail_live: Some(("rail", "/w/x/rail")),
    };
    shell.desk(Desk {
        views: Some(views(l, &[(X, &[Chip::new(X, "/v").count(3)])])),
        list: list(l),
        middle: middle(l),
        side: Some(html! {
            (customer_head(l, X, Some("/c"), X))
            (facts(&[(X, times::when(l, LATER))]))
            (block(X, line(html! { (X) }, html! { (format::rupees(485_000)) })))
        }),
        open: Pane::Middle,
    })
}

fn list(l: L) -> Markup {
    let due = |state, at| Due { l, since: UtcMs(0), due: at, state, mine: true, label: None };
    let row = |id, due: Due<'_>| Row {
        due: due.render(),
        unread: true,
        select: Some("1"),
        last: X,
        channel: X,
        ..Row::new(l, id, "/r", X, X)
    };
    let all = html! {
        (row("a", due(DueState::Running, LATER)))
        (row("b", due(DueState::Running, UtcMs(1))))
        (row("c", due(DueState::Paused, LATER)))
        (row("d", due(DueState::Met, LATER)))
    };
    html! {
        (list_head(l, X, X, true, chips(X, &[Chip::new(X, "/c").current(true)])))
        (rows(l, "rows", X, Some(html! { (Button::submit(X)) }), all))
        (more(l, Some("/more"), 4, Some(1_234)))
    }
}

fn middle(l: L) -> Markup {
    let message = |id, side| Message::new(l, id, side, X, LATER, message_text(l, "⟦x⟧\n> ⟦y⟧"));
    let mut errors = Errors::new();
    errors.add("body", X);
    let composer = Composer {
        customer: X,
        channel: X,
        language: Some(X),
        viewers: Some(X),
        errors: Some(&errors),
        ..Composer::new(l, "/send", "t0k", "/draft")
    };
    html! {
        (case_head(l, "/back", X, Button::plain(X).opens("trial").render(), facts_line(html! {
            (X)
        })))
        (thread(l, "thread", html! {
            (day_line(l, LATER))
            (message("m1", Side::Customer))
            (message("m2", Side::Note))
            (event_line(l, "e1", X, LATER))
        }))
        (composer)
        (Dialog::new(l, "trial", X).body(cancel(l)))
    }
}

fn all_pages(l: L) -> Vec<String> {
    let auth = AuthPage { l, title: X, lead: Some(X), theme: Theme::Light, notice: None };
    let public = PublicPage { l, title: X, company: X, footer: Some(X), languages: &[(X, "/hi")] };
    vec![
        desk(l).into_string(),
        auth.page(Field::email(l, "email", X).optional().render(), html! {}).into_string(),
        public.page(settings(l, &[], no_permission(l, X, None))).into_string(),
        ErrorPage::not_found(l).page(Theme::System).into_string(),
        ErrorPage { reference: Some(X), ..ErrorPage::broken(l) }.page(Theme::Dark).into_string(),
        ErrorPage::busy(l).page(Theme::Light).into_string(),
    ]
}

/// What a person reads: text between tags, and the attributes that are shown or read aloud.
fn read_texts(page: &str) -> Vec<&str> {
    let between = page.split('>').filter_map(|piece| piece.split('<').next());
    let spoken = ["aria-label=\"", "title=\"", "placeholder=\"", "data-hotkey-label=\""];
    let in_attributes = spoken
        .into_iter()
        .flat_map(|name| page.split(name).skip(1).filter_map(|rest| rest.split('"').next()));
    between.chain(in_attributes).collect()
}

#[test]
fn every_word_is_from_the_catalogue() {
    for page in all_pages(reader(Lang::Pseudo)) {
        for text in read_texts(&page) {
            let has_words = text.chars().any(char::is_alphabetic);
            assert!(!has_words || text.contains('⟦') || text.contains('⟧'), "“{text}” in {page}");
        }
    }
}

#[test]
fn the_content_security_policy_has_nothing_to_refuse() {
    for page in all_pages(reader(Lang::En)) {
        for refused in [" style=", "<style", " onclick=", "javascript:"] {
            assert!(!page.contains(refused), "{refused} in {page}");
        }
        for script in page.split("<script").skip(1) {
            assert!(script.starts_with(" type=\"module\" src=\"/assets/"), "{script}");
        }
    }
}

#[test]
fn ids_are_unique_and_what_is_referred_to_exists() {
    let page = desk(reader(Lang::Hi)).into_string();
    let values = |name: &'static str| {
        page.split(name).skip(1).filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>()
    };
    let mut ids = values(" id=\"");
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");
    for name in [" aria-labelledby=\"", " aria-controls=\"", " data-dialog-id=\"", " href=\"#"] {
        for id in values(name) {
            assert!(ids.binary_search(&id).is_ok(), "{name}{id}");
        }
    }
}

#[test]
fn the_language_and_the_theme_are_said() {
    let page = desk(reader(Lang::Hi)).into_string();
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"hi\" data-theme=\"dark\">"));
    assert!(page.contains("data-live-since-value=\"7\""));
    assert!(page.contains("संपर्क"));
}
