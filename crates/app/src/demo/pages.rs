//! What the customer sees: write a mail as a customer, read what comes back.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Form, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use base::Zone;
use channels::Accepted;
use maud::{Markup, html};
use platform::App;
use serde::Deserialize;
use ui::form::Choice;
use ui::i18n::{L, Lang};
use ui::{Button, Errors, Field, Form as UiForm, Icon, Tone};
use wire_email::loopback::Kept;
use wire_email::{Addr, Outgoing, compose};

use super::{Demo, PASSWORD};

#[derive(Default, Deserialize)]
pub struct Letter {
    from: String,
    to: String,
    subject: String,
    text: String,
    #[serde(default)]
    in_reply_to: String,
}

#[derive(Deserialize)]
pub struct Which {
    address: String,
    #[serde(default)]
    answer: u64,
}

fn words(app: &App, headers: &HeaderMap) -> L {
    let wanted = headers.get("accept-language").and_then(|value| value.to_str().ok());
    L::new(Lang::from_header(wanted.unwrap_or_default()), &Zone::india(), app.clock().now())
}

fn page(l: L, title: &str, body: Markup) -> Html<String> {
    let page =
        ui::PublicPage { l, title, company: l.t("demo-title"), footer: None, languages: &[] };
    Html(page.page(body).into_string())
}

pub async fn index(
    State(app): State<App>,
    Extension(demo): Extension<Arc<Demo>>,
    headers: HeaderMap,
) -> Response {
    let l = words(&app, &headers);
    let letter = Letter { from: "asha.rao@customer.example".into(), ..Letter::default() };
    show_index(l, &demo, &letter, &Errors::new()).into_response()
}

fn show_index(l: L, demo: &Demo, letter: &Letter, errors: &Errors) -> Html<String> {
    let body = html! {
        (ui::page_head(l.t("demo-title"), Some(l.t("demo-lead")), html! {}))
        (ui::card(Some(l.t("demo-write")), letter_form(l, letter, errors)))
        (ui::card(Some(l.t("demo-mailboxes")), mailboxes(l, demo)))
        (ui::card(Some(l.t("demo-people")), people(l, demo)))
    };
    page(l, l.t("demo-title"), body)
}

fn letter_form(l: L, letter: &Letter, errors: &Errors) -> Markup {
    let mailboxes: Vec<Choice<'_>> =
        super::story::MAILBOXES.iter().map(|address| Choice::new(*address, *address)).collect();
    let answering = !letter.in_reply_to.is_empty();
    let body = html! {
        (Field::email(l, "from", l.t("demo-from")).value(&letter.from)
            .error(errors.of("from")).required())
        @if answering {
            (Field::text(l, "to", l.t("demo-to")).value(&letter.to).required()
                .error(errors.of("to")))
            (ui::form::hidden("in_reply_to", &letter.in_reply_to))
        } @else {
            (Field::select(l, "to", l.t("demo-to"), &mailboxes).value(&letter.to)
                .error(errors.of("to")))
        }
        (Field::text(l, "subject", l.t("demo-subject")).value(&letter.subject)
            .error(errors.of("subject")).required())
        (Field::area(l, "text", l.t("demo-text")).value(&letter.text).rows(5)
            .error(errors.of("text")).required())
        (ui::buttons(html! {
            (Button::submit(l.t("demo-send")).primary().icon(Icon::Send))
        }))
    };
    html! { (UiForm::post(l, "/demo/mails", "").errors(errors).body(body)) }
}

fn mailboxes(l: L, demo: &Demo) -> Markup {
    let mut addresses = demo.customers.addresses();
    addresses.sort();
    html! {
        @if addresses.is_empty() { p { (l.t("demo-no-mail")) } }
        @for address in &addresses {
            (ui::line(
                html! { a href=(format!("/demo/mailbox?address={address}")) { (address) } },
                html! { (demo.customers.mails(address).len()) },
            ))
        }
    }
}

fn people(l: L, demo: &Demo) -> Markup {
    html! {
        p { (l.tf("demo-password", &[("password", PASSWORD.into())])) " "
            a href="/login" { (l.t("demo-sign-in")) } }
        @for person in &demo.people {
            (ui::line(
                html! { (person.email) },
                html! { (person.name) " · " (person.role) " · " (person.workspace) },
            ))
        }
    }
}

/// Hands the customer's mail in exactly as a mail server would.
pub async fn write(
    State(app): State<App>,
    Extension(demo): Extension<Arc<Demo>>,
    headers: HeaderMap,
    Form(letter): Form<Letter>,
) -> Response {
    let l = words(&app, &headers);
    let mut errors = Errors::new();
    if base::EmailAddress::parse(&letter.from).is_err() {
        errors.add("from", l.t("demo-error-address"));
    }
    if letter.text.trim().is_empty() {
        errors.add("text", l.t("demo-error-empty"));
    }
    if errors.is_empty() {
        match channels::accept(&app, &letter.from, &letter.to, &raw(&app, &letter)).await {
            Accepted::Kept(_) | Accepted::Known(_) => {
                let back = format!("/demo/mailbox?address={}", letter.from.trim());
                return Redirect::to(&back).into_response();
            }
            _ => errors.add("to", l.t("demo-error-refused")),
        }
    }
    show_index(l, &demo, &letter, &errors).into_response()
}

fn raw(app: &App, letter: &Letter) -> Vec<u8> {
    let mut random = [0u8; 16];
    app.keys().entropy().fill(&mut random);
    let name = letter.from.split('@').next().unwrap_or_default().replace('.', " ");
    let answered = Some(letter.in_reply_to.clone()).filter(|id| !id.is_empty());
    compose(&Outgoing {
        from: Addr::new(name, letter.from.trim()),
        to: vec![Addr::new("", letter.to.trim())],
        cc: Vec::new(),
        reply_to: Vec::new(),
        subject: letter.subject.clone(),
        message_id: wire_email::address::new_message_id(random, "customer.example"),
        date_ms: app.clock().now().0,
        references: answered.iter().cloned().collect(),
        in_reply_to: answered,
        automatic: None,
        text: letter.text.clone(),
        html: None,
        attachments: Vec::new(),
    })
}

/// The mails one customer has received, newest first, with a form to answer.
pub async fn mailbox(
    State(app): State<App>,
    Extension(demo): Extension<Arc<Demo>>,
    headers: HeaderMap,
    Query(which): Query<Which>,
) -> Response {
    let l = words(&app, &headers);
    let mut mails = demo.customers.mails(&which.address);
    mails.reverse();
    let again = format!("/demo/mailbox?address={}", which.address);
    let answered = mails.iter().find(|mail| mail.id == which.answer);
    let body = html! {
        (ui::page_head(&which.address, Some(l.t("demo-mailbox-lead")), html! {
            (Button::link(l.t("demo-look-again"), &again))
            (Button::link(l.t("demo-back"), "/demo"))
        }))
        @if mails.is_empty() {
            (ui::notice(Tone::Calm, html! { p { (l.t("demo-no-mail-yet")) } }))
        }
        @if let Some(mail) = answered {
            (ui::card(
                Some(l.t("demo-answer")),
                letter_form(l, &answer(mail, &which), &Errors::new()),
            ))
        }
        @for mail in &mails { (one_mail(l, &which, mail)) }
    };
    page(l, &which.address, body).into_response()
}

/// A customer's mail program answers to Reply-To, quotes nothing, keeps the thread.
fn answer(mail: &Kept, which: &Which) -> Letter {
    let to = mail.parsed.reply_to.first().or(mail.parsed.from.as_ref());
    Letter {
        from: which.address.clone(),
        to: to.map(|to| to.email.clone()).unwrap_or_default(),
        subject: ["Re: ", mail.parsed.subject.trim_start_matches("Re: ")].concat(),
        text: String::new(),
        in_reply_to: mail.parsed.message_id.clone().unwrap_or_default(),
    }
}

fn one_mail(l: L, which: &Which, mail: &Kept) -> Markup {
    let link = format!("/demo/mailbox?address={}&answer={}", which.address, mail.id);
    let from = mail.parsed.from.as_ref().map(|from| from.email.as_str()).unwrap_or_default();
    ui::card(
        Some(&mail.parsed.subject),
        html! {
            p { (from) " · " (ui::times::when(l, written_at(mail))) }
            (ui::message_text(l, &mail.parsed.text))
            (ui::buttons(html! { (Button::link(l.t("demo-answer"), &link).icon(Icon::Reply)) }))
        },
    )
}

/// When it was written; the story's mails arrived long after.
fn written_at(mail: &Kept) -> base::UtcMs {
    base::UtcMs(mail.parsed.date_ms.unwrap_or(mail.arrived_ms))
}
