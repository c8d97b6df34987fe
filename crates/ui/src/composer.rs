//! Where an answer is written. What is typed here is never lost: it is saved as a draft while
//! typing, kept on an error, and never touched by a refresh of the page.

use maud::{Markup, PreEscaped, Render, html};

use crate::Button;
use crate::form::{Errors, csrf_input, hidden, summary};
use crate::i18n::L;
use crate::icon::Icon;

/// The largest number of files with one message; the server holds to it as well.
pub const FILES_MAX: usize = 10;

/// The break after the tag is dropped by the browser; without it a first empty line of the text
/// would be.
const FIRST_BREAK: &str = "\n";

/// What is being written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Goes to the customer.
    #[default]
    Reply,
    /// Only colleagues see it.
    Note,
}

/// The composer. Posts `mode` (`reply` or `note`), `body` and `files`; drafts are `PUT` to
/// `draft_url` with `mode` and `body`.
pub struct Composer<'a> {
    pub l: L,
    pub action: &'a str,
    pub csrf: &'a str,
    pub draft_url: &'a str,
    /// A value that is new on each page, sent as `once`: browsers may repeat a POST whose answer
    /// was lost, and the server must then not send the reply twice.
    pub once: &'a str,
    /// Stands beside Send, so that nobody answers the wrong person.
    pub customer: &'a str,
    /// The channel's word: e-mail, chat.
    pub channel: &'a str,
    /// Under the name: the address or number it goes to.
    pub address: &'a str,
    /// The language to answer in, as a word.
    pub language: Option<&'a str>,
    pub mode: Mode,
    /// The draft, or what was typed and came back with an error.
    pub text: &'a str,
    pub errors: Option<&'a Errors>,
    /// Why no reply can go out now; only a note can then be written.
    pub reply_blocked: Option<&'a str>,
    /// Who else looks at or types in this conversation.
    pub viewers: Option<&'a str>,
    /// Above the text: suggested answers.
    pub suggestions: Markup,
    /// More tools beside Attach: macros, a promise.
    pub tools: Markup,
    /// More ways to send, before the main one: "Send and resolve".
    pub also: Markup,
}

impl<'a> Composer<'a> {
    pub fn new(l: L, action: &'a str, csrf: &'a str, draft_url: &'a str) -> Self {
        let none = || PreEscaped(String::new());
        Composer {
            l,
            action,
            csrf,
            draft_url,
            once: "",
            customer: "",
            channel: "",
            address: "",
            language: None,
            mode: Mode::Reply,
            text: "",
            errors: None,
            reply_blocked: None,
            viewers: None,
            suggestions: none(),
            tools: none(),
            also: none(),
        }
    }

    /// The mode that the composer opens in.
    fn shown(&self) -> &'static str {
        if self.mode == Mode::Note || self.reply_blocked.is_some() { "note" } else { "reply" }
    }

    fn modes(&self) -> Markup {
        let l = self.l;
        let note = self.shown() == "note";
        html! {
            div.modes role="radiogroup" aria-label=(l.t("ui-composer-mode")) {
                label.mode.reply {
                    input type="radio" name="mode" value="reply" checked[!note]
                        disabled[self.reply_blocked.is_some()]
                        data-hotkey="KeyR" data-hotkey-label=(l.t("ui-reply"))
                        data-action="click->composer#chooseMode";
                    (Icon::Reply) (l.t("ui-reply"))
                }
                label.mode.private {
                    input type="radio" name="mode" value="note" checked[note]
                        data-hotkey="KeyN" data-hotkey-label=(l.t("ui-note"))
                        data-action="click->composer#chooseMode";
                    (Icon::Lock) (l.t("ui-note"))
                }
            }
        }
    }

    fn to(&self) -> Markup {
        let l = self.l;
        let by = match self.language {
            Some(language) => l.tf(
                "ui-reply-by-in",
                &[("channel", self.channel.into()), ("language", language.into())],
            ),
            None => l.tf("ui-reply-by", &[("channel", self.channel.into())]),
        };
        html! {
            p.composer-to {
                @if let Some(why) = self.reply_blocked { span { (why) } }
                @else {
                    span.for-reply {
                        (by) " " b { (self.customer) }
                        @if !self.address.is_empty() {
                            " " span.composer-address { (self.address) }
                        }
                    }
                }
                span.for-note { (l.t("ui-note-to")) }
            }
        }
    }

    fn bar(&self) -> Markup {
        let l = self.l;
        html! {
            div.composer-bar {
                label.button.quiet title=(l.t("ui-attach")) {
                    (Icon::Attach) span { (l.t("ui-attach")) }
                    input.hidden type="file" name="files" multiple
                        data-composer-target="files" data-action="composer#filesChanged";
                }
                (self.tools)
                span.composer-state role="status" data-composer-target="state" {}
                (self.also)
                button.button.primary type="submit" data-composer-target="send" {
                    span.for-reply {
                        (l.tf("ui-send-to", &[("name", self.customer.into())]))
                    }
                    span.for-note { (l.t("ui-save-note")) }
                    kbd aria-hidden="true" { (l.t("ui-key-ctrl-enter")) }
                }
            }
        }
    }
}

impl Render for Composer<'_> {
    fn render(&self) -> Markup {
        let l = self.l;
        html! {
            form.composer id="composer" method="post" action=(self.action) data-keep
                enctype="multipart/form-data" data-controller="composer" data-mode=(self.shown())
                data-action="submit->composer#submit paste->composer#paste \
                    dragover->composer#over dragleave->composer#leave drop->composer#drop"
                data-composer-draft-url-value=(self.draft_url)
                data-composer-files-max-value=(FILES_MAX)
                data-saved=(l.t("ui-draft-saved")) data-saving=(l.t("ui-draft-saving"))
                data-unsaved=(l.t("ui-draft-unsaved")) data-failed=(l.t("ui-draft-failed"))
                data-not-sent=(l.t("ui-not-sent")) data-remove=(l.t("ui-remove-file"))
                data-too-many=(l.tf("ui-too-many-files", &[("count", (FILES_MAX as i64).into())])) {
                (csrf_input(self.csrf))
                @if !self.once.is_empty() { (hidden("once", self.once)) }
                @if let Some(errors) = self.errors { (summary(l, errors)) }
                div.composer-head {
                    (self.modes())
                    (self.to())
                    @if let Some(viewers) = self.viewers { span.viewers { (Icon::Eye) (viewers) } }
                }
                @if !self.suggestions.0.is_empty() { div.suggestions { (self.suggestions) } }
                textarea.composer-text id="f-body" name="body" rows="3" dir="auto"
                    aria-label=(l.t("ui-composer-text")) data-composer-target="text"
                    data-action="input->composer#changed keydown->composer#key" {
                    (FIRST_BREAK) (self.text)
                }
                ul.files.composer-files data-composer-target="list" hidden
                    aria-label=(l.t("ui-attachments")) {}
                (self.bar())
            }
        }
    }
}

/// A suggested answer above the text; pressing it puts its text into the composer.
pub fn suggestion(title: &str, text: &str) -> Markup {
    let action = "composer#insert";
    Button::plain(title).small().attr("data-action", action).attr("data-text", text).render()
}
