//! Times shown twice: how long until or since, and the exact local time.
//!
//! The browser refreshes the first every half minute with the same words (`words_for_client`).

use std::sync::OnceLock;

use base::{LocalTime, UtcMs};
use maud::{Markup, Render, html};

use crate::i18n::L;

/// Below this an instant is "just now".
const NOW_MS: i64 = 45 * UtcMs::SECOND;
/// The shortest time before a due time at which it starts to warn.
const WARN_MS_MIN: i64 = 30 * UtcMs::MINUTE;
/// The part of the whole time, in hundredths, that is left when it starts to warn.
const WARN_PERCENT: i64 = 15;
/// Length of the ring's circle (2 π r with r = 7.5), in its own units.
const RING_LENGTH: i64 = 47;

const UNITS: [(&str, i64); 5] = [
    ("min", UtcMs::MINUTE),
    ("hour", UtcMs::HOUR),
    ("day", UtcMs::DAY),
    ("month", 60 * UtcMs::DAY),
    ("year", 730 * UtcMs::DAY),
];

/// `14:05`.
pub fn clock(l: L, at: UtcMs) -> String {
    let local = l.zone().local(at);
    format!("{:02}:{:02}", local.hour, local.minute)
}

/// `Tue 24 Nov, 18:00`; with the year when it is another one.
pub fn exact(l: L, at: UtcMs) -> String {
    let local = l.zone().local(at);
    let weekday = l.t(WEEKDAYS_SHORT[index(local.weekday, 7)]);
    let month = l.t(MONTHS_SHORT[index(local.month, 12)]);
    let clock = format!("{:02}:{:02}", local.hour, local.minute);
    let date = date_text(l, weekday, month, local);
    format!("{date}, {clock}")
}

/// `20 Nov`, or `20 Nov 2025` in another year.
pub fn date(l: L, at: UtcMs) -> String {
    let local = l.zone().local(at);
    date_text(l, "", l.t(MONTHS_SHORT[index(local.month, 12)]), local)
}

/// `Today`, `Yesterday`, `Friday 20 November`: the line between the days of a thread.
pub fn day(l: L, at: UtcMs) -> String {
    let local = l.zone().local(at);
    match days_between(local, l.zone().local(l.now())) {
        0 => l.t("ui-today").to_string(),
        1 => l.t("ui-yesterday").to_string(),
        -1 => l.t("ui-tomorrow").to_string(),
        _ => {
            let weekday = l.t(WEEKDAYS_LONG[index(local.weekday, 7)]);
            date_text(l, weekday, l.t(MONTHS_LONG[index(local.month, 12)]), local)
        }
    }
}

/// The shortest useful time for a list: `14:05` today, `20 Nov` before.
pub fn brief(l: L, at: UtcMs) -> String {
    match days_between(l.zone().local(at), l.zone().local(l.now())) {
        0 => clock(l, at),
        _ => date(l, at),
    }
}

/// `3 h ago`, `in 22 min`, `just now`.
pub fn ago(l: L, at: UtcMs) -> String {
    let ms = at.since(l.now());
    match unit_of(ms) {
        None => l.t("ui-just-now").to_string(),
        Some((unit, count)) => {
            let side = if ms < 0 { "past" } else { "future" };
            counted(l, &format!("ui-{side}-{unit}"), count)
        }
    }
}

/// A length of time without direction: `22 min`, `3 h`, `2 days`.
pub fn span(l: L, ms: i64) -> String {
    match unit_of(ms) {
        None => counted(l, "ui-span-min", 0),
        Some((unit, count)) => counted(l, &format!("ui-span-{unit}"), count),
    }
}

/// Both: how long, refreshed while the page is open, and the exact time after it.
pub fn when(l: L, at: UtcMs) -> Markup {
    html! {
        time.when datetime=(at.to_rfc3339()) {
            span data-at=(at.0) data-form="ago" { (ago(l, at)) }
            " "
            span.when-exact { (exact(l, at)) }
        }
    }
}

/// How long only, where a row has no room; the exact time is its title.
pub fn when_brief(l: L, at: UtcMs) -> Markup {
    html! {
        time datetime=(at.to_rfc3339()) title=(exact(l, at)) data-at=(at.0) data-form="ago" {
            (ago(l, at))
        }
    }
}

/// The wall clock of something whose day is already shown; the exact time is its title.
pub fn at_clock(l: L, at: UtcMs) -> Markup {
    html! { time datetime=(at.to_rfc3339()) title=(exact(l, at)) { (clock(l, at)) } }
}

/// What a clock against a promise is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueState {
    Running,
    Paused,
    Met,
}

/// A due time as a ring that fills, with words; red only for what this person can act on.
#[derive(Clone, Copy)]
pub struct Due<'a> {
    pub l: L,
    /// When the clock started; the ring is empty there.
    pub since: UtcMs,
    pub due: UtcMs,
    pub state: DueState,
    /// Whether this person can act on it; others' late work is not shown in red.
    pub mine: bool,
    /// Words instead of the time left, such as "Next reply by 15:40".
    pub label: Option<&'a str>,
}

impl Due<'_> {
    fn level(&self) -> &'static str {
        let left = self.due.since(self.l.now());
        let whole = self.due.since(self.since);
        match self.state {
            DueState::Paused => "paused",
            DueState::Met => "met",
            DueState::Running if left < 0 && self.mine => "alarm",
            DueState::Running if left < 0 => "warn",
            DueState::Running if left < WARN_MS_MIN.max(whole * WARN_PERCENT / 100) => "warn",
            DueState::Running => "calm",
        }
    }

    /// The filled part of the ring in its own units.
    fn filled(&self) -> i64 {
        let whole = self.due.since(self.since).max(1);
        (self.l.now().since(self.since).clamp(0, whole) * RING_LENGTH / whole).max(2)
    }

    fn words(&self) -> String {
        let left = self.due.since(self.l.now());
        match self.state {
            DueState::Paused => self.l.t("ui-due-paused").to_string(),
            DueState::Met => self.l.t("ui-due-met").to_string(),
            DueState::Running if left < 0 => {
                self.l.tf("ui-due-late", &[("span", span(self.l, left).into())])
            }
            DueState::Running => span(self.l, left),
        }
    }
}

impl Render for Due<'_> {
    fn render(&self) -> Markup {
        let running = self.state == DueState::Running;
        html! {
            span.due.(self.level()) title=(exact(self.l, self.due))
                data-due=[running.then_some(self.due.0)]
                data-since=[running.then_some(self.since.0)]
                data-mine=[self.mine.then_some("")] {
                @match self.state {
                    DueState::Running => svg.ring viewBox="0 0 20 20" aria-hidden="true" {
                        circle.ring-track cx="10" cy="10" r="7.5" {}
                        circle.ring-value cx="10" cy="10" r="7.5"
                            stroke-dasharray={ (self.filled()) " " (RING_LENGTH) } {}
                    },
                    DueState::Paused => (crate::icon::Icon::Pause),
                    DueState::Met => (crate::icon::Icon::Check),
                }
                @if let Some(label) = self.label {
                    span { (label) }
                } @else {
                    span.hidden { (self.l.t("ui-due-in")) " " }
                    span data-due-text[running] { (self.words()) }
                }
            }
        }
    }
}

/// The words the browser needs to say the same as `ago` and `span`: one JSON object.
pub(crate) fn words_for_client(l: L) -> &'static str {
    static WORDS: [OnceLock<String>; 3] = [const { OnceLock::new() }; 3];
    WORDS[l.lang() as usize].get_or_init(|| client_words(l))
}

fn client_words(l: L) -> String {
    let mut pairs = vec![
        ("now".to_string(), l.t("ui-just-now").to_string()),
        ("late".to_string(), l.tf("ui-due-late", &[("span", "{span}".into())])),
    ];
    for side in ["past", "future", "span"] {
        for (unit, _) in UNITS {
            for form in ["one", "other"] {
                let key = format!("ui-{side}-{unit}-{form}");
                pairs.push((format!("{side}-{unit}-{form}"), l.tf(&key, &[("n", "{n}".into())])));
            }
        }
    }
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let parts: Vec<_> = pairs.iter().map(|(k, v)| quoted(k) + ":" + &quoted(v)).collect();
    format!("{{{}}}", parts.join(","))
}

fn counted(l: L, key: &str, count: i64) -> String {
    let form = if count == 1 { "one" } else { "other" };
    l.tf(&format!("{key}-{form}"), &[("n", count.into())])
}

/// The largest unit that fits and how many of it; nothing when it is about now.
fn unit_of(ms: i64) -> Option<(&'static str, i64)> {
    let ms = ms.saturating_abs();
    if ms < NOW_MS {
        return None;
    }
    // Minutes are rounded, so that 59.6 s is a minute; the others are cut, as people count them.
    let minutes = (ms + 30 * UtcMs::SECOND) / UtcMs::MINUTE;
    if minutes < 60 {
        return Some(("min", minutes));
    }
    let ms = minutes * UtcMs::MINUTE;
    let (unit, _) = UNITS.iter().rfind(|(_, from)| ms >= *from).unwrap_or(&UNITS[1]);
    let length = match *unit {
        "month" => 30 * UtcMs::DAY,
        "year" => 365 * UtcMs::DAY,
        "day" => UtcMs::DAY,
        _ => UtcMs::HOUR,
    };
    Some((unit, ms / length))
}

fn date_text(l: L, weekday: &str, month: &str, local: LocalTime) -> String {
    let this_year = l.zone().local(l.now()).year;
    let mut out = String::new();
    if !weekday.is_empty() {
        out.push_str(weekday);
        out.push(' ');
    }
    out.push_str(&format!("{} {month}", local.day));
    if local.year != this_year {
        out.push_str(&format!(" {}", local.year));
    }
    out
}

/// Whole calendar days from `a` to `b`.
fn days_between(a: LocalTime, b: LocalTime) -> i64 {
    day_number(b) - day_number(a)
}

/// Days since a fixed day, by the civil calendar (H. Hinnant's days_from_civil).
fn day_number(local: LocalTime) -> i64 {
    let year = i64::from(local.year) - i64::from(local.month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let month = (i64::from(local.month) + 9) % 12;
    let of_year = (153 * month + 2) / 5 + i64::from(local.day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
}

fn index(one_based: i8, count: usize) -> usize {
    (one_based.max(1) as usize - 1).min(count - 1)
}

const WEEKDAYS_SHORT: [&str; 7] =
    ["ui-wd-1", "ui-wd-2", "ui-wd-3", "ui-wd-4", "ui-wd-5", "ui-wd-6", "ui-wd-7"];
const WEEKDAYS_LONG: [&str; 7] = [
    "ui-weekday-1",
    "ui-weekday-2",
    "ui-weekday-3",
    "ui-weekday-4",
    "ui-weekday-5",
    "ui-weekday-6",
    "ui-weekday-7",
];
const MONTHS_SHORT: [&str; 12] = [
    "ui-mon-1",
    "ui-mon-2",
    "ui-mon-3",
    "ui-mon-4",
    "ui-mon-5",
    "ui-mon-6",
    "ui-mon-7",
    "ui-mon-8",
    "ui-mon-9",
    "ui-mon-10",
    "ui-mon-11",
    "ui-mon-12",
];
const MONTHS_LONG: [&str; 12] = [
    "ui-month-1",
    "ui-month-2",
    "ui-month-3",
    "ui-month-4",
    "ui-month-5",
    "ui-month-6",
    "ui-month-7",
    "ui-month-8",
    "ui-month-9",
    "ui-month-10",
    "ui-month-11",
    "ui-month-12",
];

#[cfg(test)]
mod tests {
    use base::Zone;

    use super::*;
    use crate::i18n::Lang;

    fn at(text: &str) -> UtcMs {
        UtcMs::from_rfc3339(text).unwrap()
    }

    /// Friday 20 November 2026, 14:05 in India.
    fn reader(lang: Lang) -> L {
        L::new(lang, &Zone::india(), at("2026-11-20T08:35:00Z"))
    }

    #[test]
    fn how_long() {
        let check = |instant: &str, en: &str, hi: &str| {
            assert_eq!(ago(reader(Lang::En), at(instant)), en);
            assert_eq!(ago(reader(Lang::Hi), at(instant)), hi);
        };
        check("2026-11-20T08:34:40Z", "just now", "अभी");
        check("2026-11-20T08:34:00Z", "1 min ago", "1 मिनट पहले");
        check("2026-11-20T05:34:00Z", "3 h ago", "3 घंटे पहले");
        check("2026-11-20T08:57:00Z", "in 22 min", "22 मिनट में");
        check("2026-11-19T07:35:00Z", "1 day ago", "1 दिन पहले");
        check("2026-11-27T08:35:00Z", "in 7 days", "7 दिन में");
        check("2026-08-20T08:35:00Z", "3 months ago", "3 महीने पहले");
        check("2024-01-20T08:35:00Z", "2 years ago", "2 साल पहले");
    }

    #[test]
    fn which_day() {
        let check = |instant: &str, en: &str| assert_eq!(day(reader(Lang::En), at(instant)), en);
        check("2026-11-19T18:30:00Z", "Today");
        check("2026-11-19T18:29:00Z", "Yesterday");
        check("2026-11-20T18:30:00Z", "Tomorrow");
        check("2026-11-17T08:00:00Z", "Tuesday 17 November");
        check("2025-03-01T08:00:00Z", "Saturday 1 March 2025");
        assert_eq!(day(reader(Lang::Hi), at("2026-11-17T08:00:00Z")), "मंगलवार 17 नवंबर");
    }

    #[test]
    fn exact_and_brief() {
        let l = reader(Lang::En);
        assert_eq!(exact(l, at("2026-11-24T12:30:00Z")), "Tue 24 Nov, 18:00");
        assert_eq!(exact(l, at("2027-01-01T12:30:00Z")), "Fri 1 Jan 2027, 18:00");
        assert_eq!(brief(l, at("2026-11-20T06:00:00Z")), "11:30");
        assert_eq!(brief(l, at("2026-11-10T06:00:00Z")), "10 Nov");
    }

    #[test]
    fn late_is_red_only_for_the_one_who_can_act() {
        let l = reader(Lang::En);
        let since = at("2026-11-20T04:35:00Z");
        let level = |due: &str, mine| {
            let due = at(due);
            let due = Due { l, since, due, state: DueState::Running, mine, label: None };
            (due.level(), due.words())
        };
        assert_eq!(level("2026-11-20T08:20:00Z", true), ("alarm", "15 min late".into()));
        assert_eq!(level("2026-11-20T08:20:00Z", false), ("warn", "15 min late".into()));
        assert_eq!(level("2026-11-20T08:57:00Z", true), ("warn", "22 min".into()));
        assert_eq!(level("2026-11-20T12:57:00Z", true), ("calm", "4 h".into()));
    }
}
