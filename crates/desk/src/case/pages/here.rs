//! Where on the desk a request stands: the list beside the case, and the case itself.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use platform::web::WebError;
use platform::{App, Error};

use crate::case::{CaseNumber, Cursor, Order, View};

/// Which list stands beside. It is in every address of the desk, so that a reload, Back and a form
/// find the same place again. What cannot be read is left out: a list is never an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Here {
    pub view: Option<View>,
    pub order: Order,
    pub after: Option<Cursor>,
}

impl Here {
    fn read(query: &str) -> Here {
        let value = |name: &str| {
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        };
        Here {
            view: value("view").and_then(|text| text.parse().ok()),
            order: match value("order") {
                Some("newest") => Order::Newest,
                _ => Order::Urgent,
            },
            after: value("after").and_then(|text| text.parse().ok()),
        }
    }

    /// The part of an address from `?` on; empty when there is nothing to say.
    pub fn query(&self) -> String {
        self.query_with(&[])
    }

    /// The same with more values, which must be plain words or numbers.
    pub fn query_with(&self, more: &[(&str, &str)]) -> String {
        let mut parts: Vec<String> = more.iter().map(|(name, v)| format!("{name}={v}")).collect();
        if let Some(view) = self.view {
            parts.push(format!("view={view}"));
        }
        if self.order == Order::Newest {
            parts.push("order=newest".into());
        }
        if let Some(after) = self.after {
            parts.push(format!("after={after}"));
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

impl FromRequestParts<App> for Here {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Here::read(parts.uri.query().unwrap_or_default()))
    }
}

/// The `{number}` of the path; what is no number is not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbered(pub CaseNumber);

impl FromRequestParts<App> for Numbered {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let found = RawPathParams::from_request_parts(parts, app).await;
        let params = found.map_err(|_| WebError(Error::NotFound))?;
        let text = params.iter().find(|(name, _)| *name == "number").map(|(_, value)| value);
        let number = text.and_then(|text| text.parse().ok());
        number.map(Numbered).ok_or(WebError(Error::NotFound))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::QueueId;

    #[test]
    fn a_place_is_written_and_read_back() {
        let here = Here {
            view: Some(View::Queue(QueueId(7))),
            order: Order::Newest,
            after: Some(Cursor { key: 12, id: 3 }),
        };
        assert_eq!(here.query(), "?view=queue-7&order=newest&after=12.3");
        assert_eq!(Here::read(here.query().trim_start_matches('?')), here);
        assert_eq!(Here::read("view=x&after=1&order=up&q=view=mine"), Here::default());
        assert_eq!(Here::default().query(), "");
        assert_eq!(Here::default().query_with(&[("open", "1")]), "?open=1");
    }
}
