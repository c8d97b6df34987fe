//! Commands on data: the same code whether the command line has the data to itself or a running
//! server answers for it.

use std::fmt::Write;

use base::EmailAddress;
use channels::{Accepted, MailboxForm};
use db::verify_chain;
use platform::control::login::{LinkPurpose, login_by_email, make_link};
use platform::control::token;
use platform::control::workspace::{NewWorkspace, of_login};
use platform::{App, Error};
use serde::{Deserialize, Serialize};

use crate::seed;

/// What can be asked of whoever holds the data.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum Command {
    WorkspaceCreate { slug: String, name: String, admin: String, zone: String, lang: String },
    MailboxCreate { workspace: String, address: String, name: String },
    TokenCreate { workspace: String, user: String, name: String },
    MailDeliver { recipient: String, sender: String },
    Seed { workspace: String, cases: u64 },
    Doctor,
}

/// What comes back: text for the person, an exit code for the shell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub code: u8,
    pub text: String,
}

impl Reply {
    pub fn ok(text: String) -> Reply {
        Reply { code: 0, text }
    }
}

/// Runs a command.
pub async fn run(app: &App, command: Command, body: Vec<u8>) -> Reply {
    let done = match command {
        Command::MailDeliver { recipient, sender } => {
            return mail_deliver(app, &recipient, &sender, &body).await;
        }
        Command::WorkspaceCreate { slug, name, admin, zone, lang } => {
            workspace_create(app, NewWorkspace { slug, name, zone, lang }, &admin).await
        }
        Command::MailboxCreate { workspace, address, name } => {
            mailbox_create(app, &workspace, address, name).await
        }
        Command::TokenCreate { workspace, user, name } => {
            token_create(app, &workspace, &user, name).await
        }
        Command::Seed { workspace, cases } => seed::run(app, &workspace, cases).await,
        Command::Doctor => doctor(app),
    };
    done.unwrap_or_else(|error| Reply {
        code: 1,
        text: format!("sampark: {}\n", told(app, &error)),
    })
}

/// An error as a sentence, each wrong field named with its remedy.
fn told(app: &App, error: &Error) -> String {
    let Error::Invalid(fields) = error else { return error.to_string() };
    let lines: Vec<String> = fields
        .iter()
        .map(|field| format!("{}: {}", field.field, app.words().field("en", field)))
        .collect();
    lines.join("; ")
}

async fn workspace_create(app: &App, new: NewWorkspace, admin: &str) -> Result<Reply, Error> {
    let email = EmailAddress::parse(admin).map_err(|_| Error::field("admin", "error-email"))?;
    let workspace = app.create_workspace(new)?;
    let lang = frame::lang_of(&workspace.lang);
    workspace.db.write(move |tx| desk::seed_defaults(tx, lang)).await?;
    let name = email.as_str().split('@').next().unwrap_or_default().to_string();
    let person = app.add_person(&workspace, &email, &name, "Administrator", Vec::new())?;
    let keys = app.keys().clone();
    let link = app
        .control()
        .write(move |tx| make_link(tx, &keys, person.login_id, LinkPurpose::FirstRun))
        .await?;
    app.start_worker(&workspace);
    Ok(Reply::ok(format!(
        "Workspace {} is ready. Its administrator chooses a password here, once, within two \
         days:\n{}/join/{link}\n",
        workspace.slug,
        app.config().base_url
    )))
}

async fn mailbox_create(
    app: &App,
    workspace: &str,
    address: String,
    name: String,
) -> Result<Reply, Error> {
    let workspace = app.workspace(workspace)?;
    let lang = workspace.lang.clone();
    let form = MailboxForm { address, name, lang, active: true, ..MailboxForm::default() };
    channels::add_mailbox(app, &workspace, &workspace.system(), &form).await?;
    Ok(Reply::ok(format!("{} takes mail now.\n", form.address)))
}

async fn token_create(
    app: &App,
    workspace: &str,
    user: &str,
    name: String,
) -> Result<Reply, Error> {
    let workspace = app.workspace(workspace)?;
    let user = user.to_string();
    let login = app
        .control()
        .read(|tx| login_by_email(tx, &user))?
        .ok_or_else(|| Error::field("user", "error-unknown-login"))?;
    let theirs = app.control().read(|tx| of_login(tx, login.id))?;
    if theirs.iter().all(|row| row.id != workspace.id) {
        return Err(Error::field("user", "error-unknown-login"));
    }
    let (keys, workspace_id) = (app.keys().clone(), workspace.id);
    let token = app
        .control()
        .write(move |tx| token::create(tx, &keys, workspace_id, login.id, &name))
        .await?;
    Ok(Reply::ok(format!("{token}\n")))
}

/// The exit code that tells a mail server to keep the mail and try again, and the final refusal.
const TRY_AGAIN: u8 = 75;
const NO_SUCH_USER: u8 = 67;

async fn mail_deliver(app: &App, recipient: &str, sender: &str, raw: &[u8]) -> Reply {
    let refuse = |text: &str| Reply { code: NO_SUCH_USER, text: format!("{text}\n") };
    match channels::accept(app, sender, recipient, raw).await {
        Accepted::Kept(_) | Accepted::Known(_) => Reply::ok("taken\n".into()),
        Accepted::Later => Reply { code: TRY_AGAIN, text: "not now, try again later\n".into() },
        Accepted::NoMailbox => refuse("no mailbox here has this address"),
        Accepted::Closed => refuse("this mailbox takes no mail any more"),
        Accepted::TooLarge { bytes_max } => {
            refuse(&format!("this mail is larger than {bytes_max} bytes"))
        }
    }
}

/// Looks over the whole installation; the exit code is 1 when something is wrong.
fn doctor(app: &App) -> Result<Reply, Error> {
    let (mut text, mut code) = (String::new(), 0);
    for row in app.workspaces()? {
        let workspace = app.workspace(&row.slug)?;
        let report = workspace.db.read(verify_chain)?;
        let jobs = workspace.db.read(platform::count_jobs)?;
        let chain = match &report.fault {
            None => "whole".to_string(),
            Some(fault) => {
                code = 1;
                format!("BROKEN: {fault:?}")
            }
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}: {} events, chain {chain}; jobs: {} waiting, {} failed",
            row.slug, report.events, jobs.waiting, jobs.failed
        );
    }
    Ok(Reply { code, text })
}
