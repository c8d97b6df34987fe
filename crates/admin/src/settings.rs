//! The settings' own navigation, their index, and the way from a workspace's address to work.

use frame::{At, Frame, Page, Typed};
use maud::{Markup, html};
use platform::Error;
use platform::web::WebError;
use ui::{Button, Chip, Field, Form, Icon, L, SettingsGroup, empty, page_head};

/// A page of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Index,
    Me,
    Tokens,
    Members,
    Teams,
    Roles,
    Mailboxes,
    Desk,
    Jobs,
    Audit,
}

/// A line of the settings: the page, its path, its name, what one does there, and the permissions
/// of which one opens it.
struct Line {
    section: Section,
    path: &'static str,
    name: &'static str,
    about: &'static str,
    needs: &'static [&'static str],
}

const fn line(
    section: Section,
    path: &'static str,
    name: &'static str,
    about: &'static str,
    needs: &'static [&'static str],
) -> Line {
    Line { section, path, name, about, needs }
}

const YOURS: [Line; 2] = [
    line(Section::Me, "me", "frame-own-settings", "admin-me-about", &[]),
    line(Section::Tokens, "settings/tokens", "admin-tokens", "admin-tokens-about", &[]),
];

const WORKSPACE: [Line; 5] = [
    line(
        Section::Members,
        "settings/members",
        "admin-members",
        "admin-members-about",
        &["member.read"],
    ),
    line(Section::Teams, "settings/teams", "admin-teams", "admin-teams-about", &["member.read"]),
    line(Section::Roles, "settings/roles", "admin-roles", "admin-roles-about", &["member.read"]),
    line(
        Section::Mailboxes,
        "settings/mailboxes",
        "admin-mailboxes",
        "admin-mailboxes-about",
        &["mail.configure", "setting.manage"],
    ),
    line(Section::Desk, "settings/desk", "admin-desk", "admin-desk-about", &["desk.configure"]),
];

const OVERSIGHT: [Line; 2] = [
    line(Section::Jobs, "queues/jobs", "admin-jobs", "admin-jobs-about", &["job.manage"]),
    line(Section::Audit, "audit", "admin-audit", "admin-audit-about", &["audit.read"]),
];

/// In the order in which they are shown, each group under its heading.
const GROUPS: [(&str, &[Line]); 3] = [
    ("admin-group-you", &YOURS),
    ("admin-group-workspace", &WORKSPACE),
    ("admin-group-oversight", &OVERSIGHT),
];

/// A line with its words and address, for this person.
struct Shown {
    section: Section,
    name: &'static str,
    about: &'static str,
    href: String,
}

/// The groups with the pages that this person may open.
fn open_pages(frame: &Frame) -> Vec<(&'static str, Vec<Shown>)> {
    let l = frame.l;
    let allowed = |needs: &[&'static str]| {
        needs.is_empty() || needs.iter().any(|key| frame.actor().require_key(key).is_ok())
    };
    let shown = |line: &Line| Shown {
        section: line.section,
        name: l.t(line.name),
        about: l.t(line.about),
        href: frame.path(line.path),
    };
    let group = |(heading, lines): (&str, &[Line])| {
        (l.t(heading), lines.iter().filter(|line| allowed(line.needs)).map(shown).collect())
    };
    let groups = GROUPS.into_iter().map(group);
    groups.filter(|(_, pages): &(_, Vec<Shown>)| !pages.is_empty()).collect()
}

/// A page with the settings' navigation beside it.
pub(crate) fn in_settings(frame: &Frame, current: Section, at: At<'_>, body: Markup) -> Page {
    let open = open_pages(frame);
    let chip = |page: &'_ Shown| (page.section == current, page.name);
    let chips: Vec<Vec<Chip<'_>>> = open
        .iter()
        .map(|(_, pages)| {
            let one = |page| {
                let (is_current, name) = chip(page);
                Chip::new(name, &page.href).current(is_current)
            };
            pages.iter().map(one).collect()
        })
        .collect();
    let groups: Vec<SettingsGroup<'_>> = open
        .iter()
        .zip(&chips)
        .map(|((heading, _), pages)| SettingsGroup { heading, pages })
        .collect();
    frame.page(at, ui::settings(frame.l, &groups, body))
}

/// `GET /w/{ws}`: to where this person's work begins.
pub async fn home(frame: Frame) -> Page {
    Page::redirect(&frame.home())
}

/// `GET /w/{ws}/settings?q=`: every settings page that this person may open, to be searched.
pub async fn index(frame: Frame, typed: Typed) -> Result<Page, WebError> {
    let l = frame.l;
    let wanted = base::fold(typed.get("q"));
    let fits = |page: &Shown| {
        let words = base::fold(&[page.name, page.about].join(" "));
        wanted.split_whitespace().all(|part| words.contains(part))
    };
    let groups: Vec<(&str, Vec<Shown>)> = open_pages(&frame)
        .into_iter()
        .map(|(heading, pages)| (heading, pages.into_iter().filter(|page| fits(page)).collect()))
        .filter(|(_, pages): &(_, Vec<Shown>)| !pages.is_empty())
        .collect();
    let to = frame.path("settings");
    let search = Form::get(l, &to).inline().body(html! {
        (Field::search(l, "q", l.t("admin-settings-find")).value(typed.get("q")).label_hidden()
            .attr("placeholder", l.t("admin-settings-find")))
        (Button::submit(l.t("admin-find")).icon(Icon::Search))
    });
    let body = html! {
        (page_head(l.t("ui-settings"), Some(l.t("admin-settings-lead")), html! {}))
        (search)
        @if groups.is_empty() {
            (empty(Icon::Search, l.t("admin-settings-none"), l.t("admin-settings-none-what"),
                Some(Button::link(l.t("admin-settings-all"), &to))))
        }
        @for (heading, pages) in &groups { (cards(heading, pages)) }
    };
    let since = frame.read(|_, _| Ok::<_, Error>(()))?.1;
    let at = At { nav: "settings", title: l.t("ui-settings"), since };
    Ok(in_settings(&frame, Section::Index, at, body))
}

fn cards(heading: &str, pages: &[Shown]) -> Markup {
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

/// The heading of a settings page, from the line that leads to it.
pub(crate) fn head(l: L, section: Section, actions: Markup) -> Markup {
    let lines = GROUPS.iter().flat_map(|(_, lines)| lines.iter());
    let line = lines.into_iter().find(|line| line.section == section);
    let (name, about) =
        line.map_or(("ui-settings", "admin-settings-lead"), |line| (line.name, line.about));
    page_head(l.t(name), Some(l.t(about)), actions)
}
