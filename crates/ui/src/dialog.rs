//! Native dialogs, and the short messages after an action.

use maud::{Markup, PreEscaped, Render, html};

use crate::i18n::L;
use crate::icon::Icon;
use crate::{Button, Tone};

/// A dialog, closed until `Button::…opens(id)` is pressed. Escape closes it.
pub struct Dialog<'a> {
    l: L,
    id: &'a str,
    title: &'a str,
    body: Markup,
    wide: bool,
    open: bool,
}

impl<'a> Dialog<'a> {
    pub fn new(l: L, id: &'a str, title: &'a str) -> Self {
        Dialog { l, id, title, body: PreEscaped(String::new()), wide: false, open: false }
    }

    /// What it holds: mostly a form, whose buttons come last in [`crate::buttons`].
    pub fn body(mut self, body: Markup) -> Self {
        self.body = body;
        self
    }

    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Shown at once: its form came back with an error.
    pub fn open(mut self, open: bool) -> Self {
        self.open = open;
        self
    }
}

impl Render for Dialog<'_> {
    fn render(&self) -> Markup {
        let heading = format!("{}-title", self.id);
        html! {
            dialog.dialog.wide[self.wide] id=(self.id) aria-labelledby=(heading)
                data-controller="dialog" data-dialog-open-value=[self.open.then_some("true")]
                data-action="click->dialog#outside" {
                div.dialog-head {
                    h2 id=(heading) { (self.title) }
                    (close(self.l))
                }
                div.dialog-body { (self.body) }
            }
        }
    }
}

/// A button that closes the dialog it stands in without doing anything.
pub fn cancel(l: L) -> Markup {
    Button::plain(l.t("ui-cancel")).attr("data-action", "dialog#close").render()
}

pub(crate) fn close(l: L) -> Markup {
    let button = Button::plain(l.t("ui-close")).quiet().icon_only(Icon::Close);
    button.attr("data-action", "dialog#close").render()
}

/// What is said after an action, once, at the foot of the next page.
#[derive(Clone, Copy)]
pub struct Flash<'a> {
    pub tone: Tone,
    pub text: &'a str,
    /// Label and address of a POST that takes the action back.
    pub undo: Option<(&'a str, &'a str)>,
}

/// One message of the toast region; also the body of a Turbo stream that appends one.
pub fn toast(l: L, csrf: &str, flash: &Flash<'_>) -> Markup {
    let icon = match flash.tone {
        Tone::Warn | Tone::Alarm => Icon::Alert,
        _ => Icon::Check,
    };
    html! {
        div.toast.(flash.tone.class()) data-controller="toast" {
            (icon)
            p { (flash.text) }
            @if let Some((label, action)) = flash.undo {
                (crate::form::act(l, action, csrf, Button::submit(label).small().icon(Icon::Undo)))
            }
            (Button::plain(l.t("ui-close")).quiet().icon_only(Icon::Close)
                .attr("data-action", "toast#close"))
        }
    }
}
