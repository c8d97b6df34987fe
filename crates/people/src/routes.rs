//! The room's addresses, each with its guard.

use axum::extract::Path;
use frame::{Frame, Page};
use platform::web::{Guard, Routes, WebError};

use crate::account::pages as accounts;
use crate::contact::pages as contacts;
use crate::contact::{ContactId, api};
use crate::panel::Panel;
use crate::permissions::PeoplePermission;

/// Pages and API of this room; `panels` are what rooms above show on a customer's page.
pub fn routes(panels: &'static [Panel]) -> Routes {
    let read = Guard::needs(PeoplePermission::ReadContact);
    let write = Guard::needs(PeoplePermission::WriteContact);
    let show = move |frame: Frame, Path((_, id)): Path<(String, ContactId)>| async move {
        Ok::<Page, WebError>(contacts::show(&frame, id, panels, &contacts::Typed::default())?)
    };
    Routes::new()
        .get("/w/{ws}/contacts", read, contacts::list)
        .post("/w/{ws}/contacts", write, contacts::create)
        .get("/w/{ws}/contacts/new", write, contacts::new)
        .get("/w/{ws}/contacts/{id}", read, show)
        .post("/w/{ws}/contacts/{id}", write, contacts::update)
        .get("/w/{ws}/contacts/{id}/edit", write, contacts::edit)
        .post("/w/{ws}/contacts/{id}/phones", write, contacts::add_phone)
        .post("/w/{ws}/contacts/{id}/phones/{part}/removal", write, contacts::remove_phone)
        .post("/w/{ws}/contacts/{id}/emails", write, contacts::add_email)
        .post("/w/{ws}/contacts/{id}/emails/{part}/removal", write, contacts::remove_email)
        .post("/w/{ws}/contacts/{id}/notes", write, contacts::add_note)
        .get("/w/{ws}/accounts", read, accounts::list)
        .post("/w/{ws}/accounts", write, accounts::create)
        .get("/w/{ws}/accounts/new", write, accounts::new)
        .get("/w/{ws}/accounts/{id}", read, accounts::show)
        .post("/w/{ws}/accounts/{id}", write, accounts::update)
        .post("/api/v1/contacts", write, api::create)
}
