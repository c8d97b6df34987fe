//! The page on which a customer sees how their case stands, without signing in.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, HeaderName, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use frame::{Guest, Page, lang_cookie};
use maud::{Markup, html};
use platform::{App, Error};
use ui::{L, Lang, PublicPage, Tone, times};

use super::{PublicCase, case_by_status_link};
use crate::case::pages::type_word;
use crate::kinds::StatusType;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// Anybody who has the link. Who has none learns nothing, not even whether the company is here.
pub(crate) async fn show(
    State(app): State<App>,
    guest: Guest,
    Path((slug, token)): Path<(String, String)>,
) -> Response {
    let page = match look(&app, guest, &slug, &token) {
        Ok(page) => page,
        Err(error) => {
            if !matches!(error, Error::NotFound) {
                tracing::error!(%error, "a status page could not be read");
            }
            unknown(guest.l)
        }
    };
    let page = if guest.chose_lang { page.cookie(lang_cookie(guest.l.lang())) } else { page };
    let mut response = page.into_response();
    let headers = response.headers_mut();
    headers.insert(ROBOTS, HeaderValue::from_static("noindex, nofollow, noarchive"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn look(app: &App, guest: Guest, slug: &str, token: &str) -> Result<Page, Error> {
    let workspace = app.workspace(slug)?;
    let case = workspace.db.read(|tx| case_by_status_link(tx, token))?.ok_or(Error::NotFound)?;
    let lang = match Lang::from_code(&case.language) {
        Some(lang) if !guest.chose_lang => lang,
        _ => guest.l.lang(),
    };
    let l = L::new(lang, &workspace.zone, guest.l.now());
    Ok(Page::ok(status_page(l, &workspace.name, &case)))
}

fn status_page(l: L, company: &str, case: &PublicCase) -> Markup {
    let number = case.number.to_string();
    let (tone, words) = plain_words(l, case.status);
    let last = [case.last_agent_at, case.resolved_at].into_iter().flatten().max();
    let mut facts = vec![
        (l.t("desk-status"), html! { (ui::status(tone, words)) }),
        (l.t("desk-type"), html! { (type_word(l, case.case_type)) }),
        (l.t("desk-opened-on"), times::when(l, case.opened_at)),
    ];
    if let Some(last) = last {
        facts.push((l.t("desk-last-word"), times::when(l, last)));
    }
    let body = html! {
        (ui::page_head(&number, Some(&case.subject), html! {}))
        (ui::card(None, ui::facts(&facts)))
        (ui::card(Some(l.t("desk-add-something")), html! {
            p { (l.t("desk-add-something-how")) }
        }))
    };
    in_public(l, &number, company, body)
}

/// The same for a wrong address, a link of long ago and a company that is not here.
fn unknown(l: L) -> Page {
    let title = l.t("desk-link-unknown");
    let body = html! {
        (ui::page_head(title, None, html! {}))
        (ui::card(None, html! { p { (l.t("desk-link-unknown-what")) } }))
    };
    Page::ok(in_public(l, title, l.t("ui-brand"), body)).status(StatusCode::NOT_FOUND)
}

fn in_public(l: L, title: &str, company: &str, body: Markup) -> Markup {
    let page = PublicPage {
        l,
        title,
        company,
        footer: None,
        languages: &[("English", "?lang=en"), ("हिन्दी", "?lang=hi")],
    };
    page.page(body)
}

/// How it stands, as a customer would say it.
fn plain_words(l: L, status: StatusType) -> (Tone, &'static str) {
    match status {
        StatusType::New => (Tone::Accent, l.t("desk-public-new")),
        StatusType::Open => (Tone::Accent, l.t("desk-public-open")),
        StatusType::PendingCustomer => (Tone::Warn, l.t("desk-public-pending")),
        StatusType::OnHold => (Tone::Plain, l.t("desk-public-hold")),
        StatusType::Resolved => (Tone::Calm, l.t("desk-public-resolved")),
        StatusType::Closed => (Tone::Calm, l.t("desk-public-closed")),
    }
}
