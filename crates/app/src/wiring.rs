//! Which rooms there are, who hears which event, what is injected. Nothing is decided here.

use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use base::{Clock, Entropy};
use channels::{Relay, Transport};
use platform::web::Routes;
use platform::{App, Config, Metrics, Parts, PlatformPermission, Room};

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
        .with(people::routes())
        .with(desk::routes())
        .with(channels::routes())
}
