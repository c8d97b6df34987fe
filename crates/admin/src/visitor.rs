//! People at the door: where a request comes from, which workspaces a login opens.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use db::Tx;
use frame::{Page, lang_cookie, lang_of, theme_cookie};
use platform::control::login::Login;
use platform::control::session;
use platform::control::workspace::{WorkspaceRow, of_login};
use platform::web::{NEXT_COOKIE, client_ip, is_own_page, session_cookie};
use platform::{Actor, ActorKind, App, Error, actor_for_login};
use tokio::sync::Semaphore;

/// Hashing takes 19 MB and a processor core each time; more than a few at once help nobody.
static HASHING: Semaphore = Semaphore::const_new(4);

/// Does slow work on a password away from the threads that answer requests.
pub(crate) async fn hashing<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let _turn = HASHING.acquire().await.map_err(|error| Error::Internal(error.to_string()))?;
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Internal(error.to_string()))
}

/// The client's address as a key to count tries by.
pub(crate) struct ClientIp(String);

impl ClientIp {
    /// Refuses when this client has tried too often.
    pub(crate) fn count(&self, app: &App, what: &str, max: u32, ms: i64) -> Result<(), Error> {
        app.limiter().count(&format!("{what}-ip:{}", self.0), max, ms)
    }
}

impl FromRequestParts<App> for ClientIp {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let request = Request::from_parts(parts.clone(), Body::empty());
        let ip = client_ip(app.config(), &request);
        Ok(ClientIp(ip.map_or("unknown".into(), |ip| ip.to_string())))
    }
}

/// The key under which tries for an address are counted; a made-up long one does not fill memory.
pub(crate) fn address_key(what: &str, address: &str) -> String {
    let address: String = address.trim().to_lowercase().chars().take(254).collect();
    format!("{what}:{address}")
}

/// The workspaces in which this login is an active member, by name.
pub(crate) fn places_of(app: &App, login: &Login) -> Result<Vec<(WorkspaceRow, Actor)>, Error> {
    let mut places = Vec::new();
    for row in app.control().read(|tx| of_login(tx, login.id))? {
        match actor_in(app, &row, login) {
            Ok(Some(actor)) => places.push((row, actor)),
            Ok(None) => {}
            // One workspace that cannot be opened must not shut the door to the others.
            Err(error) => tracing::error!(workspace = row.slug, %error, "cannot be opened"),
        }
    }
    Ok(places)
}

fn actor_in(app: &App, row: &WorkspaceRow, login: &Login) -> Result<Option<Actor>, Error> {
    let workspace = app.workspace(&row.slug)?;
    let (kind, zone) = (ActorKind::Person, workspace.zone.clone());
    workspace.db.read(|tx| actor_for_login(tx, login.id, kind, &login.lang, &zone))
}

/// Where a person goes first in a workspace.
pub(crate) fn place_home(row: &WorkspaceRow, actor: &Actor) -> String {
    match actor.require_key("case.read") {
        Ok(_) => format!("/w/{}/inbox", row.slug),
        Err(_) => format!("/w/{}", row.slug),
    }
}

/// Ends the session that this browser had, and starts one for the login.
pub(crate) fn new_session(
    control: &mut Tx<'_>,
    app: &App,
    old: Option<&str>,
    login_id: i64,
) -> Result<String, Error> {
    if let Some(old) = old {
        session::end(control, old)?;
    }
    session::start(control, app.keys(), login_id)
}

/// The answer to a good sign-in: the cookies, and the way to work; to the page that was asked for
/// before (`next`), where that is open to this login.
pub(crate) fn let_in(
    app: &App,
    login: &Login,
    session: &str,
    next: Option<&str>,
) -> Result<Page, Error> {
    let places = places_of(app, login)?;
    let is_open = |next: &&str| {
        let slug = next.split(['/', '?']).nth(2).unwrap_or_default();
        is_own_page(next) && places.iter().any(|(row, _)| row.slug == slug)
    };
    let to = match (next.filter(is_open), places.as_slice()) {
        (Some(next), _) => next.to_string(),
        (None, [(row, actor)]) => place_home(row, actor),
        _ => "/".to_string(),
    };
    Ok(Page::redirect(&to)
        .cookie(session_cookie(app, session))
        .cookie(lang_cookie(lang_of(&login.lang)))
        .cookie(theme_cookie(&login.theme))
        .cookie(format!("{NEXT_COOKIE}=; Path=/login; HttpOnly; SameSite=Lax; Max-Age=0")))
}
