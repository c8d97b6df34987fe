//! A whole installation with one workspace and three people, asked over HTTP.

#![allow(dead_code, reason = "each file that looks at pages uses a part of it")]

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use axum::http::{Request, Response, StatusCode};
use base::{EmailAddress, SystemEntropy, TestClock, UtcMs};
use db::Tx;
use desk::*;
use platform::control::session;
use platform::control::workspace::NewWorkspace;
use platform::web::{Guard, Routes, SESSION_COOKIE};
use platform::{Actor, App, Config, Error, NewTeam, Parts, TeamId, Workspace};
use testkit::{Backend, Place};
use tower::ServiceExt;
use ui::i18n::Lang;

/// 22 November 2026, 10 in the morning in India.
pub const MORNING: UtcMs = UtcMs(1_795_321_800_000);

const BODY_MAX: usize = 4 * 1024 * 1024;

pub struct Web {
    pub app: App,
    pub workspace: Arc<Workspace>,
    pub clock: Arc<TestClock>,
    pub router: Router,
    /// Sees and does everything.
    pub asha: Person,
    /// An executive of the workshop, whose queue is "Workshop".
    pub ravi: Person,
    /// An executive of another team.
    pub kabir: Person,
    pub workshop: QueueId,
    _place: Place,
}

#[derive(Clone)]
pub struct Person {
    pub actor: Actor,
    pub cookie: String,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Web {
    pub fn new(backend: Backend) -> Web {
        Web::at(backend, Arc::new(TestClock::at(MORNING)))
    }

    pub fn at(backend: Backend, clock: Arc<TestClock>) -> Web {
        let rooms = [frame::CATALOGUE, people::CATALOGUE, desk::CATALOGUE];
        ui::i18n::init(&rooms);
        let place = backend.place();
        let config = Config {
            data: place.path().join("data"),
            database: place.dsn().map(str::to_string),
            base_url: "http://127.0.0.1".into(),
            trusted_proxies: Vec::new(),
        };
        let entropy = Arc::new(SystemEntropy::new());
        let mut parts = Parts::new(clock.clone(), entropy, vec![people::room(), desk::room()]);
        parts.words = Arc::new(frame::CatalogueWords);
        let app = App::open(config, parts).unwrap();
        let workspace = app
            .create_workspace(NewWorkspace {
                slug: "arohi".into(),
                name: "Arohi Motors".into(),
                zone: "Asia/Kolkata".into(),
                lang: "en".into(),
            })
            .unwrap();
        let system = workspace.system();
        let (workshop_team, sales_team, workshop) =
            workspace.db.write_blocking(move |tx| furnish(tx, &system)).unwrap();
        let person = |name: &str, role: &str, team: Option<TeamId>| {
            let email = format!("{}@arohi.example", name.split(' ').next().unwrap());
            let email = EmailAddress::parse(&email.to_lowercase()).unwrap();
            let teams = team.into_iter().collect();
            let actor = app.add_person(&workspace, &email, name, role, teams).unwrap();
            let cookie = sign_in(&app, &actor);
            Person { actor, cookie }
        };
        let panels: &'static [people::Panel] = &[desk::PANEL];
        let routes = Routes::new()
            .get("/w/{ws}/live", Guard::Member, platform::web::live)
            .with(people::routes(panels))
            .with(desk::routes());
        Web {
            asha: person("Asha Rao", "Administrator", None),
            ravi: person("Ravi Kulkarni", "Executive", Some(workshop_team)),
            kabir: person("Kabir Khan", "Executive", Some(sales_team)),
            workshop,
            router: routes.build(app.clone()),
            app,
            workspace,
            clock,
            _place: place,
        }
    }

    pub fn clock_now(&self) -> UtcMs {
        base::Clock::now(&*self.clock)
    }

    pub fn write<T: Send + 'static>(
        &self,
        actor: &Actor,
        act: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> T {
        let actor = actor.clone();
        self.workspace.db.write_blocking(move |tx| act(tx, &actor)).unwrap()
    }

    pub fn read<T>(&self, look: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error>) -> T {
        self.workspace.db.read(|tx| look(tx, &self.asha.actor)).unwrap()
    }

    /// A mail of a customer, which opens a case.
    pub fn mail(&self, from: &str, name: &str, subject: &str, text: &str) -> Received {
        let message = self.letter(from, name, subject, text);
        self.write(&self.workspace.system(), move |tx, actor| receive(tx, actor, message))
    }

    pub fn letter(&self, from: &str, name: &str, subject: &str, text: &str) -> InboundMessage {
        InboundMessage {
            channel: Channel::Email,
            mailbox_id: Some(1),
            queue_id: Some(self.workshop),
            case_type: None,
            from: EmailAddress::parse(from).unwrap(),
            from_name: name.into(),
            to: Vec::new(),
            cc: Vec::new(),
            subject: subject.into(),
            text: text.into(),
            reply_text: text.into(),
            html_file_id: None,
            attachments: Vec::new(),
            thread: Thread::New { related: None },
            channel_key: None,
            auto: false,
            received_at: base::Clock::now(&*self.clock),
            language: String::new(),
        }
    }

    pub fn case(&self, number: &CaseNumber) -> CasePage {
        self.read(|tx, actor| case_page(tx, actor, number))
    }

    pub async fn ask(&self, person: &Person, request: Request<Body>) -> Answer {
        let (mut parts, body) = request.into_parts();
        parts.headers.insert(COOKIE, person.cookie.parse().unwrap());
        let request = Request::from_parts(parts, body);
        answer(self.router.clone().oneshot(request).await.unwrap()).await
    }

    pub async fn get(&self, person: &Person, path: &str) -> Answer {
        self.ask(person, Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Posts a form; the values are plain words.
    pub async fn post(&self, person: &Person, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask(person, form("POST", path, fields)).await
    }

    /// Posts a form with files, as a browser sends it.
    pub async fn upload(
        &self,
        person: &Person,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut body: Vec<u8> = Vec::new();
        for (name, value) in fields {
            let head = format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend(head.as_bytes());
            body.extend(format!("{value}\r\n").as_bytes());
        }
        for (name, mime, bytes) in files {
            let head = format!(
                "--cut\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
                 Content-Type: {mime}\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        let request = Request::post(path)
            .header(CONTENT_TYPE, "multipart/form-data; boundary=cut")
            .body(Body::from(body))
            .unwrap();
        self.ask(person, request).await
    }
}

/// A session of this person, as a cookie.
pub fn sign_in(app: &App, actor: &Actor) -> String {
    let (keys, login_id) = (app.keys().clone(), actor.login_id);
    let start = move |tx: &mut Tx<'_>| session::start(tx, &keys, login_id);
    let token = app.control().write_blocking(start).unwrap();
    format!("{SESSION_COOKIE}={token}")
}

pub fn form(method: &str, path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| {
            format!(
                "{name}={}",
                value.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace(' ', "+")
            )
        })
        .collect();
    Request::builder()
        .method(method)
        .uri(path)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(pairs.join("&")))
        .unwrap()
}

pub async fn answer(response: Response<Body>) -> Answer {
    let status = response.status();
    let location = response.headers().get(LOCATION);
    let location = location.map(|to| to.to_str().unwrap().to_string()).unwrap_or_default();
    let bytes = to_bytes(response.into_body(), BODY_MAX).await.unwrap();
    Answer { status, location, body: String::from_utf8(bytes.to_vec()).unwrap() }
}

impl Answer {
    /// The page, where there is one; what came instead says why not.
    pub fn ok(self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        self.body
    }

    /// Where it leads.
    pub fn leads(self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.location
    }

    /// The page that came back with something wrong in it.
    pub fn invalid(self) -> String {
        assert_eq!(self.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", self.body);
        self.body
    }
}

/// Two teams, the defaults, and the workshop's queue.
fn furnish(tx: &mut Tx<'_>, system: &Actor) -> Result<(TeamId, TeamId, QueueId), Error> {
    seed_defaults(tx, Lang::En)?;
    let mut team = |name: &str| {
        let new = NewTeam { id: None, name: name.into(), active: true, members: Vec::new() };
        platform::save_team(tx, system, &new)
    };
    let (workshop_team, sales_team) = (team("Workshop")?, team("Sales")?);
    let change = QueueChange {
        id: None,
        name: "Workshop".into(),
        team_id: Some(workshop_team),
        active: true,
    };
    Ok((workshop_team, sales_team, save_queue(tx, system, &change)?))
}
