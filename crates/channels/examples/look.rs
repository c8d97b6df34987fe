//! The pages of this room with made-up mail to look at: `cargo run -p channels --example look`.
//! Whoever opens them is signed in as the administrator.

#[path = "../tests/mail/world.rs"]
#[allow(dead_code)]
mod world;

use axum::Router;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::get;
use platform::control::session;
use testkit::Backend;
use wire_email::loopback::Failure;
use world::{CARE, SUNITA, World, mail, mail_with};

const ADDRESS: &str = "127.0.0.1:8098";

fn main() {
    let world = World::new(Backend::Sqlite);
    let subjects = ["Brakes squeak when it rains", "Second bill", "गाड़ी कब मिलेगी?"];
    let mut cases = Vec::new();
    for (n, subject) in subjects.into_iter().enumerate() {
        let raw = mail(SUNITA, CARE, &format!("{n}@example.in"), subject, "Please help.");
        cases.extend(world.deliver(SUNITA, CARE, &raw).case_id);
        world.deliver(SUNITA, CARE, &raw);
    }
    world.deliver(SUNITA, CARE, " ");
    let away = "Auto-Submitted: auto-replied\r\n";
    let raw = mail_with("ravi@example.in", CARE, "away@example.in", "Out of office", away, "Away");
    world.deliver("", CARE, &raw);
    world.outside.fail_next(3, Failure::Temporary);
    for case_id in cases {
        world.reply(case_id, "Please bring it in tomorrow at ten.");
    }
    world.later(10);
    let (keys, login_id) = (world.app.keys().clone(), world.asha.login_id);
    let start = move |tx: &mut db::Tx<'_>| session::start(tx, &keys, login_id);
    let token = world.app.control().write_blocking(start).expect("a session can be started");
    let cookie = HeaderValue::from_str(&format!("sampark_session={token}"));
    let cookie = cookie.expect("a token has only letters and digits");
    let signed_in = move |mut request: Request, next: Next| {
        request.headers_mut().insert("cookie", cookie.clone());
        next.run(request)
    };
    let pages = channels::routes().build(world.app.clone()).layer(from_fn(signed_in));
    let router: Router = pages.route("/assets/{*path}", get(asset));
    println!("http://{ADDRESS}/w/arohi/queues/mail-in");
    world.rt.block_on(async move {
        let listener = tokio::net::TcpListener::bind(ADDRESS).await.expect("the port is free");
        axum::serve(listener, router).await.expect("the server runs until it is ended");
    });
}

async fn asset(uri: Uri) -> impl IntoResponse {
    match ui::assets::find(uri.path()) {
        Some(asset) => ([(CONTENT_TYPE, asset.mime)], asset.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
