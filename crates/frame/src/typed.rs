//! What a request asks: the fields of a form or query as they were typed, and ids in its path.

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::request::Parts;
use platform::web::WebError;
use platform::{App, Error};

/// The fields of a form (POST) or of the address (GET), in order, kept as they were typed, so that
/// a form with an error shows them again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// Fields that nobody has typed yet: of a new thing, or (by [`Typed::with`]) of a stored one.
    pub fn new() -> Typed {
        Typed::default()
    }

    pub fn with(mut self, name: impl Into<String>, value: impl ToString) -> Typed {
        self.0.push((name.into(), value.to_string()));
        self
    }

    /// The field as it was typed; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The field without surrounding space, when there is something in it.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|text| !text.is_empty())
    }

    /// True when a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// The field as a number, such as an id that a list offered.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name).trim().parse().ok()
    }

    /// Fields whose name begins so: the rest of the name, and the value.
    pub fn starting<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(key, value)| Some((key.strip_prefix(start)?, &**value)))
    }

    /// The ids of ticked boxes named `team-12`: `typed.ids("team-")`.
    pub fn ids(&self, start: &str) -> Vec<i64> {
        self.starting(start).filter_map(|(rest, _)| rest.parse().ok()).collect()
    }
}

impl FromRequest<App> for Typed {
    type Rejection = WebError;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        match Form::<Vec<(String, String)>>::from_request(request, app).await {
            Ok(Form(fields)) => Ok(Typed(fields)),
            Err(_) => Err(WebError(Error::Invalid(Vec::new()))),
        }
    }
}

/// The `{id}` of the path; what is no number is not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id(pub i64);

impl FromRequestParts<App> for Id {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let found = RawPathParams::from_request_parts(parts, app).await;
        let params = found.map_err(|_| WebError(Error::NotFound))?;
        let id = params.iter().find(|(name, _)| *name == "id").map(|(_, value)| value.parse());
        match id {
            Some(Ok(id)) => Ok(Id(id)),
            _ => Err(WebError(Error::NotFound)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_kept_as_typed() {
        let typed = Typed::new().with("name", " Asha ").with("team-7", 1).with("team-x", 1);
        assert_eq!(typed.get("name"), " Asha ");
        assert_eq!(typed.some("name"), Some("Asha"));
        assert_eq!(typed.some("email"), None);
        assert_eq!(typed.ids("team-"), [7]);
        assert!(typed.ticked("team-7") && !typed.ticked("team-8"));
    }
}
