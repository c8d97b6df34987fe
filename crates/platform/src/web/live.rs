//! Live updates: signals only (a sequence, what changed, ids). The page fetches what it shows
//! again under its viewer's own permissions, so nothing can leak through the stream.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use db::{DbError, StoredEvent, replay};
use futures_util::stream;
use serde_json::json;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::problem::WebError;
use super::seat::Seat;
use crate::app::App;
use crate::event::topics;

/// More missed events than this and the page reads everything again.
const REPLAY_MAX: i64 = 500;
/// Proxies and phones forget silent connections.
const HEARTBEAT: Duration = Duration::from_secs(25);

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
    let since = last.or(query.since).unwrap_or(i64::MAX);
    // Listening begins before reading, so that nothing falls between the two.
    let events = seat.workspace.db.subscribe();
    let first = seat.workspace.db.read(|tx| {
        let seq = tx.event_seq()?;
        let missed = if since >= seq || seq - since > REPLAY_MAX {
            Vec::new()
        } else {
            replay(tx, since, REPLAY_MAX)?
        };
        Ok::<_, DbError>((seq, missed))
    })?;
    let (seq, missed) = first;
    let mut opening = String::from("retry: 2000\n\n");
    if since != i64::MAX && seq - since > REPLAY_MAX {
        opening.push_str(&format!("id: {seq}\nevent: reset\ndata: {{\"seq\":{seq}}}\n\n"));
    }
    missed.iter().for_each(|event| opening.push_str(&signal(event)));
    opening.push_str(&format!("id: {seq}\nevent: ready\ndata: {{\"seq\":{seq}}}\n\n"));
    let follow = Follow { events, seq, _open: OpenStream::new(seat.app) };
    let body = stream::unfold((Some(opening), follow), |(opening, mut follow)| async move {
        let text = match opening {
            Some(text) => text,
            None => follow.next().await?,
        };
        Some((Ok::<_, std::convert::Infallible>(Bytes::from(text)), (None, follow)))
    });
    Ok(([(CONTENT_TYPE, "text/event-stream")], Body::from_stream(body)).into_response())
}

struct Follow {
    events: Receiver<Arc<StoredEvent>>,
    seq: i64,
    _open: OpenStream,
}

impl Follow {
    /// The next lines for the browser; none once the workspace closes.
    async fn next(&mut self) -> Option<String> {
        loop {
            match tokio::time::timeout(HEARTBEAT, self.events.recv()).await {
                Err(_) => return Some(": still here\n\n".into()),
                Ok(Ok(event)) if event.seq <= self.seq => continue,
                Ok(Ok(event)) => {
                    self.seq = event.seq;
                    return Some(signal(&event));
                }
                Ok(Err(RecvError::Lagged(_))) => {
                    return Some("event: reset\ndata: {}\n\n".into());
                }
                Ok(Err(RecvError::Closed)) => return None,
            }
        }
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
