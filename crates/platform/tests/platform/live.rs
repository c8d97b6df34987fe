//! Live signals: nothing missed, nothing twice, nothing of another workspace.

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures_util::StreamExt;
use platform::web::{Guard, Routes, live};
use platform::{Error, Setting, Workspace, change_setting};
use testkit::on_both;
use tower::ServiceExt;

use crate::world::{World, waiting};

#[derive(Default, serde::Serialize, serde::Deserialize)]
struct Counter(i64);

impl Setting for Counter {
    const KEY: &'static str = "test.counter";
}

/// Makes `count` events in one transaction.
fn change(workspace: &Workspace, count: i64) {
    let system = workspace.system();
    workspace
        .db
        .write_blocking(move |tx| {
            for turn in 0..count {
                change_setting(tx, &system, &Counter(turn))?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
}

/// A browser's side of one stream.
struct Browser {
    body: BodyDataStream,
    text: String,
}

impl Browser {
    async fn open(router: &Router, path: &str, headers: &[(&str, &str)]) -> Browser {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Browser { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event as `name seq`.
    async fn next(&mut self) -> String {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_string(), rest.to_string());
                self.text = rest;
                let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name));
                if let Some(event) = field("event: ") {
                    let seq = field("id: ").unwrap_or("-");
                    let data: serde_json::Value =
                        serde_json::from_str(field("data: ").unwrap()).unwrap();
                    assert_eq!(data["seq"].to_string(), seq);
                    return format!("{event} {seq}");
                }
            } else {
                let bytes = self.body.next().await.expect("the stream goes on").unwrap();
                self.text.push_str(std::str::from_utf8(&bytes).unwrap());
            }
        }
    }

    async fn until_ready(&mut self) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            let event = self.next().await;
            let is_ready = event.starts_with("ready");
            seen.push(event);
            if is_ready {
                return seen;
            }
        }
    }
}

fn router(world: &World) -> Router {
    Routes::new()
        .get("/w/arohi/live", Guard::Member, live)
        .get("/w/tel/live", Guard::Member, live)
        .build(world.app.clone())
}

on_both!(what_was_missed_is_told_first, |backend| {
    let world = World::new(backend);
    let router = router(&world);
    waiting(async {
        let cookie = world.cookie(&world.asha);
        let start = world.arohi.db.last_seq();
        change(&world.arohi, 3);
        let seq = start + 3;
        let open = async |path: String, last: Option<i64>| {
            let last = last.map(|seq| seq.to_string());
            let mut headers = vec![("cookie", cookie.as_str())];
            headers.extend(last.as_deref().map(|last| ("last-event-id", last)));
            Browser::open(&router, &path, &headers).await.until_ready().await
        };
        let path = |since: i64| format!("/w/arohi/live?since={since}");
        let ready = format!("ready {seq}");
        let changes = |from: i64| -> Vec<String> {
            let told = (from..=seq).map(|seq| format!("change {seq}"));
            told.chain([ready.clone()]).collect()
        };
        assert_eq!(open("/w/arohi/live".into(), None).await, vec![ready.clone()]);
        assert_eq!(open(path(start), None).await, changes(start + 1));
        assert_eq!(open(path(seq - 1), None).await, changes(seq));
        assert_eq!(open(path(seq), None).await, vec![ready.clone()]);
        // The browser's own word after a broken line counts more than the page's address.
        assert_eq!(open(path(0), Some(seq - 2)).await, changes(seq - 1));
        // After a restore the browser has seen more than there is.
        let reset = vec![format!("reset {seq}"), ready.clone()];
        assert_eq!(open(path(seq + 5), None).await, reset);
        assert_eq!(open(path(i64::MIN), None).await, reset);
        assert_eq!(open(path(i64::MAX), None).await, reset);
    });
});

on_both!(too_much_missed_is_a_reset, |backend| {
    let world = World::new(backend);
    let router = router(&world);
    waiting(async {
        let cookie = world.cookie(&world.asha);
        let start = world.arohi.db.last_seq();
        change(&world.arohi, 500);
        let path = format!("/w/arohi/live?since={start}");
        let mut browser = Browser::open(&router, &path, &[("cookie", &cookie)]).await;
        assert_eq!(browser.until_ready().await.len(), 501);
        change(&world.arohi, 1);
        let mut browser = Browser::open(&router, &path, &[("cookie", &cookie)]).await;
        let seq = start + 501;
        let expect = vec![format!("reset {seq}"), format!("ready {seq}")];
        assert_eq!(browser.until_ready().await, expect);
    });
});

on_both!(changes_come_in_order_and_from_this_workspace_only, |backend| {
    let world = World::new(backend);
    let router = router(&world);
    waiting(async {
        let (asha, meera) = (world.cookie(&world.asha), world.cookie(&world.meera));
        let mut arohi = Browser::open(&router, "/w/arohi/live", &[("cookie", &asha)]).await;
        let mut tel = Browser::open(&router, "/w/tel/live", &[("cookie", &meera)]).await;
        arohi.until_ready().await;
        tel.until_ready().await;
        assert_eq!(world.app.metrics().streams.get(), 2);
        let (a, t) = (world.arohi.db.last_seq(), world.tel.db.last_seq());
        for _ in 0..3 {
            change(&world.arohi, 2);
            change(&world.tel, 1);
        }
        for seq in a + 1..=a + 6 {
            assert_eq!(arohi.next().await, format!("change {seq}"));
        }
        for seq in t + 1..=t + 3 {
            assert_eq!(tel.next().await, format!("change {seq}"));
        }
        drop((arohi, tel));
        assert_eq!(world.app.metrics().streams.get(), 0);
    });
});

// A listener that slept through more than the buffer holds used to be told to fetch everything
// without a place to go on from.
on_both!(a_slow_listener_reads_what_it_missed, |backend| {
    let world = World::new(backend);
    let router = router(&world);
    waiting(async {
        let cookie = world.cookie(&world.asha);
        let mut browser = Browser::open(&router, "/w/arohi/live", &[("cookie", &cookie)]).await;
        browser.until_ready().await;
        let start = world.arohi.db.last_seq();
        for _ in 0..9 {
            change(&world.arohi, 500);
        }
        assert_eq!(browser.next().await, format!("reset {}", start + 4_500));
        change(&world.arohi, 1);
        assert_eq!(browser.next().await, format!("change {}", start + 4_501));
    });
});
