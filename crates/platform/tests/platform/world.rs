//! Two workspaces with people: Arohi Motors (Asha leads it, Ravi answers) and Tel Care (Meera).

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use base::{EmailAddress, TestClock, TestEntropy, UtcMs};
use platform::control::{session, token, workspace::NewWorkspace};
use platform::web::SESSION_COOKIE;
use platform::{Actor, App, Config, Error, Parts, Room, Workspace};
use testkit::{Backend, Place};
use tower::ServiceExt;

/// A Monday morning in India.
pub const MONDAY: UtcMs = UtcMs(1_790_000_000_000);

pub struct World {
    // Dropped in this order: the installation before the place it stands in.
    pub app: App,
    pub arohi: Arc<Workspace>,
    pub tel: Arc<Workspace>,
    pub asha: Actor,
    pub ravi: Actor,
    pub meera: Actor,
    pub clock: Arc<TestClock>,
    pub place: Place,
}

pub fn config(place: &Place) -> Config {
    Config {
        data: place.path().join("data"),
        database: place.dsn().map(str::to_string),
        base_url: "https://desk.example.in".into(),
        trusted_proxies: Vec::new(),
    }
}

pub fn parts(clock: &Arc<TestClock>, rooms: Vec<Room>) -> Parts {
    Parts::new(clock.clone(), Arc::new(TestEntropy::seeded(7)), rooms)
}

pub fn new_workspace(slug: &str) -> NewWorkspace {
    NewWorkspace {
        slug: slug.into(),
        name: slug.to_uppercase(),
        zone: "Asia/Kolkata".into(),
        lang: "en".into(),
    }
}

pub fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

impl World {
    pub fn new(backend: Backend) -> World {
        World::with(backend, Vec::new())
    }

    pub fn with(backend: Backend, rooms: Vec<Room>) -> World {
        let place = backend.place();
        let clock = Arc::new(TestClock::at(MONDAY));
        let app = App::open(config(&place), parts(&clock, rooms)).unwrap();
        let arohi = app.create_workspace(new_workspace("arohi")).unwrap();
        let tel = app.create_workspace(new_workspace("tel")).unwrap();
        let person = |workspace: &Workspace, name: &str, role: &str| {
            let address = email(&format!("{}@example.in", name.to_lowercase()));
            app.add_person(workspace, &address, name, role, Vec::new()).unwrap()
        };
        let asha = person(&arohi, "Asha", "Administrator");
        let ravi = person(&arohi, "Ravi", "Executive");
        let meera = person(&tel, "Meera", "Administrator");
        World { app, arohi, tel, asha, ravi, meera, clock, place }
    }

    pub fn clock_now(&self) -> UtcMs {
        self.app.clock().now()
    }

    /// Signs somebody in; returns the `cookie` header.
    pub fn cookie(&self, person: &Actor) -> String {
        let (keys, login) = (self.app.keys().clone(), person.login_id);
        let token =
            self.app.control().write_blocking(move |tx| session::start(tx, &keys, login)).unwrap();
        format!("{SESSION_COOKIE}={token}")
    }

    /// Makes an API token; returns the `authorization` header.
    pub fn bearer(&self, workspace: &Workspace, person: &Actor) -> String {
        let (keys, id, login) = (self.app.keys().clone(), workspace.id, person.login_id);
        let made = self
            .app
            .control()
            .write_blocking(move |tx| token::create(tx, &keys, id, login, "test"))
            .unwrap();
        format!("Bearer {made}")
    }

    /// Runs a use case in Arohi Motors.
    pub fn write<T: Send + 'static>(
        &self,
        use_case: impl FnOnce(&mut db::Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.arohi.db.write_blocking(use_case)
    }
}

/// Runs a scenario that waits, on threads as the server has them.
pub fn waiting<T>(scenario: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(2).enable_all().build().unwrap().block_on(scenario)
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// One request through the router, to the end of its answer.
pub async fn ask(
    router: &Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let body = String::from_utf8(bytes.to_vec()).unwrap();
    Answer { status: head.status, headers: head.headers, body }
}

pub async fn get(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    ask(router, "GET", path, headers, Body::empty()).await
}
