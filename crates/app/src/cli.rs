//! The command line. What touches data becomes a `Command`, run by whoever holds the data.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use base::{Clock, Phone, SystemClock, SystemEntropy};
use clap::{Args, Parser, Subcommand};
use platform::backup::Plan;
use platform::{App, Config, InUse};
use wire_email::Parsed;

use crate::command::{self, Command, Reply};
use crate::{demo, http, socket, wiring};

/// A customer-relationship desk in one program.
#[derive(Parser)]
#[command(name = "sampark", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Start a demonstration with two sample workspaces.
    Demo(demo::DemoArgs),
    /// Start the server.
    Serve(ServeArgs),
    /// Make a workspace, with a first administrator.
    #[command(subcommand)]
    Workspace(WorkspaceTask),
    /// Add mailboxes.
    #[command(subcommand)]
    Mailbox(MailboxTask),
    /// Make API tokens.
    #[command(subcommand)]
    Token(TokenTask),
    /// Hand over mail, or look into a mail.
    #[command(subcommand)]
    Mail(MailTask),
    /// Read phone numbers, one a line, and print each as a JSON line.
    Phone {
        /// The country of numbers without a country code.
        #[arg(long, default_value = "IN")]
        region: String,
    },
    /// Fill a workspace with cases, to measure.
    Seed(SeedArgs),
    /// Copy an installation to a folder, also while its server runs.
    Backup(BackupArgs),
    /// Put a backup into an empty data folder; everything in it is checked.
    Restore(RestoreArgs),
    /// Check an installation: databases, event chains, files.
    Doctor(Place),
    /// Print the description of the API.
    Openapi,
    /// Print every route with its guard.
    Routes,
    /// Print every permission.
    Permissions,
    /// Print every metric.
    Metrics,
}

/// Where an installation lives.
#[derive(Args, Clone)]
struct Place {
    /// Folder of databases, files and keys.
    #[arg(long, env = "SAMPARK_DATA", default_value = "sampark-data")]
    data: PathBuf,
    /// PostgreSQL address; without it, SQLite files in the folder.
    #[arg(long, env = "SAMPARK_DATABASE")]
    database: Option<String>,
    /// Address under which people reach the desk; it stands in links.
    #[arg(long, env = "SAMPARK_BASE_URL")]
    base_url: Option<String>,
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    place: Place,
    /// Address of the web server.
    #[arg(long, default_value = "127.0.0.1:8300")]
    listen: SocketAddr,
    /// Address where a mail server hands over mail by LMTP.
    #[arg(long)]
    lmtp: Option<SocketAddr>,
    /// Address where a mail server hands over mail by SMTP.
    #[arg(long)]
    smtp: Option<SocketAddr>,
    /// Mail server that takes our mails, where a mailbox names none: host:port.
    #[arg(long, env = "SAMPARK_RELAY")]
    relay: Option<String>,
    /// A proxy whose X-Forwarded-For header is believed.
    #[arg(long)]
    trusted_proxy: Vec<IpAddr>,
}

#[derive(Subcommand)]
enum WorkspaceTask {
    /// Make a workspace and print the link for its administrator, once.
    Create {
        #[command(flatten)]
        place: Place,
        /// Its name in addresses: letters, digits, dashes.
        #[arg(long)]
        slug: String,
        #[arg(long)]
        name: String,
        /// E-mail address of its first administrator.
        #[arg(long)]
        admin: String,
        #[arg(long, default_value = "Asia/Kolkata")]
        zone: String,
        #[arg(long, default_value = "en")]
        lang: String,
    },
}

#[derive(Subcommand)]
enum MailboxTask {
    /// Add an address that customers write to; its answers leave by the server's relay.
    Create {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        workspace: String,
        #[arg(long)]
        address: String,
        /// What customers see as the sender.
        #[arg(long)]
        name: String,
    },
}

#[derive(Subcommand)]
enum TokenTask {
    /// Make a token with a person's rights in a workspace; it is shown once.
    Create {
        #[command(flatten)]
        place: Place,
        #[arg(long)]
        workspace: String,
        /// E-mail address of the person.
        #[arg(long)]
        user: String,
        #[arg(long, default_value = "command line")]
        name: String,
    },
}

#[derive(Subcommand)]
enum MailTask {
    /// Take a mail from standard input (a pipe of a mail server). Exit 75 means: try again later.
    Deliver {
        #[command(flatten)]
        place: Place,
        /// The address the mail was sent to.
        #[arg(long, short = 'r')]
        recipient: String,
        /// The envelope sender; empty for bounces.
        #[arg(long, short = 'f', default_value = "")]
        sender: String,
    },
    /// Print what is read out of each file, one JSON line a file.
    Inspect { files: Vec<PathBuf> },
    /// Print what each file says of undeliverable mail, one JSON line a file.
    Bounce { files: Vec<PathBuf> },
}

#[derive(Args)]
struct SeedArgs {
    #[command(flatten)]
    place: Place,
    #[arg(long)]
    workspace: String,
    /// How many cases, each with its contact and messages.
    #[arg(long)]
    cases: u64,
}

#[derive(Args)]
struct BackupArgs {
    #[command(flatten)]
    place: Place,
    /// An empty folder for the copy.
    #[arg(long)]
    to: PathBuf,
    /// Only this workspace; may be given several times.
    #[arg(long)]
    workspace: Vec<String>,
    /// Copy the key file too: then whoever has the backup can read everything in it.
    #[arg(long)]
    with_key: bool,
}

#[derive(Args)]
struct RestoreArgs {
    #[command(flatten)]
    place: Place,
    /// The folder of the backup.
    #[arg(long)]
    from: PathBuf,
}

/// How long a server waits for a command that uses the data.
const LOCK_TRIES_MAX: u32 = 100;
const LOCK_TRY_EVERY: Duration = Duration::from_millis(100);

/// The exit code that tells a mail server to keep the mail and try again.
const TEMPORARY_FAILURE: u8 = 75;

pub fn run() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    match cli.task {
        Task::Demo(args) => logged(|| runtime()?.block_on(demo::run(args))),
        Task::Serve(args) => logged(|| runtime()?.block_on(serve(args))),
        Task::Mail(MailTask::Inspect { files }) => {
            each_mail(&files, |mail, name| mail.inspect_json(name))
        }
        Task::Mail(MailTask::Bounce { files }) => {
            each_mail(&files, |mail, name| mail.bounce_json(name))
        }
        Task::Phone { region } => phones(&region),
        Task::Mail(MailTask::Deliver { place, recipient, sender }) => {
            deliver(&place, recipient, sender)
        }
        Task::Openapi => print(&crate::api::openapi()),
        Task::Routes => print(&wiring::routes_text()),
        Task::Permissions => print(&wiring::permissions_text()),
        Task::Metrics => print(&wiring::metrics_text()),
        Task::Workspace(WorkspaceTask::Create { place, slug, name, admin, zone, lang }) => {
            data_task(&place, Command::WorkspaceCreate { slug, name, admin, zone, lang })
        }
        Task::Token(TokenTask::Create { place, workspace, user, name }) => {
            data_task(&place, Command::TokenCreate { workspace, user, name })
        }
        Task::Mailbox(MailboxTask::Create { place, workspace, address, name }) => {
            data_task(&place, Command::MailboxCreate { workspace, address, name })
        }
        Task::Seed(args) => {
            data_task(&args.place, Command::Seed { workspace: args.workspace, cases: args.cases })
        }
        Task::Backup(args) => backup(&args),
        Task::Restore(args) => restore(&args),
        Task::Doctor(place) => data_task(&place, Command::Doctor),
    }
}

fn print(text: &str) -> anyhow::Result<ExitCode> {
    match std::io::stdout().write_all(text.as_bytes()) {
        // A closed pipe (`| head`) is the reader's choice.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

fn logged(run: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<ExitCode> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SAMPARK_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    run().map(|()| ExitCode::SUCCESS)
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

impl Place {
    fn config(&self, listen: Option<SocketAddr>) -> Config {
        let at = listen.map_or("localhost:8300".to_string(), |address| address.to_string());
        let base_url = self.base_url.clone().unwrap_or_else(|| format!("http://{at}"));
        Config {
            data: self.data.clone(),
            database: self.database.clone(),
            base_url: base_url.trim_end_matches('/').to_string(),
            trusted_proxies: Vec::new(),
        }
    }
}

async fn serve(args: ServeArgs) -> anyhow::Result<()> {
    let mut config = args.place.config(Some(args.listen));
    config.trusted_proxies = args.trusted_proxy;
    let listener = http::bind(args.listen).await?;
    let relay = args.relay.as_deref().map(wiring::relay).transpose()?;
    let app = open_patiently(&config, relay).await?;
    app.start_workers()?;
    let mail = wiring::mail_in(&app, args.lmtp, args.smtp).await?;
    let socket = socket::listen(app.clone())?;
    wiring::first_run(&app)?;
    let served = http::serve(app.clone(), listener, http::router(app, wiring::routes())).await;
    socket.abort();
    mail.stop().await;
    served
}

/// A command may be using the data for a moment: the server waits for it, not for another server.
async fn open_patiently(
    config: &Config,
    relay: Option<wire_email::client::Config>,
) -> anyhow::Result<App> {
    let mut tries = 1;
    loop {
        let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy::new()));
        match wiring::open(config.clone(), clock, entropy, relay.clone()) {
            Err(error) if error.is::<InUse>() && tries < LOCK_TRIES_MAX => tries += 1,
            opened => return opened,
        }
        tokio::time::sleep(LOCK_TRY_EVERY).await;
    }
}

/// Runs a command here, or lets the running server do it.
fn data_task(place: &Place, command: Command) -> anyhow::Result<ExitCode> {
    let reply = ask(place, &command, &[])?;
    print!("{}", reply.text);
    Ok(ExitCode::from(reply.code))
}

fn ask(place: &Place, command: &Command, body: &[u8]) -> anyhow::Result<Reply> {
    let config = place.config(None);
    if let Some(reply) = socket::ask(&config.data, command, body)? {
        return Ok(reply);
    }
    runtime()?.block_on(async {
        let app = open_here(config)?;
        Ok(command::run(&app, command.clone(), body.to_vec()).await)
    })
}

fn open_here(config: Config) -> anyhow::Result<App> {
    let entropy = Arc::new(SystemEntropy::new());
    wiring::open(config, Arc::new(SystemClock), entropy, None).context("cannot open the data")
}

fn backup(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    let plan = Plan {
        workspaces: Some(args.workspace.clone()).filter(|names| !names.is_empty()),
        with_key: args.with_key,
    };
    let config = args.place.config(None);
    let made = platform::backup::backup(&config, &plan, &args.to, SystemClock.now())?;
    println!("{} files, {} workspaces", made.parts.len(), made.workspaces.len());
    let faults = made.workspaces.iter().map(|part| &part.database).chain([&made.control]);
    match faults.filter_map(|database| database.fault.as_ref()).next() {
        None => Ok(ExitCode::SUCCESS),
        Some(fault) => bail!("copied, but an event chain is broken: {fault}"),
    }
}

fn restore(args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    let rooms = wiring::rooms_at_rest();
    let restored = platform::backup::restore(&args.from, &args.place.config(None), rooms)?;
    println!("restored {} workspaces, all checked", restored.manifest.workspaces.len());
    if restored.needs_key {
        println!("put sampark.key into {} before you start", args.place.data.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// The server takes the mail; while none answers, the spool keeps it for the next one. A mail that
/// was taken though the answer got lost is recognised when it comes out of the spool.
fn deliver(place: &Place, recipient: String, sender: String) -> anyhow::Result<ExitCode> {
    if !place.data.join("sampark.key").exists() {
        eprintln!("sampark: there is no installation in {}", place.data.display());
        return Ok(ExitCode::from(TEMPORARY_FAILURE));
    }
    let mut raw = Vec::new();
    std::io::stdin().lock().read_to_end(&mut raw)?;
    let command = Command::MailDeliver { recipient: recipient.clone(), sender: sender.clone() };
    if let Ok(Some(reply)) = socket::ask(&place.data, &command, &raw) {
        eprint!("{}", reply.text);
        return Ok(ExitCode::from(reply.code));
    }
    match channels::spool::put(&place.data, &recipient, &sender, &raw) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            eprintln!("sampark: {error}");
            Ok(ExitCode::from(TEMPORARY_FAILURE))
        }
    }
}

/// A filter over mails: what cannot be read is a line with the reason, and the rest goes on.
fn each_mail(
    files: &[PathBuf],
    show: impl Fn(&Parsed, &str) -> serde_json::Value,
) -> anyhow::Result<ExitCode> {
    if files.is_empty() {
        bail!("name at least one file");
    }
    let mut out = String::new();
    for file in files {
        let name = file.display().to_string();
        let raw = std::fs::read(file).with_context(|| format!("cannot read {name}"))?;
        let line = match wire_email::parse(&raw) {
            Ok(mail) => show(&mail, &name),
            Err(error) => serde_json::json!({ "file": name, "error": error.to_string() }),
        };
        out.push_str(&line.to_string());
        out.push('\n');
    }
    print(&out)
}

/// A filter over phone numbers: what is none has no `e164`.
fn phones(region: &str) -> anyhow::Result<ExitCode> {
    let mut out = String::new();
    for line in std::io::stdin().lines() {
        let line = line?;
        let phone = Phone::parse(&line, region).ok();
        let answer = serde_json::json!({
            "input": line,
            "e164": phone.as_ref().map(Phone::as_str),
            "type": phone.as_ref().map_or("unknown", Phone::kind),
        });
        out.push_str(&answer.to_string());
        out.push('\n');
    }
    print(&out)
}
