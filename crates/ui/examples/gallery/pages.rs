//! Pages outside the desk.

use maud::{Markup, html};
use ui::{
    AuthPage, Button, Chip, Choice, Column, ErrorPage, Errors, Field, Form, Icon, L, Order,
    PublicPage, SettingsGroup, Theme, Tone, buttons, card, chips, crumbs, day_line, facts, more,
    notice, page_head, status as state, times,
};

use crate::sample::{CSRF, min, w, with_shell};

pub fn form(l: L, theme: Theme) -> Markup {
    let title = w(l, "New customer", "नया ग्राहक");
    let mut errors = Errors::new();
    errors.add(
        "phone",
        w(l, "An Indian mobile number has ten digits.", "भारतीय मोबाइल नंबर में दस अंक होते हैं।"),
    );
    let langs =
        [Choice::new("en", "English"), Choice::new("hi", "हिन्दी"), Choice::new("kn", "ಕನ್ನಡ")];
    let kinds =
        [Choice::new("p", w(l, "A person", "व्यक्ति")), Choice::new("c", w(l, "A company", "कंपनी"))];
    let (name, phone) = (w(l, "Name", "नाम"), w(l, "Phone", "फ़ोन"));
    let fields = html! {
        (Field::text(l, "name", name).value("Asha Rao").required().autofocus())
        (Field::phone(l, "phone", phone).value("98 450").error(errors.of("phone"))
            .hint(w(l, "With the country code, if it is not Indian.", "भारत का न हो तो देश का कोड भी लिखें।")))
        (Field::email(l, "email", w(l, "E-mail", "ई-मेल")).optional())
        (Field::select(l, "lang", w(l, "Language", "भाषा"), &langs).value("hi"))
        (Field::radios(l, "kind", w(l, "This is", "यह है"), &kinds).value("p"))
        (Field::area(l, "notes", w(l, "Notes", "टिप्पणी")).optional().value("शाम 6 के बाद फ़ोन करें।"))
        (Field::check(l, "offers", w(l, "May receive offers", "ऑफ़र भेज सकते हैं"), false)
            .hint(w(l, "Only if the customer has said so.", "सिर्फ़ तब, जब ग्राहक ने ख़ुद कहा हो।")))
        (buttons(html! {
            (Button::submit(w(l, "Save", "सहेजें")).primary())
            (Button::link(w(l, "Cancel", "रहने दें"), "#"))
        }))
    };
    with_shell(l, theme, title, "people", |shell| {
        shell.page(html! {
            (crumbs(l, &[(w(l, "People", "ग्राहक"), "#")], title))
            (page_head(title, None, html! {}))
            (card(None, html! { (Form::post(l, "#", CSRF).errors(&errors).body(fields)) }))
        })
    })
}

pub fn table(l: L, theme: Theme) -> Markup {
    let title = w(l, "Mail going out", "जाने वाली मेल");
    let columns = [
        Column::text(w(l, "To", "किसको")).sorts("#", Some(Order::Rising)),
        Column::text(w(l, "Subject", "विषय")),
        Column::text(w(l, "State", "स्थिति")),
        Column::number(w(l, "Tries", "कोशिशें")),
        Column::text(w(l, "Next try", "अगली कोशिश")),
        Column::actions(w(l, "Actions", "कार्य")),
    ];
    let line = |to: &str, subject: &str, tone, word: &str, tries: &str, minutes: i64| {
        vec![
            html! { a href="#" { (to) } },
            html! { (subject) },
            state(tone, word),
            html! { (tries) },
            times::when(l, min(l, minutes)),
            html! { (Button::submit(w(l, "Try now", "अभी भेजें")).small().icon(Icon::Refresh)) },
        ]
    };
    let failed = w(l, "mailbox full", "मेलबॉक्स भरा है");
    let waits = w(l, "waiting", "प्रतीक्षा में");
    let table = ui::Table::new(title, &columns)
        .row(line("asha.rao@example.in", "Brake noise again", Tone::Warn, failed, "3", 12))
        .row(line("sunita@example.in", "गाड़ी कब मिलेगी?", Tone::Plain, waits, "0", 1))
        .row(line("farhan@example.org", "Refund ₹21,000", Tone::Alarm, failed, "12", 1_600));
    let views = [
        Chip::new(w(l, "All", "सभी"), "#").current(true).count(3),
        Chip::new(w(l, "Failed", "नहीं गई"), "#").count(1),
    ];
    with_shell(l, theme, title, "queues", |shell| {
        shell.page(html! {
            (page_head(title, Some(w(l, "Kept and tried again until it is delivered.",
                "पहुँचने तक रखी जाती है और फिर भेजी जाती है।")),
                html! { (Button::link(w(l, "Settings", "सेटिंग"), "#").icon(Icon::Settings)) }))
            (chips(w(l, "Show", "दिखाएँ"), &views))
            (table)
            (more(l, Some("#"), 3, Some(1_23_456)))
        })
    })
}

pub fn settings(l: L, theme: Theme) -> Markup {
    let title = w(l, "Channels", "चैनल");
    let own =
        [Chip::new(w(l, "Profile", "प्रोफ़ाइल"), "#"), Chip::new(w(l, "Keyboard", "कीबोर्ड"), "#")];
    let space = [
        Chip::new(w(l, "General", "सामान्य"), "#"),
        Chip::new(title, "#").current(true),
        Chip::new(w(l, "People and roles", "लोग और भूमिकाएँ"), "#"),
        Chip::new(w(l, "Business hours", "काम के घंटे"), "#"),
    ];
    let groups = [
        SettingsGroup { heading: w(l, "You", "आप"), pages: &own },
        SettingsGroup {
            heading: w(l, "Workspace", "कार्यक्षेत्र"), pages: &space
        },
    ];
    with_shell(l, theme, title, "settings", |shell| {
        shell.page(ui::settings(l, &groups, html! {
            (page_head(title, Some(w(l, "Where customers reach you.", "ग्राहक आप तक कहाँ पहुँचते हैं।")), html! {}))
            (card(Some(w(l, "E-mail", "ई-मेल")), html! {
                (notice(Tone::Warn, html! { p { (w(l, "Two mails wait since 14:05.", "14:05 से दो मेल रुकी हैं।")) } }))
                (facts(&[
                    (w(l, "Address", "पता"), html! { "care@arohi.example" }),
                    (w(l, "Last mail", "पिछली मेल"), times::when(l, min(l, -4))),
                ]))
            }))
        }))
    })
}

pub fn login(l: L, theme: Theme) -> Markup {
    let mut errors = Errors::new();
    errors.add_whole(w(l, "E-mail or password is not right.", "ई-मेल या पासवर्ड सही नहीं है।"));
    let (email, password) = (w(l, "E-mail", "ई-मेल"), w(l, "Password", "पासवर्ड"));
    let body = html! {
        (Field::email(l, "email", email).value("nikhil@arohi.example").attr("autocomplete", "username"))
        (Field::password(l, "password", password))
        (buttons(html! { (Button::submit(w(l, "Log in", "लॉग इन करें")).primary()) }))
    };
    let page = AuthPage {
        l,
        title: w(l, "Log in", "लॉग इन"),
        lead: None,
        theme,
        notice: Some((Tone::Calm, w(l, "You are logged out.", "आप लॉग आउट हो गए हैं।"))),
    };
    page.page(
        html! { (Form::post(l, "/login", CSRF).errors(&errors).body(body)) },
        html! { a href="#" { (w(l, "Forgotten password?", "पासवर्ड भूल गए?")) } },
    )
}

pub fn status(l: L) -> Markup {
    let page = PublicPage {
        l,
        title: w(l, "Your complaint", "आपकी शिकायत"),
        company: w(l, "Arohi Motors", "आरोही मोटर्स"),
        footer: Some(w(
            l,
            "Or call 1800 000 000, 9 to 18.",
            "या 1800 000 000 पर फ़ोन करें, 9 से 18 बजे।",
        )),
        languages: &[("English", "#"), ("हिन्दी", "#")],
    };
    let label = w(l, "Write to us about this", "इस बारे में हमें लिखें");
    page.page(html! {
        (page_head("CMP-2026-004217", Some(w(l, "Brake noise again after service", "सर्विस के बाद फिर ब्रेक में आवाज़")), html! {}))
        (card(None, html! {
            (facts(&[
                (w(l, "State", "स्थिति"), state(Tone::Accent, w(l, "We are working on it", "हम इस पर काम कर रहे हैं"))),
                (w(l, "Promised", "वादा"), times::when(l, min(l, 5_920))),
            ]))
        }))
        (day_line(l, l.now()))
        (card(None, html! {
            (Form::post(l, "#", CSRF).body(html! {
                (Field::area(l, "body", label).rows(4))
                (buttons(html! { (Button::submit(w(l, "Send", "भेजें")).primary()) }))
            }))
        }))
    })
}

pub fn error(l: L, theme: Theme) -> Markup {
    let next = [(w(l, "To the inbox", "इनबॉक्स पर"), "#"), (w(l, "Try again", "फिर कोशिश करें"), "#")];
    let page = ErrorPage { next: &next, reference: Some("7f3a-21"), ..ErrorPage::broken(l) };
    page.page(theme)
}
