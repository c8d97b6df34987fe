//! Live updates: signals only (a sequence, what changed, ids). The page fetches what it shows
//! again under its viewer's own permissions, so nothing can leak through the stream.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use db::{DbError, StoredEvent, Tx, replay};
use futures_util::stream;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::problem::WebError;
use super::seat::Seat;
use crate::actor::ActorKind;
use crate::app::App;
use crate::control::login::find_login;
use crate::event::topics;
use crate::member::actor_for_login;

/// More missed events than this and the page reads everything again.
const REPLAY_MAX: i64 = 500;
/// Proxies and phones forget silent connections.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// How often an open stream asks again whether its viewer may still be here.
const RECHECK: Duration = Duration::from_secs(300);

#[derive(serde::Deserialize)]
pub struct Since {
    since: Option<i64>,
}

/// `GET /w/{ws}/live?since=SEQ`: a server-sent event stream, resumable by `Last-Event-ID`.
pub async fn live(
    seat: Seat,
    Query(query): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()?.parse().ok());
    // Listening begins before reading, so that nothing falls between the two.
    let events = seat.workspace.db.subscribe();
    let (seq, missed) = seat.workspace.db.read(|tx| missed(tx, last.or(query.since)))?;
    let opening =
        format!("retry: 2000\n\n{missed}id: {seq}\nevent: ready\ndata: {{\"seq\":{seq}}}\n\n");
    let follow = Follow {
        events,
        signals: seat.workspace.signals.clone(),
        seq,
        login_id: seat.actor.login_id,
        slug: seat.workspace.slug.as_str().into(),
        check_at: Instant::now() + RECHECK,
        open: OpenStream::new(seat.app),
    };
    let body = stream::unfold((Some(opening), follow), |(opening, mut follow)| async move {
        let text = match opening {
            Some(text) => Bytes::from(text),
            None => follow.next().await?,
        };
        Some((Ok::<_, std::convert::Infallible>(text), (None, follow)))
    });
    Ok(([(CONTENT_TYPE, "text/event-stream")], Body::from_stream(body)).into_response())
}

/// The present sequence, and the lines for what happened after `since`: the changes themselves, or
/// a reset where they are too many or where this database never came so far (it was restored).
fn missed(tx: &mut Tx<'_>, since: Option<i64>) -> Result<(i64, String), DbError> {
    let seq = tx.event_seq()?;
    let since = since.unwrap_or(seq);
    if !(seq.saturating_sub(REPLAY_MAX)..=seq).contains(&since) {
        return Ok((seq, format!("id: {seq}\nevent: reset\ndata: {{\"seq\":{seq}}}\n\n")));
    }
    let events = if since < seq { replay(tx, since, REPLAY_MAX)? } else { Vec::new() };
    Ok((seq, events.iter().map(signal).collect()))
}

/// One of thousands: kept small.
struct Follow {
    events: Receiver<Arc<StoredEvent>>,
    signals: Arc<LastSignal>,
    seq: i64,
    login_id: i64,
    slug: Box<str>,
    check_at: Instant,
    open: OpenStream,
}

impl Follow {
    /// The next lines for the browser; none once the viewer or the workspace has gone.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if Instant::now() >= self.check_at {
                self.check_at = Instant::now() + RECHECK;
                if !self.is_still_let_in() {
                    return None;
                }
            }
            match tokio::time::timeout(HEARTBEAT, self.events.recv()).await {
                Err(_) => return Some(Bytes::from_static(b": still here\n\n")),
                Ok(Ok(event)) if event.seq <= self.seq => continue,
                Ok(Ok(event)) => {
                    self.seq = event.seq;
                    return Some(self.signals.of(&event));
                }
                // This listener was too slow for the buffer: it reads what it missed.
                Ok(Err(RecvError::Lagged(_))) => {
                    let workspace = self.open.app.workspace(&self.slug).ok()?;
                    let (seq, lines) = workspace.db.read(|tx| missed(tx, Some(self.seq))).ok()?;
                    self.seq = seq;
                    return Some(lines.into());
                }
                Ok(Err(RecvError::Closed)) => return None,
            }
        }
    }

    /// Whoever left the workspace or was shut out stops hearing what happens there.
    fn is_still_let_in(&self) -> bool {
        let app = &self.open.app;
        let login = app.control().read(|tx| find_login(tx, self.login_id));
        let Ok(Some(login)) = login else { return false };
        let Ok(workspace) = app.workspace(&self.slug) else { return false };
        let kind = ActorKind::Person;
        let member = workspace
            .db
            .read(|tx| actor_for_login(tx, login.id, kind, &login.lang, &workspace.zone));
        !login.disabled && matches!(member, Ok(Some(_)))
    }
}

/// The newest event's lines, written once for all the streams that follow a workspace.
#[derive(Default)]
pub(crate) struct LastSignal(Mutex<(i64, Bytes)>);

impl LastSignal {
    fn of(&self, event: &StoredEvent) -> Bytes {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0 != event.seq {
            *last = (event.seq, Bytes::from(signal(event)));
        }
        last.1.clone()
    }
}

/// Counts this stream while it is open.
struct OpenStream {
    app: App,
}

impl OpenStream {
    fn new(app: App) -> OpenStream {
        app.metrics().streams.add(1);
        OpenStream { app }
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.app.metrics().streams.less(1);
    }
}

fn signal(event: &StoredEvent) -> String {
    let data = json!({ "seq": event.seq, "kind": event.kind, "topics": topics(event) });
    format!("id: {}\nevent: change\ndata: {data}\n\n", event.seq)
}
