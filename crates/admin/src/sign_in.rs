//! Signing in and out, and choosing among one's workspaces.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use base::UtcMs;
use frame::{Guest, LANG_COOKIE, Page, Typed, field_words, lang_cookie, lang_of, wait_of};
use maud::{Markup, html};
use platform::control::login::{login_by_email, password_matches};
use platform::control::session;
use platform::web::{NEXT_COOKIE, SESSION_COOKIE, Visitor, WebError, cookie, session_cookie};
use platform::{App, FieldError};
use ui::{AuthPage, Button, Errors, Field, Form, Icon, L, Lang, Tone, buttons, form::act};

use crate::visitor::{ClientIp, address_key, hashing, let_in, new_session, place_home, places_of};

const WINDOW_MS: i64 = 15 * UtcMs::MINUTE;
const TRIES_PER_ADDRESS_MAX: u32 = 10;
const TRIES_PER_IP_MAX: u32 = 60;

/// `GET /login`. Who is signed in already goes on to work.
pub async fn page(
    State(app): State<App>,
    guest: Guest,
    headers: HeaderMap,
    typed: Typed,
) -> Result<Page, WebError> {
    if let Some(token) = cookie(&headers, SESSION_COOKIE)
        && app.control().read(|tx| session::find(tx, &token))?.is_some()
    {
        return Ok(Page::redirect("/"));
    }
    Ok(remember(guest, form(guest, &typed, &Errors::new())))
}

/// `POST /login`. An unknown address and a wrong password get the same answer in the same time.
pub async fn enter(
    State(app): State<App>,
    guest: Guest,
    ip: ClientIp,
    headers: HeaderMap,
    typed: Typed,
) -> Result<Page, WebError> {
    let l = guest.l;
    let mut errors = Errors::new();
    for field in ["email", "password"] {
        if typed.get(field).is_empty() {
            errors.add(field, field_words(l, &FieldError::new(field, "error-required")));
        }
    }
    if !errors.is_empty() {
        return Ok(form(guest, &typed, &errors).invalid());
    }
    let key = address_key("login", typed.get("email"));
    let counted = ip
        .count(&app, "login", TRIES_PER_IP_MAX, WINDOW_MS)
        .and_then(|()| app.limiter().count(&key, TRIES_PER_ADDRESS_MAX, WINDOW_MS));
    if let Err(refused) = counted {
        errors.add_whole(wait_of(l, &refused).unwrap_or_default());
        return Ok(form(guest, &typed, &errors).status(StatusCode::TOO_MANY_REQUESTS));
    }
    let login = app.control().read(|tx| login_by_email(tx, typed.get("email")))?;
    let password = typed.get("password").to_string();
    let (login, right) = hashing(move || {
        let right = password_matches(login.as_ref(), &password);
        (login, right)
    })
    .await?;
    let Some(login) = login.filter(|_| right) else {
        errors.add_whole(l.t("admin-login-wrong"));
        return Ok(form(guest, &typed, &errors).invalid());
    };
    app.limiter().forget(&key);
    let (id, at) = (login.id, app.clone());
    let old = cookie(&headers, SESSION_COOKIE);
    let begin = move |tx: &mut db::Tx<'_>| new_session(tx, &at, old.as_deref(), id);
    let token = app.control().write(begin).await?;
    let next = cookie(&headers, NEXT_COOKIE);
    Ok(let_in(&app, &login, &token, next.as_deref())?)
}

/// `POST /logout`.
pub async fn leave(visitor: Visitor, headers: HeaderMap) -> Result<Page, WebError> {
    let app = visitor.app;
    if let Some(token) = cookie(&headers, SESSION_COOKIE) {
        app.control().write(move |tx| session::end(tx, &token)).await?;
    }
    Ok(Page::redirect("/login?out=1").cookie(session_cookie(&app, "")))
}

/// `GET /`: the workspaces of this login; straight into the only one.
pub async fn workspaces(visitor: Visitor, guest: Guest) -> Result<Page, WebError> {
    let places = places_of(&visitor.app, &visitor.login)?;
    if let [(row, actor)] = places.as_slice() {
        return Ok(Page::redirect(&place_home(row, actor)));
    }
    let l = L::new(lang_of(&visitor.login.lang), guest.l.zone(), guest.l.now());
    let lead = match places.is_empty() {
        true => l.t("admin-no-workspace"),
        false => l.t("admin-workspaces-lead"),
    };
    let page = AuthPage {
        l,
        title: l.t("admin-workspaces"),
        lead: Some(lead),
        theme: guest.theme,
        notice: None,
    };
    let list = html! {
        @if !places.is_empty() {
            ul.plain-list {
                @for (row, actor) in &places {
                    li {
                        (Button::link(row.name.as_str(), &place_home(row, actor))
                            .icon(Icon::Building))
                    }
                }
            }
        }
    };
    let out = Button::submit(l.t("ui-log-out")).quiet().icon(Icon::Exit);
    let signed_in = l.tf("admin-signed-in-as", &[("email", visitor.login.email.as_str().into())]);
    let below = html! { p { (signed_in) } (act(l, "/logout", "", out)) };
    Ok(Page::ok(page.page(list, below)))
}

fn form(guest: Guest, typed: &Typed, errors: &Errors) -> Page {
    let l = guest.l;
    let notice = typed.ticked("out").then(|| (Tone::Calm, l.t("admin-logged-out")));
    let page = AuthPage { l, title: l.t("admin-login"), lead: None, theme: guest.theme, notice };
    let email = Field::email(l, "email", l.t("admin-email"))
        .value(typed.get("email"))
        .error(errors.of("email"))
        .autocomplete("username")
        .required();
    // After a mistake the address stands; it is the password that is typed again.
    let again = typed.some("email").is_some();
    let email = if again { email } else { email.autofocus() };
    let password = Field::password(l, "password", l.t("admin-password"))
        .error(errors.of("password"))
        .required();
    let password = if again { password.autofocus() } else { password };
    let body = html! {
        (email)
        (password)
        (buttons(html! { (Button::submit(l.t("admin-login-do")).primary()) }))
    };
    let below = html! {
        p { a href="/forgot" { (l.t("admin-forgot")) } }
        (languages(l, "/login"))
    };
    Page::ok(page.page(html! { (Form::post(l, "/login", "").errors(errors).body(body)) }, below))
}

/// The same page in the other languages, each in its own name.
pub(crate) fn languages(l: L, path: &str) -> Markup {
    html! {
        p {
            @for lang in Lang::CHOICES.into_iter().filter(|lang| *lang != l.lang()) {
                a href={ (path) "?lang=" (lang.code()) } lang=(lang.code()) { (lang.own_name()) }
            }
        }
    }
}

/// Keeps a language that was chosen by its link.
pub(crate) fn remember(guest: Guest, page: Page) -> Page {
    debug_assert_eq!(LANG_COOKIE, "lang", "the link's parameter and the cookie have one name");
    if guest.chose_lang { page.cookie(lang_cookie(guest.l.lang())) } else { page }
}
