//! The desk, with a conversation open and without.

use maud::{Markup, html};
use ui::times::{Due, DueState};
use ui::{
    Attachment, Button, Chip, Composer, Desk, Icon, L, Message, Pane, Row, Shell, Side, Theme,
    Tone, block, case_head, chips, customer_head, day_line, empty, event_line, facts, facts_line,
    line, list_head, live, message_text, rows, suggestion, tag, thread, views,
};

use crate::sample::{CSRF, min, w, with_shell};

pub fn desk(l: L, theme: Theme) -> Markup {
    let title = w(l, "Brake noise again after service", "सर्विस के बाद फिर ब्रेक में आवाज़");
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
    with_shell(l, theme, w(l, "Inbox", "इनबॉक्स"), "inbox", |shell| {
        let title = w(l, "Choose a conversation", "कोई बातचीत चुनें");
        let text = w(
            l,
            "The most urgent one is at the top. Press Enter to open it.",
            "सबसे ज़रूरी सबसे ऊपर है। खोलने के लिए Enter दबाएँ।",
        );
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
        Chip::new(w(l, "Mine", "मेरे"), "#").current(true).count(14),
        Chip::new(w(l, "Unassigned", "किसी को नहीं सौंपे"), "#").count(6),
        Chip::new(w(l, "All open", "सभी खुले"), "#").count(1_284),
    ];
    let queues = [
        Chip::new(w(l, "Service", "सर्विस"), "#").count(38),
        Chip::new(w(l, "Sales", "बिक्री"), "#").count(21),
        Chip::new(w(l, "Billing", "बिलिंग"), "#").count(9),
    ];
    views(l, &[(w(l, "Views", "दृश्य"), &mine), (w(l, "Queues", "कतारें"), &queues)])
}

struct Line(&'static str, &'static str, &'static str, &'static str, i64, bool);

fn list(l: L) -> Markup {
    let email = w(l, "e-mail", "ई-मेल");
    let chat = w(l, "chat", "चैट");
    let lines = [
        Line(
            "Asha Rao",
            w(l, "Brake noise again after service", "सर्विस के बाद फिर ब्रेक में आवाज़"),
            "Second visit for the same noise, please call",
            email,
            22,
            true,
        ),
        Line(
            "सुनीता इंगले",
            "गाड़ी कब मिलेगी?",
            "बुकिंग तीन हफ़्ते पहले की थी, अब तक कोई जवाब नहीं",
            chat,
            48,
            true,
        ),
        Line(
            "Farhan Merchant",
            "Refund of booking amount ₹21,000",
            "You: approved by Mr Pillai",
            email,
            190,
            false,
        ),
        Line(
            "Kaveri Transport (fleet)",
            "Six vehicles due for 20,000 km service",
            "Slots proposed for 26 and 27 November",
            email,
            310,
            false,
        ),
        Line(
            "Dev Joshi",
            "Extended warranty price",
            "Waiting for his registration number",
            chat,
            0,
            false,
        ),
        Line(
            "Priya Varghese",
            "Test drive moved to Saturday 11:30",
            "Thank you, see you on Saturday.",
            chat,
            1_500,
            false,
        ),
        Line(
            "Manoj Bhatt",
            "Invoice shows wrong GSTIN",
            "Sent to accounts, answer due Tuesday 18:00",
            email,
            2_900,
            false,
        ),
        Line(
            "வெங்கடேசன் முருகன்",
            "சேவை மையம் எப்போது திறக்கும்?",
            "சனிக்கிழமை திறந்திருக்குமா?",
            email,
            -15,
            false,
        ),
        Line(
            "Gurpreet Singh Ahluwalia",
            "Second key not delivered with the car",
            "Courier says delivered, customer says not",
            email,
            4_400,
            false,
        ),
    ];
    let own = [
        Chip::new(w(l, "Most urgent", "सबसे ज़रूरी"), "#").current(true),
        Chip::new(w(l, "Unread", "अपठित"), "#").count(4),
        Chip::new(w(l, "Complaints", "शिकायतें"), "#"),
    ];
    let lead = w(l, "14 open · 2 due within the hour", "14 खुले · 2 एक घंटे में");
    let bulk = html! {
        (Button::submit(w(l, "Assign", "सौंपें")).small())
        (Button::submit(w(l, "Resolve", "हल हुआ")).small())
    };
    html! {
        (list_head(l, w(l, "Mine", "मेरे"), lead, true, chips(w(l, "Order and filter", "क्रम और छँटाई"), &own)))
        (rows(l, "inbox-rows", w(l, "Conversations", "बातचीत"), Some(bulk), html! {
            @for (index, line) in lines.iter().enumerate() { (row(l, index, line)) }
        }))
    }
}

fn row(l: L, index: usize, line: &Line) -> Markup {
    let id = format!("case-{index}");
    let state = if line.4 == 0 { DueState::Paused } else { DueState::Running };
    let due = Due { l, since: min(l, -200), due: min(l, line.4), state, mine: true, label: None };
    let row = Row {
        last: line.2,
        channel: line.3,
        due: html! { (due) },
        unread: line.5,
        current: index == 0,
        select: Some("12"),
        ..Row::new(l, &id, "desk-en-light.html", line.0, line.1)
    };
    html! { (row) }
}

fn middle(l: L, title: &str) -> Markup {
    let actions = html! {
        (Button::plain(w(l, "Escalate", "ऊपर भेजें")).hotkey("Shift+KeyE"))
        (Button::plain(w(l, "Assign", "सौंपें")).hotkey("KeyA"))
        (Button::submit(w(l, "Resolve", "हल हुआ")).hotkey("KeyE"))
    };
    let label = w(l, "Next reply by 15:40", "अगला जवाब 15:40 तक");
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
            span { b { "CMP-2026-004217" } " · " (w(l, "complaint", "शिकायत")) }
            span { (w(l, "Service › Brakes", "सर्विस › ब्रेक")) }
            span { (w(l, "Level 1 · you", "स्तर 1 · आप")) }
        }))
        (facts_line(html! {
            (due)
            span { (w(l, "Promised", "वादा")) " " b { "Tue 24 Nov, 18:00" } }
            (tag(Tone::Warn, w(l, "3rd contact in 30 days", "30 दिन में तीसरी बार")))
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
    let files = [Attachment { name: "brake-noise.mp4", href: "#", bytes: 2_460_000 }];
    let say = |id, side, by, minutes, text| {
        Message::new(l, id, side, by, min(l, minutes), message_text(l, text))
    };
    html! {
        (day_line(l, min(l, -2 * 1_440)))
        (Message { detail: "asha.rao@example.in", attachments: &files,
            ..say("m1", Side::Customer, "Asha Rao", -3_186, first) })
        (event_line(l, "e1", w(l, "Case opened · number sent to the customer",
            "केस खुला · नंबर ग्राहक को भेजा गया"), min(l, -3_186)))
        (Message { detail: w(l, "to Asha Rao", "आशा राव को"),
            state: Some((Tone::Calm, w(l, "read 10:40", "10:40 पर पढ़ा"))),
            ..say("m2", Side::Us, "Nikhil Kulkarni", -3_167, answer) })
        (say("m3", Side::Note, "Meera Pillai", -3_133, note))
        (day_line(l, l.now()))
        (Message { detail: w(l, "e-mail", "ई-मेल"),
            ..say("m4", Side::Customer, "Asha Rao", -60, "Pick-up is fine. But will I pay for the parts again?") })
    }
}

fn composer(l: L) -> Markup {
    let text = "Dear Ms Rao, no, you will not. The pads are replaced under goodwill, and the \
        pick-up is confirmed for tomorrow, 9–10.";
    let composer = Composer {
        customer: "Asha Rao",
        channel: w(l, "e-mail", "ई-मेल"),
        address: "asha.rao@example.in",
        language: Some(w(l, "English", "अंग्रेज़ी")),
        text,
        viewers: Some(w(l, "Meera is viewing", "मीरा देख रही हैं")),
        suggestions: html! {
            (suggestion(w(l, "Goodwill brake pads (SC-118)", "सद्भावना ब्रेक पैड (SC-118)"), ""))
            (suggestion(w(l, "Pick-up and courtesy car", "पिक-अप और बदले की कार"), ""))
        },
        ..Composer::new(l, "#", CSRF, "/draft")
    };
    html! { (composer) }
}

fn customer(l: L) -> Markup {
    let about =
        w(l, "Customer since 2021 · prefers Kannada, English", "2021 से ग्राहक · कन्नड़, अंग्रेज़ी");
    let alarm = |text: &str| html! { span.alarm-text { (text) } };
    let plain = |text: &str| html! { (text) };
    let link = |text: &str| html! { a href="#" { (text) } };
    html! {
        (customer_head(l, "Asha Rao", Some("#"), about))
        (facts(&[
            (w(l, "Phone", "फ़ोन"), html! { "98••• ••210 " (link(w(l, "show", "दिखाएँ"))) }),
            (w(l, "E-mail", "ई-मेल"), plain("asha.rao@example.in")),
            (w(l, "Last scores", "पिछले अंक"), plain(w(l, "2 of 5 (service), 5 of 5 (sales)", "5 में 2 (सर्विस), 5 में 5 (बिक्री)"))),
            (w(l, "Consent", "सहमति"), plain(w(l, "service yes · offers no", "सर्विस हाँ · ऑफ़र नहीं"))),
        ]))
        (block(w(l, "Owns", "इनके पास"), html! {
            (line(plain("Hatchback ZX · KA 01 MJ 1234"), link("38,420 km")))
            (line(plain(w(l, "3rd free service", "तीसरी मुफ़्त सर्विस")), alarm(w(l, "due in 580 km", "580 km बाकी"))))
        }))
        (block(w(l, "Owes", "बकाया"), line(plain(w(l, "Nothing due", "कुछ बकाया नहीं")), plain("₹0"))))
        (block(w(l, "Open with us", "हमारे पास खुले"), html! {
            (line(link("CMP-2026-004217"), plain(w(l, "this one", "यही"))))
            (line(link("REQ-2026-011902"), plain(w(l, "duplicate key, workshop", "दूसरी चाबी, वर्कशॉप"))))
        }))
        (block(w(l, "Before", "पहले"), html! {
            (line(plain("6 Nov · job card 8841"), plain("₹6,320")))
            (line(plain("6 Nov · “noise in front”"), plain(w(l, "resolved", "हल हुआ"))))
            (line(plain("12 Aug · 20,000 km service"), plain("5 / 5")))
        }))
    }
}
