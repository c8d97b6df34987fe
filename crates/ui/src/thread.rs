//! A conversation: messages, notes and events in one thread.

use base::UtcMs;
use maud::{Markup, PreEscaped, Render, html};

use crate::i18n::L;
use crate::icon::Icon;
use crate::times::{at_clock, day};
use crate::{Tone, format};

/// Who speaks: decides the side and the colour of a bubble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Customer,
    Us,
    Note,
}

/// A file that came with a message.
#[derive(Clone, Copy)]
pub struct Attachment<'a> {
    pub name: &'a str,
    pub href: &'a str,
    pub bytes: u64,
}

/// A message or a note. Splice it into [`thread`].
pub struct Message<'a> {
    pub l: L,
    /// Stable over refreshes: `message-7`.
    pub id: &'a str,
    pub side: Side,
    /// Who wrote it.
    pub by: &'a str,
    /// After the name: the address, the channel, "to Asha Rao".
    pub detail: &'a str,
    pub at: UtcMs,
    /// How far it got, with a tone: "read 10:40", "Failed: mailbox full".
    pub state: Option<(Tone, &'a str)>,
    /// [`message_text`], or [`mail_frame`] for HTML mail.
    pub body: Markup,
    pub attachments: &'a [Attachment<'a>],
    /// Links or buttons under the text, such as "Try again".
    pub actions: Markup,
}

impl<'a> Message<'a> {
    pub fn new(l: L, id: &'a str, side: Side, by: &'a str, at: UtcMs, body: Markup) -> Self {
        let actions = PreEscaped(String::new());
        let (detail, state, attachments) = ("", None, &[][..]);
        Message { l, id, side, by, detail, at, state, body, attachments, actions }
    }
}

impl Render for Message<'_> {
    fn render(&self) -> Markup {
        let class = match self.side {
            Side::Customer => "theirs",
            Side::Us => "ours",
            Side::Note => "note",
        };
        html! {
            article.message.(class) id=(self.id) {
                header {
                    @if self.side == Side::Note { (Icon::Lock) }
                    b { (self.by) }
                    @if self.side == Side::Note { span { (self.l.t("ui-private-note")) } }
                    @if !self.detail.is_empty() { span { (self.detail) } }
                    (at_clock(self.l, self.at))
                    @if let Some((tone, words)) = self.state {
                        span.message-state.(tone.class()) { (words) }
                    }
                }
                div.message-body { (self.body) }
                @if !self.attachments.is_empty() { (attachments(self.l, self.attachments)) }
                @if !self.actions.0.is_empty() { div.message-actions { (self.actions) } }
            }
        }
    }
}

/// The scrolling thread. `live` parts belong inside, the composer outside.
pub fn thread(l: L, id: &str, body: Markup) -> Markup {
    html! {
        div.thread-box data-controller="thread" {
            section.thread id=(id) tabindex="0" role="region" aria-label=(l.t("ui-thread"))
                data-thread-target="scroller" { (body) }
            button.thread-new type="button" hidden data-thread-target="pill"
                data-action="thread#bottom" { (Icon::Down) (l.t("ui-new-below")) }
        }
    }
}

/// The line between two days.
pub fn day_line(l: L, at: UtcMs) -> Markup {
    html! { div.day-line { (day(l, at)) } }
}

/// Something that happened, in one quiet line: "Case opened · number sent".
pub fn event_line(l: L, id: &str, text: &str, at: UtcMs) -> Markup {
    html! { div.event-line id=(id) { span { (text) " · " (at_clock(l, at)) } } }
}

/// Plain text as paragraphs with links; what was quoted is folded away with its length.
pub fn message_text(l: L, text: &str) -> Markup {
    let (said, quoted) = split_quote(text);
    said_and_quoted(l, said, quoted)
}

/// As [`message_text`], where it is known what is new in the text and what it quotes.
pub fn message_parts(l: L, said: &str, quoted: Option<&str>) -> Markup {
    match quoted {
        Some(quoted) => said_and_quoted(l, said.trim_end(), quoted.trim()),
        None => message_text(l, said),
    }
}

fn said_and_quoted(l: L, said: &str, quoted: &str) -> Markup {
    html! {
        div.prose dir="auto" { (linked(said)) }
        @if !quoted.is_empty() {
            @let lines = quoted.lines().count() as i64;
            details.quoted {
                summary { (l.tf("ui-quoted", &[("count", lines.into())])) }
                div.prose dir="auto" { (linked(quoted)) }
            }
        }
    }
}

/// HTML mail, from an address that serves it sanitised, in a frame without scripts.
pub fn mail_frame(title: &str, src: &str) -> Markup {
    html! {
        iframe.mail-frame src=(src) title=(title) sandbox="allow-popups" loading="lazy"
            referrerpolicy="no-referrer" {}
    }
}

/// Files as links with their size.
pub fn attachments(l: L, files: &[Attachment<'_>]) -> Markup {
    html! {
        ul.files aria-label=(l.t("ui-attachments")) {
            @for file in files {
                li {
                    a href=(file.href) download=(file.name) data-turbo="false" {
                        (Icon::File) span.file-name { (file.name) }
                        span.file-size { (format::bytes(file.bytes)) }
                    }
                }
            }
        }
    }
}

/// Where the quoted tail begins: the first of the closing lines that all start with `>`, with
/// the line that introduces them ("On Friday … wrote:").
fn split_quote(text: &str) -> (&str, &str) {
    let trimmed = text.trim_end();
    let mut from = trimmed.len();
    for line in trimmed.split_inclusive('\n').rev() {
        let bare = line.trim();
        let introduces = from < trimmed.len() && bare.ends_with(':');
        if !bare.starts_with('>') && !bare.is_empty() && !introduces {
            break;
        }
        from -= line.len();
        if introduces {
            break;
        }
    }
    let (said, quoted) = trimmed.split_at(from);
    if quoted.contains('>') { (said.trim_end(), quoted.trim_start()) } else { (trimmed, "") }
}

/// Web addresses become links; everything else is escaped as it is.
fn linked(text: &str) -> Markup {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, address, after)) = next_address(rest) {
        parts.push(html! {
            (before)
            a href=(address) rel="noopener noreferrer nofollow" target="_blank" { (address) }
        });
        rest = after;
    }
    html! { @for part in parts { (part) } (rest) }
}

/// What stands before the first web address of a text, the address, and what follows.
fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find("http")?;
        let word = text[start..].split(char::is_whitespace).next().unwrap_or_default();
        let address = word.trim_end_matches(['.', ',', ')', ';', '!', '?', '>', '।', '"']);
        let host = address.strip_prefix("https://").or(address.strip_prefix("http://"));
        if host.is_some_and(|host| !host.is_empty()) {
            return Some((&text[..start], address, &text[start + address.len()..]));
        }
        from = start + "http".len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quoted_tail_is_found() {
        let check = |text, said: &str, quoted: &str| {
            assert_eq!(split_quote(text), (said, quoted), "{text}");
        };
        check("Hello", "Hello", "");
        check("Yes.\n\n> Will you pay?\n> Asha", "Yes.", "> Will you pay?\n> Asha");
        check("Yes.\nOn Friday you wrote:\n> A", "Yes.", "On Friday you wrote:\n> A");
        check("> A\nNo.", "> A\nNo.", "");
        check("Notes:\n\n", "Notes:", "");
        check("", "", "");
    }

    #[test]
    fn only_web_addresses_become_links() {
        let page = linked("see https://example.in/a?b=1&c. or javascript:alert(1) <b>").0;
        assert!(page.contains("href=\"https://example.in/a?b=1&amp;c\""), "{page}");
        assert!(!page.contains("href=\"javascript"), "{page}");
        assert!(page.contains("&lt;b&gt;"), "{page}");
        assert_eq!(linked("http:// https शुल्क http").0, "http:// https शुल्क http");
        let two = linked("(http://a.in) <https://b.in>").0;
        assert!(two.contains("href=\"http://a.in\"") && two.contains("href=\"https://b.in\""));
    }
}
