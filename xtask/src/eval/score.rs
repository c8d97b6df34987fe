//! How answers are compared with the expected ones. Pure, so that a test can say what counts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// How many answers were right, and what the others were.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Score {
    pub right: usize,
    pub misses: Vec<String>,
}

impl Score {
    pub fn percent(&self) -> f64 {
        let all = self.right + self.misses.len();
        if all == 0 { 0.0 } else { 100.0 * self.right as f64 / all as f64 }
    }

    pub fn add(&mut self, other: Score) {
        self.right += other.right;
        self.misses.extend(other.misses);
    }

    /// `fault` says what was wrong with the answer to `case`, if anything.
    fn judge(&mut self, case: &str, fault: Option<String>) {
        match fault {
            None => self.right += 1,
            Some(fault) => self.misses.push(format!("{case}: {fault}")),
        }
    }
}

const NO_ANSWER: &str = "no answer";

/// The cases of a file that lists them under `cases`.
pub fn cases(file: &Value) -> Vec<Value> {
    file["cases"].as_array().cloned().unwrap_or_default()
}

/// A case as it is asked: without what tells the answer.
pub fn question(case: &Value) -> String {
    let mut asked = case.clone();
    if let Some(fields) = asked.as_object_mut() {
        let tells = |name: &String| name.starts_with("expect") || name == "also_accept";
        fields.retain(|name, _| !tells(name));
    }
    asked.to_string()
}

pub fn regions(cases: &[Value]) -> BTreeSet<String> {
    cases.iter().filter_map(|case| case["default_region"].as_str()).map(str::to_owned).collect()
}

/// Sender, subject and attachments; the body's markup is each product's own.
pub fn intake(expected: &Value, answers: &[Value]) -> Score {
    let answers = by_file(answers);
    let mut score = Score::default();
    for (file, wanted) in expected.as_object().into_iter().flatten() {
        let fault = match answers.get(file.as_str()) {
            None => Some(NO_ANSWER.to_owned()),
            Some(answer) => intake_fault(wanted, answer),
        };
        score.judge(file, fault);
    }
    score
}

fn intake_fault(wanted: &Value, answer: &Value) -> Option<String> {
    let names =
        [("from_email", "from_email"), ("from_display_name", "from_name"), ("subject", "subject")];
    for (theirs, ours) in names {
        let Some(want) = wanted[theirs].as_str() else { continue };
        let got = answer[ours].as_str().unwrap_or_default();
        if !same_text(want, got) {
            return Some(format!("{ours} is {got:?}, expected {want:?}"));
        }
    }
    let ours: BTreeSet<&str> = attachments(answer).filter_map(|a| a["sha256"].as_str()).collect();
    // They keep the HTML body beside the others; here it is the body.
    let theirs = attachments(wanted).filter(|a| a["filename"] != "message.html");
    let mut missing = theirs.filter(|a| a["sha256"].as_str().is_some_and(|d| !ours.contains(d)));
    missing.next().map(|a| format!("attachment {} is missing or altered", a["filename"]))
}

fn attachments(mail: &Value) -> impl Iterator<Item = &Value> {
    mail["attachments"].as_array().into_iter().flatten()
}

/// Letters of an address may differ in case, and white space anywhere in its amount.
fn same_text(a: &str, b: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(a) == plain(b)
}

/// `expected`: file name and the text that is left of a reply.
pub fn replies(expected: &[(String, String)], answers: &[Value]) -> Score {
    let answers = by_file(answers);
    let mut score = Score::default();
    for (file, wanted) in expected {
        let got = answers.get(file.as_str()).and_then(|answer| answer["reply_text"].as_str());
        let fault = match got {
            None => Some(NO_ANSWER.to_owned()),
            Some(got) if same_text(got, wanted) => None,
            Some(got) => Some(format!("left {:?}", got.chars().take(80).collect::<String>())),
        };
        score.judge(file, fault);
    }
    score
}

/// Reasons that are reports, but of no failure.
const NO_BOUNCE: [&str; 3] = ["vacation", "delivered", "feedback"];

pub fn bounces(expected: &Value, answers: &[Value]) -> Score {
    each_report(
        expected,
        answers,
        |_| true,
        |wanted, answer| {
            let (want, got) = (is_bounce(wanted), answer["is_bounce"].as_bool());
            (got != Some(want)).then(|| format!("is_bounce is {got:?}, expected {want}"))
        },
    )
}

/// Of the bounces: whether the address is gone for good.
pub fn hardness(expected: &Value, answers: &[Value]) -> Score {
    let hard = |list: &Value| {
        list.as_array().is_some_and(|items| items.iter().any(|item| item["hard"] == true))
    };
    each_report(expected, answers, is_bounce, |wanted, answer| {
        let (want, got) = (hard(wanted), hard(&answer["recipients"]));
        (want != got).then(|| format!("hard is {got}, expected {want}"))
    })
}

fn each_report(
    expected: &Value,
    answers: &[Value],
    is_meant: fn(&Value) -> bool,
    fault: impl Fn(&Value, &Value) -> Option<String>,
) -> Score {
    let answers = by_file(answers);
    let mut score = Score::default();
    let reports = expected.as_object().into_iter().flatten();
    for (file, wanted) in reports.filter(|(_, wanted)| is_meant(wanted)) {
        let fault = match answers.get(file.as_str()) {
            None => Some(NO_ANSWER.to_owned()),
            Some(answer) => fault(wanted, answer),
        };
        score.judge(file, fault);
    }
    score
}

fn is_bounce(recipients: &Value) -> bool {
    let is_failure =
        |item: &Value| item["reason"].as_str().is_some_and(|reason| !NO_BOUNCE.contains(&reason));
    recipients.as_array().is_some_and(|items| items.iter().any(is_failure))
}

pub fn hours(cases: &[Value], answers: &[Value]) -> Score {
    each_id(cases, answers, |case, answer| {
        let wanted = case.get("expect").or_else(|| case.get("expect_seconds"))?;
        let got = &answer["answer"];
        let is_right = got == wanted || case.get("also_accept").is_some_and(|also| also == got);
        (!is_right).then(|| format!("{got}, expected {wanted}"))
    })
}

/// Every name in `expect` (instants) and `expect_local` (local times) has its very value.
pub fn tat(cases: &[Value], answers: &[Value]) -> Score {
    each_id(cases, answers, |case, answer| {
        let wanted =
            ["expect", "expect_local"].into_iter().filter_map(|name| case[name].as_object());
        let mut wrong = wanted.flatten().filter(|(name, want)| answer[name.as_str()] != **want);
        let (name, want) = wrong.next()?;
        Some(format!("{name} is {}, expected {want}", answer[name.as_str()]))
    })
}

fn each_id(
    cases: &[Value],
    answers: &[Value],
    fault: impl Fn(&Value, &Value) -> Option<String>,
) -> Score {
    let named = answers.iter().filter_map(|answer| Some((answer["id"].as_str()?, answer)));
    let answers: BTreeMap<&str, &Value> = named.collect();
    let mut score = Score::default();
    for case in cases {
        let id = case["id"].as_str().unwrap_or_default();
        let fault = match answers.get(id) {
            None => Some(NO_ANSWER.to_owned()),
            Some(answer) => fault(case, answer),
        };
        score.judge(id, fault);
    }
    score
}

/// Line by line: the filter answers in the order it was asked.
pub fn phones(cases: &[Value], answers: &[Value]) -> Score {
    let mut score = Score::default();
    for (at, case) in cases.iter().enumerate() {
        let wanted = &case["expect"];
        let e164 = if wanted["valid"] == true { &wanted["e164"] } else { &Value::Null };
        let fault = match answers.get(at) {
            None => Some(NO_ANSWER.to_owned()),
            Some(answer) if answer["e164"] != *e164 => {
                Some(format!("{}, expected {e164}", answer["e164"]))
            }
            Some(answer) if answer["type"] != wanted["type"] => {
                Some(format!("{}, expected {}", answer["type"], wanted["type"]))
            }
            Some(_) => None,
        };
        score.judge(case["input"].as_str().unwrap_or_default(), fault);
    }
    score
}

/// Answers name the file as they were given it, which may be with its folder.
fn by_file(answers: &[Value]) -> BTreeMap<&str, &Value> {
    let named = answers.iter().filter_map(|answer| Some((answer["file"].as_str()?, answer)));
    named.map(|(file, answer)| (file.rsplit('/').next().unwrap_or(file), answer)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(score: Score, right: usize, misses: &[&str]) {
        assert_eq!(
            score,
            Score { right, misses: misses.iter().map(|s| (*s).to_owned()).collect() }
        );
    }

    #[test]
    fn mail_is_compared_by_what_people_see() {
        let theirs = json!([
            { "filename": "message.html", "sha256": "1" },
            { "filename": "b.pdf", "sha256": "2" },
        ]);
        let expected = json!({
            "a.box": { "from_email": "A@x.in", "subject": " Hi\r\n", "attachments": theirs },
            "b.box": { "from_display_name": "" },
            "c.box": {},
        });
        let bare = json!({ "file": "x/a.box", "from_email": "a@x.in", "subject": "Hi" });
        let mut good = bare.clone();
        good["attachments"] = json!([{ "sha256": "2" }]);
        let named = json!({ "file": "b.box", "from_name": "Bo" });
        let misses = ["b.box: from_name is \"Bo\", expected \"\"", "c.box: no answer"];
        check(intake(&expected, &[good, named]), 1, &misses);
        let miss = "a.box: attachment \"b.pdf\" is missing or altered";
        assert!(intake(&expected, &[bare]).misses.contains(&miss.to_owned()));
    }

    #[test]
    fn replies_are_compared_apart_from_white_space() {
        let expected = [("a.txt".to_owned(), "One  two\n".to_owned())];
        check(replies(&expected, &[json!({ "file": "a.txt", "reply_text": "One two" })]), 1, &[]);
        let long = json!({ "file": "a.txt", "reply_text": "One" });
        check(replies(&expected, &[long]), 0, &["a.txt: left \"One\""]);
    }

    #[test]
    fn reports_of_no_failure_are_no_bounces() {
        let expected = json!({
            "a.eml": [{ "reason": "vacation", "hard": false }],
            "b.eml": [{ "reason": "userunknown", "hard": true }],
            "c.eml": [{ "reason": "mailboxfull", "hard": false }],
        });
        let hard = json!([{ "hard": true }]);
        let answers = [
            json!({ "file": "a.eml", "is_bounce": false, "recipients": [] }),
            json!({ "file": "b.eml", "is_bounce": true, "recipients": hard }),
            json!({ "file": "c.eml", "is_bounce": true, "recipients": hard }),
        ];
        check(bounces(&expected, &answers), 3, &[]);
        check(hardness(&expected, &answers), 1, &["c.eml: hard is true, expected false"]);
    }

    #[test]
    fn hours_accept_either_side_of_a_closed_night() {
        let cases = [
            json!({ "id": "a", "expect": "x", "also_accept": "y" }),
            json!({ "id": "b", "expect_seconds": 60 }),
        ];
        let answers = |a: &str, b: i64| {
            [json!({ "id": "b", "answer": b }), json!({ "id": "a", "answer": a })]
        };
        check(hours(&cases, &answers("y", 60)), 2, &[]);
        check(hours(&cases, &answers("z", 60)), 1, &["a: \"z\", expected \"x\""]);
        assert_eq!(question(&cases[0]), "{\"id\":\"a\"}");
    }

    #[test]
    fn every_due_time_counts() {
        let cases = [json!({ "id": "a", "expect": { "resolution_due": "x", "in_min": 5 } })];
        check(tat(&cases, &[json!({ "id": "a", "resolution_due": "x", "in_min": 5 })]), 1, &[]);
        let late = json!({ "id": "a", "resolution_due": "y", "in_min": 5 });
        check(tat(&cases, &[late]), 0, &["a: resolution_due is \"y\", expected \"x\""]);
    }

    #[test]
    fn an_invalid_number_has_no_standard_form() {
        let wanted = json!({ "valid": false, "e164": "+911", "type": "unknown" });
        let cases = [json!({ "input": "1", "expect": wanted })];
        check(phones(&cases, &[json!({ "e164": null, "type": "unknown" })]), 1, &[]);
        let given = json!({ "e164": "+911", "type": "unknown" });
        check(phones(&cases, &[given]), 0, &["1: \"+911\", expected null"]);
        check(phones(&cases, &[]), 0, &["1: no answer"]);
    }
}
