//! Who sits at this request: from the session cookie or the API token to an actor.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::origin;
use super::problem::{Problem, ProblemKind, WebError, render};
use super::routes::Guard;
use crate::actor::{Actor, ActorKind};
use crate::app::App;
use crate::control::login::Login;
use crate::control::{session, token};
use crate::error::Error;
use crate::member::actor_for_login;
use crate::workspace::Workspace;

/// The session cookie's name.
pub const SESSION_COOKIE: &str = "sampark_session";

/// The cookie that remembers, for the sign-in page, which page somebody signed out asked for.
pub const NEXT_COOKIE: &str = "next";
const NEXT_LIVES_S: i64 = 900;
const NEXT_CHARS_MAX: usize = 500;

/// A member of a workspace at work: what every handler inside a workspace gets.
#[derive(Clone)]
pub struct Seat {
    pub app: App,
    pub workspace: Arc<Workspace>,
    pub actor: Actor,
    /// `auto`, `light` or `dark`.
    pub theme: String,
}

/// Somebody signed in, before a workspace is chosen.
#[derive(Clone)]
pub struct Visitor {
    pub app: App,
    pub login: Login,
}

pub(super) struct Door {
    pub app: App,
    pub guard: Guard,
}

/// The guard before every handler.
pub(super) async fn enter(
    State(door): State<Arc<Door>>,
    mut request: Request,
    next: Next,
) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let lang = visitor_lang(request.headers());
    let next_cookie = next_cookie(&request);
    let asked = Asked::read(&request, is_api, door.guard);
    let admitted = match asked {
        Ok(asked) => admit(&door, asked).await,
        Err(error) => Err(error),
    };
    let (response, lang) = match admitted {
        Ok(Admitted::Anybody) => (next.run(request).await, lang),
        Ok(Admitted::Visitor(visitor)) => {
            let lang = visitor.login.lang.clone();
            request.extensions_mut().insert(visitor);
            (next.run(request).await, lang)
        }
        Ok(Admitted::Seat(seat)) => {
            let lang = seat.actor.lang.clone();
            request.extensions_mut().insert(*seat);
            (next.run(request).await, lang)
        }
        Err(error) => (WebError(error).into_response(), lang),
    };
    door.app.metrics().requests.add(1);
    if response.status().is_server_error() {
        door.app.metrics().failures.add(1);
    }
    let mut response = finish(&door.app, response, &lang, is_api);
    let problem = response.extensions().get::<Problem>();
    let is_signed_out = problem.is_some_and(|problem| problem.kind == ProblemKind::SignedOut);
    if let Some(cookie) = next_cookie.filter(|_| is_signed_out) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Remembers a page of a workspace that a person asked for: not a part of one, not a change.
fn next_cookie(request: &Request) -> Option<HeaderValue> {
    let headers = request.headers();
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    let is_page = accept.is_some_and(|text| text.contains("text/html"));
    if request.method() != Method::GET || !is_page || headers.contains_key("x-fragment") {
        return None;
    }
    let address = request.uri().path_and_query()?.as_str();
    if !is_own_page(address) {
        return None;
    }
    let flags = "Path=/login; HttpOnly; SameSite=Lax";
    let cookie = format!("{NEXT_COOKIE}={address}; {flags}; Max-Age={NEXT_LIVES_S}");
    HeaderValue::from_str(&cookie).ok()
}

/// True for an address of a page in a workspace, in letters that cannot lead elsewhere.
pub fn is_own_page(address: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~?=&%:+".contains(c);
    address.starts_with("/w/")
        && address.len() <= NEXT_CHARS_MAX
        && address.chars().all(plain)
        && !address.contains("//")
}

/// What no route answers: in the API's form there, as a page elsewhere.
pub(super) async fn nowhere(State(app): State<App>, request: Request) -> Response {
    let lang = visitor_lang(request.headers());
    let is_api = request.uri().path().starts_with("/api/");
    app.metrics().requests.add(1);
    finish(&app, WebError(Error::NotFound).into_response(), &lang, is_api)
}

fn finish(app: &App, response: Response, lang: &str, is_api: bool) -> Response {
    let problem = match response.extensions().get::<Problem>() {
        Some(problem) => problem.clone(),
        // A body that could not be read never reached the handler; programs get one form.
        None if is_api => match Problem::of_refusal(&response) {
            Some(problem) => problem,
            None => return response,
        },
        None => return response,
    };
    render(app, &problem, lang, is_api, response)
}

/// What the guard looks at, apart from the body, which is not read yet.
struct Asked {
    is_api: bool,
    cookie: Option<String>,
    bearer: Option<String>,
    slug: Option<String>,
}

/// Whom the guard let in.
enum Admitted {
    Anybody,
    Visitor(Visitor),
    Seat(Box<Seat>),
}

impl Asked {
    fn read(request: &Request, is_api: bool, guard: Guard) -> Result<Asked, Error> {
        // A token is never sent by another site's page; a cookie may be.
        if !is_api || guard == Guard::SignedIn {
            origin::check(request)?;
        }
        let authorization = request.headers().get(AUTHORIZATION).and_then(|v| v.to_str().ok());
        let bearer = authorization.and_then(|text| text.strip_prefix("Bearer "));
        let slug = request.uri().path().strip_prefix("/w/").and_then(|rest| rest.split('/').next());
        Ok(Asked {
            is_api,
            cookie: cookie(request.headers(), SESSION_COOKIE),
            bearer: bearer.map(|text| text.trim().to_string()),
            slug: slug.map(str::to_string),
        })
    }
}

async fn admit(door: &Door, asked: Asked) -> Result<Admitted, Error> {
    match door.guard {
        Guard::Public => Ok(Admitted::Anybody),
        Guard::SignedIn => {
            let login = signed_in(&door.app, asked.cookie).await?;
            Ok(Admitted::Visitor(Visitor { app: door.app.clone(), login }))
        }
        Guard::Member | Guard::Permission(_) => {
            let seat = match asked.is_api {
                true => seat_by_token(&door.app, asked.bearer)?,
                false => seat_by_session(&door.app, asked).await?,
            };
            if let Guard::Permission(key) = door.guard {
                seat.actor.require_key(key)?;
            }
            Ok(Admitted::Seat(Box::new(seat)))
        }
    }
}

async fn signed_in(app: &App, cookie: Option<String>) -> Result<Login, Error> {
    let cookie = cookie.ok_or(Error::SignedOut)?;
    let found = app.control().glance(|tx| session::find(tx, &cookie))?;
    let (login, stale) = found.ok_or(Error::SignedOut)?;
    if stale && let Err(error) = app.control().write(move |tx| session::seen(tx, &cookie)).await {
        // On a full disk people can still read.
        tracing::warn!(%error, "a session's last use could not be noted");
    }
    Ok(login)
}

async fn seat_by_session(app: &App, asked: Asked) -> Result<Seat, Error> {
    let login = signed_in(app, asked.cookie).await?;
    let workspace = app.workspace(&asked.slug.ok_or(Error::NotFound)?)?;
    sit(app, workspace, login.id, ActorKind::Person, &login.lang, &login.theme)
}

fn seat_by_token(app: &App, bearer: Option<String>) -> Result<Seat, Error> {
    let bearer = bearer.ok_or(Error::SignedOut)?;
    let found = app.control().glance(|tx| token::find(tx, &bearer))?;
    let (slug, login_id) = found.ok_or(Error::SignedOut)?;
    let workspace = app.workspace(&slug)?;
    sit(app, workspace, login_id, ActorKind::Token, "en", "auto")
}

/// A stranger to the workspace is told that there is none.
fn sit(
    app: &App,
    workspace: Arc<Workspace>,
    login_id: i64,
    kind: ActorKind,
    lang: &str,
    theme: &str,
) -> Result<Seat, Error> {
    let zone = workspace.zone.clone();
    let actor = workspace.db.glance(|tx| actor_for_login(tx, login_id, kind, lang, &zone))?;
    let actor = actor.ok_or(match kind {
        ActorKind::Token => Error::SignedOut,
        _ => Error::NotFound,
    })?;
    Ok(Seat { app: app.clone(), workspace, actor, theme: theme.to_string() })
}

impl<S: Send + Sync> FromRequestParts<S> for Seat {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Seat>().cloned().ok_or(WebError(Error::SignedOut))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Visitor>().cloned().ok_or(WebError(Error::SignedOut))
    }
}

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_string())
}

/// The header value that sets (or, with an empty token, ends) the session cookie.
pub fn session_cookie(app: &App, token: &str) -> String {
    let secure = if app.config().base_url.starts_with("https://") { "; Secure" } else { "" };
    let age = if token.is_empty() { 0 } else { session::SESSION_MS_MAX / 1_000 };
    format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}")
}

/// The language a browser asks for, among those we have.
fn visitor_lang(headers: &HeaderMap) -> String {
    let wanted = headers.get("accept-language").and_then(|value| value.to_str().ok());
    let hindi = wanted.is_some_and(|text| text.trim_start().starts_with("hi"));
    if hindi { "hi".into() } else { "en".into() }
}
