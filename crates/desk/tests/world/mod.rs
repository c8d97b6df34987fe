//! A small desk with named people, on either database.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;

use base::{EmailAddress, TestClock, UtcMs, Zone};
use db::{Db, Options, Schema, Tx};
use desk::*;
use platform::{Actor, ActorKind, Error, MemberId, NewTeam, Scope, TeamId};
use testkit::{Backend, Place};
use ui::i18n::Lang;

pub struct World {
    _place: Place,
    pub db: Db,
    pub clock: Arc<TestClock>,
    /// Does everything, as an administrator.
    pub asha: Actor,
    /// An executive of the workshop's team.
    pub ravi: Actor,
    /// An executive of the workshop's team, who sees only what is hers.
    pub meera: Actor,
    /// An executive of the sales team.
    pub kabir: Actor,
    pub system: Actor,
    pub front: QueueId,
    pub workshop: QueueId,
    pub sales: QueueId,
}

/// 22 November 2026, 10 in the morning in India.
pub const MORNING: UtcMs = UtcMs(1_795_321_800_000);

pub fn schema() -> Schema {
    let mut migrations = platform::own_room().migrations;
    migrations.extend(people::room().migrations);
    migrations.extend(desk::room().migrations);
    Schema { migrations, version: 1, compat_min: 1 }
}

impl World {
    pub fn new(backend: Backend) -> World {
        ui::i18n::init(&[people::CATALOGUE, desk::CATALOGUE]);
        let place = backend.place();
        let clock = Arc::new(TestClock::at(MORNING));
        let options = Options { clock: clock.clone(), ..Options::default() };
        let db = place.open("ws", &schema(), options);
        let ids = db.write_blocking(furnish).unwrap();
        let scoped = ["case.read", "case.reply", "case.assign", "case.change"];
        let free = ["case.create", "contact.read", "contact.write"];
        let executive = |id, name: &str, team: TeamId, scope| {
            let mut grants: Vec<(&str, Scope)> = scoped.iter().map(|key| (*key, scope)).collect();
            grants.extend(free.iter().map(|key| (*key, Scope::All)));
            member(id, name, &[team], &grants)
        };
        let all: Vec<&str> = scoped.iter().chain(&free).copied().collect();
        let mut grants: Vec<(&str, Scope)> = all.iter().map(|key| (*key, Scope::All)).collect();
        grants.extend([("desk.configure", Scope::All), ("setting.manage", Scope::All)]);
        World {
            asha: member(ids.asha, "Asha Rao", &[], &grants),
            ravi: executive(ids.ravi, "Ravi Kulkarni", ids.workshop_team, Scope::Team),
            meera: executive(ids.meera, "Meera Joshi", ids.workshop_team, Scope::Own),
            kabir: executive(ids.kabir, "Kabir Khan", ids.sales_team, Scope::Team),
            system: Actor::system(Zone::india()),
            front: ids.front,
            workshop: ids.workshop,
            sales: ids.sales,
            _place: place,
            db,
            clock,
        }
    }

    pub fn write<T: Send + 'static>(
        &self,
        actor: &Actor,
        act: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let actor = actor.clone();
        self.db.write_blocking(move |tx| act(tx, &actor))
    }

    pub fn read<T>(
        &self,
        actor: &Actor,
        look: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.db.read(|tx| look(tx, actor))
    }

    pub fn receive(&self, message: InboundMessage) -> Received {
        self.write(&self.system, move |tx, actor| receive(tx, actor, message)).unwrap()
    }

    /// A mail from a customer in a thread of its own.
    pub fn mail(&self, from: &str, subject: &str, text: &str) -> Received {
        self.receive(self.letter(from, subject, text, Thread::New { related: None }))
    }

    /// The customer's next mail in the same thread.
    pub fn answer(&self, first: &Received, from: &str, text: &str) -> Received {
        let thread = Thread::Conversation(first.conversation_id);
        self.receive(self.letter(from, "Re: it", text, thread))
    }

    pub fn letter(&self, from: &str, subject: &str, text: &str, thread: Thread) -> InboundMessage {
        InboundMessage {
            channel: Channel::Email,
            mailbox_id: Some(1),
            queue_id: None,
            from: EmailAddress::parse(from).unwrap(),
            from_name: from.split('@').next().unwrap().to_string(),
            to: Vec::new(),
            cc: Vec::new(),
            subject: subject.into(),
            text: text.into(),
            reply_text: text.into(),
            html_file_id: None,
            attachments: Vec::new(),
            thread,
            channel_key: None,
            auto: false,
            received_at: base::Clock::now(&*self.clock),
            case_type: None,
            language: String::new(),
        }
    }

    pub fn reply(&self, actor: &Actor, case_id: CaseId, text: &str) -> Result<MessageId, Error> {
        let new = Reply { text: text.into(), ..Reply::default() };
        self.write(actor, move |tx, actor| reply(tx, actor, case_id, &new))
    }

    pub fn assign(
        &self,
        actor: &Actor,
        id: CaseId,
        owner: Option<&Actor>,
        queue_id: Option<QueueId>,
    ) -> Result<(), Error> {
        let to = Assignment { owner_id: owner.map(|member| member.member_id), queue_id };
        self.write(actor, move |tx, actor| assign(tx, actor, id, &to))
    }

    pub fn case(&self, id: CaseId) -> Case {
        self.read(&self.asha, |tx, actor| case_by_id(tx, actor, id)).unwrap()
    }

    pub fn page(&self, id: CaseId) -> CasePage {
        let number = self.case(id).number;
        self.read(&self.asha, |tx, actor| case_page(tx, actor, &number)).unwrap()
    }

    /// Kinds of the case's events, oldest first.
    pub fn kinds(&self, id: CaseId) -> Vec<String> {
        self.page(id).events.into_iter().map(|event| event.kind).collect()
    }

    /// Subjects of a view's first page.
    pub fn subjects(&self, actor: &Actor, view: View) -> Vec<String> {
        let list =
            self.read(actor, |tx, actor| list_cases(tx, actor, view, Order::Urgent, None)).unwrap();
        list.rows.into_iter().map(|row| row.subject).collect()
    }

    pub fn found(&self, actor: &Actor, text: &str) -> Vec<String> {
        let rows = self.read(actor, |tx, actor| find_cases(tx, actor, text)).unwrap();
        rows.into_iter().map(|row| row.subject).collect()
    }
}

/// What is wrong, field by field.
pub fn problems<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<(&'static str, &'static str)> {
    match result.unwrap_err() {
        Error::Invalid(errors) => errors.iter().map(|error| (error.field, error.key)).collect(),
        other => panic!("{other}"),
    }
}

fn member(id: MemberId, name: &str, teams: &[TeamId], grants: &[(&str, Scope)]) -> Actor {
    Actor {
        kind: ActorKind::Person,
        member_id: id,
        login_id: id.0,
        name: name.into(),
        email: format!("{id}@example.in"),
        lang: "en".into(),
        zone: Zone::india(),
        teams: teams.to_vec(),
        grants: grants.iter().map(|(key, scope)| (key.to_string(), *scope)).collect(),
    }
}

struct Ids {
    asha: MemberId,
    ravi: MemberId,
    meera: MemberId,
    kabir: MemberId,
    workshop_team: TeamId,
    sales_team: TeamId,
    front: QueueId,
    workshop: QueueId,
    sales: QueueId,
}

/// Four members, two teams, three queues and the defaults.
fn furnish(tx: &mut Tx<'_>) -> Result<Ids, Error> {
    let system = Actor::system(Zone::india());
    seed_defaults(tx, Lang::En)?;
    let role: i64 = tx.next_id()?;
    tx.exec(
        "insert into role (id, name, grants, built_in) values (?1, 'Executive', '[]', 1)",
        &[&role],
    )?;
    let mut add = |name: &str| -> Result<MemberId, Error> {
        let id: MemberId = tx.next_id()?;
        tx.exec(
            "insert into member (id, login_id, name, email, role_id, active, created_at)
             values (?1, ?1, ?2, ?3, ?4, 1, 0)",
            &[&id, &name, &format!("{id}@example.in"), &role],
        )?;
        Ok(id)
    };
    let (asha, ravi) = (add("Asha Rao")?, add("Ravi Kulkarni")?);
    let (meera, kabir) = (add("Meera Joshi")?, add("Kabir Khan")?);
    let mut team = |name: &str, members: Vec<MemberId>| {
        platform::save_team(
            tx,
            &system,
            &NewTeam { id: None, name: name.into(), active: true, members },
        )
    };
    let workshop_team = team("Workshop", vec![ravi, meera])?;
    let sales_team = team("Sales", vec![kabir])?;
    let mut queue = |name: &str, team_id| {
        let change = QueueChange { id: None, name: name.into(), team_id, active: true };
        save_queue(tx, &system, &change)
    };
    let workshop = queue("Workshop", Some(workshop_team))?;
    let sales = queue("Sales", Some(sales_team))?;
    let front = list_queues(tx)?.iter().find(|queue| queue.name == "Front desk").unwrap().id;
    Ok(Ids { asha, ravi, meera, kabir, workshop_team, sales_team, front, workshop, sales })
}
