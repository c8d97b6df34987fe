//! The index of the settings, and the way from a workspace's address to work.

use frame::{At, Frame, Page, Section, SettingsPage, Typed, settings_head};
use maud::{Markup, html};
use platform::Error;
use platform::web::WebError;
use ui::{Button, Field, Form, Icon, empty};

/// `GET /w/{ws}`: to where this person's work begins.
pub async fn home(frame: Frame) -> Page {
    Page::redirect(&frame.home())
}

/// `GET /w/{ws}/settings?q=`: every settings page that this person may open, to be searched.
pub async fn index(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let l = frame.l;
    let wanted = base::fold(typed.get("q"));
    let fits = |page: &SettingsPage| {
        let words = base::fold(&[page.name, page.about].join(" "));
        wanted.split_whitespace().all(|part| words.contains(part))
    };
    let groups: Vec<(&str, Vec<SettingsPage>)> = frame
        .open_settings()
        .into_iter()
        .map(|(heading, pages)| (heading, pages.into_iter().filter(|page| fits(page)).collect()))
        .filter(|(_, pages): &(_, Vec<SettingsPage>)| !pages.is_empty())
        .collect();
    let to = frame.path("settings");
    let search = Form::get(l, &to).inline().body(html! {
        (Field::search(l, "q", l.t("admin-settings-find")).value(typed.get("q")).label_hidden()
            .attr("placeholder", l.t("admin-settings-find")))
        (Button::submit(l.t("admin-find")).icon(Icon::Search))
    });
    let body = html! {
        (settings_head(l, Section::Index, html! {}))
        (search)
        @if groups.is_empty() {
            (empty(Icon::Search, l.t("admin-settings-none"), l.t("admin-settings-none-what"),
                Some(Button::link(l.t("admin-settings-all"), &to))))
        }
        @for (heading, pages) in &groups { (cards(heading, pages)) }
    };
    let since = frame.read(|_, _| Ok::<_, Error>(()))?.1;
    let at = At { nav: "settings", title: l.t("ui-settings"), since };
    Ok(frame.settings(Section::Index, at, body))
}

fn cards(heading: &str, pages: &[SettingsPage]) -> Markup {
    html! {
        section.card {
            h2 { (heading) }
            dl.facts {
                @for page in pages {
                    dt { a href=(page.href) { (page.name) } }
                    dd { (page.about) }
                }
            }
        }
    }
}
