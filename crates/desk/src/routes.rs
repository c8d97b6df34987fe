//! The room's addresses, each with its guard.

use platform::web::{Guard, Routes};

use crate::case::pages::{UPLOAD_BYTES_MAX, act, edit, list, show, write};
use crate::permissions::DeskPermission;

/// Pages of this room.
pub fn routes() -> Routes {
    Routes::new().with(inbox()).with(cases())
}

/// The inbox and what it is made of.
fn inbox() -> Routes {
    let read = Guard::needs(DeskPermission::ReadCase);
    Routes::new()
        .get("/w/{ws}/inbox", read, list::inbox)
        .get("/w/{ws}/inbox/rows", read, list::rows_part)
        .get("/w/{ws}/inbox/views", read, list::views_part)
}

/// A case, and what is done with it.
fn cases() -> Routes {
    let read = Guard::needs(DeskPermission::ReadCase);
    let reply = Guard::needs(DeskPermission::ReplyCase);
    let assign = Guard::needs(DeskPermission::AssignCase);
    let change = Guard::needs(DeskPermission::ChangeCase);
    let of_case = |rest: &str| format!("/w/{{ws}}/cases/{{number}}{rest}");
    Routes::new()
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
