//! The desk over HTTP, on both databases: what people see, and what comes back when they err.

mod web;

use std::future::Future;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base::UtcMs;
use desk::*;
use platform::Error;
use testkit::{Backend, on_both};
use tower::ServiceExt;
use web::{Web, answer, form};

/// Runs a scenario as the server runs: on several threads.
fn run<F: Future<Output = ()>>(backend: Backend, scenario: impl FnOnce(Web) -> F) {
    let web = Web::new(backend);
    let threads = tokio::runtime::Builder::new_multi_thread();
    let runtime = { threads }.worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(scenario(web));
}

fn mail(web: &Web, subject: &str) -> Received {
    web.mail("sunita@customer.example", "Sunita Ingle", subject, "They squeak when it rains.")
}

/// The part of a page between two texts.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let rest = page.split_once(from).unwrap_or_else(|| panic!("no {from} in {page}")).1;
    rest.split_once(to).unwrap_or_else(|| panic!("no {to} in {rest}")).0
}

fn has(page: &str, parts: &[&str]) {
    for part in parts {
        let main = page.split_once("<main").map_or(page, |(_, rest)| rest);
        assert!(page.contains(part), "{part} is not in {main}");
    }
}

on_both!(an_inbox_is_paged_through, |backend| {
    run(backend, |web| async move {
        for at in 0..60 {
            web.clock.advance_ms(60_000);
            mail(&web, &format!("Brakes {at:02}"));
        }
        let first = web.get(&web.asha, "/w/arohi/inbox").await.ok();
        has(&first, &["Nobody’s yet", "60 cases", "Brakes 00", "Brakes 49", "data-live-src"]);
        assert!(!first.contains("Brakes 50"), "a page has 50 rows, who waits longest first");
        let next = between(&first, "rel=\"next\"", "</a>");
        assert!(!next.is_empty());
        let href = between(&first, "<div class=\"more\">", "rel=\"next\"");
        let href = between(href, "href=\"", "\"").replace("&amp;", "&");
        assert!(href.contains("view=unassigned&after="), "{href}");
        let second = web.get(&web.asha, &href).await.ok();
        has(&second, &["Brakes 50", "Brakes 59"]);
        assert!(!second.contains("Brakes 49"));
        // The case opened from the second page has the second page beside it.
        let row = between(&second, "class=\"row-link\" href=\"", "\"").replace("&amp;", "&");
        let case = web.get(&web.asha, &row).await.ok();
        has(&case, &["Brakes 50", "Brakes 59", "They squeak when it rains."]);
        let newest = web.get(&web.asha, "/w/arohi/inbox?view=open&order=newest").await.ok();
        assert!(newest.contains("Brakes 59") && !newest.contains("Brakes 09"));
        let mine = web.get(&web.asha, "/w/arohi/inbox?view=mine").await.ok();
        has(&mine, &["Nothing of yours is open"]);
        let rows = web.get(&web.asha, "/w/arohi/inbox/rows?view=open").await.ok();
        assert!(rows.starts_with("<section id=\"desk-list\""), "{rows}");
        let views = web.get(&web.asha, "/w/arohi/inbox/views?view=open").await.ok();
        assert!(views.starts_with("<section id=\"desk-views\""), "{views}");
    });
});

on_both!(what_is_out_of_reach_is_not_found, |backend| {
    run(backend, |web| async move {
        let number = mail(&web, "Brakes squeak").number;
        let path = format!("/w/arohi/cases/{number}");
        web.get(&web.ravi, &path).await.ok();
        for rest in ["", "/head", "/thread", "/customer", "/edit", "/assignment", "/older?before=9"]
        {
            let answer = web.get(&web.kabir, &format!("{path}{rest}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{rest}");
        }
        for rest in ["/ownership", "/resolution", "/reopening", "/status?status=1"] {
            let answer = web.post(&web.kabir, &format!("{path}{rest}"), &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{rest}");
        }
        let fields = [("mode", "reply"), ("body", "Hello")];
        let answer = web.upload(&web.kabir, &format!("{path}/messages"), &fields, &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(!web.get(&web.kabir, "/w/arohi/inbox?view=open").await.ok().contains("Brakes"));
        assert!(!web.get(&web.kabir, "/w/arohi/find?q=1").await.ok().contains("Brakes"));
        for odd in ["/w/arohi/cases/XYZ-1-1", "/w/arohi/cases/QRY-2026-000009"] {
            assert_eq!(web.get(&web.asha, odd).await.status, StatusCode::NOT_FOUND, "{odd}");
        }
        assert_eq!(
            web.get(&web.kabir, "/w/arohi/settings/desk").await.status,
            StatusCode::FORBIDDEN
        );
    });
});

on_both!(an_answer_is_queued_with_its_file, |backend| {
    run(backend, |web| async move {
        let number = mail(&web, "Brakes squeak").number;
        let path = format!("/w/arohi/cases/{number}");
        let page = web.get(&web.ravi, &format!("{path}?view=open")).await.ok();
        has(&page, &["Sunita Ingle", "sunita@customer.example", "Send to Sunita Ingle"]);
        let once = between(&page, "name=\"once\" value=\"", "\"").to_string();
        let fields = [
            ("once", once.as_str()),
            ("mode", "reply"),
            ("body", "Please bring it in.\r\nTomorrow?"),
            ("then", "pending_customer"),
        ];
        let files = [("bill.pdf", "application/pdf", &b"a bill"[..])];
        let send = format!("{path}/messages?view=open");
        let to = web.upload(&web.ravi, &send, &fields, &files).await.leads();
        assert_eq!(to, format!("{path}?view=open"));
        // A browser that lost the answer sends the same again: nobody gets two mails.
        web.upload(&web.ravi, &send, &fields, &files).await.leads();
        let case = web.case(&number);
        assert_eq!(case.messages.len(), 2);
        let sent = &case.messages[1];
        assert_eq!((sent.direction, sent.status), (Direction::Out, MessageStatus::Queued));
        assert_eq!(sent.body_text, "Please bring it in.\nTomorrow?");
        assert_eq!(case.case.status, StatusType::PendingCustomer);
        assert_eq!(case.case.owner_id, Some(web.ravi.actor.member_id));
        assert_eq!(case.attachments[0].name, "bill.pdf");
        let id = case.attachments[0].file_id;
        let info = web.read(|tx, _| Ok(platform::find_file(tx, id)?.unwrap()));
        assert_eq!(web.workspace.files.get(&info.sha256).unwrap(), b"a bill");
        let page = web.get(&web.ravi, &to).await.ok();
        has(
            &page,
            &[
                "Tomorrow?",
                "waiting to be sent",
                "Take it back",
                "bill.pdf",
                "Ravi Kulkarni took the case",
            ],
        );
        let note = [("mode", "note"), ("body", "Batch SC-118")];
        web.upload(&web.ravi, &send, &note, &[]).await.leads();
        assert_eq!(web.case(&number).messages[2].direction, Direction::Note);
    });
});

on_both!(an_error_keeps_the_text_and_the_files, |backend| {
    run(backend, |web| async move {
        let number = mail(&web, "Brakes squeak").number;
        let send = format!("/w/arohi/cases/{number}/messages");
        let files = [("bill.pdf", "application/pdf", &b"a bill"[..])];
        let page = web.upload(&web.ravi, &send, &[("mode", "reply"), ("body", " ")], &files).await;
        let page = page.invalid();
        has(&page, &["Write a few words first.", "bill.pdf"]);
        let kept = between(&page, "name=\"kept-0\" value=\"", "\"").to_string();
        let fields = [("mode", "reply"), ("body", "Here it is."), ("kept-0", kept.as_str())];
        web.upload(&web.ravi, &send, &fields, &[]).await.leads();
        assert_eq!(web.case(&number).attachments.len(), 1);
        // What somebody else stored cannot be named.
        web.upload(&web.asha, &send, &fields, &[]).await.leads();
        assert_eq!(web.case(&number).attachments.len(), 1);
        let many: Vec<(&str, &str, &[u8])> = vec![("a.txt", "text/plain", b"a"); 11];
        let fields = [("mode", "note"), ("body", "Eleven files")];
        let page = web.upload(&web.ravi, &send, &fields, &many).await.invalid();
        has(&page, &["At most 10 files", "Eleven files"]);
        let heavy = vec![7_u8; 21 * 1024 * 1024];
        let heavy = [("film.mp4", "video/mp4", heavy.as_slice())];
        let fields = [("mode", "reply"), ("body", "A film")];
        let page = web.upload(&web.ravi, &send, &fields, &heavy).await.invalid();
        has(&page, &["20 MB", "A film"]);
        assert_eq!(web.case(&number).messages.len(), 3);
    });
});

on_both!(a_draft_waits_for_its_writer, |backend| {
    run(backend, |web| async move {
        let number = mail(&web, "Brakes squeak").number;
        let path = format!("/w/arohi/cases/{number}");
        let fields = [("mode", "note"), ("body", "Ask the workshop about %")];
        let saved = web.ask(&web.ravi, form("PUT", &format!("{path}/draft"), &fields)).await;
        assert_eq!(saved.status, StatusCode::NO_CONTENT);
        has(&web.get(&web.ravi, &path).await.ok(), &["Ask the workshop about %"]);
        assert!(!web.get(&web.asha, &path).await.ok().contains("Ask the workshop"));
        let odd = [("mode", "shout"), ("body", "x")];
        let refused = web.ask(&web.ravi, form("PUT", &format!("{path}/draft"), &odd)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("mode", "note"), ("body", "Asked.")];
        web.upload(&web.ravi, &format!("{path}/messages"), &fields, &[]).await.leads();
        assert_eq!(
            web.read(|tx, _| { find_draft(tx, &web.ravi.actor, web.case(&number).case.id) }),
            None
        );
    });
});

on_both!(who_was_quicker_is_seen_beside_what_was_typed, |backend| {
    run(backend, |web| async move {
        let number = mail(&web, "Brakes squeak").number;
        let path = format!("/w/arohi/cases/{number}");
        let page = web.get(&web.ravi, &format!("{path}/edit")).await.ok();
        let version = between(&page, "name=\"version\" value=\"", "\"").to_string();
        let fields = |subject, priority| {
            [
                ("version", version.as_str()),
                ("type", "complaint"),
                ("subject", subject),
                ("category", ""),
                ("priority", priority),
            ]
        };
        web.post(&web.asha, &path, &fields("Brakes grind", "high")).await.leads();
        let late = web.post(&web.ravi, &path, &fields("Brakes wail", "urgent")).await.invalid();
        has(&late, &["Brakes wail", "Now: Brakes grind", "Now: high"]);
        assert!(!late.contains("Now: complaint"), "what is the same is not repeated");
        let now = between(&late, "name=\"version\" value=\"", "\"").to_string();
        let mut again = fields("Brakes wail", "urgent");
        again[0].1 = &now;
        web.post(&web.ravi, &path, &again).await.leads();
        let case = web.case(&number).case;
        assert_eq!((case.subject.as_str(), case.priority), ("Brakes wail", Priority::Urgent));
        let empty = web.post(&web.ravi, &path, &fields(" ", "low")).await.invalid();
        has(&empty, &["Please fill this in."]);
        let odd = web.post(&web.ravi, &path, &fields("x", "sky-high")).await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
});

on_both!(a_case_is_taken_given_away_ended_and_brought_back, |backend| {
    run(backend, |web| async move {
        let number = mail(&web, "Brakes squeak").number;
        let path = format!("/w/arohi/cases/{number}");
        web.post(&web.ravi, &format!("{path}/ownership"), &[]).await.leads();
        let me = web.ravi.actor.member_id;
        assert_eq!(web.case(&number).case.owner_id, Some(me));
        // Asha was slower: she is told, and nothing is snatched.
        web.post(&web.asha, &format!("{path}/ownership"), &[]).await.leads();
        assert_eq!(web.case(&number).case.owner_id, Some(me));
        let owner = web.asha.actor.member_id.to_string();
        let queue = web.workshop.to_string();
        let fields = [("owner", owner.as_str()), ("queue", queue.as_str())];
        let to = web.post(&web.ravi, &format!("{path}/assignment?view=mine"), &fields).await;
        assert_eq!(to.leads(), format!("{path}?view=mine"));
        assert_eq!(web.case(&number).case.owner_id, Some(web.asha.actor.member_id));
        // What "undo" posts: no fields, the old owner in the address.
        let undo = format!("{path}/assignment?owner={me}&queue={queue}");
        web.post(&web.ravi, &undo, &[]).await.leads();
        assert_eq!(web.case(&number).case.owner_id, Some(me));
        let odd = [("owner", "424242"), ("queue", "")];
        let refused = web.post(&web.ravi, &format!("{path}/assignment"), &odd).await.invalid();
        has(&refused, &["Please choose something from the list."]);
        web.post(&web.ravi, &format!("{path}/resolution"), &[]).await.leads();
        assert_eq!(web.case(&number).case.status, StatusType::Resolved);
        let page = web.get(&web.ravi, &path).await.ok();
        has(&page, &["Reopen", "Ravi Kulkarni: status “Resolved”"]);
        web.post(&web.ravi, &format!("{path}/reopening"), &[]).await.leads();
        assert_eq!(web.case(&number).case.status, StatusType::Open);
        let hold = web.read(|tx, _| list_statuses(tx)).into_iter();
        let hold = hold.filter(|status| status.status_type == StatusType::OnHold);
        let hold = hold.map(|status| status.id.to_string()).next().unwrap();
        web.post(&web.ravi, &format!("{path}/status"), &[("status", &hold)]).await.leads();
        assert_eq!(web.case(&number).case.status, StatusType::OnHold);
        // Given out of one's reach, one is led back to the list.
        let front = web.read(|tx, _| list_queues(tx)).into_iter();
        let front = front.filter(|queue| queue.team_id.is_none()).map(|queue| queue.id.to_string());
        let front = front.collect::<Vec<_>>().remove(0);
        let fields = [("owner", owner.as_str()), ("queue", front.as_str())];
        let to = web.post(&web.ravi, &format!("{path}/assignment"), &fields).await.leads();
        assert_eq!(to, "/w/arohi/inbox");
    });
});

on_both!(everything_is_found_from_one_box, |backend| {
    run(backend, |web| async move {
        let number = mail(&web, "Brakes squeak").number;
        let ask = |query: &str| {
            Request::get(format!("/w/arohi/find?q={query}"))
                .header("x-fragment", "find")
                .body(Body::empty())
                .unwrap()
        };
        for query in ["1", &number.to_string(), "sunita", "sunita%40cust"] {
            let options = web.ask(&web.ravi, ask(query)).await.ok();
            has(&options, &["class=\"option\"", &number.to_string()]);
            assert!(!options.contains("<html"), "{options}");
        }
        let verbs = web.ask(&web.ravi, ask("new+ca")).await.ok();
        has(&verbs, &["/w/arohi/cases/new"]);
        assert!(!web.ask(&web.ravi, ask("queues+cat")).await.ok().contains("settings/desk"));
        has(&web.ask(&web.asha, ask("queues+cat")).await.ok(), &["/w/arohi/settings/desk"]);
        let page = web.get(&web.ravi, "/w/arohi/find?q=sunita").await.ok();
        has(&page, &["<html", "Brakes squeak", "sunita@customer.example"]);
        has(&web.get(&web.ravi, "/w/arohi/find?q=nobody-at-all").await.ok(), &["Nothing found"]);
    });
});

on_both!(a_call_becomes_a_case, |backend| {
    run(backend, |web| async move {
        let known = mail(&web, "Brakes squeak");
        let page = web.get(&web.ravi, "/w/arohi/cases/new?q=sunita").await.ok();
        let contact = format!("cases/new?contact={}", known.contact_id);
        has(&page, &[&contact, "Sunita Ingle"]);
        has(
            &web.get(&web.ravi, "/w/arohi/cases/new?q=98765+43210").await.ok(),
            &["name=\"phone\"", "value=\"98765 43210\"", "Nobody found"],
        );
        let fields = |contact: &'static str, name, phone, subject| {
            vec![
                ("contact", contact),
                ("name", name),
                ("phone", phone),
                ("channel", "phone"),
                ("type", "complaint"),
                ("priority", "high"),
                ("subject", subject),
                ("message", "He waits at the gate."),
            ]
        };
        let mut new = fields("", "Farhan Merchant", "98765 43210", "");
        let page = web.post(&web.ravi, "/w/arohi/cases", &new).await.invalid();
        has(&page, &["Please fill this in.", "Farhan Merchant", "He waits at the gate."]);
        new = fields("", "Farhan Merchant", "98765 43210", "Second key");
        let queue = web.workshop.to_string();
        new.push(("queue", &queue));
        let to = web.post(&web.ravi, "/w/arohi/cases", &new).await.leads();
        let page = web.get(&web.ravi, &to).await.ok();
        has(&page, &["Second key", "+919876543210", "complaint", "There is no e-mail address"]);
        let id = known.contact_id.to_string();
        let mut again = fields("", "", "", "Third key");
        again[0].1 = &id;
        again.push(("queue", &queue));
        let to = web.post(&web.ravi, "/w/arohi/cases", &again).await.leads();
        has(&web.get(&web.ravi, &to).await.ok(), &["Sunita Ingle", "Brakes squeak"]);
    });
});

on_both!(the_desk_is_set_up, |backend| {
    run(backend, |web| async move {
        let path = "/w/arohi/settings/desk";
        has(
            &web.get(&web.asha, path).await.ok(),
            &["Workshop", "Service › Spare parts", "On hold"],
        );
        let queue = [("name", "Nights"), ("team", ""), ("active", "1")];
        web.post(&web.asha, &format!("{path}/queues"), &queue).await.leads();
        let twice = web.post(&web.asha, &format!("{path}/queues"), &queue).await.invalid();
        has(&twice, &["This name is taken.", "value=\"Nights\""]);
        let all = web.read(|tx, _| list_categories(tx));
        let top = all.iter().find(|category| category.name == "Service").unwrap();
        let below = all.iter().find(|category| category.parent_id == Some(top.id)).unwrap();
        let (id, parent) = (top.id.to_string(), below.id.to_string());
        let ring = [("id", id.as_str()), ("name", "Service"), ("parent", &parent), ("active", "1")];
        let ring = web.post(&web.asha, &format!("{path}/categories"), &ring).await.invalid();
        has(&ring, &["A category cannot stand below itself"]);
        let new = web.read(|tx, _| list_statuses(tx)).remove(0);
        let id = new.id.to_string();
        let form = web.get(&web.asha, &format!("{path}?statuses={id}")).await.ok();
        has(&form, &["Change the status", "value=\"New\""]);
        let last = [("id", id.as_str()), ("label", "Fresh"), ("type", "new"), ("position", "1")];
        let last = web.post(&web.asha, &format!("{path}/statuses"), &last).await.invalid();
        has(&last, &["This is the last status of its type", "value=\"Fresh\""]);
        let renamed = [
            ("id", id.as_str()),
            ("label", "Fresh"),
            ("type", "new"),
            ("position", "1"),
            ("active", "1"),
        ];
        web.post(&web.asha, &format!("{path}/statuses"), &renamed).await.leads();
        assert_eq!(web.read(|tx, _| list_statuses(tx))[0].label, "Fresh");
    });
});

on_both!(a_customer_sees_the_status_with_the_link_only, |backend| {
    run(backend, |web| async move {
        let received = mail(&web, "Brakes squeak");
        let (id, until) = (received.case_id, web.clock_now().plus_ms(UtcMs::DAY));
        web.write(&web.workspace.system(), move |tx, actor| {
            add_status_link(tx, actor, id, "secret-token", until)
        });
        let look = async |path: &str| {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = web.router.clone().oneshot(request).await.unwrap();
            assert!(response.headers()["x-robots-tag"].to_str().unwrap().contains("noindex"));
            answer(response).await
        };
        let page = look("/s/arohi/secret-token").await.ok();
        has(&page, &["QRY-2026-000001", "Brakes squeak", "We have received it", "Arohi Motors"]);
        assert!(!page.contains("sunita@") && !page.contains("Sunita"), "{page}");
        let hindi = look("/s/arohi/secret-token?lang=hi").await.ok();
        has(&hindi, &["हमें मिल गया है"]);
        let unknown = look("/s/arohi/another").await;
        let nowhere = look("/s/nowhere/secret-token").await;
        web.clock.advance_ms(2 * UtcMs::DAY);
        let expired = look("/s/arohi/secret-token").await;
        for answer in [&unknown, &nowhere, &expired] {
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
            assert_eq!(answer.body, unknown.body, "nobody learns why");
        }
    });
});

on_both!(a_long_conversation_comes_in_parts, |backend| {
    run(backend, |web| async move {
        let received = mail(&web, "Brakes squeak");
        let id = received.case_id;
        for at in 0..130 {
            web.clock.advance_ms(1_000);
            let text = format!("Word {at:03}");
            web.write(&web.ravi.actor, move |tx, actor| add_note(tx, actor, id, &text, &[]));
        }
        let path = format!("/w/arohi/cases/{}", received.number);
        let page = web.get(&web.ravi, &path).await.ok();
        has(&page, &["Word 030", "Word 129", "Show earlier messages"]);
        assert!(!page.contains("Word 029"));
        let older = between(&page, "class=\"older\"><a href=\"", "\"").replace("&amp;", "&");
        let whole = web.get(&web.ravi, &older).await.ok();
        has(&whole, &["<html", "Word 029", "They squeak", "To the newest messages"]);
        let request = Request::get(&older).header("turbo-frame", "older").body(Body::empty());
        let part = web.ask(&web.ravi, request.unwrap()).await.ok();
        assert!(part.starts_with("<turbo-frame") && part.contains("Word 029"), "{part}");
        // A new word pushes the window on; the reader keeps what stood there.
        web.write(&web.ravi.actor, move |tx, actor| add_note(tx, actor, id, "Last", &[]));
        let src = between(&page, "/thread?", "\"").replace("&amp;", "&");
        let thread = web.get(&web.ravi, &format!("{path}/thread?{src}")).await.ok();
        has(&thread, &["Word 030", "Last"]);
    });
});

on_both!(a_look_takes_the_mark_away, |backend| {
    run(backend, |web| async move {
        let number = mail(&web, "Brakes squeak").number;
        assert!(web.case(&number).case.unread);
        web.get(&web.ravi, &format!("/w/arohi/cases/{number}")).await.ok();
        // The mark goes behind the page's back; writes are done in order, so one more waits for it.
        while web.case(&number).case.unread {
            let nothing = |_: &mut db::Tx<'_>| Ok::<_, Error>(());
            web.workspace.db.write(nothing).await.unwrap();
            tokio::task::yield_now().await;
        }
    });
});

#[test]
fn every_word_is_in_both_languages() {
    let rooms = [ui::i18n::CATALOGUE, frame::CATALOGUE, people::CATALOGUE, desk::CATALOGUE];
    assert_eq!(ui::i18n::problems(&rooms), [""; 0]);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let missing = ui::i18n::missing_in_sources(folder.as_ref(), &rooms).unwrap();
    assert_eq!(missing, [""; 0]);
}
