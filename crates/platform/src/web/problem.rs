//! One form for every error: JSON for programs, a page for people, the words from the catalogue.

use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use db::DbError;
use serde_json::json;

use crate::app::App;
use crate::error::{Error, FieldError};

/// A use case's error on its way out.
#[derive(Debug)]
pub struct WebError(pub Error);

impl<E: Into<Error>> From<E> for WebError {
    fn from(error: E) -> Self {
        WebError(error.into())
    }
}

/// What kind of page or code an error becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    NotFound,
    SignedOut,
    Denied,
    Invalid,
    Conflict,
    TooMany,
    Busy,
    Broken,
}

/// An error with everything a person or a program needs to go on.
#[derive(Clone, Debug)]
pub struct Problem {
    pub kind: ProblemKind,
    pub fields: Vec<FieldError>,
    /// Seconds to wait, or the permission that is missing.
    pub detail: Option<String>,
}

/// Who finds the words: the floors that have a catalogue.
pub trait ErrorWords: Send + Sync {
    /// What is wrong with a field, and the remedy.
    fn field(&self, lang: &str, error: &FieldError) -> String;
    /// A sentence for a program's log.
    fn sentence(&self, lang: &str, problem: &Problem) -> String;
    /// A whole page for a person.
    fn page(&self, lang: &str, problem: &Problem) -> String;
}

/// Words where no catalogue is at hand: keys, for tests.
pub struct PlainWords;

impl ErrorWords for PlainWords {
    fn field(&self, _: &str, error: &FieldError) -> String {
        error.key.to_string()
    }

    fn sentence(&self, _: &str, problem: &Problem) -> String {
        format!("{:?}", problem.kind)
    }

    fn page(&self, _: &str, problem: &Problem) -> String {
        format!("{:?}", problem.kind)
    }
}

impl ProblemKind {
    pub fn status(self) -> StatusCode {
        match self {
            ProblemKind::NotFound => StatusCode::NOT_FOUND,
            ProblemKind::SignedOut => StatusCode::UNAUTHORIZED,
            ProblemKind::Denied => StatusCode::FORBIDDEN,
            ProblemKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            ProblemKind::Conflict => StatusCode::CONFLICT,
            ProblemKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            ProblemKind::Busy => StatusCode::SERVICE_UNAVAILABLE,
            ProblemKind::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its name in the API.
    pub fn code(self) -> &'static str {
        match self {
            ProblemKind::NotFound => "not_found",
            ProblemKind::SignedOut => "unauthorized",
            ProblemKind::Denied => "forbidden",
            ProblemKind::Invalid => "invalid",
            ProblemKind::Conflict => "conflict",
            ProblemKind::TooMany => "too_many_requests",
            ProblemKind::Busy => "busy",
            ProblemKind::Broken => "internal",
        }
    }
}

impl Problem {
    /// The problem behind a plain refusal, such as one of a body that is no JSON.
    pub(super) fn of_refusal(response: &Response) -> Option<Problem> {
        let kind = match response.status() {
            StatusCode::NOT_FOUND => ProblemKind::NotFound,
            status if status.is_client_error() => ProblemKind::Invalid,
            status if status.is_server_error() => ProblemKind::Broken,
            _ => return None,
        };
        let is_json = response
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|mime| mime.as_bytes().starts_with(b"application/json"));
        (!is_json).then_some(Problem { kind, fields: Vec::new(), detail: None })
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Problem {
        let of = |kind| Problem { kind, fields: Vec::new(), detail: None };
        match error {
            Error::NotFound => of(ProblemKind::NotFound),
            Error::SignedOut => of(ProblemKind::SignedOut),
            Error::Denied { permission } => {
                Problem { detail: Some((*permission).into()), ..of(ProblemKind::Denied) }
            }
            Error::Invalid(fields) => {
                Problem { fields: fields.clone(), ..of(ProblemKind::Invalid) }
            }
            Error::Conflict => of(ProblemKind::Conflict),
            Error::TooMany { wait_s } => {
                Problem { detail: Some(wait_s.to_string()), ..of(ProblemKind::TooMany) }
            }
            // Nobody may be told to simply try again what may have been saved.
            Error::Db(DbError::Unknown) => of(ProblemKind::Broken),
            Error::Db(error) if error.is_passing() => of(ProblemKind::Busy),
            Error::Db(_) | Error::Internal(_) => of(ProblemKind::Broken),
        }
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let problem = Problem::from(&self.0);
        if matches!(problem.kind, ProblemKind::Broken | ProblemKind::Busy) {
            tracing::error!(error = %self.0, "a request failed");
        }
        let mut response = problem.kind.status().into_response();
        response.extensions_mut().insert(problem);
        response
    }
}

/// Gives a problem its final form, once it is known who asked.
pub(super) fn render(
    app: &App,
    problem: &Problem,
    lang: &str,
    is_api: bool,
    mut response: Response,
) -> Response {
    if problem.kind == ProblemKind::SignedOut && !is_api {
        *response.status_mut() = StatusCode::SEE_OTHER;
        response.headers_mut().insert(LOCATION, HeaderValue::from_static("/login"));
        return response;
    }
    let wait = match problem.kind {
        ProblemKind::TooMany => problem.detail.clone(),
        ProblemKind::Busy => Some("2".into()),
        _ => None,
    };
    if let Some(seconds) = wait.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    let (mime, body) = match is_api {
        true => ("application/json", api_body(app, problem)),
        false => ("text/html; charset=utf-8", app.words().page(lang, problem)),
    };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(mime));
    *response.body_mut() = body.into();
    response
}

fn api_body(app: &App, problem: &Problem) -> String {
    let fields: Vec<_> = problem
        .fields
        .iter()
        .map(|error| {
            json!({
                "field": error.field,
                "code": error.key,
                "message": app.words().field("en", error),
            })
        })
        .collect();
    json!({
        "error": {
            "code": problem.kind.code(),
            "message": app.words().sentence("en", problem),
            "fields": fields,
        }
    })
    .to_string()
}
