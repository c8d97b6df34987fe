//! The room's addresses, each with its guard.

use platform::web::{Guard, Routes};

use crate::case::pages::{UPLOAD_BYTES_MAX, act, edit, find, list, new, show, write};
use crate::permissions::DeskPermission;
use crate::{category, queue, settings, status, status_link};

/// Pages of this room.
pub fn routes() -> Routes {
    Routes::new().with(inbox()).with(cases()).with(settings()).with(public())
}

/// The inbox and what it is made of.
fn inbox() -> Routes {
    let read = Guard::needs(DeskPermission::ReadCase);
    Routes::new()
        .get("/w/{ws}/inbox", read, list::inbox)
        .get("/w/{ws}/inbox/rows", read, list::rows_part)
        .get("/w/{ws}/inbox/views", read, list::views_part)
        .get("/w/{ws}/find", Guard::Member, find::find)
}

/// A case, and what is done with it.
fn cases() -> Routes {
    let read = Guard::needs(DeskPermission::ReadCase);
    let reply = Guard::needs(DeskPermission::ReplyCase);
    let assign = Guard::needs(DeskPermission::AssignCase);
    let change = Guard::needs(DeskPermission::ChangeCase);
    let create = Guard::needs(DeskPermission::CreateCase);
    let of_case = |rest: &str| format!("/w/{{ws}}/cases/{{number}}{rest}");
    Routes::new()
        .get("/w/{ws}/cases/new", create, new::new)
        .post("/w/{ws}/cases", create, new::create)
        .get(&of_case(""), read, show::show)
        .get(&of_case("/head"), read, show::head_part)
        .get(&of_case("/thread"), read, crate::case::pages::thread_part)
        .get(&of_case("/older"), read, crate::case::pages::older)
        .get(&of_case("/customer"), read, crate::case::pages::side_part)
        .upload(&of_case("/messages"), reply, UPLOAD_BYTES_MAX, write::send)
        .put(&of_case("/draft"), reply, write::draft)
        .post(&of_case("/ownership"), assign, act::take)
        .get(&of_case("/assignment"), assign, act::assignment)
        .post(&of_case("/assignment"), assign, act::assign_to)
        .post(&of_case("/status"), change, act::status)
        .post(&of_case("/resolution"), change, act::resolve)
        .post(&of_case("/reopening"), change, act::reopen)
        .get(&of_case("/edit"), change, edit::edit)
        .post(&of_case(""), change, edit::change)
}

/// How the desk is set up.
fn settings() -> Routes {
    let configure = Guard::needs(DeskPermission::Configure);
    Routes::new()
        .get("/w/{ws}/settings/desk", configure, settings::pages::show)
        .post("/w/{ws}/settings/desk/queues", configure, queue::pages::save)
        .post("/w/{ws}/settings/desk/categories", configure, category::pages::save)
        .post("/w/{ws}/settings/desk/statuses", configure, status::pages::save)
}

/// What a customer sees without signing in.
fn public() -> Routes {
    Routes::new().get("/s/{ws}/{token}", Guard::Public, status_link::pages::show)
}
