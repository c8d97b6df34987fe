//! API tokens, background work, the audit trail.

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::http::Request;
use testkit::on_both;

use crate::world::World;

impl World {
    /// Who a program with this token is to the API, or the status of the refusal.
    fn whoami(&self, token: &str) -> Result<String, u16> {
        let request = Request::get("/api/v1/me").header("authorization", format!("Bearer {token}"));
        let (parts, body) = self.send(request.body(Body::empty()).unwrap());
        if parts.status.is_success() { Ok(body) } else { Err(parts.status.as_u16()) }
    }
}

on_both!(a_token_is_made_used_and_ended, |backend| {
    let world = World::new(backend);
    let mut nikhil = world.signed_in("nikhil@arohi.example");
    let page = "/w/arohi/settings/tokens";
    nikhil.get(&world, page).shows(200, &["You have no tokens"]);
    nikhil.post(&world, page, &[("name", " ")]).shows(422, &["Please fill this in"]);
    let strange = [("name", "Dialler"), ("days", "7000")];
    nikhil.post(&world, page, &strange).shows(422, &["from the list", "value=\"Dialler\""]);
    nikhil.post(&world, page, &[("name", "Dialler <1>"), ("days", "30")]).goes_to(page);
    let shown = nikhil.get(&world, page);
    shown.shows(200, &["Dialler &lt;1&gt;", "Copy it now", "until 22 Dec"]);
    let start = shown.body.find("spk_").unwrap();
    let token = shown.body[start..].split('"').next().unwrap();
    assert_eq!(world.whoami(token).as_deref(), Ok("Nikhil Das"));
    nikhil.get(&world, page).lacks("spk_");
    let revoke = shown.body.split("action=\"").find(|part| part.contains("/revocation"));
    let revoke = revoke.unwrap().split('"').next().unwrap();
    // Nobody ends or sees somebody else's.
    let mut asha = world.signed_in("asha@arohi.example");
    asha.get(&world, page).lacks("Dialler");
    asha.post(&world, revoke, &[]).shows(404, &[]);
    assert!(world.whoami(token).is_ok());
    nikhil.post(&world, revoke, &[]).goes_to(page);
    nikhil.get(&world, page).shows(200, &["Ended"]);
    assert_eq!(world.whoami(token), Err(401));
    let audit = asha.get(&world, "/w/arohi/audit?kind=token.created");
    audit.shows(200, &["API token made", "Nikhil Das"]);
});

on_both!(failed_work_says_why_and_runs_again, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let page = "/w/arohi/queues/jobs";
    asha.get(&world, page).shows(200, &["Nothing here"]);
    world.enqueue_brittle();
    asha.get(&world, page).shows(200, &["test.brittle", "Waiting", "data-live-topics=\"jobs\""]);
    assert_eq!(world.work(), 1);
    let failed = asha.get(&world, "/w/arohi/queues/jobs?state=failed");
    failed.shows(200, &["the other side said &lt;no&gt;", "Run again"]);
    asha.get(&world, "/w/arohi/queues/jobs?state=waiting").lacks("test.brittle");
    let fragment = asha.get(&world, "/w/arohi/queues/jobs/list?state=failed");
    fragment.shows(200, &["<section id=\"jobs\"", "Run again"]);
    fragment.lacks("<html");
    assert!(failed.body.contains(fragment.body.as_str()), "the part and the page are the same");
    let to = failed.body.split("action=\"").find(|part| part.contains("/rerun")).unwrap();
    let to = to.split('"').next().unwrap().to_string();
    world.signed_in("nikhil@arohi.example").post(&world, &to, &[]).shows(403, &[]);
    world.mended.store(true, Ordering::SeqCst);
    let failed_view = [("state", "failed")];
    asha.post(&world, &to, &failed_view).goes_to("/w/arohi/queues/jobs?state=failed");
    asha.get(&world, page).shows(200, &["in the queue again", "test.brittle", "Waiting"]);
    assert_eq!(world.work(), 1);
    asha.get(&world, page).lacks("test.brittle");
    asha.post(&world, &to, &[]).shows(404, &[]);
    asha.get(&world, "/w/arohi/audit?kind=job.rerun").shows(200, &["put back in the queue"]);
});

on_both!(the_trail_is_filtered_paged_and_checked, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    for number in 0..55 {
        let team = [("name", &*format!("Team {number:02}")), ("active", "1")];
        asha.post(&world, "/w/arohi/settings/teams", &team);
    }
    let first = asha.get(&world, "/w/arohi/audit?kind=team.saved");
    first.shows(200, &["Team 54", "Team 05", "Team saved", "Asha Rao"]);
    first.lacks("Team 04");
    first.lacks("Member added</summary>");
    let more = first.body.split("href=\"").find(|part| part.contains("before=")).unwrap();
    let more = more.split('"').next().unwrap().replace("&amp;", "&");
    let second = asha.get(&world, &more);
    second.shows(200, &["Team 04", "Team 00"]);
    second.lacks("Team 05");
    second.lacks("before=");
    // By the program itself, and about one thing.
    let system = asha.get(&world, "/w/arohi/audit?actor=0");
    system.shows(200, &["Member added"]);
    system.lacks("Team saved</summary>");
    let teams = world.arohi.db.read(platform::list_teams).unwrap();
    let one = format!("/w/arohi/audit?subject=team:{}", teams[3].id.0);
    let one = asha.get(&world, &one);
    one.shows(200, &[&*teams[3].name]);
    one.lacks(&teams[4].name);
    for strange in ["subject=x", "subject=team:x", "actor=x&before=y", "kind=%27%3B--"] {
        asha.get(&world, &format!("/w/arohi/audit?{strange}")).shows(200, &[]);
    }
    asha.get(&world, "/w/arohi/audit?kind=no.such").shows(200, &["No events fit"]);
    let mut meera = world.signed_in("meera@arohi.example");
    let whole = meera.get(&world, "/w/arohi/audit/verification");
    let events = format!(">{}<", world.arohi.db.last_seq());
    whole.shows(200, &["The trail is whole", &events]);
});

on_both!(a_tampered_trail_is_noticed, |backend| {
    let world = World::new(backend);
    let mut meera = world.signed_in("meera@arohi.example");
    let db = &world.arohi.db;
    let tamper = "update event set actor_id = 7 where seq = 2";
    world.run(db.write(|tx| tx.exec(tamper, &[]))).unwrap();
    let found = meera.get(&world, "/w/arohi/audit/verification");
    found.shows(200, &["Event 2, or its place in the order, was changed", "backups"]);
    for _ in 0..5 {
        meera.get(&world, "/w/arohi/audit/verification").shows(200, &[]);
    }
    meera.get(&world, "/w/arohi/audit/verification").shows(429, &["Please try again"]);
});
