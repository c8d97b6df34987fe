//! What the guard costs before a handler runs: cookie → session → member → role → actor.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::{EmailAddress, SystemClock, SystemEntropy};
use platform::control::{session, token, workspace::NewWorkspace};
use platform::web::{Guard, Routes, SESSION_COOKIE};
use platform::{App, Config, Error, Parts};
use testkit::Backend;
use tower::ServiceExt;

use crate::machine::cpu_s;

const REQUESTS: u32 = 20_000;

pub fn run() -> anyhow::Result<()> {
    measure("SQLite", Backend::Sqlite)?;
    if let Some(backend) = Backend::postgres() {
        measure("PostgreSQL", backend)?;
    }
    Ok(())
}

fn measure(name: &str, backend: Backend) -> anyhow::Result<()> {
    let place = backend.place();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build()?;
    let (app, cookie, bearer) = installation(&place)?;
    let routes = Routes::new()
        .get("/open", Guard::Public, || async { "" })
        .get("/w/arohi/page", Guard::Member, || async { "" })
        .get("/api/v1/page", Guard::Member, || async { "" });
    let router = routes.build(app);
    for (what, path, header, value) in [
        ("nobody to admit", "/open", "x-none", String::new()),
        ("by session", "/w/arohi/page", "cookie", cookie),
        ("by token", "/api/v1/page", "authorization", bearer),
    ] {
        let router = router.clone();
        let each = runtime.block_on(async move {
            tokio::spawn(async move { requests(&router, path, header, &value).await }).await
        })??;
        println!("{name}, {what}: {each}");
    }
    Ok(())
}

pub fn installation(place: &testkit::Place) -> anyhow::Result<(App, String, String)> {
    let config = Config {
        data: place.path().join("data"),
        database: place.dsn().map(str::to_string),
        base_url: "http://127.0.0.1".into(),
        trusted_proxies: Vec::new(),
    };
    let parts = Parts::new(Arc::new(SystemClock), Arc::new(SystemEntropy::new()), Vec::new());
    let app = App::open(config, parts)?;
    let workspace = app.create_workspace(NewWorkspace {
        slug: "arohi".into(),
        name: "Arohi Motors".into(),
        zone: "Asia/Kolkata".into(),
        lang: "en".into(),
    })?;
    let email = EmailAddress::parse("asha@arohi.example").expect("a plain address");
    let actor = app.add_person(&workspace, &email, "Asha", "Administrator", Vec::new())?;
    let (keys, login, id) = (app.keys().clone(), actor.login_id, workspace.id);
    let (cookie, bearer) = app.control().write_blocking(move |tx| {
        let cookie = session::start(tx, &keys, login)?;
        Ok::<_, Error>((cookie, token::create(tx, &keys, id, login, "bench")?))
    })?;
    Ok((app, format!("{SESSION_COOKIE}={cookie}"), format!("Bearer {bearer}")))
}

async fn requests(router: &Router, path: &str, name: &str, value: &str) -> anyhow::Result<String> {
    let (began, cpu) = (Instant::now(), cpu_s());
    for _ in 0..REQUESTS {
        let request = Request::builder().uri(path).header(name, value).body(Body::empty())?;
        let answer = router.clone().oneshot(request).await?;
        anyhow::ensure!(answer.status() == StatusCode::OK, "{path}: {}", answer.status());
    }
    let each = |seconds: f64| seconds / f64::from(REQUESTS) * 1e6;
    let (took, cpu) = (each(began.elapsed().as_secs_f64()), each(cpu_s() - cpu));
    Ok(format!("{cpu:.1} µs CPU, {took:.1} µs in all, a request"))
}
