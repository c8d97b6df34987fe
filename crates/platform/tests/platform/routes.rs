//! The guard before every handler, and the one form of every error.

use axum::Json;
use axum::body::Bytes;
use platform::web::{Guard, RouteInfo, Routes, Seat, WebError, secure_headers, session_cookie};
use platform::{Error, FieldError, PlatformPermission};
use testkit::on_both;

use crate::world::{World, ask, get, waiting};

#[derive(serde::Deserialize)]
struct NewThing {
    name: String,
}

async fn make(Json(new): Json<NewThing>) -> Result<String, WebError> {
    if new.name.is_empty() {
        return Err(FieldError::new("name", "error-required").into());
    }
    Ok(new.name)
}

async fn fail(kind: Bytes) -> Result<String, WebError> {
    Err(match kind.as_ref() {
        b"conflict" => Error::Conflict,
        b"many" => Error::TooMany { wait_s: 7 },
        b"unknown" => Error::Db(db::DbError::Unknown),
        b"busy" => Error::Db(db::DbError::Busy),
        b"internal" => Error::Internal("a secret of the program".into()),
        _ => Error::NotFound,
    }
    .into())
}

fn routes() -> Routes {
    let manage = Guard::needs(PlatformPermission::ManageSettings);
    Routes::new()
        .get("/open", Guard::Public, || async { "open" })
        .post("/open", Guard::Public, || async { "changed" })
        .post("/account", Guard::SignedIn, || async { "changed" })
        .get("/w/arohi/name", Guard::Member, |seat: Seat| async move { seat.actor.name })
        .post("/w/arohi/settings", manage, || async { "changed" })
        .get("/api/v1/settings", manage, || async { "settings" })
        .post("/api/v1/things", Guard::Member, make)
        .post("/api/v1/account", Guard::SignedIn, || async { "changed" })
        .post("/api/v1/trouble", Guard::Public, fail)
        .post("/trouble", Guard::Public, fail)
        .upload(
            "/files",
            Guard::Public,
            4 << 20,
            |body: Bytes| async move { body.len().to_string() },
        )
        .post("/small", Guard::Public, |body: Bytes| async move { body.len().to_string() })
}

on_both!(a_route_asks_for_its_permission, |backend| {
    let world = World::new(backend);
    let router = routes().build(world.app.clone());
    waiting(async {
        let (asha, ravi) = (world.cookie(&world.asha), world.cookie(&world.ravi));
        let path = "/w/arohi/settings";
        assert_eq!(ask(&router, "POST", path, &[("cookie", &asha)], "").await.status, 200);
        assert_eq!(ask(&router, "POST", path, &[("cookie", &ravi)], "").await.status, 403);
        let signed_out = ask(&router, "POST", path, &[], "").await;
        assert_eq!((signed_out.status.as_u16(), signed_out.header("location")), (303, "/login"));
        assert_eq!(get(&router, "/w/arohi/name", &[("cookie", &ravi)]).await.body, "Ravi");
        assert_eq!(get(&router, "/open", &[]).await.body, "open");
        let bearer = world.bearer(&world.arohi, &world.ravi);
        let denied = get(&router, "/api/v1/settings", &[("authorization", &bearer)]).await;
        assert_eq!(
            (denied.status.as_u16(), denied.json()["error"]["code"].clone()),
            (403, "forbidden".into())
        );
    });
});

on_both!(the_api_has_one_form_of_error, |backend| {
    let world = World::new(backend);
    let router = routes().build(world.app.clone());
    waiting(async {
        let bearer = world.bearer(&world.arohi, &world.asha);
        let post = async |body: &str, mime: &str| {
            let headers = [("authorization", bearer.as_str()), ("content-type", mime)];
            let body = body.to_string();
            ask(&router, "POST", "/api/v1/things", &headers, body).await
        };
        let json = "application/json";
        assert_eq!(post("{\"name\":\"drive\"}", json).await.body, "drive");
        let empty = post("{\"name\":\"\"}", json).await;
        assert_eq!(empty.status, 422);
        let expect = serde_json::json!({"error": {"code": "invalid", "message": "Invalid",
            "fields": [{"field": "name", "code": "error-required", "message": "error-required"}]}});
        assert_eq!(empty.json(), expect);
        for (body, mime, status) in [
            ("{\"name\":", json, 400),
            ("{}", json, 422),
            ("{\"name\":\"a\"}", "text/plain", 415),
            (&format!("{{\"name\":\"{}\"}}", "a".repeat(3 << 20)), json, 413),
        ] {
            let answer = post(body, mime).await;
            assert_eq!(answer.status, status);
            assert_eq!(answer.json()["error"]["code"], "invalid", "{status}");
        }
        let nowhere = get(&router, "/api/v1/nowhere", &[]).await;
        assert_eq!((nowhere.status.as_u16(), nowhere.header("content-type")), (404, json));
        assert_eq!(nowhere.json()["error"]["code"], "not_found");
        let unsigned = ask(&router, "POST", "/api/v1/things", &[], "").await;
        assert_eq!(unsigned.json()["error"]["code"], "unauthorized");
        assert_eq!(get(&router, "/nowhere", &[]).await.body, "NotFound");
        let wrong_verb = ask(&router, "DELETE", "/open", &[], "").await;
        assert!(wrong_verb.status.is_client_error());
    });
});

on_both!(every_error_has_its_status, |backend| {
    let world = World::new(backend);
    let router = routes().build(world.app.clone());
    waiting(async {
        for (word, status, code, wait) in [
            ("conflict", 409, "conflict", ""),
            ("many", 429, "too_many_requests", "7"),
            ("busy", 503, "busy", "2"),
            ("unknown", 500, "internal", ""),
            ("internal", 500, "internal", ""),
            ("gone", 404, "not_found", ""),
        ] {
            let api = ask(&router, "POST", "/api/v1/trouble", &[], word).await;
            assert_eq!((api.status.as_u16(), api.header("retry-after")), (status, wait));
            assert_eq!(api.json()["error"]["code"], code);
            assert!(!api.body.contains("secret"), "{}", api.body);
            let page = ask(&router, "POST", "/trouble", &[], word).await;
            assert_eq!((page.status.as_u16(), page.header("retry-after")), (status, wait));
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        }
        let metrics = world.app.metrics();
        assert_eq!((metrics.requests.get(), metrics.failures.get()), (12, 6));
        let text = metrics.render();
        assert!(
            text.contains("# TYPE sampark_requests_total counter\nsampark_requests_total 12\n")
        );
        assert!(text.contains("# TYPE sampark_live_streams gauge\nsampark_live_streams 0\n"));
    });
});

on_both!(another_sites_page_changes_nothing, |backend| {
    let world = World::new(backend);
    let router = routes().build(world.app.clone());
    waiting(async {
        let cookie = world.cookie(&world.asha);
        let status = async |path: &str, site: &str| {
            let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", site)];
            ask(&router, "POST", path, &headers, "").await.status.as_u16()
        };
        for path in ["/w/arohi/settings", "/open", "/account", "/api/v1/account"] {
            assert_eq!(status(path, "same-origin").await, 200, "{path}");
            assert_eq!(status(path, "cross-site").await, 403, "{path}");
            assert_eq!(status(path, "same-site").await, 403, "{path}");
        }
        let origin = [("origin", "https://evil.example"), ("host", "desk.example.in")];
        assert_eq!(ask(&router, "POST", "/open", &origin, "").await.status, 403);
    });
});

on_both!(bodies_are_bounded, |backend| {
    let world = World::new(backend);
    let router = routes().build(world.app.clone());
    waiting(async {
        let send = async |path: &str, bytes: usize| {
            ask(&router, "POST", path, &[], "x".repeat(bytes)).await.status.as_u16()
        };
        assert_eq!(send("/small", 2 << 20).await, 200);
        assert_eq!(send("/small", (2 << 20) + 1).await, 413);
        assert_eq!(send("/files", 4 << 20).await, 200);
        assert_eq!(send("/files", (4 << 20) + 1).await, 413);
    });
});

on_both!(the_list_of_routes_is_whole_and_sorted, |backend| {
    let world = World::new(backend);
    let list = routes().list();
    assert_eq!(list.len(), 12);
    assert!(list.is_sorted());
    let line =
        RouteInfo { path: "/w/arohi/settings".into(), method: "POST", guard: "setting.manage" };
    assert!(list.contains(&line));
    let router = routes().build(world.app.clone()).layer(axum::middleware::from_fn(secure_headers));
    waiting(async {
        let page = get(&router, "/open", &[]).await;
        assert!(page.header("content-security-policy").contains("script-src 'self'"));
        assert_eq!(page.header("x-content-type-options"), "nosniff");
    });
    let cookie = session_cookie(&world.app, "secret");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(session_cookie(&world.app, "").contains("Max-Age=0"));
});
