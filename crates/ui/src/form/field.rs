//! One field of a form.

use std::borrow::Cow;

use maud::{Markup, PreEscaped, Render, html};

use crate::button::Attrs;
use crate::i18n::L;
use crate::icon::Icon;

/// One choice of a select or of radio buttons.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    pub value: Cow<'a, str>,
    pub label: Cow<'a, str>,
}

impl<'a> Choice<'a> {
    pub fn new(value: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Choice { value: value.into(), label: label.into() }
    }
}

enum Kind<'a> {
    Input(&'static str),
    Area(u32),
    Select(&'a [Choice<'a>]),
    Radios(&'a [Choice<'a>]),
    Check(bool),
    File,
}

/// A field with its label, hint and error. Splice it into HTML as it is.
///
/// `Field::text(l, "name", l.t("contact-name")).value(&typed.name).error(errors.of("name"))`
pub struct Field<'a> {
    l: L,
    name: &'a str,
    label: &'a str,
    kind: Kind<'a>,
    value: Cow<'a, str>,
    hint: Option<Cow<'a, str>>,
    error: Option<Cow<'a, str>>,
    optional: bool,
    label_hidden: bool,
    attrs: Attrs,
    id: Option<&'a str>,
}

impl<'a> Field<'a> {
    pub fn text(l: L, name: &'a str, label: &'a str) -> Self {
        Field::new(l, name, label, Kind::Input("text"))
    }

    pub fn email(l: L, name: &'a str, label: &'a str) -> Self {
        let field = Field::new(l, name, label, Kind::Input("email"));
        field.autocomplete("email").attr("autocapitalize", "none").attr("spellcheck", "false")
    }

    pub fn phone(l: L, name: &'a str, label: &'a str) -> Self {
        Field::new(l, name, label, Kind::Input("tel")).autocomplete("tel")
    }

    pub fn password(l: L, name: &'a str, label: &'a str) -> Self {
        Field::new(l, name, label, Kind::Input("password")).autocomplete("current-password")
    }

    pub fn search(l: L, name: &'a str, label: &'a str) -> Self {
        Field::new(l, name, label, Kind::Input("search")).autocomplete("off")
    }

    pub fn number(l: L, name: &'a str, label: &'a str) -> Self {
        // A number input changes under a mouse wheel; digits typed into text do not.
        Field::new(l, name, label, Kind::Input("text")).attr("inputmode", "numeric")
    }

    pub fn date(l: L, name: &'a str, label: &'a str) -> Self {
        Field::new(l, name, label, Kind::Input("date"))
    }

    pub fn date_time(l: L, name: &'a str, label: &'a str) -> Self {
        Field::new(l, name, label, Kind::Input("datetime-local"))
    }

    /// A text of several lines.
    pub fn area(l: L, name: &'a str, label: &'a str) -> Self {
        Field::new(l, name, label, Kind::Area(4))
    }

    pub fn select(l: L, name: &'a str, label: &'a str, choices: &'a [Choice<'a>]) -> Self {
        Field::new(l, name, label, Kind::Select(choices))
    }

    pub fn radios(l: L, name: &'a str, label: &'a str, choices: &'a [Choice<'a>]) -> Self {
        Field::new(l, name, label, Kind::Radios(choices))
    }

    /// A box to tick; sends `1` when it is ticked.
    pub fn check(l: L, name: &'a str, label: &'a str, checked: bool) -> Self {
        Field { value: "1".into(), ..Field::new(l, name, label, Kind::Check(checked)) }
    }

    pub fn file(l: L, name: &'a str, label: &'a str) -> Self {
        Field::new(l, name, label, Kind::File)
    }

    fn new(l: L, name: &'a str, label: &'a str, kind: Kind<'a>) -> Self {
        Field {
            l,
            name,
            label,
            kind,
            value: "".into(),
            hint: None,
            error: None,
            optional: false,
            label_hidden: false,
            attrs: Attrs::default(),
            id: None,
        }
    }

    /// An id of its own, where two forms of a page have a field of this name.
    pub fn id(mut self, id: &'a str) -> Self {
        self.id = Some(id);
        self
    }

    fn own_id(&self) -> String {
        self.id.map(str::to_string).unwrap_or_else(|| id_of(self.name))
    }

    /// What is in the field now: stored, or typed and sent back with an error.
    pub fn value(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.value = value.into();
        self
    }

    /// A sentence under the label: the form expected, or what this will change.
    pub fn hint(mut self, hint: impl Into<Cow<'a, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What is wrong: `errors.of("name")`.
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error.map(Cow::Borrowed);
        self
    }

    /// Must be filled in. A form without a required mark says "optional" where that is so.
    pub fn required(self) -> Self {
        self.attr("required", "")
    }

    /// May stay empty; says so beside the label.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The label stands in the empty box instead of above it; for a search.
    pub fn label_hidden(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    pub fn rows(mut self, rows: u32) -> Self {
        self.kind = Kind::Area(rows);
        self
    }

    pub fn autofocus(self) -> Self {
        self.attr("autofocus", "")
    }

    pub fn autocomplete(self, what: &str) -> Self {
        self.attr("autocomplete", what)
    }

    pub fn max_chars(self, count: u32) -> Self {
        self.attr("maxlength", &count.to_string())
    }

    /// Any other attribute of the input.
    pub fn attr(mut self, name: &str, value: &str) -> Self {
        self.attrs.add(name, value);
        self
    }

    fn described_by(&self) -> Option<String> {
        let id = self.own_id();
        let mut ids = Vec::new();
        if self.error.is_some() {
            ids.push(format!("{id}-error"));
        }
        if self.hint.is_some() {
            ids.push(format!("{id}-hint"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn all_attrs(&self) -> Attrs {
        let mut attrs = self.attrs.clone();
        attrs.add("id", &self.own_id());
        attrs.add("name", self.name);
        if let Some(ids) = self.described_by() {
            attrs.add("aria-describedby", &ids);
        }
        if self.label_hidden && matches!(self.kind, Kind::Input(_) | Kind::Area(_)) {
            attrs.add("placeholder", self.label);
        }
        if self.error.is_some() {
            attrs.add("aria-invalid", "true");
        }
        attrs
    }

    fn control(&self) -> Markup {
        let mut attrs = self.all_attrs();
        match &self.kind {
            Kind::Input(kind) => {
                attrs.add("type", kind);
                // A password is never sent back, whatever the caller gives.
                if *kind != "password" {
                    attrs.add("value", &self.value);
                }
                PreEscaped(format!("<input class=\"input\"{}>", attrs.0))
            }
            Kind::File => PreEscaped(format!("<input type=\"file\" class=\"input\"{}>", attrs.0)),
            Kind::Area(rows) => {
                attrs.add("rows", &rows.to_string());
                // The first line break after the tag is dropped by the browser.
                let open = PreEscaped(format!("<textarea class=\"input\"{}>\n", attrs.0));
                html! { (open) (self.value) (PreEscaped("</textarea>")) }
            }
            Kind::Select(choices) => {
                let open = PreEscaped(format!("<select class=\"input\"{}>", attrs.0));
                html! {
                    (open)
                    @for choice in *choices {
                        option value=(choice.value) selected[choice.value == self.value] {
                            (choice.label)
                        }
                    }
                    (PreEscaped("</select>"))
                }
            }
            Kind::Check(checked) => {
                attrs.add("value", &self.value);
                let checked = if *checked { " checked" } else { "" };
                PreEscaped(format!("<input type=\"checkbox\"{}{checked}>", attrs.0))
            }
            Kind::Radios(choices) => self.radio_list(choices),
        }
    }

    fn radio_list(&self, choices: &[Choice<'_>]) -> Markup {
        let id = self.own_id();
        html! {
            @for (index, choice) in choices.iter().enumerate() {
                @let own = if index == 0 { id.clone() } else { format!("{id}-{index}") };
                div.check {
                    input type="radio" id=(own) name=(self.name) value=(choice.value)
                        checked[choice.value == self.value];
                    label for=(own) { (choice.label) }
                }
            }
        }
    }

    fn below(&self) -> Markup {
        let id = self.own_id();
        html! {
            @if let Some(hint) = &self.hint { p.hint id={ (id) "-hint" } { (hint) } }
            @if let Some(error) = &self.error {
                p.error id={ (id) "-error" } { (Icon::Alert) (error) }
            }
        }
    }

    fn label_words(&self) -> Markup {
        html! {
            (self.label)
            @if self.optional { span.optional { " " (self.l.t("ui-optional")) } }
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let id = self.own_id();
        let wrong = self.error.as_ref().map(|_| "wrong").unwrap_or_default();
        match &self.kind {
            Kind::Check(_) => html! {
                div.field.(wrong) {
                    div.check { (self.control()) label for=(id) { (self.label_words()) } }
                    (self.below())
                }
            },
            Kind::Radios(_) => html! {
                fieldset.field.(wrong) aria-describedby=[self.described_by()] {
                    legend.label { (self.label_words()) }
                    (self.below())
                    (self.control())
                }
            },
            _ => html! {
                div.field.(wrong) {
                    label.label.hidden[self.label_hidden] for=(id) { (self.label_words()) }
                    (self.control())
                    (self.below())
                }
            },
        }
    }
}

/// The id of a field's input, to which the summary of errors links.
pub(super) fn id_of(name: &str) -> String {
    format!("f-{name}")
}
