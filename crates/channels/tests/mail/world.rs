//! Two workspaces with mailboxes, a mail server in memory, and a clock that stands still.

use std::sync::Arc;

use base::{EmailAddress, SystemEntropy, TestClock, UtcMs};
use channels::*;
use desk::{CaseId, CasePage, CaseRow, Order, Reply, View};
use platform::control::workspace::NewWorkspace;
use platform::{Actor, App, Config, Error, Parts, Workspace, run_due};
use testkit::{Backend, Place};
use tokio::runtime::Runtime;
use wire_email::client::{Config as Smtp, Tls};
use wire_email::loopback::{Kept, Loopback};

pub const MORNING: UtcMs = UtcMs(1_795_311_000_000);
pub const CARE: &str = "care@arohi.example";
pub const SALES: &str = "sales@arohi.example";
pub const HELP: &str = "help@nova.example";
pub const SUNITA: &str = "sunita@example.in";

pub struct World {
    pub rt: Runtime,
    pub app: App,
    pub clock: Arc<TestClock>,
    pub arohi: Arc<Workspace>,
    pub nova: Arc<Workspace>,
    pub asha: Actor,
    /// What customers get.
    pub outside: Loopback,
    pub place: Place,
}

impl World {
    pub fn new(backend: Backend) -> World {
        ui::i18n::init(&[
            frame::CATALOGUE,
            admin::CATALOGUE,
            people::CATALOGUE,
            desk::CATALOGUE,
            CATALOGUE,
        ]);
        let rt = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let place = backend.place();
        let clock = Arc::new(TestClock::at(MORNING));
        let outside = rt.block_on(Loopback::start()).unwrap();
        let app = open(&place, &clock, &outside);
        let make = |slug: &str| {
            let workspace = app
                .create_workspace(NewWorkspace {
                    slug: slug.into(),
                    name: slug.into(),
                    zone: "Asia/Kolkata".into(),
                    lang: "en".into(),
                })
                .unwrap();
            let seed = |tx: &mut db::Tx<'_>| desk::seed_defaults(tx, ui::Lang::En);
            workspace.db.write_blocking(seed).unwrap();
            workspace
        };
        let (arohi, nova) = (make("arohi"), make("nova"));
        let email = EmailAddress::parse("asha@arohi.example").unwrap();
        let asha = app.add_person(&arohi, &email, "Asha Rao", "Administrator", vec![]).unwrap();
        let world = World { rt, app, clock, arohi, nova, asha, outside, place };
        world.add_mailbox(&world.arohi, CARE, "Arohi Care").unwrap();
        world.add_mailbox(&world.arohi, SALES, "Arohi Sales").unwrap();
        world.add_mailbox(&world.nova, HELP, "Nova Help").unwrap();
        world
    }

    pub fn add_mailbox(
        &self,
        workspace: &Workspace,
        address: &str,
        name: &str,
    ) -> Result<MailboxId, Error> {
        let form = MailboxForm {
            address: address.into(),
            name: name.into(),
            signature: "Arohi Motors\nPune".into(),
            active: true,
            ..MailboxForm::default()
        };
        let system = workspace.system();
        self.rt.block_on(add_mailbox(&self.app, workspace, &system, &form))
    }

    /// The program ends as by a power cut, and starts again.
    pub fn restart(self) -> World {
        let World { rt, app, clock, arohi, nova, asha, outside, place } = self;
        drop((app, arohi, nova));
        let app = open(&place, &clock, &outside);
        recover(&app).unwrap();
        let (arohi, nova) = (app.workspace("arohi").unwrap(), app.workspace("nova").unwrap());
        World { rt, app, clock, arohi, nova, asha, outside, place }
    }

    pub fn accept(&self, from: &str, to: &str, raw: &[u8]) -> Accepted {
        self.rt.block_on(accept(&self.app, from, to, raw))
    }

    /// Hands a mail in, reads it, and does everything that follows of it at once.
    pub fn deliver(&self, from: &str, to: &str, raw: &str) -> InboundMail {
        let Accepted::Kept(id) = self.accept(from, to, raw.as_bytes()) else {
            panic!("not accepted: {raw}")
        };
        self.run();
        self.inbound(id)
    }

    /// All that is due, in both workspaces, until nothing is.
    pub fn run(&self) {
        let tries = || -> usize {
            let of = |workspace: &Arc<Workspace>| {
                let due = run_due(&self.app, Some(workspace), &workspace.db);
                self.rt.block_on(due).unwrap()
            };
            of(&self.arohi) + of(&self.nova)
        };
        while tries() > 0 {}
    }

    /// The undo time of a reply goes by.
    pub fn later(&self, seconds: i64) {
        self.clock.advance_ms(seconds * 1_000);
        self.run();
    }

    pub fn home(&self, id: InboundId) -> &Arc<Workspace> {
        let system = self.arohi.system();
        let here = self.arohi.db.read(|tx| find_inbound(tx, &system, id));
        if here.is_ok() { &self.arohi } else { &self.nova }
    }

    pub fn inbound(&self, id: InboundId) -> InboundMail {
        self.inbound_of(self.home(id), id)
    }

    pub fn inbound_of(&self, workspace: &Workspace, id: InboundId) -> InboundMail {
        workspace.db.read(|tx| find_inbound(tx, &workspace.system(), id)).unwrap()
    }

    pub fn inbounds(&self, workspace: &Workspace) -> Vec<InboundMail> {
        let system = workspace.system();
        workspace.db.read(|tx| list_inbound(tx, &system, None, None)).unwrap().mails
    }

    pub fn outbounds(&self, workspace: &Workspace) -> Vec<OutboundMail> {
        let system = workspace.system();
        let mut found = Vec::new();
        for state in OutboundState::ALL {
            let list = |tx: &mut db::Tx<'_>| list_outbound(tx, &system, state, UtcMs(0), None);
            found.extend(workspace.db.read(list).unwrap().mails);
        }
        found.sort_by_key(|mail| mail.id);
        found
    }

    pub fn outbound(&self, workspace: &Workspace, id: OutboundId) -> OutboundMail {
        workspace.db.read(|tx| find_outbound(tx, &workspace.system(), id)).unwrap()
    }

    pub fn cases(&self, workspace: &Workspace) -> Vec<CaseRow> {
        let system = workspace.system();
        let list =
            |tx: &mut db::Tx<'_>| desk::list_cases(tx, &system, View::Open, Order::Newest, None);
        let mut rows = workspace.db.read(list).unwrap().rows;
        rows.sort_by_key(|row| row.id);
        rows
    }

    pub fn page(&self, workspace: &Workspace, case_id: i64) -> CasePage {
        let system = workspace.system();
        workspace
            .db
            .read(|tx| {
                let case = desk::case_by_id(tx, &system, CaseId(case_id))?;
                desk::case_page(tx, &system, &case.number)
            })
            .unwrap()
    }

    pub fn reply(&self, case_id: i64, text: &str) -> desk::MessageId {
        let reply = Reply { text: text.into(), ..Reply::default() };
        let asha = self.asha.clone();
        let write = move |tx: &mut db::Tx<'_>| desk::reply(tx, &asha, CaseId(case_id), &reply);
        self.arohi.db.write_blocking(write).unwrap()
    }

    pub fn write<T: Send + 'static>(
        &self,
        use_case: impl FnOnce(&mut db::Tx<'_>, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let asha = self.asha.clone();
        self.arohi.db.write_blocking(move |tx| use_case(tx, &asha))
    }

    pub fn sent_to(&self, address: &str) -> Vec<Kept> {
        self.outside.mails(address)
    }
}

fn open(place: &Place, clock: &Arc<TestClock>, outside: &Loopback) -> App {
    let at = outside.address();
    let relay = Smtp::new(at.ip().to_string(), at.port(), Tls::None);
    let entropy = Arc::new(SystemEntropy::new());
    let deps =
        Deps { transport: Arc::new(SmtpTransport::new(Some(relay))), entropy: entropy.clone() };
    let config = Config {
        data: place.path().join("data"),
        database: place.dsn().map(str::to_string),
        base_url: "https://desk.example".into(),
        trusted_proxies: vec![],
    };
    let rooms = vec![people::room(), desk::room(), room(deps)];
    App::open(config, Parts::new(clock.clone(), entropy, rooms)).unwrap()
}

/// A mail as a person's program writes it.
pub fn mail(from: &str, to: &str, id: &str, subject: &str, text: &str) -> String {
    mail_with(from, to, id, subject, "", text)
}

pub fn mail_with(from: &str, to: &str, id: &str, subject: &str, head: &str, text: &str) -> String {
    format!(
        "Received: from somewhere by here; Sun, 22 Nov 2026 10:00:00 +0530\r\n\
         From: {from}\r\nTo: {to}\r\nMessage-ID: <{id}>\r\nSubject: {subject}\r\n{head}\
         Date: Sun, 22 Nov 2026 10:00:00 +0530\r\n\r\n{text}\r\n"
    )
}
