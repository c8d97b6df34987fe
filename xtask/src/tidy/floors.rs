//! Each crate stands on a floor and may use only what is below it; rooms on one floor never meet.

use super::Sin;
use super::tree::{Tree, sin};

const RULE: &str = "floors";

/// From the ground up. What is not here has no place yet.
const FLOORS: [&[&str]; 10] = [
    &["base"],
    &["db", "wire-*"],
    &["platform"],
    &["ui"],
    &["frame"],
    &["admin", "people", "knowledge", "workforce"],
    &["desk", "outreach"],
    &["channels", "sales", "service", "billing"],
    &["reports"],
    &["app"],
];

/// Test code's own crate: everything below the app, for tests only.
const TESTKIT: &str = "testkit";

pub fn check(tree: &Tree) -> Vec<Sin> {
    let rooms = tree.crates();
    let mut sins = vec![];
    for room in &rooms {
        let file = format!("crates/{room}/Cargo.toml");
        let manifest = tree.get(&file).unwrap_or_default();
        if !manifest.contains("[lints]\nworkspace = true") {
            let remedy = "add `[lints]` with `workspace = true`: the house forbids unsafe code";
            sins.push(sin(&file, 1, RULE, remedy));
        }
        if *room != TESTKIT && floor(room).is_none() {
            let remedy = format!("give `{room}` a place in FLOORS of xtask/src/tidy/floors.rs");
            sins.push(sin(&file, 1, RULE, remedy));
            continue;
        }
        for need in needs(manifest).filter(|need| rooms.contains(&need.name)) {
            if let Some(remedy) = verdict(room, &need) {
                sins.push(sin(&file, need.line, RULE, remedy));
            }
        }
    }
    sins
}

/// One dependency of a manifest.
struct Need<'a> {
    name: &'a str,
    line: usize,
    for_tests: bool,
}

fn verdict(room: &str, need: &Need) -> Option<String> {
    if need.name == TESTKIT {
        let wrong = !need.for_tests;
        return wrong.then(|| "testkit serves tests: move it to [dev-dependencies]".to_owned());
    }
    if room.starts_with("wire-") && need.name != "base" {
        return Some(format!("{room} is protocol code and knows only base, not {}", need.name));
    }
    let top = FLOORS.len() - 1;
    let own = if room == TESTKIT { top } else { floor(room)? };
    let other = floor(need.name)?;
    if other < own {
        return None;
    }
    let how = if other == own { "on the same floor as" } else { "above" };
    let name = need.name;
    Some(format!("{name} stands {how} {room}: meet by an event, by id, or by a registry below"))
}

/// Whether `other` stands below `room`, so that its words and types can be seen from there.
pub fn below(other: &str, room: &str) -> bool {
    floor(other).zip(floor(room)).is_some_and(|(other, room)| other < room)
}

fn floor(room: &str) -> Option<usize> {
    let stands =
        |name: &&str| name.strip_suffix('*').map_or(*name == room, |start| room.starts_with(start));
    FLOORS.iter().position(|rooms| rooms.iter().any(stands))
}

fn needs(manifest: &str) -> impl Iterator<Item = Need<'_>> {
    let mut section = "";
    manifest.lines().enumerate().filter_map(move |(at, line)| {
        let line = line.trim();
        if let Some(head) = line.strip_prefix('[') {
            section = head.trim_end_matches(']');
            // `[dependencies.desk]` is a dependency by itself.
            let (kind, name) = section.rsplit_once('.')?;
            return need(kind, name, at + 1);
        }
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        let name = line.split(['.', '=', ' ']).next()?;
        need(section, name, at + 1)
    })
}

fn need<'a>(section: &str, name: &'a str, line: usize) -> Option<Need<'a>> {
    let for_tests = section.ends_with("dev-dependencies");
    section.ends_with("dependencies").then_some(Need { name, line, for_tests })
}

#[cfg(test)]
mod tests {
    use super::super::tree::places;
    use super::*;

    const HEAD: &str = "[lints]\nworkspace = true\n";

    fn sins(manifests: &[(&str, &str)]) -> Vec<String> {
        let texts: Vec<_> = manifests
            .iter()
            .map(|(room, text)| (format!("crates/{room}/Cargo.toml"), format!("{HEAD}{text}")))
            .collect();
        let files: Vec<_> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
        places(&check(&Tree::of(&files)))
    }

    #[test]
    fn what_stands_above_or_beside_is_caught() {
        let check = |room: &str, text: &str, expect: &[&str]| {
            let plain =
                ["base", "db", "wire-email", "platform", "ui", "people", "desk", "channels"];
            let mut all: Vec<_> = plain.iter().map(|name| (*name, "")).collect();
            all.extend([("sales", ""), ("testkit", ""), ("app", "")]);
            all.retain(|(name, _)| *name != room);
            all.push((room, text));
            assert_eq!(sins(&all), expect, "{room} {text}");
        };
        check("desk", "[dependencies]\nchannels.workspace = true", &["crates/desk/Cargo.toml:4"]);
        check("channels", "[dependencies]\nsales = \"1\"", &["crates/channels/Cargo.toml:4"]);
        check("channels", "[dependencies]\ndesk.workspace = true\npeople = \"1\"", &[]);
        check("base", "[dev-dependencies.db]\npath = \"../db\"", &["crates/base/Cargo.toml:3"]);
        check("wire-email", "[dependencies]\ndb = \"1\"", &["crates/wire-email/Cargo.toml:4"]);
        check("wire-email", "[dependencies]\nbase = \"1\"\nserde = \"1\"", &[]);
        check("db", "[dependencies]\ntestkit.workspace = true", &["crates/db/Cargo.toml:4"]);
        check("db", "[dev-dependencies]\ntestkit.workspace = true", &[]);
        check(
            "testkit",
            "[dependencies]\nchannels = \"1\"\napp = \"1\"",
            &["crates/testkit/Cargo.toml:5"],
        );
    }

    #[test]
    fn a_crate_without_a_place_or_without_the_lints_is_caught() {
        assert_eq!(sins(&[("cellar", "")]), ["crates/cellar/Cargo.toml:1"]);
        let bare = Tree::of(&[("crates/base/Cargo.toml", "[package]")]);
        assert_eq!(places(&check(&bare)), ["crates/base/Cargo.toml:1"]);
    }
}
