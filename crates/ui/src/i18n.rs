//! Every word a person reads comes from a catalogue: one `.ftl` file per room and language.
//!
//! Plain messages are resolved once, at start, into a table (a page has a hundred of them);
//! messages with variables or plurals go through Fluent when they are needed.

mod check;
mod pseudo;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, OnceLock};

use base::{UtcMs, Zone};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

pub use check::{missing_in_sources, problems};
/// A value put into a message: made with `.into()` from numbers and text.
pub use fluent_bundle::FluentValue as Arg;

/// The words of this crate's own components; always present.
pub const CATALOGUE: Catalogue = Catalogue {
    room: "ui",
    en: include_str!("../i18n/en.ftl"),
    hi: include_str!("../i18n/hi.ftl"),
};

/// How many unknown keys are remembered for the tests before they are only shown as `?`.
const MISSING_MAX: usize = 1_000;

/// A language people can choose, and the test locale that makes unmarked text visible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    En,
    Hi,
    /// English with accents, a third longer, in ⟦ ⟧: what is not like that is not translated.
    Pseudo,
}

/// What one room says, in each language: the text of its `.ftl` files.
#[derive(Clone, Copy)]
pub struct Catalogue {
    pub room: &'static str,
    pub en: &'static str,
    pub hi: &'static str,
}

/// The reader of a page: language, time zone and the moment of the page. `Copy`; pass it first.
#[derive(Clone, Copy)]
pub struct L {
    lang: Lang,
    zone: &'static Zone,
    now: UtcMs,
}

struct Words {
    plain: HashMap<&'static str, &'static str>,
    bundle: FluentBundle<FluentResource>,
}

struct Tables([Words; 3]);

static TABLES: OnceLock<Tables> = OnceLock::new();
static OWN_TABLES: OnceLock<Tables> = OnceLock::new();
static MISSING: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);

/// Reads the rooms' catalogues, once. Later calls change nothing and return false.
/// This crate's own words are added by themselves.
pub fn init(rooms: &[Catalogue]) -> bool {
    TABLES.set(Tables::of(rooms)).is_ok()
}

/// Keys that were asked for and are in no catalogue; a walk over the pages asserts it is empty.
pub fn missing_keys() -> Vec<&'static str> {
    let guard = MISSING.lock().unwrap_or_else(|broken| broken.into_inner());
    let mut keys: Vec<_> = guard.iter().flatten().copied().collect();
    keys.sort_unstable();
    keys
}

impl L {
    /// A reader with a language, a zone and the moment at which the page is made.
    pub fn new(lang: Lang, zone: &Zone, now: UtcMs) -> L {
        L { lang, zone: lasting(zone), now }
    }

    /// A reader of whom only the language is known (login page, tests): Indian time, 1970.
    pub fn bare(lang: Lang) -> L {
        L::new(lang, &Zone::india(), UtcMs(0))
    }

    pub fn lang(self) -> Lang {
        self.lang
    }

    pub fn zone(self) -> &'static Zone {
        self.zone
    }

    pub fn now(self) -> UtcMs {
        self.now
    }

    /// A message without variables. An unknown key is shown as itself, never a panic.
    pub fn t(self, key: &str) -> &'static str {
        match self.words().plain.get(key) {
            Some(text) => text,
            None => unknown(key),
        }
    }

    /// The same for a key made from data (a permission, an event), where a room may have no words.
    pub fn find(self, key: &str) -> Option<&'static str> {
        self.words().plain.get(key).copied()
    }

    /// Plain messages whose key begins so, without that beginning, sorted by their text.
    pub fn starting(self, start: &str) -> Vec<(&'static str, &'static str)> {
        let plain = &self.words().plain;
        let mut found: Vec<_> = plain
            .iter()
            .filter_map(|(key, text)| Some((key.strip_prefix(start)?, *text)))
            .collect();
        found.sort_by_key(|(key, text)| (*text, *key));
        found
    }

    /// A message with variables: `l.tf("inbox-open", &[("count", 3.into())])`.
    pub fn tf(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let words = self.words();
        if words.bundle.get_message(key).is_none() {
            return unknown(key).to_string();
        }
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            filled.set(*name, value.clone());
        }
        words.format(key, Some(&filled), self.lang).0
    }

    fn words(self) -> &'static Words {
        let tables = match TABLES.get() {
            Some(tables) => tables,
            None => OWN_TABLES.get_or_init(|| Tables::of(&[])),
        };
        &tables.0[self.lang as usize]
    }
}

impl Lang {
    /// The languages a person may choose.
    pub const CHOICES: [Lang; 2] = [Lang::En, Lang::Hi];

    /// From a stored or requested code: `en`, `hi`, `en-IN`; the test locale is `x-pseudo`.
    pub fn from_code(code: &str) -> Option<Lang> {
        let head = code.split(['-', '_']).next().unwrap_or_default();
        match head {
            _ if code == "x-pseudo" => Some(Lang::Pseudo),
            "en" => Some(Lang::En),
            "hi" => Some(Lang::Hi),
            _ => None,
        }
    }

    /// The best of what a browser accepts: its `Accept-Language` header.
    pub fn from_header(accepted: &str) -> Lang {
        let wanted = accepted.split(',').map(|part| part.split(';').next().unwrap_or_default());
        wanted.filter_map(|code| Lang::from_code(code.trim())).next().unwrap_or_default()
    }

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Hi => "hi",
            Lang::Pseudo => "x-pseudo",
        }
    }

    /// The tag of `<html lang>`, by which a voice and hyphenation are chosen.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Pseudo => "en-x-pseudo",
            other => other.code(),
        }
    }

    /// The language's name in that language, for the chooser.
    pub fn own_name(self) -> &'static str {
        L::bare(self).t("lang-own-name")
    }
}

impl Tables {
    fn of(rooms: &[Catalogue]) -> Tables {
        let mut all = vec![CATALOGUE];
        all.extend(rooms.iter().filter(|room| room.room != CATALOGUE.room));
        Tables([Lang::En, Lang::Hi, Lang::Pseudo].map(|lang| Words::of(lang, &all)))
    }
}

impl Words {
    fn of(lang: Lang, rooms: &[Catalogue]) -> Words {
        let code = if lang == Lang::Hi { "hi-IN" } else { "en-IN" };
        let locale: LanguageIdentifier = code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            Arg::Number(number) => Some(crate::format::number(number.value)),
            _ => None,
        }));
        if lang == Lang::Pseudo {
            bundle.set_transform(Some(|text| Cow::Owned(pseudo::accented(text))));
        }
        let mut keys = Vec::new();
        for room in rooms {
            let text = if lang == Lang::Hi { room.hi } else { room.en };
            // A file with a mistake still gives its other messages; the test names the mistake.
            let resource = match FluentResource::try_new(text.to_string()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            keys.extend(resource.entries().filter_map(|entry| match entry {
                Entry::Message(message) => Some(message.id.name.to_string()),
                _ => None,
            }));
            let _already_named_by_the_test = bundle.add_resource(resource);
        }
        let mut words = Words { plain: HashMap::new(), bundle };
        for key in keys {
            if let (text, true) = words.format(&key, None, lang) {
                words.plain.insert(key.leak(), text.leak());
            }
        }
        words
    }

    /// The text, and whether nothing was left unfilled.
    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>, lang: Lang) -> (String, bool) {
        let message = self.bundle.get_message(key);
        let Some(pattern) = message.and_then(|message| message.value()) else {
            return (unknown(key).to_string(), false);
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors);
        let text = if lang == Lang::Pseudo { pseudo::framed(&text) } else { text.into_owned() };
        (text, errors.is_empty())
    }
}

/// The key itself, remembered for the test; bounded, because a key may come from data.
fn unknown(key: &str) -> &'static str {
    let mut guard = MISSING.lock().unwrap_or_else(|broken| broken.into_inner());
    let seen = guard.get_or_insert_default();
    if let Some(known) = seen.get(key) {
        return known;
    }
    if seen.len() >= MISSING_MAX {
        return "?";
    }
    let kept: &'static str = key.to_string().leak();
    seen.insert(kept);
    kept
}

/// Each zone in use is kept once for good, so that `L` can be copied freely.
fn lasting(zone: &Zone) -> &'static Zone {
    static ZONES: Mutex<Vec<&'static Zone>> = Mutex::new(Vec::new());
    let mut zones = ZONES.lock().unwrap_or_else(|broken| broken.into_inner());
    if let Some(known) = zones.iter().find(|known| known.name() == zone.name()) {
        return known;
    }
    let kept: &'static Zone = Box::leak(Box::new(zone.clone()));
    zones.push(kept);
    kept
}

#[cfg(test)]
mod tests;
