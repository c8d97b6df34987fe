//! The description of the API, generated from its handlers.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use platform::web::{Guard, Routes};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sampark",
        description = "A customer-relationship desk: contacts, cases and their messages. \
            Send a token of `sampark token create` as `Authorization: Bearer …`. Errors are \
            JSON: `error.code`, `error.message`, and `error.fields` with the remedy for each."
    ),
    paths(
        people::contact_api::create,
        desk::case_api::list,
        desk::case_api::create,
        desk::case_api::show,
        desk::case_api::add_message,
    ),
    modifiers(&Token)
)]
struct Description;

struct Token;

impl utoipa::Modify for Token {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        openapi
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// The description as JSON.
pub fn openapi() -> String {
    let mut text = Description::openapi()
        .to_pretty_json()
        .expect("a description made of strings and lists can be written as JSON");
    text.push('\n');
    text
}

/// Where programs read it.
pub fn routes() -> Routes {
    Routes::new().get("/api/v1/openapi.json", Guard::Public, describe)
}

async fn describe() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], openapi())
}
