//! Tells the demonstration's story: reads the two files and lives them through the same use
//! cases that people use, with the clock set to when each step happened.

use std::collections::HashMap;

use base::{EmailAddress, UtcMs, Zone};
use db::Tx;
use desk::{
    Address, Assignment, CaseChange, CaseType, Channel, InboundMessage, Priority, QueueChange,
    QueueId, Reply, StatusType, Thread as MailThread,
};
use people::{ContactId, NewContact, NewPhone};
use platform::control::workspace::NewWorkspace;
use platform::{Actor, App, Error, NewTeam, Workspace};
use serde::Deserialize;

use super::DemoPerson;
use super::clock::StoryClock;

const AROHI: &str = include_str!("arohi.json");
const SETU: &str = include_str!("setu.json");

/// Addresses that the page "what the customer sees" offers.
pub const MAILBOXES: [&str; 2] = ["care@arohi.example", "care@setu.example"];

#[derive(Deserialize)]
struct Story {
    workspace: House,
    teams: Vec<String>,
    people: Vec<Person>,
    queues: Vec<QueueOf>,
    categories: Vec<Category>,
    mailboxes: Vec<Mailbox>,
    accounts: Vec<Account>,
    customers: Vec<Customer>,
    threads: Vec<Thread>,
    history: History,
}

#[derive(Deserialize)]
struct House {
    slug: String,
    name: String,
    zone: String,
    lang: String,
}

#[derive(Deserialize)]
struct Person {
    email: String,
    name: String,
    role: String,
    lang: String,
    teams: Vec<String>,
}

#[derive(Deserialize)]
struct QueueOf {
    name: String,
    team: String,
}

#[derive(Deserialize)]
struct Category {
    name: String,
    children: Vec<String>,
}

#[derive(Deserialize)]
struct Mailbox {
    address: String,
    name: String,
    queue: String,
    #[serde(rename = "type")]
    case_type: String,
    lang: String,
    signature: String,
}

#[derive(Deserialize)]
struct Account {
    name: String,
}

#[derive(Clone, Deserialize)]
struct Customer {
    email: String,
    name: String,
    phone: String,
    lang: String,
    account: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Thread {
    days_ago: Option<i64>,
    at: Option<String>,
    minutes_ago: Option<i64>,
    customer: String,
    mailbox: String,
    #[serde(rename = "type")]
    case_type: String,
    subject: String,
    category: String,
    priority: String,
    queue: String,
    steps: Vec<Step>,
}

#[derive(Clone, Deserialize)]
struct Step {
    #[serde(default)]
    after_minutes: i64,
    customer: Option<String>,
    agent: Option<String>,
    note: Option<String>,
    text: Option<String>,
    assign: Option<String>,
    status: Option<String>,
}

#[derive(Deserialize)]
struct History {
    days: i64,
    subjects: Vec<Past>,
}

#[derive(Clone, Deserialize)]
struct Past {
    #[serde(rename = "type")]
    case_type: String,
    subject: String,
    category: String,
    lang: String,
    customer: String,
    agent: String,
}

fn stories() -> anyhow::Result<Vec<Story>> {
    Ok(vec![serde_json::from_str(AROHI)?, serde_json::from_str(SETU)?])
}

/// Who can sign in.
pub fn people() -> anyhow::Result<Vec<DemoPerson>> {
    let mut people = Vec::new();
    for story in stories()? {
        people.extend(story.people.into_iter().map(|person| DemoPerson {
            workspace: story.workspace.slug.clone(),
            name: person.name,
            email: person.email,
            role: person.role,
        }));
    }
    Ok(people)
}

/// Lives both stories up to `now`.
pub async fn tell(app: &App, clock: &StoryClock, now: UtcMs) -> anyhow::Result<()> {
    let password = super::password_hash(app)?;
    for story in stories()? {
        clock.set(now.plus_ms(-(story.history.days + 1) * UtcMs::DAY));
        let teller = Teller::new(app, &story, &password).await?;
        let mut events = teller.recent(&story, now)?;
        events.extend(teller.past(&story, now));
        events.sort_by_key(|event| event.began_at);
        for event in events {
            teller.live(clock, event).await?;
        }
    }
    Ok(())
}

/// A conversation with all its steps, each at its instant.
struct Episode {
    began_at: UtcMs,
    contact: Known,
    mailbox: i64,
    queue: Option<QueueId>,
    subject: String,
    case_type: CaseType,
    priority: Priority,
    category: Option<desk::CategoryId>,
    steps: Vec<(UtcMs, Doing)>,
}

#[derive(Clone)]
struct Known {
    id: ContactId,
    email: EmailAddress,
    name: String,
    lang: String,
}

/// What somebody does in a step.
enum Doing {
    Write(String),
    Answer(Actor, String),
    Note(Actor, String),
    Assign(Actor),
    Move(Actor, StatusType),
}

struct Teller {
    app: App,
    workspace: std::sync::Arc<Workspace>,
    zone: Zone,
    actors: HashMap<String, Actor>,
    contacts: HashMap<String, Known>,
    queues: HashMap<String, QueueId>,
    categories: HashMap<String, desk::CategoryId>,
    mailboxes: HashMap<String, i64>,
}

fn unknown(what: &str, name: &str) -> Error {
    Error::Internal(format!("the story has no {what} {name}"))
}

impl Teller {
    /// Builds the house: teams, people, queues, categories, mailboxes, customers.
    async fn new(app: &App, story: &Story, password: &str) -> anyhow::Result<Teller> {
        let house = &story.workspace;
        let workspace = app.create_workspace(NewWorkspace {
            slug: house.slug.clone(),
            name: house.name.clone(),
            zone: house.zone.clone(),
            lang: house.lang.clone(),
        })?;
        workspace.db.write(|tx| desk::seed_defaults(tx, ui::i18n::Lang::default())).await?;
        let mut teller = Teller {
            app: app.clone(),
            zone: workspace.zone.clone(),
            workspace,
            actors: HashMap::new(),
            contacts: HashMap::new(),
            queues: HashMap::new(),
            categories: HashMap::new(),
            mailboxes: HashMap::new(),
        };
        teller.house(story, password).await?;
        teller.mailboxes(story).await?;
        teller.customers(story).await?;
        Ok(teller)
    }

    async fn house(&mut self, story: &Story, password: &str) -> Result<(), Error> {
        let system = self.workspace.system();
        let mut teams = HashMap::new();
        for name in &story.teams {
            let (by, name) = (system.clone(), name.clone());
            let team = NewTeam { id: None, name: name.clone(), active: true, members: Vec::new() };
            let id = self.workspace.db.write(move |tx| platform::save_team(tx, &by, &team)).await?;
            teams.insert(name, id);
        }
        for person in &story.people {
            let email = EmailAddress::parse(&person.email)
                .map_err(|_| unknown("address", &person.email))?;
            let own = person.teams.iter().filter_map(|team| teams.get(team).copied()).collect();
            let actor =
                self.app.add_person(&self.workspace, &email, &person.name, &person.role, own)?;
            let (login_id, hash) = (actor.login_id, password.to_string());
            let lang = person.lang.clone();
            self.app
                .control()
                .write(move |tx| {
                    platform::control::login::set_password(tx, login_id, &hash)?;
                    platform::control::login::set_preferences(tx, login_id, &lang, "auto")
                })
                .await?;
            self.actors.insert(person.email.clone(), actor);
        }
        let queues: Vec<QueueChange> = story
            .queues
            .iter()
            .map(|queue| QueueChange {
                id: None,
                name: queue.name.clone(),
                team_id: teams.get(&queue.team).copied(),
                active: true,
            })
            .collect();
        let categories: Vec<(String, Vec<String>)> =
            story.categories.iter().map(|it| (it.name.clone(), it.children.clone())).collect();
        let (queues, categories) = self
            .workspace
            .db
            .write(move |tx| {
                Ok::<_, Error>((
                    make_queues(tx, &system, queues)?,
                    make_categories(tx, &system, categories)?,
                ))
            })
            .await?;
        (self.queues, self.categories) = (queues, categories);
        Ok(())
    }

    async fn mailboxes(&mut self, story: &Story) -> Result<(), Error> {
        let system = self.workspace.system();
        for mailbox in &story.mailboxes {
            let form = channels::MailboxForm {
                address: mailbox.address.clone(),
                name: mailbox.name.clone(),
                queue_id: self.queues.get(&mailbox.queue).copied(),
                case_type: CaseType::from_name(&mailbox.case_type),
                lang: mailbox.lang.clone(),
                signature: mailbox.signature.clone(),
                active: true,
                ..channels::MailboxForm::default()
            };
            let id = channels::add_mailbox(&self.app, &self.workspace, &system, &form).await?;
            self.mailboxes.insert(mailbox.address.clone(), id.0);
        }
        Ok(())
    }

    async fn customers(&mut self, story: &Story) -> Result<(), Error> {
        let system = self.workspace.system();
        let accounts: Vec<String> = story.accounts.iter().map(|it| it.name.clone()).collect();
        let customers = story.customers.clone();
        self.contacts = self
            .workspace
            .db
            .write(move |tx| make_customers(tx, &system, &accounts, &customers))
            .await?;
        Ok(())
    }

    fn actor(&self, email: &str) -> Result<Actor, Error> {
        self.actors.get(email).cloned().ok_or_else(|| unknown("person", email))
    }

    /// The threads of the last weeks.
    fn recent(&self, story: &Story, now: UtcMs) -> Result<Vec<Episode>, Error> {
        story.threads.iter().map(|thread| self.episode(thread, now)).collect()
    }

    fn episode(&self, thread: &Thread, now: UtcMs) -> Result<Episode, Error> {
        let began_at = self.began_at(thread, now);
        let contact = self.contacts.get(&thread.customer);
        let mailbox = self.mailboxes.get(&thread.mailbox);
        let mut at = began_at;
        let mut steps = Vec::new();
        let mut last = self.workspace.system();
        for step in &thread.steps {
            at = at.plus_ms(step.after_minutes * UtcMs::MINUTE);
            let at = UtcMs(at.0.min(now.0 - UtcMs::MINUTE));
            let doing = self.doing(step, &mut last)?;
            steps.push((at, doing));
        }
        Ok(Episode {
            began_at,
            contact: contact.cloned().ok_or_else(|| unknown("customer", &thread.customer))?,
            mailbox: *mailbox.ok_or_else(|| unknown("mailbox", &thread.mailbox))?,
            queue: self.queues.get(&thread.queue).copied(),
            subject: thread.subject.clone(),
            case_type: CaseType::from_name(&thread.case_type)
                .ok_or_else(|| unknown("type", &thread.case_type))?,
            priority: Priority::from_name(&thread.priority)
                .ok_or_else(|| unknown("priority", &thread.priority))?,
            category: self.categories.get(&thread.category).copied(),
            steps,
        })
    }

    fn doing(&self, step: &Step, last: &mut Actor) -> Result<Doing, Error> {
        let text = step.text.clone().unwrap_or_default();
        if let Some(words) = &step.customer {
            return Ok(Doing::Write(words.clone()));
        }
        if let Some(email) = &step.agent {
            *last = self.actor(email)?;
            return Ok(Doing::Answer(last.clone(), text));
        }
        if let Some(email) = &step.note {
            return Ok(Doing::Note(self.actor(email)?, text));
        }
        if let Some(email) = &step.assign {
            *last = self.actor(email)?;
            return Ok(Doing::Assign(last.clone()));
        }
        let name = step.status.as_deref().unwrap_or_default();
        let status = StatusType::from_name(name).ok_or_else(|| unknown("status", name))?;
        Ok(Doing::Move(last.clone(), status))
    }

    /// `days_ago` at a local clock time, or `minutes_ago`.
    fn began_at(&self, thread: &Thread, now: UtcMs) -> UtcMs {
        if let Some(minutes) = thread.minutes_ago {
            return now.plus_ms(-minutes * UtcMs::MINUTE);
        }
        let minutes = minutes_of(thread.at.as_deref().unwrap_or("10:00"));
        self.local(now, thread.days_ago.unwrap_or(1), minutes)
    }

    /// So many minutes after the local midnight that began the day `days_ago`.
    fn local(&self, now: UtcMs, days_ago: i64, minutes: i64) -> UtcMs {
        let local = self.zone.local(now);
        let since_midnight = i64::from(local.hour) * 60 + i64::from(local.minute);
        now.plus_ms(-days_ago * UtcMs::DAY + (minutes - since_midnight) * UtcMs::MINUTE)
    }

    /// Short exchanges spread over the months before.
    fn past(&self, story: &Story, now: UtcMs) -> Vec<Episode> {
        let mut customers: Vec<&Known> = self.contacts.values().collect();
        customers.sort_by_key(|known| known.id.0);
        let mut agents: Vec<&Actor> = self
            .actors
            .values()
            .filter(|actor| actor.may(desk::DeskPermission::ReplyCase))
            .collect();
        agents.sort_by_key(|actor| actor.member_id.0);
        let Some(mailbox) = story.mailboxes.first() else { return Vec::new() };
        let rounds = 2 * story.history.subjects.len();
        (0..rounds)
            .filter_map(|round| {
                let past = &story.history.subjects[round % story.history.subjects.len()];
                let hindi = |known: &&&Known| (known.lang == "hi") == (past.lang == "hi");
                let speakers: Vec<&&Known> = customers.iter().filter(hindi).collect();
                let contact = **speakers.get((round * 7 + 3) % speakers.len().max(1))?;
                let agent = *agents.get((round * 5 + 1) % agents.len().max(1))?;
                let days = story.history.days * (round as i64 + 1) / rounds as i64;
                let minutes = 9 * 60 + 30 + (round as i64 * 53) % 480;
                let began_at = self.local(now, days + 2, minutes);
                let after = |minutes: i64| began_at.plus_ms(minutes * UtcMs::MINUTE);
                let wait = 12 + (round as i64 * 37) % 190;
                Some(Episode {
                    began_at,
                    contact: contact.clone(),
                    mailbox: *self.mailboxes.get(&mailbox.address)?,
                    queue: self.queues.get(&mailbox.queue).copied(),
                    subject: past.subject.clone(),
                    case_type: CaseType::from_name(&past.case_type)?,
                    priority: Priority::Normal,
                    category: self.categories.get(&past.category).copied(),
                    steps: vec![
                        (began_at, Doing::Write(past.customer.clone())),
                        (after(2), Doing::Assign(agent.clone())),
                        (after(wait), Doing::Answer(agent.clone(), past.agent.clone())),
                        (after(wait + 600), Doing::Move(agent.clone(), StatusType::Resolved)),
                        (after(wait + 3_000), Doing::Move(agent.clone(), StatusType::Closed)),
                    ],
                })
            })
            .collect()
    }

    /// Lives an episode in one transaction, then sends what it queued.
    async fn live(&self, clock: &StoryClock, episode: Episode) -> Result<(), Error> {
        let system = self.workspace.system();
        let last = episode.steps.last().map_or(episode.began_at, |(at, _)| *at);
        clock.set(episode.began_at);
        let subject = episode.subject.clone();
        let played = self.workspace.db.write(move |tx| play(tx, &system, &episode)).await;
        played.map_err(|error| Error::Internal(format!("{subject}: {error}")))?;
        clock.set(last.plus_ms(UtcMs::MINUTE));
        platform::run_due(&self.app, Some(&self.workspace), &self.workspace.db).await?;
        Ok(())
    }
}

fn minutes_of(clock: &str) -> i64 {
    let (hours, minutes) = clock.split_once(':').unwrap_or(("10", "0"));
    hours.parse::<i64>().unwrap_or(10) * 60 + minutes.parse::<i64>().unwrap_or(0)
}

fn make_queues(
    tx: &mut Tx<'_>,
    system: &Actor,
    changes: Vec<QueueChange>,
) -> Result<HashMap<String, QueueId>, Error> {
    let known = desk::list_queues(tx)?;
    let mut made = HashMap::new();
    for change in changes {
        let id = known.iter().find(|queue| queue.name == change.name).map(|queue| queue.id);
        let change = QueueChange { id, ..change };
        made.insert(change.name.clone(), desk::save_queue(tx, system, &change)?);
    }
    Ok(made)
}

fn make_categories(
    tx: &mut Tx<'_>,
    system: &Actor,
    tree: Vec<(String, Vec<String>)>,
) -> Result<HashMap<String, desk::CategoryId>, Error> {
    let known = desk::list_categories(tx)?;
    let mut made = HashMap::new();
    let save = |tx: &mut Tx<'_>, name: &str, parent_id| {
        let same = known.iter().find(|it| it.name == name && it.parent_id == parent_id);
        let change = desk::CategoryChange {
            id: same.map(|it| it.id),
            parent_id,
            name: name.to_string(),
            type_hint: None,
            active: true,
        };
        desk::save_category(tx, system, &change)
    };
    for (name, children) in tree {
        let parent = save(tx, &name, None)?;
        made.insert(name.clone(), parent);
        for child in children {
            let id = save(tx, &child, Some(parent))?;
            made.insert(format!("{name}/{child}"), id);
        }
    }
    Ok(made)
}

fn make_customers(
    tx: &mut Tx<'_>,
    system: &Actor,
    accounts: &[String],
    customers: &[Customer],
) -> Result<HashMap<String, Known>, Error> {
    let mut companies = HashMap::new();
    for name in accounts {
        let change = people::AccountChange { name: name.clone(), ..Default::default() };
        companies.insert(name.clone(), people::create_account(tx, system, &change)?);
    }
    let mut known = HashMap::new();
    for customer in customers {
        let account = customer.account.as_ref().and_then(|name| companies.get(name).copied());
        let phone = NewPhone { number: customer.phone.clone(), label: String::new() };
        let new = NewContact {
            name: customer.name.clone(),
            language: customer.lang.clone(),
            account_id: account,
            phones: vec![phone],
            emails: vec![customer.email.clone()],
        };
        let id = people::create_contact(tx, system, &new)?;
        if let Some(note) = customer.note.as_deref().filter(|note| !note.is_empty()) {
            people::add_note(tx, system, id, note)?;
        }
        let email = EmailAddress::parse(&customer.email)
            .map_err(|_| unknown("address", &customer.email))?;
        let (name, lang) = (customer.name.clone(), customer.lang.clone());
        known.insert(customer.email.clone(), Known { id, email, name, lang });
    }
    Ok(known)
}

/// Lives one episode: the first step opens the case, the others go on with it.
fn play(tx: &mut Tx<'_>, system: &Actor, episode: &Episode) -> Result<(), Error> {
    let mut case_id = None;
    let mut thread = MailThread::New { related: None };
    for (at, doing) in &episode.steps {
        tx.set_now(*at);
        match (doing, case_id) {
            (Doing::Write(text), _) => {
                let received = desk::receive(tx, system, letter(episode, text, *at, thread))?;
                thread = MailThread::Conversation(received.conversation_id);
                if case_id.is_none() {
                    sort(tx, system, episode, received.case_id)?;
                }
                case_id = Some(received.case_id);
            }
            (Doing::Answer(actor, text), Some(id)) => {
                let reply = Reply { text: text.clone(), ..Reply::default() };
                desk::reply(tx, actor, id, &reply)?;
            }
            (Doing::Note(actor, text), Some(id)) => {
                desk::add_note(tx, actor, id, text, &[])?;
            }
            (Doing::Assign(actor), Some(id)) => {
                let case = desk::case_by_id(tx, system, id)?;
                let to = Assignment { owner_id: Some(actor.member_id), queue_id: case.queue_id };
                desk::assign(tx, system, id, &to)?;
            }
            (Doing::Move(actor, status), Some(id)) => {
                let all = desk::list_statuses(tx)?;
                if let Some(found) = all.iter().find(|it| it.status_type == *status) {
                    desk::set_status(tx, actor, id, found.id)?;
                }
            }
            (_, None) => return Err(unknown("first message", &episode.subject)),
        }
    }
    Ok(())
}

fn letter(episode: &Episode, text: &str, at: UtcMs, thread: MailThread) -> InboundMessage {
    InboundMessage {
        channel: Channel::Email,
        mailbox_id: Some(episode.mailbox),
        queue_id: episode.queue,
        case_type: Some(episode.case_type),
        from: episode.contact.email.clone(),
        from_name: episode.contact.name.clone(),
        to: Vec::<Address>::new(),
        cc: Vec::new(),
        subject: episode.subject.clone(),
        text: text.to_string(),
        reply_text: text.to_string(),
        html_file_id: None,
        attachments: Vec::new(),
        thread,
        channel_key: None,
        auto: false,
        received_at: at,
        language: episode.contact.lang.clone(),
    }
}

/// Type, category and priority as somebody at the desk would set them.
fn sort(tx: &mut Tx<'_>, system: &Actor, episode: &Episode, id: desk::CaseId) -> Result<(), Error> {
    let case = desk::case_by_id(tx, system, id)?;
    let change = CaseChange {
        case_type: episode.case_type,
        subject: case.subject.clone(),
        category_id: episode.category,
        priority: episode.priority,
    };
    desk::change_case(tx, system, id, case.version, &change)?;
    Ok(())
}
