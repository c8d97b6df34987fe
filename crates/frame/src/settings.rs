//! The settings' own navigation, the same beside every settings page of every room.

use maud::Markup;
use ui::{Chip, L, SettingsGroup, page_head};

use crate::frame::{At, Frame};
use crate::page::Page;

/// A page of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The list of all of them.
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

/// A line of the navigation: the page, its path, its name, what one does there, and the
/// permission that opens it.
struct Line {
    section: Section,
    path: &'static str,
    name: &'static str,
    about: &'static str,
    needs: Option<&'static str>,
}

const fn line(
    section: Section,
    path: &'static str,
    words: (&'static str, &'static str),
    needs: Option<&'static str>,
) -> Line {
    Line { section, path, name: words.0, about: words.1, needs }
}

const YOURS: [Line; 2] = [
    line(Section::Me, "me", ("frame-own-settings", "frame-me-about"), None),
    line(Section::Tokens, "settings/tokens", ("frame-tokens", "frame-tokens-about"), None),
];

const WORKSPACE: [Line; 5] = [
    line(
        Section::Members,
        "settings/members",
        ("frame-members", "frame-members-about"),
        Some("member.read"),
    ),
    line(
        Section::Teams,
        "settings/teams",
        ("frame-teams", "frame-teams-about"),
        Some("member.read"),
    ),
    line(
        Section::Roles,
        "settings/roles",
        ("frame-roles", "frame-roles-about"),
        Some("member.read"),
    ),
    line(
        Section::Mailboxes,
        "settings/mailboxes",
        ("frame-mailboxes", "frame-mailboxes-about"),
        Some("mailbox.manage"),
    ),
    line(
        Section::Desk,
        "settings/desk",
        ("frame-desk", "frame-desk-about"),
        Some("desk.configure"),
    ),
];

const OVERSIGHT: [Line; 2] = [
    line(Section::Jobs, "queues/jobs", ("frame-jobs", "frame-jobs-about"), Some("job.manage")),
    line(Section::Audit, "audit", ("frame-audit", "frame-audit-about"), Some("audit.read")),
];

/// In the order in which they are shown, each group under its heading.
const GROUPS: [(&str, &[Line]); 3] = [
    ("frame-group-you", &YOURS),
    ("frame-group-workspace", &WORKSPACE),
    ("frame-group-oversight", &OVERSIGHT),
];

/// A settings page that is open to this person.
pub struct SettingsPage {
    pub section: Section,
    pub name: &'static str,
    /// What one does there.
    pub about: &'static str,
    pub href: String,
}

impl Frame {
    /// The settings pages that are open to this person, under their headings.
    pub fn open_settings(&self) -> Vec<(&'static str, Vec<SettingsPage>)> {
        let l = self.l;
        let is_open =
            |line: &&Line| line.needs.is_none_or(|key| self.actor().require_key(key).is_ok());
        let page = |line: &Line| SettingsPage {
            section: line.section,
            name: l.t(line.name),
            about: l.t(line.about),
            href: self.path(line.path),
        };
        let group = |(heading, lines): (&str, &[Line])| {
            (l.t(heading), lines.iter().filter(is_open).map(page).collect())
        };
        let groups = GROUPS.into_iter().map(group);
        groups.filter(|(_, pages): &(_, Vec<SettingsPage>)| !pages.is_empty()).collect()
    }

    /// A page with the settings' navigation beside it.
    pub fn settings(&self, current: Section, at: At<'_>, body: Markup) -> Page {
        let open = self.open_settings();
        let chips: Vec<Vec<Chip<'_>>> = open
            .iter()
            .map(|(_, pages)| pages.iter().map(|page| chip(page, current)).collect())
            .collect();
        let groups: Vec<SettingsGroup<'_>> = open
            .iter()
            .zip(&chips)
            .map(|((heading, _), pages)| SettingsGroup { heading, pages })
            .collect();
        self.page(at, ui::settings(self.l, &groups, body))
    }
}

fn chip(page: &SettingsPage, current: Section) -> Chip<'_> {
    Chip::new(page.name, &page.href).current(page.section == current)
}

/// The heading of a settings page, in the words of the line that leads to it.
pub fn settings_head(l: L, section: Section, actions: Markup) -> Markup {
    let line =
        GROUPS.iter().flat_map(|(_, lines)| lines.iter()).find(|line| line.section == section);
    let (name, about) =
        line.map_or(("ui-settings", "frame-settings-about"), |line| (line.name, line.about));
    page_head(l.t(name), Some(l.t(about)), actions)
}
