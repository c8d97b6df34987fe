//! The web server: bounded connections, time-outs, compressed answers, an orderly end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use platform::App;
use platform::web::{Guard, Problem, ProblemKind, Routes, client_ip, secure_headers};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;

const CONNECTIONS_MAX: usize = 20_000;
const HEADERS_WITHIN: Duration = Duration::from_secs(10);
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
const FINISH_WITHIN: Duration = Duration::from_secs(10);

/// Everything that is served, each route behind its guard.
pub fn router(app: App, routes: Routes) -> Router {
    let fallback = app.clone();
    routes
        .build(app.clone())
        .fallback(move |request: Request| async move { not_found(&fallback, &request) })
        .layer(from_fn_with_state(app, within_time))
        .layer(from_fn(secure_headers))
        .layer(CompressionLayer::new())
}

/// Routes that belong to no room.
pub fn own_routes() -> Routes {
    Routes::new()
        .get("/healthz", Guard::Public, health)
        .get("/readyz", Guard::Public, ready)
        .get("/metrics", Guard::Public, metrics)
        .get("/assets/{*path}", Guard::Public, asset)
        .get("/w/{ws}/live", Guard::Member, platform::web::live)
}

async fn health() -> &'static str {
    "ok\n"
}

/// Ready when the control database answers.
async fn ready(State(app): State<App>) -> Response {
    match app.control().read(|tx| tx.event_seq()) {
        Ok(_) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

/// Counters, for this machine only: a monitor elsewhere comes through a proxy that may see them.
async fn metrics(State(app): State<App>, request: Request) -> Response {
    match client_ip(app.config(), &request) {
        Some(ip) if ip.is_loopback() => app.metrics().render().into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn asset(request: Request) -> Response {
    let Some(asset) = ui::assets::find(request.uri().path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let packed = request
        .headers()
        .get("accept-encoding")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|text| text.contains("gzip"));
    let age = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let common = [(CONTENT_TYPE, asset.mime), (CACHE_CONTROL, age)];
    match packed {
        true => (common, [(CONTENT_ENCODING, "gzip")], asset.gzip).into_response(),
        false => (common, asset.bytes).into_response(),
    }
}

fn not_found(app: &App, request: &Request) -> Response {
    let problem = Problem { kind: ProblemKind::NotFound, fields: Vec::new(), detail: None };
    if request.uri().path().starts_with("/api/") {
        let body = serde_json::json!({
            "error": { "code": "not_found", "message": app.words().sentence("en", &problem) }
        });
        return (StatusCode::NOT_FOUND, axum::Json(body)).into_response();
    }
    let page = axum::response::Html(app.words().page("en", &problem));
    (StatusCode::NOT_FOUND, page).into_response()
}

/// An answer that takes longer is given up; live streams answer at once and go on.
async fn within_time(
    State(app): State<App>,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    match tokio::time::timeout(ANSWER_WITHIN, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a request took too long");
            let problem = Problem { kind: ProblemKind::Busy, fields: Vec::new(), detail: None };
            let page = axum::response::Html(app.words().page("en", &problem));
            (StatusCode::SERVICE_UNAVAILABLE, page).into_response()
        }
    }
}

/// Takes the address, before anything else is touched: a second server on it stops here.
pub async fn bind(listen: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))
}

/// Serves until the process is asked to stop, then finishes what is under way.
pub async fn serve(app: App, listener: TcpListener, router: Router) -> anyhow::Result<()> {
    let listen = listener.local_addr()?;
    tracing::info!(%listen, url = app.config().base_url, "listening");
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(asked_to_stop());
    loop {
        let permit = room.clone().acquire_owned().await?;
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let service = router.clone().layer(axum::Extension(ConnectInfo(peer)));
        let mut server = hyper::server::conn::http1::Builder::new();
        server.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
        // Small answers must not wait for more to send.
        let _ = stream.set_nodelay(true);
        let connection =
            server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that hangs up in the middle is its own affair.
            let _ = watched.await;
            drop(permit);
        });
    }
    tracing::info!("stopping");
    let _ = tokio::time::timeout(FINISH_WITHIN, graceful.shutdown()).await;
    Ok(())
}

async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "cannot listen for SIGTERM");
            let _ = interrupt.await;
        }
    }
}
