//! Which rooms there are, who hears which event, what is injected. Nothing is decided here.

use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use base::{Clock, Entropy};
use channels::{SmtpTransport, Transport};
use people::Panel;
use platform::web::Routes;
use platform::{App, Config, Metrics, Parts, Room};
use wire_email::client;

use crate::{api, http};

/// Every room above the platform, from the floor up.
pub fn rooms(transport: Arc<dyn Transport>, entropy: Arc<dyn Entropy>) -> Vec<Room> {
    vec![
        people::room(),
        admin::room(),
        desk::room(),
        channels::room(channels::Deps { transport, entropy }),
    ]
}

/// The rooms where nothing will be sent: for their schema and their lists.
pub fn rooms_at_rest() -> Vec<Room> {
    rooms(Arc::new(SmtpTransport::new(None)), Arc::new(base::SystemEntropy::new()))
}

/// Every catalogue of words.
pub const CATALOGUES: &[ui::i18n::Catalogue] = &[
    frame::CATALOGUE,
    people::CATALOGUE,
    admin::CATALOGUE,
    desk::CATALOGUE,
    channels::CATALOGUE,
    crate::demo::CATALOGUE,
];

/// Every route of the product; the demonstration adds its own.
pub fn routes() -> Routes {
    Routes::new()
        .with(http::own_routes())
        .with(api::routes())
        .with(admin::routes())
        .with(people::routes(PANELS))
        .with(desk::case_api::routes())
        .with(desk::routes())
        .with(channels::routes())
}

/// What rooms above `people` show on a customer's page.
const PANELS: &[Panel] = &[desk::PANEL];

/// A mail server for mailboxes that name none: `host:port`, on a trusted line.
pub fn relay(text: &str) -> anyhow::Result<client::Config> {
    let (host, port) = text.rsplit_once(':').context("a relay is written host:port")?;
    let port = port.parse().context("the port of a relay is a number")?;
    Ok(client::Config::new(host.trim_matches(['[', ']']), port, client::Tls::None))
}

/// Opens an installation with every room in it.
pub fn open(
    config: Config,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    relay: Option<client::Config>,
) -> anyhow::Result<App> {
    ui::i18n::init(CATALOGUES);
    let transport = Arc::new(SmtpTransport::new(relay));
    let mut parts = Parts::new(clock, entropy.clone(), rooms(transport, entropy));
    parts.words = Arc::new(frame::CatalogueWords);
    let app = App::open(config, parts)?;
    channels::recover(&app)?;
    Ok(app)
}

/// Starts listening for mail, and drains what waited in the spool.
pub async fn mail_in(
    app: &App,
    lmtp: Option<SocketAddr>,
    smtp: Option<SocketAddr>,
) -> anyhow::Result<channels::Receiving> {
    let listeners = channels::Listeners { lmtp, smtp };
    channels::serve_mail(app.clone(), listeners).await.context("cannot listen for mail")
}

/// Tells what to do next where there is nothing yet.
pub fn first_run(app: &App) -> anyhow::Result<()> {
    if app.workspaces()?.is_empty() {
        tracing::warn!(
            "there is no workspace yet: make one with `sampark workspace create`, \
             here or in another window"
        );
    }
    Ok(())
}

/// The list of routes, one a line: method, path, guard.
pub fn routes_text() -> String {
    let mut text = String::new();
    for route in routes().list() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:6} {} [{}]", route.method, route.path, route.guard);
    }
    text
}

/// Every permission, with what roles have it from the start.
pub fn permissions_text() -> String {
    let mut rooms = rooms_at_rest();
    rooms.insert(0, platform::own_room());
    let mut text = String::new();
    for room in &rooms {
        for info in &room.permissions {
            let roles: Vec<String> = room
                .role_grants
                .iter()
                .filter(|grant| grant.key == info.key)
                .map(|grant| format!("{} ({:?})", grant.role, grant.scope).to_lowercase())
                .collect();
            let scoped = if info.scoped { "own/team/all" } else { "-" };
            let _ = writeln!(text, "{:20} {:13} {}", info.key, scoped, roles.join(", "));
        }
    }
    text
}

/// Every metric with its help text.
pub fn metrics_text() -> String {
    let mut text = String::new();
    for metric in Metrics::default().all() {
        let _ = writeln!(text, "{:36} {}", metric.name, metric.help);
    }
    text
}

#[cfg(test)]
mod tests;
