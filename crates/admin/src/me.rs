//! A person's own settings: language, colours, password.

use axum::http::HeaderMap;
use base::UtcMs;
use frame::{
    At, Flash, Frame, Page, Section, Typed, errors, fields_of, lang_cookie, lang_of, theme_cookie,
    wait_of,
};
use maud::html;
use platform::Error;
use platform::control::login::{
    Login, check_password, find_login, hash_password, password_matches, set_password,
    set_preferences,
};
use platform::web::{SESSION_COOKIE, WebError, cookie, session_cookie};
use ui::{Button, Choice, Errors, Field, Lang, buttons, card, page_head};

use crate::password::new_password;
use crate::visitor::{hashing, new_session};

const TRIES_MAX: u32 = 10;
const WINDOW_MS: i64 = 15 * UtcMs::MINUTE;

/// What is wrong with either of the two forms.
#[derive(Default)]
struct Wrong {
    preferences: Errors,
    password: Errors,
}

/// `GET /w/{ws}/me`.
pub async fn page(frame: Frame) -> Result<Page, WebError> {
    let login = own_login(&frame)?;
    let typed = Typed::new().with("lang", &login.lang).with("theme", &login.theme);
    show(&frame, &typed, &Wrong::default())
}

/// `POST /w/{ws}/me`: language and colours.
pub async fn save(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let (lang, theme) = (typed.get("lang").to_string(), typed.get("theme").to_string());
    let login_id = frame.actor().login_id;
    let (new_lang, new_theme) = (lang.clone(), theme.clone());
    let saved = frame
        .app()
        .control()
        .write(move |tx| set_preferences(tx, login_id, &new_lang, &new_theme))
        .await;
    match fields_of(saved)? {
        Ok(()) => Ok(Page::redirect(&frame.path("me"))
            .flash(&Flash::done("admin-me-saved"))
            .cookie(lang_cookie(lang_of(&lang)))
            .cookie(theme_cookie(&theme))),
        Err(fields) => {
            let wrong = Wrong { preferences: errors(frame.l, &fields), ..Wrong::default() };
            Ok(show(&frame, &typed, &wrong)?.invalid())
        }
    }
}

/// `POST /w/{ws}/me/password`. Every other session of this person ends.
pub async fn change_password(
    frame: Frame,
    headers: HeaderMap,
    typed: Typed,
) -> Result<Page, WebError> {
    let app = frame.app().clone();
    let login = own_login(&frame)?;
    let key = format!("password:{}", login.id);
    let mut wrong = Errors::new();
    if let Err(refused) = app.limiter().count(&key, TRIES_MAX, WINDOW_MS) {
        wrong.add("current", wait_of(frame.l, &refused).unwrap_or_default());
        return refuse_password(&frame, wrong);
    }
    let (id, current) = (login.id, typed.get("current").to_string());
    if !hashing(move || password_matches(Some(&login), &current)).await? {
        wrong.add("current", frame.l.t("admin-password-wrong"));
    }
    let password = typed.get("password").to_string();
    if let Err(fields) = fields_of(check_password(&password))? {
        let words = fields.iter().map(|error| frame::field_words(frame.l, error));
        words.for_each(|text| wrong.add("password", text));
    }
    if !wrong.is_empty() {
        return refuse_password(&frame, wrong);
    }
    app.limiter().forget(&key);
    let entropy = app.keys().entropy().clone();
    let hash = hashing(move || hash_password(&password, entropy.as_ref())).await??;
    let (at, old) = (app.clone(), cookie(&headers, SESSION_COOKIE));
    let session = app
        .control()
        .write(move |tx| {
            set_password(tx, id, &hash)?;
            new_session(tx, &at, old.as_deref(), id)
        })
        .await?;
    Ok(Page::redirect(&frame.path("me"))
        .flash(&Flash::done("admin-password-changed"))
        .cookie(session_cookie(&app, &session)))
}

fn refuse_password(frame: &Frame, password: Errors) -> Result<Page, WebError> {
    let login = own_login(frame)?;
    let typed = Typed::new().with("lang", &login.lang).with("theme", &login.theme);
    Ok(show(frame, &typed, &Wrong { password, ..Wrong::default() })?.invalid())
}

fn own_login(frame: &Frame) -> Result<Login, Error> {
    let id = frame.actor().login_id;
    frame.app().control().read(|tx| find_login(tx, id))?.ok_or(Error::NotFound)
}

fn show(frame: &Frame, typed: &Typed, wrong: &Wrong) -> Result<Page, WebError> {
    let l = frame.l;
    let mut langs: Vec<Choice<'_>> =
        Lang::CHOICES.map(|lang| Choice::new(lang.code(), lang.own_name())).into();
    if typed.get("lang") == "pseudo" {
        // Nobody is offered the test locale, but who has it must not lose it by saving.
        langs.push(Choice::new("pseudo", Lang::Pseudo.own_name()));
    }
    let themes = [
        Choice::new("auto", l.t("ui-theme-system")),
        Choice::new("light", l.t("ui-theme-light")),
        Choice::new("dark", l.t("ui-theme-dark")),
    ];
    let (to, to_password) = (frame.path("me"), frame.path("me/password"));
    let preferences = frame.form(&to).errors(&wrong.preferences).body(html! {
        (Field::radios(l, "lang", l.t("ui-language"), &langs).value(typed.get("lang"))
            .error(wrong.preferences.of("lang")))
        (Field::radios(l, "theme", l.t("ui-theme"), &themes).value(typed.get("theme"))
            .hint(l.t("admin-theme-hint")).error(wrong.preferences.of("theme")))
        // Language and colours belong to the whole document, so the whole is loaded again.
        (buttons(html! {
            (Button::submit(l.t("admin-save")).primary().attr("data-turbo", "false"))
        }))
    });
    let password = frame.form(&to_password).errors(&wrong.password).body(html! {
        (Field::password(l, "current", l.t("admin-current-password"))
            .error(wrong.password.of("current")).required())
        (new_password(l, &wrong.password))
        (buttons(html! { (Button::submit(l.t("admin-change-password"))) }))
    });
    let actor = frame.actor();
    let body = html! {
        (page_head(&actor.name, Some(&actor.email), html! {}))
        (card(None, html! { (preferences) }))
        (card(Some(l.t("admin-change-password")), html! {
            p.hint { (l.t("admin-change-password-hint")) }
            (password)
        }))
    };
    let since = frame.read(|_, _| Ok::<_, Error>(()))?.1;
    let at = At { nav: "settings", title: l.t("frame-own-settings"), since };
    Ok(frame.settings(Section::Me, at, body))
}
