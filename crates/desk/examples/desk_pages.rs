//! A desk with made-up cases to look at: `cargo run -p desk --example desk_pages`.

#[path = "../tests/web/mod.rs"]
mod web;

use axum::Router;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::IntoResponse;
use desk::*;
use testkit::Backend;
use web::Web;

const NAMES: [(&str, &str); 8] = [
    ("asha.p@customer.example", "Asha Patil"),
    ("sunita@customer.example", "सुनीता इंगले"),
    ("farhan@customer.example", "Farhan Merchant"),
    ("kaveri@transport.example", "Kaveri Transport"),
    ("dev@customer.example", "Dev Joshi"),
    ("priya@customer.example", "Priya Varghese"),
    ("manoj@customer.example", "Manoj Bhatt"),
    ("venkat@customer.example", "வெங்கடேசன்"),
];

const SUBJECTS: [&str; 8] = [
    "Brake noise again after service",
    "गाड़ी कब मिलेगी? बुकिंग तीन हफ़्ते पहले की थी",
    "Refund of booking amount ₹21,000",
    "Six vehicles due for service",
    "Extended warranty price",
    "Test drive moved to Saturday",
    "Invoice shows wrong GSTIN",
    "சேவை மையம் எப்போது திறக்கும்?",
];

fn main() {
    let port = std::env::args().nth(1).unwrap_or("8099".into());
    let web = std::sync::Arc::new(fill());
    println!(
        "http://127.0.0.1:{port}/w/arohi/inbox  Cookie: {}",
        web::sign_in(&web.app, &web.asha.actor)
    );
    println!("RAVI {}", web::sign_in(&web.app, &web.ravi.actor));
    let hindi = web.ravi.actor.login_id;
    let prefer = move |tx: &mut db::Tx<'_>| {
        platform::control::login::set_preferences(tx, hindi, "hi", "auto")
    };
    web.app.control().write_blocking(prefer).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async move {
        let assets = Router::new().route("/assets/{*path}", axum::routing::get(asset));
        let router = web.router.clone().merge(assets);
        let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await.unwrap();
        axum::serve(listener, router).await.unwrap();
    });
}

async fn asset(uri: Uri, _: Request) -> impl IntoResponse {
    match ui::assets::find(uri.path()) {
        Some(asset) => ([(CONTENT_TYPE, asset.mime)], asset.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn fill() -> Web {
    let clock = std::sync::Arc::new(base::TestClock::at(web::MORNING.plus_ms(-50 * 3_600_000)));
    let web = Web::at(Backend::Sqlite, clock);
    let mut all = Vec::new();
    for index in 0..60_usize {
        let (from, name) = NAMES[index % 8];
        let text = "The brakes were done on the 6th (job card 8841) and the same grinding noise \
            is back when it is cold. This is my second visit for the same thing.\n\nPlease tell \
            me what you will do, and when.";
        all.push(web.mail(from, name, SUBJECTS[index % 8], text));
        web.clock.advance_ms(47 * 60_000);
    }
    for (index, received) in all.iter().enumerate() {
        let id = received.case_id;
        if index % 3 == 0 {
            web.write(&web.asha.actor, move |tx, actor| take_case(tx, actor, id));
        }
        if index % 7 == 0 {
            let change = CaseChange {
                case_type: CaseType::Complaint,
                subject: SUBJECTS[index % 8].into(),
                category_id: None,
                priority: if index % 2 == 0 { Priority::Urgent } else { Priority::High },
            };
            web.write(&web.asha.actor, move |tx, actor| change_case(tx, actor, id, 1, &change));
        }
        if index % 5 == 0 {
            let answer = Reply {
                text: "Dear customer, I am sorry that you had to write to us again. Our brake \
                    specialist will check the car together with you."
                    .into(),
                ..Reply::default()
            };
            web.write(&web.ravi.actor, move |tx, actor| reply(tx, actor, id, &answer));
            web.write(&web.ravi.actor, move |tx, actor| {
                add_note(tx, actor, id, "Pads were from the batch in circular SC-118.", &[])
            });
        }
        if index % 9 == 4 {
            web.write(&web.asha.actor, move |tx, actor| resolve_case(tx, actor, id));
        }
    }
    talk(&web, &all[0]);
    web
}

/// One case with a longer story.
fn talk(web: &Web, first: &Received) {
    let (id, conversation_id) = (first.case_id, first.conversation_id);
    for round in 0..4 {
        web.clock.advance_ms(20 * 60_000);
        let text = "Pick-up is fine. But will I pay for the parts again?\n\n\
            On Friday you wrote:\n> Dear customer,\n> we will check it.";
        let mut message = web.letter(NAMES[0].0, "Asha Patil", "Re: Brake noise", text);
        message.reply_text = "Pick-up is fine. But will I pay for the parts again?".into();
        message.thread = Thread::Conversation(conversation_id);
        if round == 2 {
            message.from = base::EmailAddress::parse("husband@elsewhere.example").unwrap();
            message.from_name = "Nitin Patil".into();
        }
        web.write(&web.workspace.system(), move |tx, actor| receive(tx, actor, message));
        web.clock.advance_ms(6 * 60_000);
        if round < 3 {
            let answer = Reply { text: "No, you will not.".into(), ..Reply::default() };
            let sent = web.write(&web.asha.actor, move |tx, actor| reply(tx, actor, id, &answer));
            web.write(&web.workspace.system(), move |tx, actor| {
                if round == 0 {
                    mark_sent(tx, actor, sent, Some("<1@x>"))
                } else if round == 1 {
                    mark_failed(tx, actor, sent, "The mailbox is full.")
                } else {
                    Ok(())
                }
            });
        }
    }
}
