//! The inbox: views with counts, and the rows of one of them.

use axum::extract::Query;
use db::Tx;
use frame::{At, Frame, Page};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Actor, Error, Scope};
use serde::Deserialize;
use ui::{Button, Chip, Desk, Icon, L, Live, Pane, Row, times};

use super::{Here, channel_word, priority_tone, priority_word};
use crate::case::{CaseList, CaseNumber, CaseRow, Counts, Order, View, count_cases, list_cases};
use crate::permissions::DeskPermission;
use crate::queue::{Queue, list_queues};

/// One view of the desk, read from one snapshot.
pub(super) struct Listing {
    /// With the view that is shown, also where the address names none.
    pub here: Here,
    pub view: View,
    pub list: CaseList,
    pub counts: Counts,
    /// Those in use that this person may look into.
    pub queues: Vec<Queue>,
}

/// A part of the inbox that refreshes itself.
#[derive(Deserialize)]
pub(crate) struct Part {
    open: Option<CaseNumber>,
}

pub(crate) async fn inbox(frame: Frame, here: Here) -> Result<Page, WebError> {
    let (listing, since) = frame.read(|tx, actor| read(tx, actor, here))?;
    let l = frame.l;
    let at = At { nav: "inbox", title: listing.title(l), since };
    let middle = if listing.list.rows.is_empty() {
        ui::empty(Icon::Check, l.t("desk-nothing-waits"), l.t("desk-nothing-waits-hint"), None)
    } else {
        ui::empty(Icon::Inbox, l.t("desk-choose"), l.t("desk-choose-hint"), None)
    };
    Ok(frame.desk(
        at,
        Desk {
            views: Some(views(&frame, &listing, None)),
            list: pane(&frame, &listing, None),
            middle,
            side: None,
            open: Pane::List,
        },
    ))
}

pub(crate) async fn rows_part(
    frame: Frame,
    here: Here,
    Query(part): Query<Part>,
) -> Result<Page, WebError> {
    let (listing, _) = frame.read(|tx, actor| read(tx, actor, here))?;
    Ok(Page::fragment(pane(&frame, &listing, part.open)))
}

pub(crate) async fn views_part(
    frame: Frame,
    here: Here,
    Query(part): Query<Part>,
) -> Result<Page, WebError> {
    let (listing, _) = frame.read(|tx, actor| overview(tx, actor, here))?;
    Ok(Page::fragment(views(&frame, &listing, part.open)))
}

pub(super) fn read(tx: &mut Tx<'_>, actor: &Actor, here: Here) -> Result<Listing, Error> {
    let listing = overview(tx, actor, here)?;
    let list = list_cases(tx, actor, listing.view, here.order, here.after)?;
    Ok(Listing { list, ..listing })
}

/// The views with their counts, without rows.
fn overview(tx: &mut Tx<'_>, actor: &Actor, here: Here) -> Result<Listing, Error> {
    let counts = count_cases(tx, actor)?;
    let mut queues = list_queues(tx)?;
    let usual = if counts.mine > 0 { View::Mine } else { View::Unassigned };
    let view = here.view.unwrap_or(usual);
    let sees_all = actor.require(DeskPermission::ReadCase)? == Scope::All;
    let counted = |queue: &Queue| counts.queues.iter().any(|(id, _)| *id == queue.id);
    queues.retain(|queue| {
        let theirs = sees_all || queue.team_id.is_some_and(|team| actor.teams.contains(&team));
        (theirs && queue.active) || counted(queue) || view == View::Queue(queue.id)
    });
    let here = Here { view: Some(view), ..here };
    let list = CaseList { rows: Vec::new(), next: None };
    Ok(Listing { here, view, list, counts, queues })
}

impl Listing {
    pub fn title(&self, l: L) -> &str {
        view_name(l, self.view, &self.queues)
    }
}

impl Counts {
    /// How many there are; of finished ones nobody keeps count.
    fn of(&self, view: View) -> Option<i64> {
        match view {
            View::Mine => Some(self.mine),
            View::Unassigned => Some(self.unassigned),
            View::Open => Some(self.open),
            View::Waiting => Some(self.waiting),
            View::Done => None,
            View::Queue(id) => {
                let found = self.queues.iter().find(|(other, _)| *other == id);
                Some(found.map_or(0, |(_, count)| *count))
            }
        }
    }
}

fn view_name(l: L, view: View, queues: &[Queue]) -> &str {
    match view {
        View::Mine => l.t("desk-view-mine"),
        View::Unassigned => l.t("desk-view-unassigned"),
        View::Open => l.t("desk-view-open"),
        View::Waiting => l.t("desk-view-waiting"),
        View::Done => l.t("desk-view-done"),
        View::Queue(id) => {
            let known = queues.iter().find(|queue| queue.id == id);
            known.map_or(l.t("desk-queue"), |queue| queue.name.as_str())
        }
    }
}

/// The address of a part: the place, and the case that is open beside the list.
fn part_path(frame: &Frame, part: &str, here: &Here, open: Option<CaseNumber>) -> String {
    let open = open.map(|number| number.to_string());
    let query = match &open {
        Some(number) => here.query_with(&[("open", number)]),
        None => here.query(),
    };
    frame.path(&[part, &query].concat())
}

/// Views and queues with their counts; they refresh themselves.
pub(super) fn views(frame: &Frame, listing: &Listing, open: Option<CaseNumber>) -> Markup {
    let l = frame.l;
    let fixed = [View::Mine, View::Unassigned, View::Open, View::Waiting, View::Done];
    let of_queues = listing.queues.iter().map(|queue| View::Queue(queue.id));
    let all: Vec<(View, String)> = fixed
        .into_iter()
        .chain(of_queues)
        .map(|view| {
            let there = Here { view: Some(view), ..Here::default() };
            (view, frame.path(&["inbox", &there.query()].concat()))
        })
        .collect();
    let chips: Vec<Chip<'_>> = all
        .iter()
        .map(|(view, href)| {
            let name = view_name(l, *view, &listing.queues);
            let chip = Chip::new(name, href).current(*view == listing.view);
            listing.counts.of(*view).map_or(chip, |count| chip.count(count))
        })
        .collect();
    let (own, queues) = chips.split_at(fixed.len());
    let both = [(l.t("desk-views"), own), (l.t("desk-queues"), queues)];
    let groups = if queues.is_empty() { &both[..1] } else { &both[..] };
    let src = part_path(frame, "inbox/views", &listing.here, open);
    ui::live("desk-views", "cases", &src, ui::views(l, groups))
}

/// The list pane: heading, order, rows, and the way on.
pub(super) fn pane(frame: &Frame, listing: &Listing, open: Option<CaseNumber>) -> Markup {
    let l = frame.l;
    let total = listing.counts.of(listing.view);
    let lead = match total {
        Some(total) => l.tf("desk-count", &[("count", total.into())]),
        None => String::new(),
    };
    let more = listing.list.next.map(|after| {
        let next = Here { after: Some(after), ..listing.here };
        frame.path(&["inbox", &next.query()].concat())
    });
    let rows = &listing.list.rows;
    let query = listing.here.query();
    let body = html! {
        (ui::list_head(l, listing.title(l), &lead, true, tools(frame, listing)))
        @if rows.is_empty() {
            (none(frame, listing))
        } @else {
            (ui::rows(l, "desk-rows", listing.title(l), None, html! {
                @for row in rows { (row_line(frame, row, &query, listing.view, open)) }
                @if more.is_some() || listing.here.after.is_some() {
                    li { (ui::more(l, more.as_deref(), rows.len(), total)) }
                }
            }))
        }
    };
    let src = part_path(frame, "inbox/rows", &listing.here, open);
    let live = Live {
        id: "desk-list",
        class: "",
        topics: "cases",
        src: &src,
        tag: "section",
        hold: true,
        label: None,
    };
    live.with(body)
}

/// The order of the list, a new case, and the search on its usual key.
fn tools(frame: &Frame, listing: &Listing) -> Markup {
    let l = frame.l;
    let at = |order| {
        let there = Here { order, after: None, ..listing.here };
        frame.path(&["inbox", &there.query()].concat())
    };
    let (urgent, newest) = (at(Order::Urgent), at(Order::Newest));
    let here = listing.here.order;
    let orders = [
        Chip::new(l.t("desk-most-urgent"), &urgent).current(here == Order::Urgent),
        Chip::new(l.t("desk-newest"), &newest).current(here == Order::Newest),
    ];
    let new = Button::link(l.t("desk-new-case"), &frame.path("cases/new"));
    html! {
        div.list-tools {
            @if listing.view != View::Done { (ui::chips(l.t("desk-order"), &orders)) }
            @if frame.actor().may(DeskPermission::CreateCase) {
                (new.small().icon(Icon::Plus).hotkey("KeyC"))
            }
            button.hidden type="button" tabindex="-1" data-hotkey="Slash"
                data-action="palette#open" { (l.t("ui-find-label")) }
        }
    }
}

fn row_line(
    frame: &Frame,
    row: &CaseRow,
    query: &str,
    view: View,
    open: Option<CaseNumber>,
) -> Markup {
    let l = frame.l;
    let id = format!("case-{}", row.id);
    let href = frame.path(&format!("cases/{}{query}", row.number));
    let current = open == Some(row.number);
    let channel = channel_word(l, row.channel);
    let owner = row.owner_name.as_deref().filter(|_| view != View::Mine);
    let side = match owner {
        // The given name is enough among colleagues; the head of the case has all of it.
        Some(name) => [name.split(' ').next().unwrap_or(name), " · ", channel].concat(),
        None => channel.to_string(),
    };
    let line = Row {
        last: &row.snippet,
        channel: &side,
        due: waiting(l, row),
        unread: row.unread && !current,
        current,
        ..Row::new(l, &id, &href, &row.contact_name, &row.subject)
    };
    html! { (line) }
}

/// How long the customer has been waiting for a word, else when they last had one.
fn waiting(l: L, row: &CaseRow) -> Markup {
    let tone = priority_tone(row.priority);
    html! {
        @if let Some(tone) = tone { (ui::tag(tone, priority_word(l, row.priority))) " " }
        @match row.waiting_since {
            Some(since) => span.row-waits title=(l.t("desk-waiting-since")) {
                (Icon::Clock) (ui::hidden_words(l.t("desk-waiting-since"))) " "
                (times::when_brief(l, since))
            },
            None => {
                @let at = row.last_customer_at.unwrap_or(row.opened_at);
                time datetime=(at.to_rfc3339()) title=(times::exact(l, at)) {
                    (times::brief(l, at))
                }
            }
        }
    }
}

/// An empty view says so, and where there is work instead.
fn none(frame: &Frame, listing: &Listing) -> Markup {
    let l = frame.l;
    let there = |view| {
        let there = Here { view: Some(view), ..Here::default() };
        frame.path(&["inbox", &there.query()].concat())
    };
    let counts = &listing.counts;
    let (unassigned, open) = (there(View::Unassigned), there(View::Open));
    let next = if listing.view != View::Unassigned && counts.unassigned > 0 {
        Some(Button::link(l.t("desk-to-unassigned"), &unassigned))
    } else if listing.view != View::Open && counts.open > 0 {
        Some(Button::link(l.t("desk-to-open"), &open))
    } else {
        None
    };
    let (title, text) = match listing.view {
        View::Mine => ("desk-none-mine", "desk-none-mine-hint"),
        View::Done => ("desk-none-done", "desk-none-done-hint"),
        _ => ("desk-none", "desk-none-hint"),
    };
    ui::empty(Icon::Inbox, l.t(title), l.t(text), next)
}
