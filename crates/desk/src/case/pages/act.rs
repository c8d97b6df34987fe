//! What one does with a case in one press: take it, give it away, end it, bring it back.

use axum::extract::Query;
use db::Tx;
use frame::{At, Flash, Frame, Page, Typed, errors, fields_of};
use maud::{Markup, html};
use platform::web::WebError;
use platform::{Actor, Error, MemberId};
use serde::Deserialize;
use ui::form::Choice;
use ui::{Button, Errors, Field};

use super::names::Names;
use super::show::at;
use super::{Here, Numbered};
use crate::case::{
    Assignment, Case, CaseNumber, assign, case_by_number, reopen_case, resolve_case, set_status,
    take_case,
};
use crate::kinds::StatusType;
use crate::queue::QueueId;
use crate::status::StatusId;

/// What "undo" puts back; it stands in the address, because its form is only a button.
#[derive(Default, Deserialize)]
pub(crate) struct Undo {
    owner: Option<String>,
    queue: Option<String>,
    status: Option<i64>,
}

/// Takes a case of nobody's.
pub(crate) async fn take(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
) -> Result<Page, WebError> {
    let taken = frame
        .write(move |tx, actor| {
            let case = case_by_number(tx, actor, &number)?;
            take_case(tx, actor, case.id)
        })
        .await;
    let page = Page::redirect(&at(&frame, &here, number, ""));
    match taken {
        Err(Error::Conflict) => Ok(page.flash(&Flash::warn("desk-taken-already"))),
        other => {
            other?;
            Ok(page.flash(&Flash::done("desk-taken")))
        }
    }
}

/// The form of its own, for who has no script, or typed something that cannot be.
pub(crate) async fn assignment(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
) -> Result<Page, WebError> {
    assignment_page(&frame, &here, number, &Errors::new())
}

fn assignment_page(
    frame: &Frame,
    here: &Here,
    number: CaseNumber,
    errors: &Errors,
) -> Result<Page, WebError> {
    let ((case, names), since) = frame.read(|tx, actor| {
        Ok::<_, Error>((case_by_number(tx, actor, &number)?, Names::read(tx, actor)?))
    })?;
    let title = frame.l.t("desk-assign-title");
    let form = assignment_form(frame, here, &case, &names, errors);
    let body = html! {
        (ui::crumbs(frame.l, &[(&number.to_string(), &at(frame, here, number, ""))], title))
        (ui::page_head(title, Some(&case.subject), html! {}))
        (ui::card(None, form))
    };
    Ok(frame.page(At { nav: "inbox", title, since }, body))
}

/// To whom and into which queue.
pub(super) fn assignment_form(
    frame: &Frame,
    here: &Here,
    case: &Case,
    names: &Names,
    errors: &Errors,
) -> Markup {
    let l = frame.l;
    let me = frame.actor().member_id;
    let mut owners =
        vec![Choice::new(me.to_string(), l.t("desk-me")), Choice::new("", l.t("desk-nobody"))];
    let others = names
        .members
        .iter()
        .filter(|member| member.id != me && (member.active || case.owner_id == Some(member.id)));
    owners.extend(others.map(|member| Choice::new(member.id.to_string(), &member.name)));
    let mut queues = vec![Choice::new("", l.t("desk-no-queue"))];
    let in_use =
        names.queues.iter().filter(|queue| queue.active || case.queue_id == Some(queue.id));
    queues.extend(in_use.map(|queue| Choice::new(queue.id.to_string(), &queue.name)));
    let text = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let action = at(frame, here, case.number, "/assignment");
    let form = frame.form(&action).errors(errors).body(html! {
        (Field::select(l, "owner", l.t("desk-owner"), &owners)
            .value(text(case.owner_id.map(|id| id.0).or(Some(me.0))))
            .error(errors.of("owner")).autofocus())
        (Field::select(l, "queue", l.t("desk-queue"), &queues)
            .value(text(case.queue_id.map(|id| id.0))).error(errors.of("queue")))
        (ui::buttons(html! {
            (Button::submit(l.t("desk-assign")).primary())
            (Button::link(l.t("ui-cancel"), &at(frame, here, case.number, ""))
                .attr("data-action", "dialog#close"))
        }))
    });
    html! { (form) }
}

/// Gives a case to somebody, to a queue, or to nobody.
pub(crate) async fn assign_to(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
    Query(undo): Query<Undo>,
    typed: Typed,
) -> Result<Page, WebError> {
    let is_undo = undo.owner.is_some();
    let owner = undo.owner.unwrap_or_else(|| typed.get("owner").to_string());
    let queue = undo.queue.unwrap_or_else(|| typed.get("queue").to_string());
    let read = |text: &str| text.trim().parse::<i64>().ok();
    let to =
        Assignment { owner_id: read(&owner).map(MemberId), queue_id: read(&queue).map(QueueId) };
    let given = frame
        .write(move |tx, actor| {
            let before = case_by_number(tx, actor, &number)?;
            assign(tx, actor, before.id, &to)?;
            // Given away out of one's own reach: there is nothing to go back to.
            let seen = case_by_number(tx, actor, &number).is_ok();
            Ok::<_, Error>((before, seen))
        })
        .await;
    let (before, seen) = match fields_of(given)? {
        Ok(done) => done,
        Err(fields) => {
            let errors = errors(frame.l, &fields);
            return Ok(assignment_page(&frame, &here, number, &errors)?.invalid());
        }
    };
    if !seen {
        let inbox = frame.path(&["inbox", &here.query()].concat());
        return Ok(Page::redirect(&inbox).flash(&Flash::done("desk-given-away")));
    }
    let page = Page::redirect(&at(&frame, &here, number, ""));
    if is_undo {
        return Ok(page.flash(&Flash::done("desk-undone")));
    }
    let text = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let (owner, queue) =
        (text(before.owner_id.map(|id| id.0)), text(before.queue_id.map(|id| id.0)));
    let query = here.query_with(&[("owner", &owner), ("queue", &queue)]);
    let undo = frame.path(&format!("cases/{number}/assignment{query}"));
    Ok(page.flash(&Flash::done("desk-assigned").undo(&undo)))
}

/// Any status of the menu; also what "undo" of an end does.
pub(crate) async fn status(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
    Query(undo): Query<Undo>,
    typed: Typed,
) -> Result<Page, WebError> {
    let id = undo.status.or(typed.number("status")).map(StatusId);
    let id = id.ok_or_else(|| Error::field("status", "error-choose-from-list"))?;
    let said = if undo.status.is_some() { "desk-undone" } else { "desk-status-set" };
    move_on(frame, here, number, said, move |tx, actor, case| set_status(tx, actor, case.id, id))
        .await
}

pub(crate) async fn resolve(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
) -> Result<Page, WebError> {
    let use_case = |tx: &mut Tx<'_>, actor: &Actor, case: &Case| resolve_case(tx, actor, case.id);
    move_on(frame, here, number, "desk-resolved", use_case).await
}

pub(crate) async fn reopen(
    frame: Frame,
    here: Here,
    Numbered(number): Numbered,
) -> Result<Page, WebError> {
    let use_case = |tx: &mut Tx<'_>, actor: &Actor, case: &Case| reopen_case(tx, actor, case.id);
    move_on(frame, here, number, "desk-reopened", use_case).await
}

/// Changes the status, says so, and offers the way back where there is one.
async fn move_on(
    frame: Frame,
    here: Here,
    number: CaseNumber,
    said: &str,
    use_case: impl FnOnce(&mut Tx<'_>, &Actor, &Case) -> Result<(), Error> + Send + 'static,
) -> Result<Page, WebError> {
    let before = frame
        .write(move |tx, actor| {
            let case = case_by_number(tx, actor, &number)?;
            use_case(tx, actor, &case)?;
            Ok::<_, Error>(case)
        })
        .await?;
    let back = before.status_id.to_string();
    let flash = Flash::done(said);
    let flash = match before.status {
        _ if said == "desk-undone" => flash,
        // A case never becomes new again: an end taken back leaves it open.
        StatusType::New if said == "desk-resolved" => {
            flash.undo(&at(&frame, &here, number, "/reopening"))
        }
        StatusType::New => flash,
        _ => {
            let query = here.query_with(&[("status", &back)]);
            flash.undo(&frame.path(&format!("cases/{number}/status{query}")))
        }
    };
    Ok(Page::redirect(&at(&frame, &here, number, "")).flash(&flash))
}
