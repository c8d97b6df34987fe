//! The doors of the whole house: which are open to anybody, and that all others are shut.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::{EmailAddress, SystemClock, TestEntropy};
use platform::control::session;
use platform::control::workspace::NewWorkspace;
use testkit::on_both;
use tower::ServiceExt;

use super::*;

/// Everything that answers without anybody being known.
const PUBLIC: [&str; 12] = [
    "GET /api/v1/openapi.json",
    "GET /assets/{*path}",
    "GET /forgot",
    "GET /healthz",
    "GET /join/{token}",
    "GET /login",
    "GET /metrics",
    "GET /readyz",
    "GET /s/{ws}/{token}",
    "POST /forgot",
    "POST /join/{token}",
    "POST /login",
];

#[test]
fn the_public_routes_are_these_and_no_others() {
    let mut public: Vec<String> = routes()
        .list()
        .iter()
        .filter(|route| route.guard == "public")
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    public.sort();
    assert_eq!(public, PUBLIC);
}

#[test]
fn every_word_is_there_in_both_languages() {
    ui::i18n::init(CATALOGUES);
    assert_eq!(ui::i18n::problems(CATALOGUES), Vec::<String>::new());
}

#[test]
fn every_permission_has_words_and_an_owner() {
    let keys: Vec<&str> =
        rooms_at_rest().iter().flat_map(|room| room.permissions.clone()).map(|i| i.key).collect();
    let words: String = CATALOGUES.iter().map(|catalogue| catalogue.en).collect();
    for key in keys {
        let word = format!("permission-{} =", key.replace('.', "-"));
        assert!(words.contains(&word), "{word}");
    }
}

fn place(path: &str) -> String {
    path.replace("{ws}", "arohi")
        .replace("{number}", "CMP-2026-000001")
        .replace("{token}", "none")
        .replace("{id}", "1")
        .replace("{part}", "1")
        .replace("{message}", "1")
        .replace("{attachment}", "1")
}

fn house(backend: testkit::Backend) -> (testkit::Place, App) {
    let home = backend.place();
    let config = Config {
        data: home.path().join("data"),
        database: home.dsn().map(str::to_string),
        base_url: "http://localhost".into(),
        trusted_proxies: Vec::new(),
    };
    let entropy = Arc::new(TestEntropy::seeded(7));
    let app = open(config, Arc::new(SystemClock), entropy, None).unwrap();
    (home, app)
}

fn workspace(app: &App, slug: &str) -> Arc<platform::Workspace> {
    app.create_workspace(NewWorkspace {
        slug: slug.into(),
        name: slug.into(),
        zone: "Asia/Kolkata".into(),
        lang: "en".into(),
    })
    .unwrap()
}

async fn status(app: &App, method: &str, path: &str, cookie: Option<&str>) -> StatusCode {
    let mut request =
        Request::builder().method(method).uri(place(path)).header("sec-fetch-site", "same-origin");
    if let Some(cookie) = cookie {
        request = request.header("cookie", format!("sampark_session={cookie}"));
    }
    let router = http::router(app.clone(), routes());
    router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
}

on_both!(no_route_opens_to_strangers_or_to_another_client, |backend| {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (_home, app) = house(backend);
        workspace(&app, "arohi");
        let setu = workspace(&app, "setu");
        let email = EmailAddress::parse("anita@setu.example").unwrap();
        let anita = app.add_person(&setu, &email, "Anita", "Administrator", Vec::new()).unwrap();
        let keys = app.keys().clone();
        let cookie =
            app.control().write(move |tx| session::start(tx, &keys, anita.login_id)).await.unwrap();
        let mut shut = 0;
        for route in routes().list().iter().filter(|route| route.guard != "public") {
            let unknown = status(&app, route.method, &route.path, None).await;
            let expected = match route.path.starts_with("/api/") {
                true => StatusCode::UNAUTHORIZED,
                false => StatusCode::SEE_OTHER,
            };
            assert_eq!(unknown, expected, "{} {}", route.method, route.path);
            if route.path.starts_with("/w/") {
                let other = status(&app, route.method, &route.path, Some(&cookie)).await;
                assert_eq!(other, StatusCode::NOT_FOUND, "{} {}", route.method, route.path);
                shut += 1;
            }
        }
        assert!(shut > 50, "only {shut} routes were tried");
    });
});
