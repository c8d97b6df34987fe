//! Pages outside a workspace: login, a customer's page, errors.

use maud::{Markup, html};

use super::{Document, Theme, brand};
use crate::i18n::L;
use crate::icon::Icon;
use crate::{Button, Tone, parts};

/// Login, forgotten password, first run: one form in the middle.
#[derive(Clone, Copy)]
pub struct AuthPage<'a> {
    pub l: L,
    pub title: &'a str,
    pub lead: Option<&'a str>,
    pub theme: Theme,
    /// A message above the form: logged out, link sent.
    pub notice: Option<(Tone, &'a str)>,
}

impl AuthPage<'_> {
    pub fn page(&self, form: Markup, below: Markup) -> Markup {
        let title = [self.title, self.l.t("ui-brand")].join(" · ");
        let document =
            Document { l: self.l, title: &title, theme: self.theme, csrf: "", scripts: false };
        document.with(html! {
            body.auth {
                main.auth-main id="main" {
                    (brand(self.l))
                    div.auth-card {
                        h1 { (self.title) }
                        @if let Some(lead) = self.lead { p.lead { (lead) } }
                        @if let Some((tone, text)) = self.notice {
                            (parts::notice(tone, html! { p { (text) } }))
                        }
                        (form)
                    }
                    @if !below.0.is_empty() { div.auth-below { (below) } }
                }
            }
        })
    }
}

/// A page for a customer, in the company's name and not in ours.
#[derive(Clone, Copy)]
pub struct PublicPage<'a> {
    pub l: L,
    pub title: &'a str,
    pub company: &'a str,
    /// At the foot: how else to reach the company.
    pub footer: Option<&'a str>,
    /// Links to the same page in other languages: name in that language and address.
    pub languages: &'a [(&'a str, &'a str)],
}

impl PublicPage<'_> {
    pub fn page(&self, body: Markup) -> Markup {
        let title = [self.title, self.company].join(" · ");
        let document =
            Document { l: self.l, title: &title, theme: Theme::System, csrf: "", scripts: false };
        document.with(html! {
            body.public {
                header.public-head {
                    span.public-company { (self.company) }
                    @if !self.languages.is_empty() {
                        nav.public-languages aria-label=(self.l.t("ui-language")) {
                            @for (name, href) in self.languages { a href=(href) { (name) } }
                        }
                    }
                }
                main.public-main id="main" { (body) }
                @if let Some(footer) = self.footer { footer.public-foot { p { (footer) } } }
            }
        })
    }
}

/// An error, said fully: what happened, what was kept, what to do next.
///
/// `page()` is a page of its own; `body()` stands inside a shell.
#[derive(Clone, Copy)]
pub struct ErrorPage<'a> {
    pub l: L,
    pub title: &'a str,
    pub what: &'a str,
    pub kept: Option<&'a str>,
    pub next: &'a [(&'a str, &'a str)],
    /// A number with which the people who run the server find it in the log.
    pub reference: Option<&'a str>,
}

impl<'a> ErrorPage<'a> {
    /// There is nothing at this address, or this person may not see it (both look the same).
    pub fn not_found(l: L) -> ErrorPage<'a> {
        ErrorPage {
            l,
            title: l.t("ui-not-found"),
            what: l.t("ui-not-found-what"),
            kept: None,
            next: &[],
            reference: None,
        }
    }

    /// Something broke on our side.
    pub fn broken(l: L) -> ErrorPage<'a> {
        ErrorPage {
            l,
            title: l.t("ui-broken"),
            what: l.t("ui-broken-what"),
            kept: Some(l.t("ui-broken-kept")),
            next: &[],
            reference: None,
        }
    }

    /// The server has too much to do for a moment.
    pub fn busy(l: L) -> ErrorPage<'a> {
        ErrorPage {
            l,
            title: l.t("ui-busy"),
            what: l.t("ui-busy-what"),
            kept: Some(l.t("ui-broken-kept")),
            next: &[],
            reference: None,
        }
    }

    pub fn body(&self) -> Markup {
        html! {
            div.trouble {
                (Icon::Alert)
                h1 { (self.title) }
                p { (self.what) }
                @if let Some(kept) = self.kept { p { (kept) } }
                div.buttons {
                    @for (index, (label, href)) in self.next.iter().enumerate() {
                        @let button = Button::link(*label, href);
                        @if index == 0 { (button.primary()) } @else { (button) }
                    }
                }
                @if let Some(reference) = self.reference {
                    p.hint { (self.l.tf("ui-reference", &[("number", reference.into())])) }
                }
            }
        }
    }

    pub fn page(&self, theme: Theme) -> Markup {
        let title = [self.title, self.l.t("ui-brand")].join(" · ");
        let document = Document { l: self.l, title: &title, theme, csrf: "", scripts: false };
        document.with(html! {
            body.auth { main.auth-main id="main" { (brand(self.l)) (self.body()) } }
        })
    }
}

/// Something that this person may see but not do: who can, instead of only "no".
pub fn no_permission(l: L, what: &str, who: Option<&str>) -> Markup {
    html! {
        div.trouble {
            (Icon::Lock)
            h1 { (l.t("ui-no-permission")) }
            p { (what) }
            @if let Some(who) = who { p { (who) } }
            @else { p { (l.t("ui-no-permission-who")) } }
        }
    }
}
