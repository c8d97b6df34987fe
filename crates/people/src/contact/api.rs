//! Contacts for programs.

use axum::Json;
use axum::http::StatusCode;
use platform::web::{JsonBody, Seat, WebError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ContactId, NewContact, NewPhone, contact_page, create_contact};

/// A person to add.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ContactInput {
    pub name: String,
    /// ISO 639: `en`, `hi`. English where it is left out.
    #[serde(default)]
    pub language: String,
    /// Any usual way of writing; without a country code the workspace's country is meant.
    #[serde(default)]
    pub phones: Vec<String>,
    #[serde(default)]
    pub emails: Vec<String>,
}

/// A person as programs see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactOutput {
    pub id: i64,
    pub name: String,
    pub language: String,
    /// E.164.
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    /// RFC 3339, UTC.
    pub created_at: String,
}

/// Adds a contact.
#[utoipa::path(
    post, path = "/api/v1/contacts", tag = "contacts", request_body = ContactInput,
    responses(
        (status = 201, body = ContactOutput),
        (status = 422, description = "a field is wrong; each is named with its remedy"),
    ),
    security(("token" = []))
)]
pub async fn create(
    seat: Seat,
    JsonBody(input): JsonBody<ContactInput>,
) -> Result<(StatusCode, Json<ContactOutput>), WebError> {
    let actor = seat.actor.clone();
    let new = NewContact {
        name: input.name,
        language: input.language,
        account_id: None,
        phones: input
            .phones
            .into_iter()
            .map(|number| NewPhone { number, label: String::new() })
            .collect(),
        emails: input.emails,
    };
    let made = seat
        .workspace
        .db
        .write(move |tx| {
            let id = create_contact(tx, &actor, &new)?;
            output(tx, &actor, id)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(made)))
}

fn output(
    tx: &mut db::Tx<'_>,
    actor: &platform::Actor,
    id: ContactId,
) -> Result<ContactOutput, platform::Error> {
    let page = contact_page(tx, actor, id)?;
    Ok(ContactOutput {
        id: id.0,
        name: page.contact.name,
        language: page.contact.language,
        phones: page.phones.into_iter().map(|phone| phone.number).collect(),
        emails: page.emails.into_iter().map(|email| email.address).collect(),
        created_at: page.contact.created_at.to_rfc3339(),
    })
}
