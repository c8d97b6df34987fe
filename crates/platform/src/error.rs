//! Why a use case did not happen, in a form that every edge (page, API, command line) can show.

use db::DbError;

/// A refusal or a failure. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or the actor may not know that it is.
    #[error("not found")]
    NotFound,
    #[error("not signed in")]
    SignedOut,
    #[error("needs the permission {permission}")]
    Denied { permission: &'static str },
    #[error("{}", describe(.0))]
    Invalid(Vec<FieldError>),
    /// Somebody else changed it since it was read.
    #[error("changed meanwhile by someone else")]
    Conflict,
    #[error("too many tries; wait {wait_s} seconds")]
    TooMany { wait_s: i64 },
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("{0}")]
    Internal(String),
}

/// What is wrong with one field, and the remedy, as a key of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    pub fn new(field: &'static str, key: &'static str) -> FieldError {
        FieldError { field, key, args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl ToString) -> FieldError {
        self.args.push((name, value.to_string()));
        self
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Error {
        Error::Invalid(vec![error])
    }
}

impl Error {
    /// One field's refusal.
    pub fn field(field: &'static str, key: &'static str) -> Error {
        FieldError::new(field, key).into()
    }
}

fn describe(errors: &[FieldError]) -> String {
    let fields: Vec<String> =
        errors.iter().map(|error| format!("{}: {}", error.field, error.key)).collect();
    format!("invalid: {}", fields.join("; "))
}

/// Gathers the errors of a whole form, so that a person sees all of them at once.
#[derive(Default)]
pub struct Checks(Vec<FieldError>);

impl Checks {
    /// Keeps the value, or notes why there is none.
    pub fn take<T>(&mut self, result: Result<T, FieldError>) -> Option<T> {
        result.map_err(|error| self.0.push(error)).ok()
    }

    pub fn add(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// Ok when nothing was wrong.
    pub fn done(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}
