//! Errors in words: at a field, in a program's log, as a page.

use platform::web::{ErrorWords, Problem, ProblemKind, WebError};
use platform::{Error, FieldError};
use ui::i18n::Arg;
use ui::{ErrorPage, Errors, L, Theme};

use crate::frame::lang_of;

/// The platform's errors in the words of the catalogues. `app` hands it over in `Parts::words`.
pub struct CatalogueWords;

impl ErrorWords for CatalogueWords {
    fn field(&self, lang: &str, error: &FieldError) -> String {
        field_words(L::bare(lang_of(lang)), error)
    }

    fn sentence(&self, lang: &str, problem: &Problem) -> String {
        what_words(L::bare(lang_of(lang)), problem)
    }

    fn page(&self, lang: &str, problem: &Problem) -> String {
        error_page(L::bare(lang_of(lang)), problem)
    }
}

/// A field's error in the reader's language.
pub fn field_words(l: L, error: &FieldError) -> String {
    let args: Vec<(&str, Arg<'_>)> = error
        .args
        .iter()
        .map(|(name, value)| match value.parse::<i64>() {
            Ok(number) => (*name, number.into()),
            Err(_) => (*name, value.as_str().into()),
        })
        .collect();
    l.tf(error.key, &args)
}

/// A use case's field errors for a form.
pub fn errors(l: L, fields: &[FieldError]) -> Errors {
    let mut errors = Errors::new();
    for error in fields {
        errors.add(error.field, field_words(l, error));
    }
    errors
}

/// Parts what a person can mend at the form (`Ok(Err(fields))`) from what is a page of its own.
pub fn fields_of<T>(result: Result<T, Error>) -> Result<Result<T, Vec<FieldError>>, WebError> {
    match result {
        Ok(done) => Ok(Ok(done)),
        Err(Error::Invalid(fields)) => Ok(Err(fields)),
        Err(other) => Err(WebError(other)),
    }
}

/// What happened.
fn what_words(l: L, problem: &Problem) -> String {
    let key = match problem.kind {
        ProblemKind::NotFound => "ui-not-found-what",
        ProblemKind::SignedOut => "frame-signed-out-what",
        ProblemKind::Denied => return denied_words(l, problem),
        ProblemKind::Invalid => "frame-invalid-what",
        ProblemKind::Conflict => "frame-conflict-what",
        ProblemKind::TooMany => return wait_words(l, problem),
        ProblemKind::Busy => "ui-busy-what",
        ProblemKind::Broken => "ui-broken-what",
    };
    l.t(key).to_string()
}

/// What is missing, by its name in the list of permissions.
fn denied_words(l: L, problem: &Problem) -> String {
    let Some(permission) = &problem.detail else { return l.t("frame-denied-what").into() };
    if permission == "same-origin" {
        return l.t("frame-cross-site-what").into();
    }
    let key = format!("permission-{}", permission.replace('.', "-"));
    let name = l.find(&key).unwrap_or(permission);
    l.tf("frame-denied-permission", &[("name", name.into())])
}

fn wait_words(l: L, problem: &Problem) -> String {
    let wait_s = problem.detail.as_deref().and_then(|text| text.parse().ok());
    minutes_words(l, wait_s.unwrap_or(60))
}

/// How long to wait after too many tries; `None` when the error is another one.
pub fn wait_of(l: L, error: &Error) -> Option<String> {
    match error {
        Error::TooMany { wait_s } => Some(minutes_words(l, *wait_s)),
        _ => None,
    }
}

fn minutes_words(l: L, wait_s: i64) -> String {
    // The limiter adds a second, which is not worth another minute.
    let minutes = ((wait_s + 58) / 60).max(1);
    l.tf("frame-too-many-what", &[("minutes", minutes.into())])
}

fn error_page(l: L, problem: &Problem) -> String {
    let home = [(l.t("frame-to-start"), "/")];
    let sign_in = [(l.t("frame-to-login"), "/login")];
    let what = match problem.kind {
        ProblemKind::Invalid => invalid_words(l, problem),
        _ => what_words(l, problem),
    };
    let cross_site = problem.detail.as_deref() == Some("same-origin");
    let unchanged = Some("frame-nothing-changed");
    let (title, kept) = match problem.kind {
        ProblemKind::NotFound => ("ui-not-found", None),
        ProblemKind::SignedOut => ("frame-signed-out", None),
        ProblemKind::Denied if cross_site => ("frame-cross-site", unchanged),
        ProblemKind::Denied => ("ui-no-permission", Some("ui-no-permission-who")),
        ProblemKind::Invalid => ("frame-invalid", unchanged),
        ProblemKind::Conflict => ("frame-conflict", unchanged),
        ProblemKind::TooMany => ("frame-too-many", None),
        ProblemKind::Busy => ("ui-busy", Some("ui-broken-kept")),
        ProblemKind::Broken => ("ui-broken", Some("ui-broken-kept")),
    };
    let page = ErrorPage {
        l,
        title: l.t(title),
        what: &what,
        kept: kept.map(|key| l.t(key)),
        next: if problem.kind == ProblemKind::SignedOut { &sign_in } else { &home },
        reference: None,
    };
    page.page(Theme::System).into_string()
}

/// An invalid request that no form shows again: each thing said, in the order of the fields.
fn invalid_words(l: L, problem: &Problem) -> String {
    let words: Vec<String> = problem.fields.iter().map(|error| field_words(l, error)).collect();
    if words.is_empty() { l.t("frame-invalid-what").into() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ui::Lang;

    #[test]
    fn errors_speak_both_languages() {
        ui::i18n::init(&[crate::CATALOGUE]);
        let short = FieldError::new("password", "error-password-short").with("min", 10);
        let check = |lang, expect: &str| {
            let text = CatalogueWords.field(lang, &short);
            assert!(text.contains(expect) && text.contains("10"), "{text}");
        };
        check("en", "at least");
        check("hi", "कम से कम");
        let problem = |kind, detail: &str| Problem {
            kind,
            fields: vec![short.clone()],
            detail: Some(detail.into()),
        };
        let denied = problem(ProblemKind::Denied, "member.manage");
        assert!(CatalogueWords.page("en", &denied).contains("Invite and change members"));
        let elsewhere = problem(ProblemKind::Denied, "same-origin");
        assert!(CatalogueWords.page("en", &elsewhere).contains("another site"));
        let wait = problem(ProblemKind::TooMany, "62");
        assert!(CatalogueWords.sentence("en", &wait).contains("2 minutes"));
        for kind in [
            ProblemKind::NotFound,
            ProblemKind::SignedOut,
            ProblemKind::Denied,
            ProblemKind::Invalid,
            ProblemKind::Conflict,
            ProblemKind::TooMany,
            ProblemKind::Busy,
            ProblemKind::Broken,
        ] {
            for lang in Lang::CHOICES {
                CatalogueWords.page(lang.code(), &problem(kind, "member.read"));
                CatalogueWords.sentence(lang.code(), &problem(kind, "5"));
            }
        }
        assert_eq!(ui::i18n::missing_keys(), [""; 0]);
    }

    #[test]
    fn the_catalogue_is_whole() {
        let rooms = [ui::i18n::CATALOGUE, crate::CATALOGUE];
        assert_eq!(ui::i18n::problems(&rooms), [""; 0]);
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        let missing = ui::i18n::missing_in_sources(folder.as_ref(), &rooms).unwrap();
        assert_eq!(missing, [""; 0]);
    }
}
