//! The demonstration: two workspaces with people and history, and a mail server in memory, so
//! that a newcomer can be the customer and the executive at once with nothing installed.

mod clock;
mod pages;
mod story;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use axum::Extension;
use base::{Clock, SystemClock, SystemEntropy, UtcMs};
use clap::Args;
use platform::web::{Guard, Routes};
use platform::{App, Config};
use ui::i18n::Catalogue;
use wire_email::loopback::Loopback;

use crate::{http, socket, wiring};
use clock::StoryClock;

/// The words of the demonstration's own pages.
pub const CATALOGUE: Catalogue = Catalogue {
    room: "demo",
    en: include_str!("../i18n/en.ftl"),
    hi: include_str!("../i18n/hi.ftl"),
};

/// Everybody's password in the demonstration, which only this machine can reach.
const PASSWORD: &str = "sampark-demo";

#[derive(Args)]
pub struct DemoArgs {
    /// Keep the data here and find it again; without it, each start is fresh.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Address of the web server, on this machine only.
    #[arg(long, default_value = "127.0.0.1:8300")]
    listen: SocketAddr,
    /// Address where mail can be handed in by SMTP, on this machine only.
    #[arg(long, default_value = "127.0.0.1:0")]
    smtp: SocketAddr,
}

/// Pages of the demonstration beside the product's own.
pub fn routes() -> Routes {
    Routes::new()
        .get("/demo", Guard::Public, pages::index)
        .post("/demo/mails", Guard::Public, pages::write)
        .get("/demo/mailbox", Guard::Public, pages::mailbox)
}

pub async fn run(args: DemoArgs) -> anyhow::Result<()> {
    if !args.listen.ip().is_loopback() || !args.smtp.ip().is_loopback() {
        bail!(
            "the demonstration has public passwords, so it listens on this machine only: \
             choose an address such as 127.0.0.1:{}",
            args.listen.port()
        );
    }
    let listener = http::bind(args.listen).await?;
    let data = fresh_folder(&args)?;
    let known = data.join("sampark.key").exists();
    let customers = Loopback::start_at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let config = Config {
        data: data.clone(),
        database: None,
        base_url: format!("http://{}", args.listen),
        trusted_proxies: Vec::new(),
    };
    let now = SystemClock.now();
    let clock = Arc::new(StoryClock::telling(now.plus_ms(-200 * UtcMs::DAY)));
    let relay = wiring::relay(&customers.address().to_string())?;
    let entropy = Arc::new(SystemEntropy::new());
    let app = wiring::open(config, clock.clone(), entropy, Some(relay))?;
    if !known {
        story::tell(&app, &clock, now).await.context("the story could not be told")?;
    }
    clock.go_live();
    app.start_workers()?;
    let mail = wiring::mail_in(&app, None, Some(args.smtp)).await?;
    let socket = socket::listen(app.clone())?;
    let demo = Arc::new(Demo { customers, people: story::people()? });
    print_welcome(&args, &demo, mail.smtp, &data);
    let router = http::router(app.clone(), wiring::routes().with(routes()));
    let served = http::serve(app, listener, router.layer(Extension(demo))).await;
    socket.abort();
    mail.stop().await;
    served
}

/// What the demonstration's pages know.
pub struct Demo {
    /// The mail server that plays everybody's provider.
    pub customers: Loopback,
    pub people: Vec<DemoPerson>,
}

/// Somebody who can sign in to the demonstration.
pub struct DemoPerson {
    pub workspace: String,
    pub name: String,
    pub email: String,
    pub role: String,
}

fn fresh_folder(args: &DemoArgs) -> anyhow::Result<PathBuf> {
    if let Some(data) = &args.data {
        return Ok(data.clone());
    }
    let folder = std::env::temp_dir().join(format!("sampark-demo-{}", args.listen.port()));
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot clear {}", folder.display()))?;
        }
        _ => {}
    }
    Ok(folder)
}

fn print_welcome(args: &DemoArgs, demo: &Demo, smtp: Option<SocketAddr>, data: &std::path::Path) {
    println!("\n  Sampark demonstration\n");
    println!("  The desk                http://{}/login", args.listen);
    println!("  What the customer sees  http://{}/demo", args.listen);
    if let Some(smtp) = smtp {
        println!("  Mail by SMTP            {smtp}");
    }
    println!("  Data                    {}\n", data.display());
    println!("  Everybody's password is {PASSWORD}\n");
    for person in &demo.people {
        println!("  {:9} {:30} {} ({})", person.workspace, person.email, person.name, person.role);
    }
    println!("\n  Stop with Ctrl+C.\n");
}

/// Hashing is slow on purpose; everybody shares one hash here because they share one password.
fn password_hash(app: &App) -> Result<String, platform::Error> {
    platform::control::login::hash_password(PASSWORD, app.keys().entropy().as_ref())
}
