//! The pages of the room, through HTTP, as an administrator and as others.

use crate::world::*;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use base::EmailAddress;
use channels::*;
use platform::Actor;
use platform::control::session;
use testkit::on_both;
use tower::ServiceExt;
use wire_email::loopback::Failure;

/// A browser in which a person has signed in.
struct Browser<'w> {
    world: &'w World,
    router: axum::Router,
    cookie: String,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl<'w> Browser<'w> {
    fn of(world: &'w World, person: &Actor) -> Browser<'w> {
        let (keys, login_id) = (world.app.keys().clone(), person.login_id);
        let start = move |tx: &mut db::Tx<'_>| session::start(tx, &keys, login_id);
        let token = world.app.control().write_blocking(start).unwrap();
        let router = channels::routes().build(world.app.clone());
        Browser { world, router, cookie: format!("sampark_session={token}") }
    }

    fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap())
    }

    fn post(&self, path: &str, fields: &str) -> Answer {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(fields.to_string())).unwrap())
    }

    fn send(&self, mut request: Request<Body>) -> Answer {
        request.headers_mut().insert("cookie", self.cookie.parse().unwrap());
        self.world.rt.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, 64 << 20).await.unwrap();
            let body = String::from_utf8_lossy(&bytes).into_owned();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }
}

impl Answer {
    fn shows(&self, words: &[&str]) {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        for part in words {
            assert!(self.body.contains(part), "{part} is not in {}", self.body);
        }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

fn executive(world: &World) -> Actor {
    let email = EmailAddress::parse("nikhil@arohi.example").unwrap();
    world.app.add_person(&world.arohi, &email, "Nikhil Das", "Executive", vec![]).unwrap()
}

on_both!(the_queue_of_mail_in_shows_why_and_reads_again, |backend| {
    let world = World::new(backend);
    let asha = Browser::of(&world, &world.asha);
    asha.get("/w/arohi/queues/mail-in").shows(&["Nothing here", "data-live-topics"]);
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes <b>squeak</b>", "They squeak.");
    let done = world.deliver(SUNITA, CARE, &raw);
    let failed = world.deliver(SUNITA, CARE, " ");
    let page = asha.get("/w/arohi/queues/mail-in");
    page.shows(&["Brakes &lt;b&gt;squeak", SUNITA, "QRY-2026-000001", "There is nothing in"]);
    let only = asha.get("/w/arohi/queues/mail-in?state=failed");
    only.shows(&["There is nothing in"]);
    assert!(!only.body.contains("QRY-2026-000001"));
    asha.get("/w/arohi/queues/mail-in/list?state=failed").shows(&["id=\"mail-in\""]);
    let one = asha.get(&format!("/w/arohi/queues/mail-in/{}", done.id));
    one.shows(&["Message-ID: &lt;one@example.in&gt;", "Headers as they came"]);
    let download = asha.get(&format!("/w/arohi/queues/mail-in/{}/raw", done.id));
    assert_eq!(download.body, raw);
    assert!(download.header("content-disposition").starts_with("attachment"));
    let again = asha.post(&format!("/w/arohi/queues/mail-in/{}/rerun", failed.id), "");
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    world.run();
    assert_eq!(world.inbound(failed.id).attempts, 2);
    assert_eq!(asha.get("/w/arohi/queues/mail-in/999999").status, StatusCode::NOT_FOUND);

    let nikhil = Browser::of(&world, &executive(&world));
    for path in ["queues/mail-in", "queues/mail-out", "settings/mailboxes"] {
        let answer = nikhil.get(&format!("/w/arohi/{path}"));
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let raw = nikhil.get(&format!("/w/arohi/queues/mail-in/{}/raw", done.id));
    assert_eq!(raw.status, StatusCode::FORBIDDEN);
    assert_eq!(asha.get("/w/nova/queues/mail-in").status, StatusCode::NOT_FOUND);
});

on_both!(the_queue_of_mail_out_shows_why_and_obeys, |backend| {
    let world = World::new(backend);
    let asha = Browser::of(&world, &world.asha);
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    let first = world.deliver(SUNITA, CARE, &raw);
    world.outside.fail_next(2, Failure::Temporary);
    world.reply(first.case_id.unwrap(), "Please bring it in.");
    world.later(10);
    let waiting = world.outbounds(&world.arohi).pop().unwrap();
    let page = asha.get("/w/arohi/queues/mail-out");
    page.shows(&["asks to come again later", "451", "Try now", "Give up", SUNITA]);
    asha.get("/w/arohi/queues/mail-out?state=sent").shows(&["Sent today", "Automatic"]);
    asha.get("/w/arohi/queues/mail-out/list?state=queued").shows(&["id=\"mail-out\""]);
    let path = format!("/w/arohi/queues/mail-out/{}", waiting.id);
    assert_eq!(asha.post(&format!("{path}/retry"), "").status, StatusCode::SEE_OTHER);
    world.run();
    assert_eq!(world.outbound(&world.arohi, waiting.id).attempts, 2);
    assert_eq!(asha.post(&format!("{path}/discard"), "").status, StatusCode::SEE_OTHER);
    assert_eq!(asha.post(&format!("{path}/discard"), "").status, StatusCode::CONFLICT);
    asha.get("/w/arohi/queues/mail-out?state=discarded").shows(&["Somebody gave this mail up"]);
});

on_both!(mailboxes_are_added_tried_and_changed, |backend| {
    let world = World::new(backend);
    let asha = Browser::of(&world, &world.asha);
    asha.get("/w/arohi/settings/mailboxes").shows(&[CARE, SALES, "installation’s own"]);
    asha.get("/w/arohi/settings/mailboxes/new").shows(&["Try the connection"]);
    let wrong = asha.post("/w/arohi/settings/mailboxes", "address=nobody&name=&smtp_port=x");
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["value=\"nobody\"", "an e-mail address looks like", "from 1 to 65535"] {
        assert!(wrong.body.to_lowercase().contains(words), "{words}: {}", wrong.body);
    }
    let at = world.outside.address();
    let fields = format!(
        "address=new@arohi.example&name=New&active=1&smtp_host=127.0.0.1&smtp_port={}\
         &smtp_tls=none",
        at.port()
    );
    let tried = asha.post("/w/arohi/settings/mailboxes", &format!("{fields}&try=1"));
    tried.shows(&["The mail server was reached", "value=\"new@arohi.example\""]);
    let elsewhere = fields.replace("smtp_tls=none", "smtp_tls=starttls");
    let tried = asha.post("/w/arohi/settings/mailboxes", &format!("{elsewhere}&try=1"));
    tried.shows(&["offers no protection on this port", "Nothing was saved yet"]);
    assert_eq!(is_ours(&world.app, "new@arohi.example"), Accepted::NoMailbox);
    let made = asha.post("/w/arohi/settings/mailboxes", &fields);
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let mailboxes = world.arohi.db.read(|tx| list_mailboxes(tx, &world.asha)).unwrap();
    let new = mailboxes.iter().find(|mailbox| mailbox.address == "new@arohi.example").unwrap();
    let path = format!("/w/arohi/settings/mailboxes/{}", new.id);
    asha.get(&path).shows(&["new@arohi.example", "127.0.0.1"]);
    let changed = asha.post(&path, "version=1&name=Renamed&active=1&lang=hi");
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    let stale = asha.post(&path, "version=1&name=Again&active=1");
    assert_eq!(stale.status, StatusCode::CONFLICT);
});

const PHOTO: &str = "From: sunita@example.in\r\nTo: care@arohi.example\r\nMessage-ID: <a@x>\r\n\
    Subject: Photo\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
    --m\r\nContent-Type: text/html\r\n\r\n\
    <b>See</b><script>alert(1)</script><img src=\"cid:p@x\">\
    <img src=\"https://track.example/1\">\r\n\
    --m\r\nContent-Type: image/png\r\nContent-ID: <p@x>\r\nContent-Disposition: inline\r\n\
    Content-Transfer-Encoding: base64\r\n\r\ncG5n\r\n\
    --m\r\nContent-Type: image/svg+xml\r\n\
    Content-Disposition: attachment; filename=\"logo.svg\"\r\n\r\n<svg/>\r\n--m--\r\n";

on_both!(a_strangers_html_is_shown_without_power, |backend| {
    let world = World::new(backend);
    let asha = Browser::of(&world, &world.asha);
    let filed = world.deliver(SUNITA, CARE, PHOTO);
    let message = filed.desk_message_id.unwrap();
    let frame = asha.get(&format!("/w/arohi/messages/{message}/frame"));
    frame.shows(&["<b>See</b>", "data:image/png;base64,cG5n"]);
    let policy = frame.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"), "{policy}");
    assert!(!policy.contains("script") && !policy.contains("https:"), "{policy}");
    assert_eq!(frame.header("x-frame-options"), "SAMEORIGIN");
    assert_eq!(frame.header("referrer-policy"), "no-referrer");
    let shown = asha.get(&format!("/w/arohi/messages/{message}/frame?images=1"));
    assert!(shown.header("content-security-policy").contains("https:"));

    let page = world.page(&world.arohi, filed.case_id.unwrap());
    let svg = page.attachments.iter().find(|file| file.name == "logo.svg").unwrap();
    let file = asha.get(&format!("/w/arohi/files/{message}/{}", svg.id));
    assert_eq!(file.body.trim(), "<svg/>");
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"logo.svg\""));
    let other = asha.get(&format!("/w/arohi/files/{}/{}", message + 1, svg.id));
    assert_eq!(other.status, StatusCode::NOT_FOUND);

    // Nikhil is in no team: a case that belongs to nobody is beyond his reach.
    let nikhil = Browser::of(&world, &executive(&world));
    for path in [format!("messages/{message}/frame"), format!("files/{message}/{}", svg.id)] {
        let answer = nikhil.get(&format!("/w/arohi/{path}"));
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
});

on_both!(a_reply_is_taken_back_from_its_page, |backend| {
    let world = World::new(backend);
    let asha = Browser::of(&world, &world.asha);
    let raw = mail(SUNITA, CARE, "one@example.in", "Brakes", "They squeak.");
    let first = world.deliver(SUNITA, CARE, &raw);
    let sent = world.reply(first.case_id.unwrap(), "Please bring it in.");
    let undone = asha.post(&format!("/w/arohi/messages/{sent}/undo"), "");
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert_eq!(undone.header("location"), "/w/arohi/cases/QRY-2026-000001");
    world.later(60);
    assert_eq!(world.sent_to(SUNITA).len(), 1);
    let late = asha.post(&format!("/w/arohi/messages/{sent}/undo"), "");
    assert_eq!(late.status, StatusCode::SEE_OTHER, "told so on the case's page");
});

on_both!(the_installations_own_mail_leaves_by_its_own_server, |backend| {
    let world = World::new(backend);
    let keys = world.app.keys().clone();
    world.outside.fail_next(1, Failure::HangUpAfterKeeping);
    let send = move |tx: &mut db::Tx<'_>| {
        let mail = admin::SystemMail::new(&keys, SUNITA, "Invitation".into(), "Dear Sunita");
        mail.send(tx)
    };
    world.app.control().write_blocking(send).unwrap();
    for _ in 0..2 {
        let due = platform::run_due(&world.app, None, world.app.control());
        world.rt.block_on(due).unwrap();
        world.clock.advance_ms(60_000);
    }
    let got = world.sent_to(SUNITA);
    assert_eq!(got.len(), 2, "the line broke before the answer");
    assert_eq!(got[0].parsed.message_id, got[1].parsed.message_id);
    assert_eq!(got[0].parsed.auto_submitted.as_deref(), Some("auto-generated"));
    assert_eq!(got[0].parsed.text.trim(), "Dear Sunita");
});
