//! A named world: two workspaces, their people, a browser for each, the mail that was sent.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use admin::SystemMail;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use base::{EmailAddress, TestClock, TestEntropy, UtcMs};
use platform::control::login::{hash_password, login_by_email, set_password};
use platform::control::workspace::NewWorkspace;
use platform::web::{Guard, Routes, Seat};
use platform::{
    App, Config, Error, Handlers, Job, JobFailure, Parts, Room, Workspace, enqueue, run_due,
};
use serde::{Deserialize, Serialize};
use testkit::{Backend, Place};
use tokio::runtime::Runtime;
use tower::ServiceExt;

pub const PASSWORD: &str = "four words in a row";
/// Sunday 22 November 2026, 12:00 UTC.
const NOW: UtcMs = UtcMs(1_795_348_800_000);

pub struct World {
    // Before the place, so that connections close before their database goes.
    pub router: Router,
    pub app: App,
    pub arohi: Arc<Workspace>,
    pub clock: Arc<TestClock>,
    pub mails: Arc<Mutex<Vec<SystemMail>>>,
    /// Once set, the work that failed succeeds.
    pub mended: Arc<AtomicBool>,
    runtime: Runtime,
    _place: Place,
}

/// Work that fails until the world is mended.
#[derive(Serialize, Deserialize)]
pub struct Brittle;

impl Job for Brittle {
    const KIND: &'static str = "test.brittle";
}

/// Somebody's browser: it keeps cookies and says where its requests come from.
#[derive(Clone, Default)]
pub struct Browser {
    pub cookies: BTreeMap<String, String>,
    pub lang: &'static str,
}

pub struct Answer {
    pub status: StatusCode,
    pub to: String,
    pub body: String,
}

impl World {
    /// Arohi Motors with Asha (administrator), Nikhil (executive) and Meera (auditor); Bharat
    /// Telecom with Farhan (administrator).
    pub fn new(backend: Backend) -> World {
        ui::i18n::init(&[frame::CATALOGUE, admin::CATALOGUE]);
        let place = backend.place();
        let runtime = Runtime::new().expect("a runtime starts");
        let clock = Arc::new(TestClock::at(NOW));
        let mails = Arc::new(Mutex::new(Vec::new()));
        let mended = Arc::new(AtomicBool::new(false));
        let config = Config {
            data: place.path().join("data"),
            database: place.dsn().map(str::to_string),
            base_url: "http://desk.example.in".into(),
            trusted_proxies: Vec::new(),
        };
        let rooms = vec![admin::room(), test_room(mails.clone(), mended.clone())];
        let entropy = Arc::new(TestEntropy::seeded(7));
        let parts = Parts {
            words: Arc::new(frame::CatalogueWords),
            ..Parts::new(clock.clone(), entropy, rooms)
        };
        let guard = runtime.enter();
        let app = App::open(config, parts).expect("an installation opens");
        let arohi = workspace(&app, "arohi", "Arohi Motors");
        let bharat = workspace(&app, "bharat", "Bharat Telecom");
        for (place, email, name, role) in [
            (&arohi, "asha@arohi.example", "Asha Rao", "Administrator"),
            (&arohi, "nikhil@arohi.example", "Nikhil Das", "Executive"),
            (&arohi, "meera@arohi.example", "Meera Iyer", "Auditor"),
            (&bharat, "farhan@bharat.example", "Farhan Khan", "Administrator"),
        ] {
            person(&app, place, email, name, role);
        }
        drop(guard);
        let whoami = |seat: Seat| async move { seat.actor.name };
        let others = Routes::new().get("/api/v1/me", Guard::Member, whoami).get(
            "/w/{ws}/live",
            Guard::Member,
            platform::web::live,
        );
        let router = admin::routes().with(others).build(app.clone());
        World { router, app, arohi, clock, mails, mended, runtime, _place: place }
    }

    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// A browser in which this person has signed in.
    pub fn signed_in(&self, email: &str) -> Browser {
        let mut browser = Browser::default();
        let answer = browser.sign_in(self, email, PASSWORD);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        browser
    }

    /// Sends the system mail that waits; returns it, opened, newest last.
    pub fn post(&self) -> Vec<(String, String)> {
        self.run(async { run_due(&self.app, None, self.app.control()).await }).unwrap();
        let mails = self.mails.lock().unwrap();
        let open = |mail: &SystemMail| (mail.to.clone(), mail.body(self.app.keys()).unwrap());
        mails.iter().map(open).collect()
    }

    /// The path of the link in a mail.
    pub fn link_in(&self, body: &str) -> String {
        let start = body.find("/join/").expect("the mail has a link");
        body[start..].split_whitespace().next().unwrap().to_string()
    }

    pub fn enqueue_brittle(&self) {
        let db = &self.arohi.db;
        self.run(db.write(|tx| {
            let now = tx.now();
            enqueue(tx, &Brittle, now).map(|_| ())
        }))
        .unwrap();
    }

    pub fn work(&self) -> usize {
        self.run(run_due(&self.app, Some(&self.arohi), &self.arohi.db)).unwrap()
    }

    pub fn send(&self, request: Request<Body>) -> (axum::http::response::Parts, String) {
        self.run(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, 8 << 20).await.unwrap();
            (parts, String::from_utf8(bytes.to_vec()).unwrap())
        })
    }
}

fn workspace(app: &App, slug: &str, name: &str) -> Arc<Workspace> {
    let new = NewWorkspace {
        slug: slug.into(),
        name: name.into(),
        zone: "Asia/Kolkata".into(),
        lang: "en".into(),
    };
    app.create_workspace(new).expect("a workspace can be made")
}

fn person(app: &App, place: &Workspace, email: &str, name: &str, role: &str) {
    let address = EmailAddress::parse(email).unwrap();
    app.add_person(place, &address, name, role, Vec::new()).unwrap();
    let hash = hash_password(PASSWORD, app.keys().entropy().as_ref()).unwrap();
    let email = email.to_string();
    app.control()
        .write_blocking(move |tx| {
            let login = login_by_email(tx, &email)?.ok_or(Error::NotFound)?;
            set_password(tx, login.id, &hash)
        })
        .unwrap();
}

fn test_room(mails: Arc<Mutex<Vec<SystemMail>>>, mended: Arc<AtomicBool>) -> Room {
    let mut handlers = Handlers::default();
    handlers.add::<SystemMail, _, _>(move |_, mail| {
        mails.lock().unwrap().push(mail);
        async { Ok(()) }
    });
    handlers.add::<Brittle, _, _>(move |_, _| {
        let is_mended = mended.load(Ordering::SeqCst);
        async move {
            match is_mended {
                true => Ok(()),
                false => Err(JobFailure::GiveUp { error: "the other side said <no>".into() }),
            }
        }
    });
    Room { name: "test", handlers, ..Room::default() }
}

impl Browser {
    pub fn get(&mut self, world: &World, path: &str) -> Answer {
        self.send(world, Request::get(path), Body::empty())
    }

    pub fn post(&mut self, world: &World, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", coded(name), coded(value)))
            .collect();
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(world, request, Body::from(pairs.join("&")))
    }

    pub fn sign_in(&mut self, world: &World, email: &str, password: &str) -> Answer {
        self.post(world, "/login", &[("email", email), ("password", password)])
    }

    fn send(&mut self, world: &World, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .header("cookie", cookies.join("; "))
            .header("accept", "text/html")
            .header("accept-language", self.lang)
            .body(body)
            .unwrap();
        let (parts, body) = world.send(request);
        for cookie in parts.headers.get_all("set-cookie") {
            let text = cookie.to_str().unwrap();
            let (pair, rest) = text.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            match rest.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.into(), value.into()),
            };
        }
        let to = parts.headers.get("location").map(|to| to.to_str().unwrap().to_string());
        Answer { status: parts.status, to: to.unwrap_or_default(), body }
    }
}

impl Answer {
    /// The page has this status and these words.
    pub fn shows(&self, status: u16, words: &[&str]) {
        assert_eq!(self.status.as_u16(), status, "to {:?}: {}", self.to, self.main());
        for part in words {
            assert!(self.body.contains(part), "{part} is not in {}", self.main());
        }
    }

    pub fn lacks(&self, words: &str) {
        assert!(!self.body.contains(words), "{words} is in {}", self.main());
    }

    pub fn goes_to(&self, path: &str) {
        assert_eq!((self.status.as_u16(), self.to.as_str()), (303, path), "{}", self.main());
    }

    /// The part of the page that a failed test is about.
    fn main(&self) -> &str {
        let start = self.body.find("<main").unwrap_or(0);
        &self.body[start..self.body.find("</main>").unwrap_or(self.body.len())]
    }
}

fn coded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { (byte as char).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
