//! Forms: label, hint and error at the field; what was typed is kept.

mod field;

use maud::{Markup, PreEscaped, Render, html};

use crate::i18n::L;
use crate::icon::Icon;

pub use field::{Choice, Field};

/// The name of the hidden input that carries the CSRF token.
pub const CSRF_FIELD: &str = "csrf";

/// What is wrong with a form: at fields, or with the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    fields: Vec<(String, String)>,
    whole: Vec<String>,
}

impl Errors {
    pub fn new() -> Self {
        Errors::default()
    }

    /// Says what is wrong with one field, in the reader's language.
    pub fn add(&mut self, field: &str, text: impl Into<String>) {
        self.fields.push((field.to_string(), text.into()));
    }

    /// Says what is wrong with the form as a whole.
    pub fn add_whole(&mut self, text: impl Into<String>) {
        self.whole.push(text.into());
    }

    /// The first error of a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(name, _)| name == field);
        found.map(|(_, text)| text.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.whole.is_empty()
    }
}

/// A form that is posted. Splice it into HTML as it is.
pub struct Form<'a> {
    l: L,
    action: &'a str,
    csrf: &'a str,
    errors: Option<&'a Errors>,
    body: Markup,
    class: &'static str,
    id: Option<&'a str>,
    multipart: bool,
    get: bool,
}

impl<'a> Form<'a> {
    pub fn post(l: L, action: &'a str, csrf: &'a str) -> Self {
        Form {
            l,
            action,
            csrf,
            errors: None,
            body: PreEscaped(String::new()),
            class: "form",
            id: None,
            multipart: false,
            get: false,
        }
    }

    /// A form that only asks (search, filters): its values stand in the address.
    pub fn get(l: L, action: &'a str) -> Self {
        Form { get: true, ..Form::post(l, action, "") }
    }

    /// A summary of the errors is shown above the fields, with links to them.
    pub fn errors(mut self, errors: &'a Errors) -> Self {
        self.errors = Some(errors);
        self
    }

    pub fn body(mut self, body: Markup) -> Self {
        self.body = body;
        self
    }

    /// On one line, for a single field with its button.
    pub fn inline(mut self) -> Self {
        self.class = "form form-inline";
        self
    }

    /// With nothing but a button in it.
    pub fn bare(mut self) -> Self {
        self.class = "form-bare";
        self
    }

    pub fn id(mut self, id: &'a str) -> Self {
        self.id = Some(id);
        self
    }

    /// May carry files.
    pub fn multipart(mut self) -> Self {
        self.multipart = true;
        self
    }
}

impl Render for Form<'_> {
    fn render(&self) -> Markup {
        let method = if self.get { "get" } else { "post" };
        let encoding = self.multipart.then_some("multipart/form-data");
        html! {
            form class=(self.class) id=[self.id] method=(method) action=(self.action)
                enctype=[encoding] novalidate {
                @if !self.get { (csrf_input(self.csrf)) }
                @if let Some(errors) = self.errors { (summary(self.l, errors)) }
                (self.body)
            }
        }
    }
}

/// The hidden input with the CSRF token, for a form written by hand; nothing without a token
/// (where the server judges a request by its origin instead).
pub fn csrf_input(csrf: &str) -> Markup {
    html! { @if !csrf.is_empty() { (hidden(CSRF_FIELD, csrf)) } }
}

/// A hidden value.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A form of one button: `act(l, "/w/arohi/cases/7/closure", csrf, Button::submit(…))`.
pub fn act(l: L, action: &str, csrf: &str, button: crate::Button<'_>) -> Markup {
    Form::post(l, action, csrf).bare().body(button.render()).render()
}

/// All errors in one place, each a link to its field; nothing when there is none.
pub fn summary(l: L, errors: &Errors) -> Markup {
    if errors.is_empty() {
        return html! {};
    }
    let count = errors.fields.len() as i64;
    html! {
        div.errors role="alert" tabindex="-1" data-controller="focus" {
            (Icon::Alert)
            div {
                @for text in &errors.whole { p { (text) } }
                @if count > 0 {
                    p { (l.tf("ui-form-errors", &[("count", count.into())])) }
                    ul {
                        @for (name, text) in &errors.fields {
                            li { a href={ "#" (field::id_of(name)) } { (text) } }
                        }
                    }
                }
            }
        }
    }
}

/// Fields under a heading.
pub fn group(legend: &str, body: Markup) -> Markup {
    html! { fieldset.group { legend { (legend) } (body) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn an_error_is_at_its_field_and_the_typed_text_is_kept() {
        let mut errors = Errors::new();
        errors.add("phone", "Too short");
        let l = L::bare(Lang::En);
        let field = Field::text(l, "phone", "Phone").value("98<").error(errors.of("phone"));
        let page = Form::post(l, "/x", "t0k").errors(&errors).body(field.render()).render().0;
        for part in [
            "value=\"98&lt;\"",
            "aria-invalid=\"true\"",
            "aria-describedby=\"f-phone-error\"",
            "href=\"#f-phone\"",
            "name=\"csrf\" value=\"t0k\"",
        ] {
            assert!(page.contains(part), "{part} not in {page}");
        }
    }
}
