//! Pages outside the desk.

use maud::{Markup, html};
use ui::{
    AuthPage, Button, Chip, Choice, Column, ErrorPage, Errors, Field, Form, Icon, L, Order,
    PublicPage, SettingsGroup, Theme, Tone, buttons, card, chips, crumbs, day_line, facts, more,
    notice, page_head, status as state, times,
};

use crate::sample::{CSRF, min, with_shell};

pub fn form(l: L, theme: Theme) -> Markup {
    let title = l.t("sample-new-customer");
    let mut errors = Errors::new();
    errors.add("phone", l.t("sample-an-indian-mobile-number-has"));
    let langs =
        [Choice::new("en", "English"), Choice::new("hi", "हिन्दी"), Choice::new("kn", "ಕನ್ನಡ")];
    let kinds =
        [Choice::new("p", l.t("sample-a-person")), Choice::new("c", l.t("sample-a-company"))];
    let (name, phone) = (l.t("sample-name"), l.t("sample-phone"));
    let fields = html! {
        (Field::text(l, "name", name).value("Asha Rao").required().autofocus())
        (Field::phone(l, "phone", phone).value("98 450").error(errors.of("phone"))
            .hint(l.t("sample-with-the-country-code-if")))
        (Field::email(l, "email", l.t("sample-e-mail-2")).optional())
        (Field::select(l, "lang", l.t("sample-language"), &langs).value("hi"))
        (Field::radios(l, "kind", l.t("sample-this-is"), &kinds).value("p"))
        (Field::area(l, "notes", l.t("sample-notes")).optional().value("शाम 6 के बाद फ़ोन करें।"))
        (Field::check(l, "offers", l.t("sample-may-receive-offers"), false)
            .hint(l.t("sample-only-if-the-customer-has")))
        (buttons(html! {
            (Button::submit(l.t("sample-save")).primary())
            (Button::link(l.t("sample-cancel"), "#"))
        }))
    };
    with_shell(l, theme, title, "people", |shell| {
        shell.page(html! {
            (crumbs(l, &[(l.t("sample-people"), "#")], title))
            (page_head(title, None, html! {}))
            (card(None, html! { (Form::post(l, "#", CSRF).errors(&errors).body(fields)) }))
        })
    })
}

pub fn table(l: L, theme: Theme) -> Markup {
    let title = l.t("sample-mail-going-out");
    let columns = [
        Column::text(l.t("sample-to")).sorts("#", Some(Order::Rising)),
        Column::text(l.t("sample-subject")),
        Column::text(l.t("sample-state")),
        Column::number(l.t("sample-tries")),
        Column::text(l.t("sample-next-try")),
        Column::actions(l.t("sample-actions")),
    ];
    let line = |to: &str, subject: &str, tone, word: &str, tries: &str, minutes: i64| {
        vec![
            html! { a href="#" { (to) } },
            html! { (subject) },
            state(tone, word),
            html! { (tries) },
            times::when(l, min(l, minutes)),
            html! { (Button::submit(l.t("sample-try-now")).small().icon(Icon::Refresh)) },
        ]
    };
    let failed = l.t("sample-mailbox-full");
    let waits = l.t("sample-waiting");
    let table = ui::Table::new(title, &columns)
        .row(line("asha.rao@example.in", "Brake noise again", Tone::Warn, failed, "3", 12))
        .row(line("sunita@example.in", "गाड़ी कब मिलेगी?", Tone::Plain, waits, "0", 1))
        .row(line("farhan@example.org", "Refund ₹21,000", Tone::Alarm, failed, "12", 1_600));
    let views = [
        Chip::new(l.t("sample-all"), "#").current(true).count(3),
        Chip::new(l.t("sample-failed"), "#").count(1),
    ];
    with_shell(l, theme, title, "queues", |shell| {
        shell.page(html! {
            (page_head(title, Some(l.t("sample-kept-and-tried-again-until")),
                html! { (Button::link(l.t("sample-settings"), "#").icon(Icon::Settings)) }))
            (chips(l.t("sample-show-2"), &views))
            (table)
            (more(l, Some("#"), 3, Some(123_456)))
        })
    })
}

pub fn settings(l: L, theme: Theme) -> Markup {
    let title = l.t("sample-channels");
    let own = [Chip::new(l.t("sample-profile"), "#"), Chip::new(l.t("sample-keyboard"), "#")];
    let space = [
        Chip::new(l.t("sample-general"), "#"),
        Chip::new(title, "#").current(true),
        Chip::new(l.t("sample-people-and-roles"), "#"),
        Chip::new(l.t("sample-business-hours"), "#"),
    ];
    let groups = [
        SettingsGroup { heading: l.t("sample-you"), pages: &own },
        SettingsGroup { heading: l.t("sample-workspace"), pages: &space },
    ];
    with_shell(l, theme, title, "settings", |shell| {
        shell.page(ui::settings(
            l,
            &groups,
            html! {
                (page_head(title, Some(l.t("sample-where-customers-reach-you")), html! {}))
                (card(Some(l.t("sample-e-mail-2")), html! {
                    (notice(Tone::Warn, html! { p { (l.t("sample-two-mails-wait-since-14")) } }))
                    (facts(&[
                        (l.t("sample-address"), html! { "care@arohi.example" }),
                        (l.t("sample-last-mail"), times::when(l, min(l, -4))),
                    ]))
                }))
            },
        ))
    })
}

pub fn login(l: L, theme: Theme) -> Markup {
    let mut errors = Errors::new();
    errors.add_whole(l.t("sample-e-mail-or-password-is"));
    let (email, password) = (l.t("sample-e-mail-2"), l.t("sample-password"));
    let body = html! {
        (Field::email(l, "email", email).value("nikhil@arohi.example").autocomplete("username"))
        (Field::password(l, "password", password))
        (buttons(html! { (Button::submit(l.t("sample-log-in")).primary()) }))
    };
    let page = AuthPage {
        l,
        title: l.t("sample-log-in"),
        lead: None,
        theme,
        notice: Some((Tone::Calm, l.t("sample-you-are-logged-out"))),
    };
    page.page(
        html! { (Form::post(l, "/login", CSRF).errors(&errors).body(body)) },
        html! { a href="#" { (l.t("sample-forgotten-password")) } },
    )
}

pub fn status(l: L) -> Markup {
    let page = PublicPage {
        l,
        title: l.t("sample-your-complaint"),
        company: l.t("sample-arohi-motors"),
        footer: Some(l.t("sample-or-call-1800-000-000")),
        languages: &[("English", "#"), ("हिन्दी", "#")],
    };
    let subject = l.t("sample-brake-noise-again-after-service");
    let label = l.t("sample-write-to-us-about-this");
    page.page(html! {
        (page_head("CMP-2026-004217", Some(subject), html! {}))
        (card(None, html! {
            (facts(&[
                (l.t("sample-state"), state(Tone::Accent, l.t("sample-we-are-working-on-it"))),
                (l.t("sample-promised"), times::when(l, min(l, 5_920))),
            ]))
        }))
        (day_line(l, l.now()))
        (card(None, html! {
            (Form::post(l, "#", CSRF).body(html! {
                (Field::area(l, "body", label).rows(4))
                (buttons(html! { (Button::submit(l.t("sample-send")).primary()) }))
            }))
        }))
    })
}

pub fn error(l: L, theme: Theme) -> Markup {
    let next = [(l.t("sample-to-the-inbox"), "#"), (l.t("sample-try-again"), "#")];
    let page = ErrorPage { next: &next, reference: Some("7f3a-21"), ..ErrorPage::broken(l) };
    page.page(theme)
}
