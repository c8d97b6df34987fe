//! The desk, with a conversation open and without.

use maud::{Markup, html};
use ui::times::{Due, DueState};
use ui::{
    Attachment, Button, Chip, Composer, Desk, Icon, L, Message, Pane, Row, Shell, Side, Theme,
    Tone, block, case_head, chips, customer_head, day_line, empty, event_line, facts, facts_line,
    line, list_head, live, message_text, rows, suggestion, tag, thread, views,
};

use crate::sample::{CSRF, min, with_shell};

pub fn desk(l: L, theme: Theme) -> Markup {
    let title = l.t("sample-brake-noise-again-after-service");
    with_shell(l, theme, title, "inbox", |shell: &Shell<'_>| {
        shell.desk(Desk {
            views: Some(queues(l)),
            list: list(l),
            middle: middle(l, title),
            side: Some(customer(l)),
            open: Pane::Middle,
        })
    })
}

pub fn list_only(l: L, theme: Theme) -> Markup {
    with_shell(l, theme, l.t("sample-inbox"), "inbox", |shell| {
        let title = l.t("sample-choose-a-conversation");
        let text = l.t("sample-the-most-urgent-one-is");
        shell.desk(Desk {
            views: Some(queues(l)),
            list: list(l),
            middle: empty(Icon::Inbox, title, text, None),
            side: None,
            open: Pane::List,
        })
    })
}

fn queues(l: L) -> Markup {
    let mine = [
        Chip::new(l.t("sample-mine"), "#").current(true).count(14),
        Chip::new(l.t("sample-unassigned"), "#").count(6),
        Chip::new(l.t("sample-all-open"), "#").count(1_284),
    ];
    let queues = [
        Chip::new(l.t("sample-service"), "#").count(38),
        Chip::new(l.t("sample-sales"), "#").count(21),
        Chip::new(l.t("sample-billing"), "#").count(9),
    ];
    views(l, &[(l.t("sample-views"), &mine), (l.t("sample-queues"), &queues)])
}

/// A conversation of the list: name, subject, last line, channel's key, minutes until due
/// (none: paused), unread.
struct Line(&'static str, &'static str, &'static str, &'static str, Option<i64>, bool);

const MAIL: &str = "sample-e-mail";
const CHAT: &str = "sample-chat";

const LINES: [Line; 9] = [
    Line("Asha Rao", "", "Second visit for the same noise, please call", MAIL, Some(22), true),
    Line("सुनीता इंगले", "गाड़ी कब मिलेगी?", "बुकिंग तीन हफ़्ते पहले की थी", CHAT, Some(48), true),
    Line("Farhan Merchant", "Refund of booking amount ₹21,000", "", MAIL, Some(190), false),
    Line("Kaveri Transport", "Six vehicles due for service", "Slots sent", MAIL, Some(310), false),
    Line("Dev Joshi", "Extended warranty price", "Waiting for his number", CHAT, None, false),
    Line("Priya Varghese", "Test drive moved to Saturday", "Thank you!", CHAT, Some(1_500), false),
    Line("Manoj Bhatt", "Invoice shows wrong GSTIN", "Sent to accounts", MAIL, Some(2_900), false),
    Line("வெங்கடேசன்", "சேவை மையம் எப்போது திறக்கும்?", "சனிக்கிழமை?", MAIL, Some(-15), false),
    Line(
        "Gurpreet Singh",
        "Second key not delivered",
        "Courier says it was",
        MAIL,
        Some(4_400),
        false,
    ),
];

fn list(l: L) -> Markup {
    let own = [
        Chip::new(l.t("sample-most-urgent"), "#").current(true),
        Chip::new(l.t("sample-unread"), "#").count(4),
        Chip::new(l.t("sample-complaints"), "#"),
    ];
    let filters = chips(l.t("sample-order-and-filter"), &own);
    let lead = l.t("sample-14-open-2-due-within");
    let bulk = html! {
        (Button::submit(l.t("sample-assign")).small())
        (Button::submit(l.t("sample-resolve")).small())
    };
    let all = html! { @for (index, line) in LINES.iter().enumerate() { (row(l, index, line)) } };
    html! {
        (list_head(l, l.t("sample-mine"), lead, true, filters))
        (rows(l, "inbox-rows", l.t("sample-conversations"), Some(bulk), all))
    }
}

fn row(l: L, index: usize, line: &Line) -> Markup {
    let id = format!("case-{index}");
    let state = if line.4.is_none() { DueState::Paused } else { DueState::Running };
    let at = min(l, line.4.unwrap_or_default());
    let due = Due { l, since: min(l, -200), due: at, state, mine: true, label: None };
    let subject = if index == 0 { l.t("sample-brake-noise-again-after-service") } else { line.1 };
    let row = Row {
        last: line.2,
        channel: l.t(line.3),
        due: html! { (due) },
        unread: line.5,
        current: index == 0,
        select: Some("12"),
        ..Row::new(l, &id, "desk-en-light.html", line.0, subject)
    };
    html! { (row) }
}

fn middle(l: L, title: &str) -> Markup {
    let actions = html! {
        (Button::plain(l.t("sample-escalate")).hotkey("Shift+KeyE"))
        (Button::plain(l.t("sample-assign")).hotkey("KeyA"))
        (Button::submit(l.t("sample-resolve")).hotkey("KeyE"))
    };
    let label = l.t("sample-next-reply-by-15-40");
    let due = Due {
        l,
        since: min(l, -60),
        due: min(l, 22),
        state: DueState::Running,
        mine: true,
        label: Some(label),
    };
    let head = html! {
        (facts_line(html! {
            span { b { "CMP-2026-004217" } " · " (l.t("sample-complaint")) }
            span { (l.t("sample-service-brakes")) }
            span { (l.t("sample-level-1-you")) }
        }))
        (facts_line(html! {
            (due)
            span { (l.t("sample-promised")) " " b { "Tue 24 Nov, 18:00" } }
            (tag(Tone::Warn, l.t("sample-3rd-contact-in-30-days")))
        }))
    };
    html! {
        (case_head(l, "desk-list-en-light.html", title, actions, head))
        (thread(l, "case-thread", live("case-0-thread", "case:0", "#", messages(l))))
        (composer(l))
    }
}

fn messages(l: L) -> Markup {
    let first = "The brakes were done on the 6th (job card 8841) and the same grinding noise is \
        back when it is cold. This is my second visit for the same thing. I travel with two \
        children in this car. Please tell me what you will do, and when.\n\n\
        On Fri, 6 Nov 2026 at 17:20, Arohi Motors wrote:\n> Dear Ms Rao,\n> your car is ready.\n> \
        Invoice: https://arohi.example/i/8841";
    let answer = "Dear Ms Rao, I am sorry that you had to write to us again. Our brake specialist \
        will check the car together with you; may we pick it up tomorrow between 9 and 10 at \
        Baner Road? A car stays with you meanwhile.";
    let note = "@Nikhil pads were from the batch in circular SC-118. Goodwill replacement is \
        approved, ₹4,850. Please tell her that it costs her nothing.";
    let last = "Pick-up is fine. But will I pay for the parts again?";
    let files = [Attachment { name: "brake-noise.mp4", href: "#", bytes: 2_460_000 }];
    let say = |id, side, by, minutes, text| {
        Message::new(l, id, side, by, min(l, minutes), message_text(l, text))
    };
    html! {
        (day_line(l, min(l, -2 * 1_440)))
        (Message { detail: "asha.rao@example.in", attachments: &files,
            ..say("m1", Side::Customer, "Asha Rao", -3_186, first) })
        (event_line(l, "e1", l.t("sample-case-opened-number-sent-to"), min(l, -3_186)))
        (Message { detail: l.t("sample-to-asha-rao"),
            state: Some((Tone::Calm, l.t("sample-read-10-40"))),
            ..say("m2", Side::Us, "Nikhil Kulkarni", -3_167, answer) })
        (say("m3", Side::Note, "Meera Pillai", -3_133, note))
        (day_line(l, l.now()))
        (Message { detail: l.t("sample-e-mail"),
            ..say("m4", Side::Customer, "Asha Rao", -60, last) })
    }
}

fn composer(l: L) -> Markup {
    let text = "Dear Ms Rao, no, you will not. The pads are replaced under goodwill, and the \
        pick-up is confirmed for tomorrow, 9–10.";
    let composer = Composer {
        customer: "Asha Rao",
        channel: l.t("sample-e-mail"),
        address: "asha.rao@example.in",
        language: Some(l.t("sample-english")),
        text,
        viewers: Some(l.t("sample-meera-is-viewing")),
        suggestions: html! {
            (suggestion(l.t("sample-goodwill-brake-pads-sc-118"), ""))
            (suggestion(l.t("sample-pick-up-and-courtesy-car"), ""))
        },
        ..Composer::new(l, "#", CSRF, "/draft")
    };
    html! { (composer) }
}

fn customer(l: L) -> Markup {
    let about = l.t("sample-customer-since-2021-prefers-kannada");
    let alarm = |text: &str| html! { span.alarm-text { (text) } };
    let plain = |text: &str| html! { (text) };
    let link = |text: &str| html! { a href="#" { (text) } };
    html! {
        (customer_head(l, "Asha Rao", Some("#"), about))
        (facts(&[
            (l.t("sample-phone"), html! { "98••• ••210 " (link(l.t("sample-show"))) }),
            (l.t("sample-e-mail-2"), plain("asha.rao@example.in")),
            (l.t("sample-last-scores"), plain(l.t("sample-2-of-5-service-5"))),
            (l.t("sample-consent"), plain(l.t("sample-service-yes-offers-no"))),
        ]))
        (block(l.t("sample-owns"), html! {
            (line(plain("Hatchback ZX · KA 01 MJ 1234"), link("38,420 km")))
            (line(plain(l.t("sample-3rd-free-service")), alarm(l.t("sample-due-in-580-km"))))
        }))
        (block(l.t("sample-owes"), line(plain(l.t("sample-nothing-due")), plain("₹0"))))
        (block(l.t("sample-open-with-us"), html! {
            (line(link("CMP-2026-004217"), plain(l.t("sample-this-one"))))
            (line(link("REQ-2026-011902"), plain(l.t("sample-duplicate-key-workshop"))))
        }))
        (block(l.t("sample-before"), html! {
            (line(plain("6 Nov · job card 8841"), plain("₹6,320")))
            (line(plain("6 Nov · “noise in front”"), plain(l.t("sample-resolved"))))
            (line(plain("12 Aug · 20,000 km service"), plain("5 / 5")))
        }))
    }
}
