//! Forgotten passwords, and the links (first run, invitation, reset) that let one be chosen.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use base::{EmailAddress, UtcMs};
use frame::{Guest, Page, Typed, errors, fields_of, wait_of};
use maud::html;
use platform::control::login::{
    Login, PASSWORD_CHARS_MIN, check_password, hash_password, link_login, login_by_email,
    redeem_link,
};
use platform::web::{SESSION_COOKIE, WebError, cookie};
use platform::{App, Error};
use ui::{AuthPage, Button, Errors, Field, Form, L, Tone, buttons};

use crate::link::mail_reset;
use crate::sign_in::{languages, remember};
use crate::visitor::{ClientIp, address_key, hashing, let_in, new_session};

const WINDOW_MS: i64 = UtcMs::HOUR;
const RESETS_PER_ADDRESS_MAX: u32 = 5;
const RESETS_PER_IP_MAX: u32 = 20;

/// `GET /forgot`.
pub async fn forgot_page(guest: Guest, typed: Typed) -> Page {
    remember(guest, forgot_form(guest, &typed, &Errors::new()))
}

/// `POST /forgot`. The answer never tells whether the address is known here.
pub async fn forgot(
    State(app): State<App>,
    guest: Guest,
    ip: ClientIp,
    typed: Typed,
) -> Result<Page, WebError> {
    let l = guest.l;
    let mut wrong = Errors::new();
    let Ok(address) = EmailAddress::parse(typed.get("email")) else {
        wrong.add("email", l.t("error-email-shape"));
        return Ok(forgot_form(guest, &typed, &wrong).invalid());
    };
    let key = address_key("forgot", address.as_str());
    let counted = ip
        .count(&app, "forgot", RESETS_PER_IP_MAX, WINDOW_MS)
        .and_then(|()| app.limiter().count(&key, RESETS_PER_ADDRESS_MAX, WINDOW_MS));
    if let Err(refused) = counted {
        wrong.add_whole(wait_of(l, &refused).unwrap_or_default());
        let page = forgot_form(guest, &typed, &wrong);
        return Ok(page.status(StatusCode::TOO_MANY_REQUESTS));
    }
    let (at, asked) = (app.clone(), address.clone());
    // Known or not, one write is waited for, so that the time tells nothing either.
    app.control()
        .write(move |tx| match login_by_email(tx, asked.as_str())? {
            Some(login) if !login.disabled => mail_reset(tx, &at, &login),
            _ => Ok::<_, Error>(()),
        })
        .await?;
    let lead = l.tf("admin-forgot-sent", &[("email", address.as_str().into())]);
    let page = AuthPage {
        l,
        title: l.t("admin-forgot-title"),
        lead: None,
        theme: guest.theme,
        notice: Some((Tone::Calm, &lead)),
    };
    let next = html! { p { (l.t("admin-forgot-next")) } };
    Ok(Page::ok(page.page(next, html! { p { a href="/login" { (l.t("frame-to-login")) } } })))
}

fn forgot_form(guest: Guest, typed: &Typed, errors: &Errors) -> Page {
    let l = guest.l;
    let page = AuthPage {
        l,
        title: l.t("admin-forgot-title"),
        lead: Some(l.t("admin-forgot-lead")),
        theme: guest.theme,
        notice: None,
    };
    let body = html! {
        (Field::email(l, "email", l.t("admin-email")).value(typed.get("email"))
            .error(errors.of("email")).autocomplete("username").autofocus().required())
        (buttons(html! { (Button::submit(l.t("admin-forgot-do")).primary()) }))
    };
    let below = html! {
        p { a href="/login" { (l.t("frame-to-login")) } }
        (languages(l, "/forgot"))
    };
    Page::ok(page.page(html! { (Form::post(l, "/forgot", "").errors(errors).body(body)) }, below))
}

/// `GET /join/{token}`.
pub async fn join_page(
    State(app): State<App>,
    guest: Guest,
    Path(token): Path<String>,
) -> Result<Page, WebError> {
    let page = match app.control().read(|tx| link_login(tx, &token))? {
        Some(login) if !login.disabled => join_form(guest, &token, &login, &Errors::new()),
        _ => expired(guest),
    };
    Ok(remember(guest, page))
}

/// `POST /join/{token}`: the password is set, the link is used up, and work can begin.
pub async fn join(
    State(app): State<App>,
    guest: Guest,
    Path(token): Path<String>,
    headers: HeaderMap,
    typed: Typed,
) -> Result<Page, WebError> {
    let found = app.control().read(|tx| link_login(tx, &token))?;
    let Some(login) = found.filter(|login| !login.disabled) else { return Ok(expired(guest)) };
    let password = typed.get("password").to_string();
    if let Err(fields) = fields_of(check_password(&password))? {
        let wrong = errors(guest.l, &fields);
        return Ok(join_form(guest, &token, &login, &wrong).invalid());
    }
    let entropy = app.keys().entropy().clone();
    let hash = hashing(move || hash_password(&password, entropy.as_ref())).await??;
    let (at, old) = (app.clone(), cookie(&headers, SESSION_COOKIE));
    let redeemed = app
        .control()
        .write(move |tx| {
            let login = redeem_link(tx, &token, &hash)?;
            let session = new_session(tx, &at, old.as_deref(), login.id)?;
            Ok::<_, Error>((login, session))
        })
        .await;
    match redeemed {
        Ok((login, session)) => Ok(let_in(&app, &login, &session, None)?),
        // Somebody used it between the page and the answer.
        Err(Error::NotFound) => Ok(expired(guest)),
        Err(other) => Err(other.into()),
    }
}

fn join_form(guest: Guest, token: &str, login: &Login, errors: &Errors) -> Page {
    let l = guest.l;
    let lead = l.tf("admin-join-lead", &[("name", login.name.as_str().into())]);
    let page = AuthPage {
        l,
        title: l.t("admin-join-title"),
        lead: Some(&lead),
        theme: guest.theme,
        notice: None,
    };
    let action = format!("/join/{token}");
    let body = html! {
        // Read-only, and there so that a password manager keeps the two together.
        (Field::email(l, "email", l.t("admin-email")).value(login.email.as_str())
            .autocomplete("username").attr("readonly", ""))
        (new_password(l, errors).autofocus())
        (buttons(html! { (Button::submit(l.t("admin-join-do")).primary()) }))
    };
    let form = html! { (Form::post(l, &action, "").errors(errors).body(body)) };
    Page::ok(page.page(form, languages(l, &action)))
}

/// The field for a new password; how long it must be is told before.
pub(crate) fn new_password<'a>(l: L, errors: &'a Errors) -> Field<'a> {
    let min = [("min", (PASSWORD_CHARS_MIN as i64).into())];
    Field::password(l, "password", l.t("admin-new-password"))
        .hint(l.tf("admin-password-hint", &min))
        .error(errors.of("password"))
        .autocomplete("new-password")
        .required()
}

/// A link that is used up, replaced or too old: what to do now.
fn expired(guest: Guest) -> Page {
    let l = guest.l;
    let page = AuthPage {
        l,
        title: l.t("admin-expired-title"),
        lead: Some(l.t("admin-expired-lead")),
        theme: guest.theme,
        notice: None,
    };
    let body = html! {
        p { (l.t("admin-expired-invitation")) }
        (buttons(html! {
            (Button::link(l.t("admin-expired-reset"), "/forgot").primary())
            (Button::link(l.t("frame-to-login"), "/login"))
        }))
    };
    Page::ok(page.page(body, html! {})).status(StatusCode::NOT_FOUND)
}
