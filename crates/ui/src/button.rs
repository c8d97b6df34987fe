//! Buttons and links that look like buttons: one look, three weights.

use std::borrow::Cow;

use maud::{Escaper, Markup, PreEscaped, Render, html};

use crate::icon::Icon;

/// A button. Plain by default; splice it into HTML as it is.
///
/// `Button::submit(l.t("save")).primary()`, `Button::link(l.t("edit"), &href).hotkey("KeyE")`.
#[derive(Clone)]
pub struct Button<'a> {
    label: Cow<'a, str>,
    kind: Kind,
    weight: &'static str,
    small: bool,
    icon: Option<Icon>,
    icon_only: bool,
    shown_key: Option<&'a str>,
    attrs: Attrs,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Submit,
    Plain,
    Link,
}

impl<'a> Button<'a> {
    /// Sends the form that it stands in.
    pub fn submit(label: impl Into<Cow<'a, str>>) -> Self {
        Button::new(label.into(), Kind::Submit)
    }

    /// Does something in the page: give it `.opens(…)` or `.attr("data-action", …)`.
    pub fn plain(label: impl Into<Cow<'a, str>>) -> Self {
        Button::new(label.into(), Kind::Plain)
    }

    /// Goes to another page.
    pub fn link(label: impl Into<Cow<'a, str>>, href: &str) -> Self {
        Button::new(label.into(), Kind::Link).attr("href", href)
    }

    fn new(label: Cow<'a, str>, kind: Kind) -> Self {
        Button {
            label,
            kind,
            weight: "",
            small: false,
            icon: None,
            icon_only: false,
            shown_key: None,
            attrs: Attrs::default(),
        }
    }

    /// The one thing most people do here; at most one on a form.
    pub fn primary(mut self) -> Self {
        self.weight = " primary";
        self
    }

    /// Something that cannot be undone, or takes something away.
    pub fn danger(mut self) -> Self {
        self.weight = " danger";
        self
    }

    /// Without a border, for the less important among others.
    pub fn quiet(mut self) -> Self {
        self.weight = " quiet";
        self
    }

    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Shows only the icon; the label is read aloud and is the title.
    pub fn icon_only(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self.icon_only = true;
        self
    }

    /// The physical key (`KeyR`, or `KeyG KeyI` one after the other) that presses this.
    pub fn hotkey(self, codes: &str) -> Self {
        self.attr("data-hotkey", codes)
    }

    /// Shows a key on the button itself; for the few that are always in view.
    pub fn shown_key(mut self, words: &'a str) -> Self {
        self.shown_key = Some(words);
        self
    }

    /// The name and value sent when this button sends the form.
    pub fn sends(self, name: &str, value: &str) -> Self {
        self.attr("name", name).attr("value", value)
    }

    /// Opens the dialog of this id.
    pub fn opens(self, dialog_id: &str) -> Self {
        self.attr("data-action", "dialog#open")
            .attr("data-controller", "dialog")
            .attr("data-dialog-id", dialog_id)
            .attr("aria-haspopup", "dialog")
    }

    /// Asks first, with these words (Turbo shows them).
    pub fn confirm(self, question: &str) -> Self {
        self.attr("data-turbo-confirm", question)
    }

    /// Cannot be pressed now; why is its title and is read aloud.
    pub fn disabled(self, why: &str) -> Self {
        self.attr("aria-disabled", "true").attr("title", why)
    }

    /// Any other attribute (`data-…`, `form`, `id`); values are escaped.
    pub fn attr(mut self, name: &str, value: &str) -> Self {
        self.attrs.add(name, value);
        self
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let mut attrs = self.attrs.clone();
        let small = if self.small { " small" } else { "" };
        let bare = if self.icon_only { " bare" } else { "" };
        attrs.add("class", &format!("button{}{small}{bare}", self.weight));
        if self.icon_only {
            attrs.add("aria-label", &self.label);
            attrs.add("title", &self.label);
        }
        let tag = match self.kind {
            Kind::Submit => "button type=\"submit\"",
            Kind::Plain => "button type=\"button\"",
            Kind::Link => "a",
        };
        let end = if self.kind == Kind::Link { "a" } else { "button" };
        html! {
            (PreEscaped(format!("<{tag}{}>", attrs.0)))
            @if let Some(icon) = self.icon { (icon) }
            @if !self.icon_only { span { (self.label) } }
            @if let Some(key) = self.shown_key { kbd aria-hidden="true" { (key) } }
            (PreEscaped(format!("</{end}>")))
        }
    }
}

/// Attributes gathered one by one, escaped, ready to stand in a tag.
#[derive(Clone, Default)]
pub(crate) struct Attrs(pub(crate) String);

impl Attrs {
    /// The last value given to a name counts.
    pub(crate) fn add(&mut self, name: &str, value: &str) {
        use std::fmt::Write;
        self.remove(name);
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        // Writing into a String cannot fail.
        let _ = Escaper::new(&mut self.0).write_str(value);
        self.0.push('"');
    }
}

impl Attrs {
    /// Values hold no quote (it is escaped), so the next one ends the attribute.
    fn remove(&mut self, name: &str) {
        let begin = format!(" {name}=\"");
        let Some(from) = self.0.find(&begin) else { return };
        let value = from + begin.len();
        if let Some(length) = self.0[value..].find('"') {
            self.0.replace_range(from..=value + length, "");
        }
    }
}

/// Buttons side by side; the first is the one most people press.
pub fn buttons(inner: Markup) -> Markup {
    html! { div.buttons { (inner) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_an_attribute_counts_and_is_escaped() {
        let button = Button::link("Open <b>", "/a?b=\"c\"&d").attr("href", "/e?f=\"").render().0;
        assert!(button.starts_with("<a href=\"/e?f=&quot;\" class=\"button\">"), "{button}");
        assert!(button.contains("Open &lt;b&gt;"), "{button}");
    }

    #[test]
    fn an_icon_alone_has_its_label() {
        let button = Button::plain("Close").icon_only(Icon::Close).small().danger().render().0;
        for part in ["aria-label=\"Close\"", "title=\"Close\"", "button danger small bare"] {
            assert!(button.contains(part), "{part} not in {button}");
        }
        assert!(!button.contains("<span>"), "{button}");
    }
}
