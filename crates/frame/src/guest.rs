//! Somebody of whom only the request is known: login, links from mails, customers' pages.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use base::{UtcMs, Zone};
use platform::App;
use platform::web::cookie;
use ui::{L, Lang, THEME_COOKIE, Theme};

/// The cookie in which a browser remembers a guest's language.
pub const LANG_COOKIE: &str = "lang";
const YEAR_S: i64 = 365 * UtcMs::DAY / UtcMs::SECOND;

/// A reader who is not signed in. The language is `?lang=`, else the cookie, else the browser's.
#[derive(Clone, Copy)]
pub struct Guest {
    pub l: L,
    pub theme: Theme,
    /// The language was asked for in the address: remember it with [`lang_cookie`].
    pub chose_lang: bool,
}

impl FromRequestParts<App> for Guest {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
        let asked = asked.and_then(Lang::from_code);
        let kept = cookie(&parts.headers, LANG_COOKIE).and_then(|code| Lang::from_code(&code));
        let accepted = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let lang = asked.or(kept).unwrap_or(Lang::from_header(accepted.unwrap_or_default()));
        let theme = cookie(&parts.headers, THEME_COOKIE);
        Ok(Guest {
            l: L::new(lang, &Zone::india(), app.clock().now()),
            theme: Theme::from_cookie(theme.as_deref()),
            chose_lang: asked.is_some(),
        })
    }
}

/// The header that remembers a language in this browser.
pub fn lang_cookie(lang: Lang) -> String {
    format!("{LANG_COOKIE}={}; Path=/; SameSite=Lax; Max-Age={YEAR_S}", lang.code())
}

/// The header that brings a person's theme (`auto`, `light`, `dark`) into this browser. Scripts
/// change this cookie, so it is not hidden from them.
pub fn theme_cookie(theme: &str) -> String {
    match theme {
        "light" | "dark" => {
            format!("{THEME_COOKIE}={theme}; Path=/; SameSite=Lax; Max-Age={YEAR_S}")
        }
        _ => format!("{THEME_COOKIE}=; Path=/; SameSite=Lax; Max-Age=0"),
    }
}
