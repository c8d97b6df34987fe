//! A secret that is shown once: it waits, sealed, in a cookie of the page that shows it.

use axum::http::HeaderMap;
use frame::{Frame, Page, open_text, seal_text};
use maud::{Markup, html};
use platform::web::cookie;
use ui::{Field, L, Tone, notice};

const COOKIE: &str = "once";
const LIVES_S: i64 = 120;

/// Goes to `to`, where the secret is shown.
pub(crate) fn show_at(frame: &Frame, to: &str, secret: &str) -> Page {
    let sealed = seal_text(frame.app().keys(), &purpose(to), secret);
    let flags = "HttpOnly; SameSite=Strict";
    Page::redirect(to).cookie(format!("{COOKIE}={sealed}; Path={to}; {flags}; Max-Age={LIVES_S}"))
}

/// The secret for this address, if there is one to show now.
pub(crate) fn take(frame: &Frame, headers: &HeaderMap, at: &str) -> Option<String> {
    open_text(frame.app().keys(), &purpose(at), &cookie(headers, COOKIE)?)
}

/// Forgets it, so that a reload does not show it again.
pub(crate) fn forget(page: Page, at: &str) -> Page {
    page.cookie(format!("{COOKIE}=; Path={at}; HttpOnly; SameSite=Strict; Max-Age=0"))
}

/// Sealed for one address: no other page opens it.
fn purpose(at: &str) -> String {
    format!("once {at}")
}

/// The secret with what to do with it; a field, because its text can be selected at once.
pub(crate) fn notice_of(l: L, label: &str, what: &str, secret: &str) -> Markup {
    notice(
        Tone::Accent,
        html! {
            div.stack {
                p { (what) }
                (Field::text(l, "once", label).value(secret).attr("readonly", "")
                    .attr("spellcheck", "false").autofocus().autocomplete("off"))
            }
        },
    )
}
