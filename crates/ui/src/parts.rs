//! Small parts that stand on many screens.

use maud::{Markup, PreEscaped, html};

use crate::button::Attrs;
use crate::format::initials;
use crate::icon::Icon;

/// What a colour means. Words or an icon always stand beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    /// What is chosen or is about this person.
    Accent,
    /// Done, well.
    Calm,
    /// Soon.
    Warn,
    /// Late, failed.
    Alarm,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Accent => "accent",
            Tone::Calm => "calm",
            Tone::Warn => "warn",
            Tone::Alarm => "alarm",
        }
    }
}

/// A small label on something: a category, "3rd contact in 30 days".
pub fn tag(tone: Tone, label: &str) -> Markup {
    html! { span.tag.(tone.class()) { (label) } }
}

/// The state of something, with a dot of its own shape for each tone.
pub fn status(tone: Tone, label: &str) -> Markup {
    html! { span.status.(tone.class()) { span.status-dot aria-hidden="true" {} (label) } }
}

/// A face: initials in a circle. The name stands beside it, so it is not read aloud.
pub fn avatar(name: &str) -> Markup {
    html! { span.face aria-hidden="true" { (initials(name)) } }
}

/// A larger face, for the head of a page.
pub fn avatar_large(name: &str) -> Markup {
    html! { span.face.large aria-hidden="true" { (initials(name)) } }
}

/// Words that are only read aloud.
pub fn hidden_words(text: &str) -> Markup {
    html! { span.hidden { (text) } }
}

/// A key of the keyboard.
pub fn key(label: &str) -> Markup {
    html! { kbd { (label) } }
}

/// Terms and what they are: `facts(&[("Phone", html! { (phone) })])`.
pub fn facts(pairs: &[(&str, Markup)]) -> Markup {
    html! {
        dl.facts {
            @for (term, what) in pairs { dt { (term) } dd { (what) } }
        }
    }
}

/// A block of the side panel under a small heading.
pub fn block(heading: &str, body: Markup) -> Markup {
    html! { section.block { h3 { (heading) } (body) } }
}

/// A line with a left and a right end, as in "Open with us".
pub fn line(left: Markup, right: Markup) -> Markup {
    html! { div.line { span { (left) } span.line-end { (right) } } }
}

/// A sheet with an optional heading, for pages outside the desk.
pub fn card(heading: Option<&str>, body: Markup) -> Markup {
    html! {
        section.card {
            @if let Some(heading) = heading { h2 { (heading) } }
            (body)
        }
    }
}

/// The head of a page outside the desk: title, a sentence, what one can do.
pub fn page_head(title: &str, lead: Option<&str>, actions: Markup) -> Markup {
    html! {
        header.page-head {
            div {
                h1 { (title) }
                @if let Some(lead) = lead { p.lead { (lead) } }
            }
            @if !actions.0.is_empty() { div.buttons { (actions) } }
        }
    }
}

/// A notice in the page: what happened or what to know, by tone.
pub fn notice(tone: Tone, body: Markup) -> Markup {
    let icon = match tone {
        Tone::Calm => Icon::Check,
        Tone::Warn | Tone::Alarm => Icon::Alert,
        _ => Icon::Info,
    };
    html! { div.notice.(tone.class()) { (icon) div { (body) } } }
}

/// An empty place: what would be here and what to do; never just blank.
pub fn empty(icon: Icon, title: &str, text: &str, action: Option<crate::Button<'_>>) -> Markup {
    html! {
        div.empty {
            (icon)
            h2 { (title) }
            p { (text) }
            @if let Some(action) = action { (action) }
        }
    }
}

/// A short progress line for long work: how much of how much, in words beside it.
pub fn progress(label: &str, done: i64, total: i64) -> Markup {
    html! {
        div.progress {
            progress value=(done) max=(total.max(1)) aria-label=(label) {}
            span { (label) }
        }
    }
}

/// A part of a page that keeps itself fresh: when a signal names one of its topics, the browser
/// fetches `src` (the HTML of this very element) and morphs it in place.
///
/// Render the same call in the page and in the handler of `src`.
pub fn live(id: &str, topics: &str, src: &str, body: Markup) -> Markup {
    Live { id, topics, src, class: "", tag: "section", hold: false, label: None }.with(body)
}

/// As [`live`], with its element, class and label chosen.
#[derive(Clone, Copy)]
pub struct Live<'a> {
    pub id: &'a str,
    /// Topics with spaces between: `case:12 inbox`.
    pub topics: &'a str,
    /// Empty: the element is not refreshed.
    pub src: &'a str,
    pub class: &'a str,
    pub tag: &'static str,
    /// Waits with the change while someone points at it or has the focus in it (lists).
    pub hold: bool,
    pub label: Option<&'a str>,
}

impl Live<'_> {
    pub fn with(&self, body: Markup) -> Markup {
        let mut attrs = Attrs::default();
        attrs.add("id", self.id);
        if !self.class.is_empty() {
            attrs.add("class", self.class);
        }
        if !self.src.is_empty() {
            attrs.add("data-live-topics", self.topics);
            attrs.add("data-live-src", self.src);
        }
        if self.hold {
            attrs.add("data-live-hold", "");
        }
        if let Some(label) = self.label {
            attrs.add("aria-label", label);
        }
        let open = PreEscaped(format!("<{}{}>", self.tag, attrs.0));
        html! { (open) (body) (PreEscaped(format!("</{}>", self.tag))) }
    }
}

/// Something that morphing must leave alone (what a person is typing in).
pub fn keep(id: &str, body: Markup) -> Markup {
    html! { div id=(id) data-keep { (body) } }
}
