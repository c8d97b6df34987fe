//! Fills a workspace with cases, to measure: plausible, repeatable, and only for measuring.

use desk::{CaseType, Channel, Customer, NewCase, Priority};
use people::{NewContact, NewPhone};
use platform::{App, Error, MemberId};

use crate::command::Reply;

/// Cases made in one transaction.
const BATCH: u64 = 100;

const FIRST: [&str; 24] = [
    "Asha",
    "Farhan",
    "Sunita",
    "Dev",
    "Priya",
    "Manoj",
    "Lakshmi",
    "Imran",
    "Kavita",
    "Rohit",
    "Meenakshi",
    "Arjun",
    "Fatima",
    "Suresh",
    "Anjali",
    "Vikram",
    "Nandini",
    "Harpreet",
    "Joseph",
    "Ritu",
    "Gopal",
    "Zoya",
    "Tenzin",
    "Bhavna",
];
const LAST: [&str; 24] = [
    "Rao",
    "Merchant",
    "Ingle",
    "Joshi",
    "Varghese",
    "Bhatt",
    "Iyer",
    "Khan",
    "Sharma",
    "Patil",
    "Das",
    "Nair",
    "Sheikh",
    "Reddy",
    "Gupta",
    "Singh",
    "Banerjee",
    "Kaur",
    "Fernandes",
    "Verma",
    "Yadav",
    "Mirza",
    "Bora",
    "Shah",
];
const MATTERS: [&str; 12] = [
    "Brake noise after service",
    "Refund of the booking amount",
    "Wrong GSTIN on the invoice",
    "No network since yesterday",
    "Price of the extended warranty",
    "Address change",
    "Bill is higher than the plan",
    "Delivery date of the vehicle",
    "Recharge done but not active",
    "Thank you to the workshop",
    "Test drive on Saturday",
    "SIM was not delivered",
];

/// Adds `cases` cases, each with a contact of its own, a message and an answer or a note.
pub async fn run(app: &App, slug: &str, cases: u64) -> Result<Reply, Error> {
    let workspace = app.workspace(slug)?;
    let system = workspace.system();
    let members: Vec<MemberId> =
        workspace.db.read(platform::member_names)?.into_iter().map(|(id, _)| id).collect();
    let first = workspace.db.last_seq() as u64;
    let mut made = 0;
    while made < cases {
        let until = (made + BATCH).min(cases);
        let (system, members) = (system.clone(), members.clone());
        workspace
            .db
            .write(move |tx| {
                for index in made..until {
                    one(tx, &system, &members, first + index)?;
                }
                Ok::<_, Error>(())
            })
            .await?;
        made = until;
    }
    Ok(Reply::ok(format!("{made} cases added to {slug}\n")))
}

/// A number that looks random and is the same every time.
fn mixed(index: u64, salt: u64) -> u64 {
    let mut word = index.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ salt.wrapping_mul(0xBF58_476D_1CE4);
    word ^= word >> 29;
    word = word.wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ (word >> 32)
}

fn pick<T: Copy>(list: &[T], index: u64, salt: u64) -> T {
    list[(mixed(index, salt) % list.len() as u64) as usize]
}

fn one(
    tx: &mut db::Tx<'_>,
    system: &platform::Actor,
    members: &[MemberId],
    index: u64,
) -> Result<(), Error> {
    let (name, family) = (pick(&FIRST, index, 1), pick(&LAST, index, 2));
    let matter = pick(&MATTERS, index, 3);
    let phone = format!("+9198{:08}", mixed(index, 4) % 100_000_000);
    let address = format!("{name}.{family}.{index}@seed.example").to_lowercase();
    let owner = (!index.is_multiple_of(5) && !members.is_empty()).then(|| pick(members, index, 5));
    let opened = desk::open_case(
        tx,
        system,
        &NewCase {
            customer: Customer::New(NewContact {
                name: format!("{name} {family}"),
                language: if index.is_multiple_of(3) { "hi".into() } else { "en".into() },
                account_id: None,
                phones: vec![NewPhone { number: phone, label: String::new() }],
                emails: vec![address],
            }),
            channel: Channel::Phone,
            case_type: pick(CaseType::ALL, index, 6),
            subject: matter.to_string(),
            category_id: None,
            priority: pick(Priority::ALL, index, 7),
            queue_id: None,
            owner_id: owner,
            message: Some(format!(
                "{matter}. Please look into this, my reference is {index}. I called twice and \
                 was told to wait; when can I expect an answer?"
            )),
            attachments: Vec::new(),
        },
    )?;
    desk::add_note(
        tx,
        system,
        opened.case_id,
        &format!("Called back about “{matter}”, reference {index}: details taken down."),
        &[],
    )?;
    if index % 10 < 7 {
        desk::resolve_case(tx, system, opened.case_id)?;
    }
    Ok(())
}
