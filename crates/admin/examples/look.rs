//! The pages of this room with made-up people to look at: `cargo run -p admin --example look`.

#[path = "../tests/admin/world.rs"]
#[allow(dead_code)]
mod world;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::get;
use platform::list_roles;
use testkit::Backend;
use world::World;

const ADDRESS: &str = "127.0.0.1:8097";

fn main() {
    let world = World::new(Backend::Sqlite);
    let mut asha = world.signed_in("asha@arohi.example");
    let members = world.arohi.db.read(platform::member_names).expect("the members can be read");
    for (name, (member, _)) in ["Service", "Sales", "बिलिंग"].into_iter().zip(members) {
        let member = format!("member-{}", member.0);
        let team = [("name", name), ("active", "1"), (&*member, "1")];
        asha.post(&world, "/w/arohi/settings/teams", &team);
    }
    let roles = world.arohi.db.read(list_roles).expect("the roles can be read");
    let role = roles.iter().find(|role| role.name == "Executive").expect("it is built in");
    let role = role.id.0.to_string();
    let new = [("सुनीता इंगले", "sunita@arohi.example"), ("Dev Joshi", "dev@arohi.example")];
    for (name, email) in new {
        let invited = [("name", name), ("email", email), ("role", &*role)];
        asha.post(&world, "/w/arohi/settings/members", &invited);
    }
    asha.post(&world, "/w/arohi/settings/tokens", &[("name", "Dialler"), ("days", "365")]);
    for _ in 0..3 {
        world.enqueue_brittle();
    }
    world.work();
    world.enqueue_brittle();
    println!("http://{ADDRESS}/login  asha@arohi.example  {}", world::PASSWORD);
    for (to, body) in world.post() {
        println!("mail to {to}: {body}");
    }
    let router: Router = world.router.clone().route("/assets/{*path}", get(asset));
    world.run(async move {
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
