//! Cases for programs: the same use cases as the pages.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use db::Tx;
use people::ContactId;
use platform::web::{Guard, JsonBody, Routes, Seat, WebError};
use platform::{Actor, Error, FieldError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    CaseNumber, CasePage, CaseRow, Cursor, Customer, NewCase, Order, View, case_by_number,
    case_page, list_cases, open_case,
};
use crate::category::list_categories;
use crate::kinds::{CaseType, Channel, Priority};
use crate::message::{Message, MessageId, Reply, add_note, reply};
use crate::permissions::DeskPermission;
use crate::queue::list_queues;

/// The addresses of the API, each with its guard.
pub fn routes() -> Routes {
    let read = Guard::needs(DeskPermission::ReadCase);
    Routes::new()
        .get("/api/v1/cases", read, list)
        .post("/api/v1/cases", Guard::needs(DeskPermission::CreateCase), create)
        .get("/api/v1/cases/{number}", read, show)
        .post(
            "/api/v1/cases/{number}/messages",
            Guard::needs(DeskPermission::ReplyCase),
            add_message,
        )
}

/// Whose case it is: by address, made where nobody has it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CustomerInput {
    #[serde(default)]
    pub name: String,
    pub email: String,
}

/// A case to open.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CaseInput {
    pub subject: String,
    /// `complaint`, `request`, `query` or `feedback`.
    #[serde(rename = "type")]
    pub case_type: String,
    /// What the customer said.
    pub text: Option<String>,
    /// A contact that is there already; else `contact`.
    pub contact_id: Option<i64>,
    pub contact: Option<CustomerInput>,
    /// `low`, `normal`, `high` or `urgent`; normal where it is left out.
    pub priority: Option<String>,
    /// `web`, `phone`, `chat`, `sms`, `social`, `walk_in`, `letter`, `email` or `api`.
    pub channel: Option<String>,
    /// A category by its path: `Service › Brakes`, or `Service/Brakes`.
    pub category: Option<String>,
    /// A queue by its name.
    pub queue: Option<String>,
}

/// A case in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseOutput {
    pub number: String,
    #[serde(rename = "type")]
    pub case_type: String,
    pub subject: String,
    /// What the workspace calls it.
    pub status: String,
    /// `new`, `open`, `pending_customer`, `on_hold`, `resolved` or `closed`.
    pub status_type: String,
    pub priority: String,
    pub channel: String,
    pub contact_id: i64,
    pub contact_name: String,
    pub owner: Option<String>,
    pub queue: Option<String>,
    /// The beginning of the last message.
    pub snippet: String,
    /// RFC 3339, UTC.
    pub opened_at: String,
    pub last_customer_at: Option<String>,
}

/// One page of cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct CasesOutput {
    pub cases: Vec<CaseOutput>,
    /// Give it back as `after` for the next page; none at the end.
    pub next: Option<String>,
}

/// A message of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageOutput {
    pub id: i64,
    /// `in` from the customer, `out` to the customer, `note` among colleagues.
    pub direction: String,
    pub channel: String,
    /// `customer`, `member` or `system`.
    pub author_kind: String,
    pub from: String,
    pub subject: String,
    pub text: String,
    /// `received`, `queued`, `sent`, `delivered`, `read` or `failed`.
    pub status: String,
    /// Why it failed.
    pub problem: Option<String>,
    /// The channel's own name of it: a Message-ID.
    pub channel_key: Option<String>,
    pub created_at: String,
}

/// A case with its conversation, the last 100 messages, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseDetail {
    #[serde(flatten)]
    pub case: CaseOutput,
    pub category: Option<String>,
    pub messages: Vec<MessageOutput>,
}

/// A reply or a note.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MessageInput {
    pub text: String,
    /// `reply` goes to the customer, `note` stays inside; a reply where it is left out.
    pub kind: Option<String>,
}

/// What became of it: a reply is `queued` and on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageMade {
    pub id: i64,
    pub status: String,
}

/// Which cases.
#[derive(Debug, Deserialize, IntoParams)]
pub struct CaseQuery {
    /// `mine`, `unassigned`, `open`, `waiting`, `done` or `queue-7`; `open` where it is left out.
    pub view: Option<String>,
    /// `urgent` or `newest`.
    pub order: Option<String>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// Lists cases, 50 a page.
#[utoipa::path(
    get, path = "/api/v1/cases", tag = "cases", params(CaseQuery),
    responses((status = 200, body = CasesOutput)), security(("token" = []))
)]
pub async fn list(
    seat: Seat,
    Query(query): Query<CaseQuery>,
) -> Result<Json<CasesOutput>, WebError> {
    let wrong = |field| Error::from(FieldError::new(field, "error-choose-from-list"));
    let view: View = query.view.as_deref().unwrap_or("open").parse().map_err(|_| wrong("view"))?;
    let order = match query.order.as_deref() {
        None | Some("urgent") => Order::Urgent,
        Some("newest") => Order::Newest,
        Some(_) => return Err(wrong("order").into()),
    };
    let after: Option<Cursor> =
        query.after.as_deref().map(str::parse).transpose().map_err(|_| wrong("after"))?;
    let found = seat.workspace.db.read(|tx| list_cases(tx, &seat.actor, view, order, after))?;
    Ok(Json(CasesOutput {
        cases: found.rows.into_iter().map(row_output).collect(),
        next: found.next.map(|next| next.to_string()),
    }))
}

/// Opens a case.
#[utoipa::path(
    post, path = "/api/v1/cases", tag = "cases", request_body = CaseInput,
    responses(
        (status = 201, body = CaseDetail),
        (status = 422, description = "a field is wrong; each is named with its remedy"),
    ),
    security(("token" = []))
)]
pub async fn create(
    seat: Seat,
    JsonBody(input): JsonBody<CaseInput>,
) -> Result<(StatusCode, Json<CaseDetail>), WebError> {
    let actor = seat.actor.clone();
    let made = seat
        .workspace
        .db
        .write(move |tx| {
            let new = new_case(tx, input)?;
            let opened = open_case(tx, &actor, &new)?;
            detail(tx, &actor, &opened.number)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// One case with its conversation.
#[utoipa::path(
    get, path = "/api/v1/cases/{number}", tag = "cases",
    params(("number" = String, Path, description = "for example CMP-2026-000123")),
    responses((status = 200, body = CaseDetail), (status = 404)), security(("token" = []))
)]
pub async fn show(seat: Seat, Path(number): Path<String>) -> Result<Json<CaseDetail>, WebError> {
    let number = parse_number(&number)?;
    Ok(Json(seat.workspace.db.read(|tx| detail(tx, &seat.actor, &number))?))
}

/// Answers the customer, or writes a note.
#[utoipa::path(
    post, path = "/api/v1/cases/{number}/messages", tag = "cases",
    params(("number" = String, Path, description = "for example CMP-2026-000123")),
    request_body = MessageInput,
    responses((status = 201, body = MessageMade), (status = 404), (status = 422)),
    security(("token" = []))
)]
pub async fn add_message(
    seat: Seat,
    Path(number): Path<String>,
    JsonBody(input): JsonBody<MessageInput>,
) -> Result<(StatusCode, Json<MessageMade>), WebError> {
    let number = parse_number(&number)?;
    let actor = seat.actor.clone();
    let is_note = match input.kind.as_deref() {
        None | Some("reply") => false,
        Some("note") => true,
        Some(_) => return Err(Error::field("kind", "error-choose-from-list").into()),
    };
    let id: MessageId = seat
        .workspace
        .db
        .write(move |tx| {
            let case = case_by_number(tx, &actor, &number)?;
            if is_note {
                return add_note(tx, &actor, case.id, &input.text, &[]);
            }
            reply(tx, &actor, case.id, &Reply { text: input.text, ..Reply::default() })
        })
        .await?;
    let status = if is_note { "received" } else { "queued" };
    Ok((StatusCode::CREATED, Json(MessageMade { id: id.0, status: status.into() })))
}

/// What is not a number of a case is the number of no case.
fn parse_number(text: &str) -> Result<CaseNumber, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

fn new_case(tx: &mut Tx<'_>, input: CaseInput) -> Result<NewCase, Error> {
    let wrong = |field| Error::from(FieldError::new(field, "error-choose-from-list"));
    let customer = match (input.contact_id, input.contact) {
        (Some(id), _) => Customer::Known(ContactId(id)),
        (None, Some(person)) => Customer::Email { address: person.email, name: person.name },
        (None, None) => return Err(Error::field("contact", "error-required")),
    };
    let category_id = match input.category.as_deref().map(path_of) {
        None => None,
        Some(path) => {
            let all = list_categories(tx)?;
            let found = all.iter().find(|it| it.active && path_of(&it.path) == path);
            Some(found.ok_or_else(|| wrong("category"))?.id)
        }
    };
    let queue_id = match input.queue.as_deref() {
        None => None,
        Some(name) => {
            let all = list_queues(tx)?;
            let found = all.iter().find(|it| it.active && it.name == name);
            Some(found.ok_or_else(|| wrong("queue"))?.id)
        }
    };
    let channel = input.channel.as_deref().unwrap_or("api");
    let priority = input.priority.as_deref().unwrap_or("normal");
    Ok(NewCase {
        customer,
        channel: Channel::from_name(channel).ok_or_else(|| wrong("channel"))?,
        case_type: CaseType::from_name(&input.case_type).ok_or_else(|| wrong("type"))?,
        subject: input.subject,
        category_id,
        priority: Priority::from_name(priority).ok_or_else(|| wrong("priority"))?,
        queue_id,
        owner_id: None,
        message: input.text,
        attachments: Vec::new(),
    })
}

/// `Service/Brakes` and `Service › Brakes` are the same path.
fn path_of(text: &str) -> Vec<String> {
    text.split(['/', '›']).map(|part| base::fold(part.trim())).collect()
}

fn detail(tx: &mut Tx<'_>, actor: &Actor, number: &CaseNumber) -> Result<CaseDetail, Error> {
    let page = case_page(tx, actor, number)?;
    Ok(CaseDetail {
        category: page.category_name.clone(),
        messages: page.messages.iter().map(message_output).collect(),
        case: page_output(&page),
    })
}

fn row_output(row: CaseRow) -> CaseOutput {
    CaseOutput {
        number: row.number.to_string(),
        case_type: row.case_type.to_string(),
        subject: row.subject,
        status: row.status_label,
        status_type: row.status.to_string(),
        priority: row.priority.to_string(),
        channel: row.channel.to_string(),
        contact_id: row.contact_id.0,
        contact_name: row.contact_name,
        owner: row.owner_name,
        queue: row.queue_name,
        snippet: row.snippet,
        opened_at: row.opened_at.to_rfc3339(),
        last_customer_at: row.last_customer_at.map(|at| at.to_rfc3339()),
    }
}

fn page_output(page: &CasePage) -> CaseOutput {
    let case = &page.case;
    CaseOutput {
        number: case.number.to_string(),
        case_type: case.case_type.to_string(),
        subject: case.subject.clone(),
        status: page.status_label.clone(),
        status_type: case.status.to_string(),
        priority: case.priority.to_string(),
        channel: case.channel.to_string(),
        contact_id: case.contact_id.0,
        contact_name: page.contact.contact.name.clone(),
        owner: page.owner_name.clone(),
        queue: page.queue_name.clone(),
        snippet: case.snippet.clone(),
        opened_at: case.opened_at.to_rfc3339(),
        last_customer_at: case.last_customer_at.map(|at| at.to_rfc3339()),
    }
}

fn message_output(message: &Message) -> MessageOutput {
    MessageOutput {
        id: message.id.0,
        direction: message.direction.to_string(),
        channel: message.channel.to_string(),
        author_kind: message.author_kind.to_string(),
        from: message.from.address.clone(),
        subject: message.subject.clone(),
        text: message.body_text.clone(),
        status: message.status.to_string(),
        problem: message.problem.clone(),
        channel_key: message.channel_key.clone(),
        created_at: message.created_at.to_rfc3339(),
    }
}
