//! One case: head, thread, composer, customer, with the list it was opened from beside it.

use db::Tx;
use frame::{At, Frame, Page};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Actor, Error};
use ui::{Button, Desk, Dialog, Icon, Pane, times};

use super::list::{self, Listing};
use super::names::Names;
use super::write::{Typing, composer};
use super::{
    Here, Numbered, act, priority_tone, priority_word, side, status_tone, thread, type_word,
};
use crate::case::{
    Case, CaseNumber, CasePage, CaseRow, case_by_id, case_page, cases_of_contact, mark_read,
};
use crate::kinds::StatusType;
use crate::permissions::DeskPermission;

/// All that a case's page shows, from one snapshot.
pub(super) struct Opened {
    pub page: CasePage,
    pub names: Names,
    /// All cases of the customer that this person may see, newest first.
    pub of_customer: Vec<CaseRow>,
    /// The case that this one has to do with.
    pub related: Option<CaseNumber>,
}

pub(super) fn read(tx: &mut Tx<'_>, actor: &Actor, number: &CaseNumber) -> Result<Opened, Error> {
    let page = case_page(tx, actor, number)?;
    let of_customer = cases_of_contact(tx, actor, page.case.contact_id)?;
    let related = match page.case.related_id {
        // It may be out of this person's reach: then there is no link to it.
        Some(id) => case_by_id(tx, actor, id).ok().map(|case| case.number),
        None => None,
    };
    Ok(Opened { names: Names::read(tx, actor)?, page, of_customer, related })
}

pub(crate) async fn show(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
) -> Result<Page, WebError> {
    let page = page(&frame, here, number, &Typing::default())?;
    Ok(page)
}

/// The whole page; `typing` is what came back from the composer with an error.
pub(super) fn page(
    frame: &Frame,
    here: Here,
    number: CaseNumber,
    typing: &Typing,
) -> Result<Page, WebError> {
    let ((listing, opened), since) = frame.read(|tx, actor| {
        Ok::<_, Error>((list::read(tx, actor, here)?, read(tx, actor, &number)?))
    })?;
    let l = frame.l;
    let case = &opened.page.case;
    if case.unread {
        looked_at(frame, case);
    }
    let title = [&number.to_string(), " · ", &case.subject].concat();
    let at = At { nav: "inbox", title: &title, since };
    let desk = Desk {
        views: Some(list::views(frame, &listing, Some(number))),
        list: list::pane(frame, &listing, Some(number)),
        middle: html! {
            (head(frame, &listing.here, &opened))
            (ui::thread(l, "case-thread", html! {
                (thread::earlier(frame, &listing.here, &opened.page))
                (thread::part(frame, &listing.here, &opened))
            }))
            (composer(frame, &listing.here, &opened.page, typing))
            (dialogs(frame, &listing, &opened))
        },
        side: Some(side::part(frame, &listing.here, &opened)),
        open: Pane::Middle,
    };
    Ok(frame.desk(at, desk))
}

/// Somebody looks at it: the mark goes, behind the page's back. That it stays once is no harm.
fn looked_at(frame: &Frame, case: &Case) {
    let (frame, id) = (frame.clone(), case.id);
    tokio::spawn(async move {
        let marked = frame.write(move |tx, actor| mark_read(tx, actor, id)).await;
        if let Err(error) = marked {
            tracing::debug!(%error, case = id.0, "a case could not be marked as read");
        }
    });
}

pub(crate) async fn head_part(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
) -> Result<Page, WebError> {
    let (opened, _) = frame.read(|tx, actor| read(tx, actor, &number))?;
    Ok(Page::fragment(head(&frame, &here, &opened)))
}

/// An address of this case: `at(frame, here, number, "/status")`.
pub(super) fn at(frame: &Frame, here: &Here, number: CaseNumber, rest: &str) -> String {
    frame.path(&format!("cases/{number}{rest}{}", here.query()))
}

/// Subject, what can be done, and the facts; it refreshes itself.
fn head(frame: &Frame, here: &Here, opened: &Opened) -> Markup {
    let l = frame.l;
    let case = &opened.page.case;
    let back = frame.path(&["inbox", &here.query()].concat());
    let facts = html! {
        (ui::facts_line(identity(frame, opened)))
        (ui::facts_line(standing(frame, opened)))
    };
    let body = ui::case_head(l, &back, &case.subject, actions(frame, here, opened), facts);
    let src = at(frame, here, case.number, "/head");
    ui::live("case-head", &format!("case:{}", case.id), &src, body)
}

/// What it is: number, type, status, category, priority.
fn identity(frame: &Frame, opened: &Opened) -> Markup {
    let l = frame.l;
    let (page, case) = (&opened.page, &opened.page.case);
    let tone = priority_tone(case.priority);
    html! {
        span { b { (case.number) } " · " (type_word(l, case.case_type)) }
        (ui::status(status_tone(case.status), &page.status_label))
        @if let Some(category) = &page.category_name { span { (category) } }
        @if let Some(tone) = tone { (ui::tag(tone, priority_word(l, case.priority))) }
    }
}

/// Where it stands: whose it is, where, and since when somebody waits.
fn standing(frame: &Frame, opened: &Opened) -> Markup {
    let l = frame.l;
    let (page, case) = (&opened.page, &opened.page.case);
    let mine = case.owner_id == Some(frame.actor().member_id);
    html! {
        span {
            @match &page.owner_name {
                Some(_) if mine => { (l.t("desk-yours")) },
                Some(name) => { (name) },
                None => { b { (l.t("desk-nobodys")) } },
            }
            @if let Some(queue) = &page.queue_name { " · " (queue) }
        }
        @if let Some(since) = case.waiting_since {
            span.row-waits { (Icon::Clock) " " (l.t("desk-waiting-since")) " "
                (times::when(l, since)) }
        } @else {
            span { (l.t("desk-opened")) " " (times::when(l, case.opened_at)) }
        }
        @if let Some(number) = opened.related {
            span { (l.t("desk-related")) " "
                a href=(frame.path(&format!("cases/{number}"))) { (number) } }
        }
    }
}

fn actions(frame: &Frame, here: &Here, opened: &Opened) -> Markup {
    let l = frame.l;
    let case = &opened.page.case;
    let may = |permission: DeskPermission| frame.actor().may(permission);
    let to = |rest: &str| at(frame, here, case.number, rest);
    let assign = Button::link(l.t("desk-assign"), &to("/assignment"));
    html! {
        @if may(DeskPermission::AssignCase) {
            @if case.owner_id.is_none() {
                (frame.act(&to("/ownership"), Button::submit(l.t("desk-take")).hotkey("KeyT")))
            }
            (assign.opens("assign").hotkey("KeyA"))
        }
        @if may(DeskPermission::ChangeCase) {
            @if case.status.is_live() {
                (frame.act(&to("/resolution"),
                    Button::submit(l.t("desk-resolve")).hotkey("KeyE")))
            } @else {
                (frame.act(&to("/reopening"),
                    Button::submit(l.t("desk-reopen")).hotkey("KeyO")))
            }
            (ui::menu(l.t("desk-more"), Some(Icon::More), menu(frame, here, opened)))
        }
    }
}

/// Other statuses, and the fields.
fn menu(frame: &Frame, here: &Here, opened: &Opened) -> Markup {
    let l = frame.l;
    let case = &opened.page.case;
    let action = at(frame, here, case.number, "/status");
    let edit = at(frame, here, case.number, "/edit");
    let statuses = opened.names.statuses.iter().filter(|status| {
        let back_to_new = status.status_type == StatusType::New;
        status.active && status.id != case.status_id && !back_to_new
    });
    html! {
        (Button::link(l.t("desk-edit"), &edit).quiet().icon(Icon::Edit).hotkey("KeyD"))
        p.menu-title { (l.t("desk-set-status")) }
        (frame.form(&action).bare().body(html! {
            @for status in statuses {
                @let id = status.id.to_string();
                (Button::submit(status.label.as_str()).quiet().sends("status", &id))
            }
        }))
    }
}

fn dialogs(frame: &Frame, listing: &Listing, opened: &Opened) -> Markup {
    let l = frame.l;
    let case = &opened.page.case;
    if !frame.actor().may(DeskPermission::AssignCase) {
        return html! {};
    }
    let form = act::assignment_form(frame, &listing.here, case, &opened.names, &ui::Errors::new());
    let dialog = Dialog::new(l, "assign", l.t("desk-assign-title")).body(html! {
        (form)
    });
    html! { (dialog) }
}
