//! Routes are declared with their guard, so that none can be forgotten; the list is a snapshot.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, delete, get, patch, post, put};

use super::seat;
use crate::app::App;
use crate::permission::Permission;

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Anybody. Each such route stands on the golden list.
    Public,
    /// Anybody signed in, in no particular workspace.
    SignedIn,
    /// Any active member of the workspace in the path.
    Member,
    /// A member (or a token) with this permission.
    Permission(&'static str),
}

impl Guard {
    /// A guard that asks for a room's permission.
    pub fn needs(permission: impl Permission) -> Guard {
        Guard::Permission(permission.key())
    }

    /// Its form in the snapshot of routes.
    pub fn label(self) -> &'static str {
        match self {
            Guard::Public => "public",
            Guard::SignedIn => "signed in",
            Guard::Member => "member",
            Guard::Permission(key) => key,
        }
    }
}

/// One line of the route list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteInfo {
    pub path: String,
    pub method: &'static str,
    pub guard: &'static str,
}

/// Routes of a room, or of several.
#[derive(Default)]
pub struct Routes {
    list: Vec<RouteInfo>,
    made: Vec<(String, MethodRouter<App>, Guard)>,
}

macro_rules! verbs {
    ($($verb:ident $method:literal $doc:literal)+) => {$(
        #[doc = $doc]
        pub fn $verb<H, T>(self, path: &str, guard: Guard, handler: H) -> Routes
        where
            H: Handler<T, App>,
            T: 'static,
        {
            self.add($method, path, guard, $verb(handler))
        }
    )+};
}

/// A request's body, unless a route says otherwise.
const BODY_BYTES_MAX: usize = 2 * 1024 * 1024;

impl Routes {
    pub fn new() -> Routes {
        Routes::default()
    }

    verbs! {
        get "GET" "Reads something."
        post "POST" "Makes something."
        put "PUT" "Replaces something."
        patch "PATCH" "Changes part of something."
        delete "DELETE" "Removes something."
    }

    /// A route that takes files: its body may be as large as `bytes_max`.
    pub fn upload<H, T>(self, path: &str, guard: Guard, bytes_max: usize, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add("POST", path, guard, post(handler).layer(DefaultBodyLimit::max(bytes_max)))
    }

    fn add(
        mut self,
        method: &'static str,
        path: &str,
        guard: Guard,
        handler: MethodRouter<App>,
    ) -> Routes {
        self.list.push(RouteInfo { path: path.into(), method, guard: guard.label() });
        self.made.push((path.into(), handler, guard));
        self
    }

    /// Adds another room's routes.
    pub fn with(mut self, other: Routes) -> Routes {
        self.list.extend(other.list);
        self.made.extend(other.made);
        self
    }

    /// Every route with its guard, sorted.
    pub fn list(&self) -> Vec<RouteInfo> {
        let mut list = self.list.clone();
        list.sort();
        list
    }

    /// The router: each handler behind its guard, and an answer where there is no route.
    pub fn build(self, app: App) -> Router {
        let mut router = Router::new();
        for (path, handler, guard) in self.made {
            let door = Arc::new(seat::Door { app: app.clone(), guard });
            router = router.route(&path, handler.layer(from_fn_with_state(door, seat::enter)));
        }
        let router = router.fallback(seat::nowhere).method_not_allowed_fallback(seat::nowhere);
        router.layer(DefaultBodyLimit::max(BODY_BYTES_MAX)).with_state(app)
    }
}
