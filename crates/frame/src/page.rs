//! Answers of page handlers: a page, a page with errors, a fragment, a way on.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::Markup;

use crate::flash::Flash;

/// What a handler answers.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    body: Markup,
    location: Option<String>,
    cookies: Vec<String>,
}

impl Page {
    /// A whole page.
    pub fn ok(body: Markup) -> Page {
        Page { status: StatusCode::OK, body, location: None, cookies: Vec::new() }
    }

    /// Part of a page: the HTML of one live element.
    pub fn fragment(body: Markup) -> Page {
        Page::ok(body)
    }

    /// After a change: go and see it (303), so that a reload does not send the form again.
    pub fn redirect(to: &str) -> Page {
        let location = Some(to.to_string());
        Page { status: StatusCode::SEE_OTHER, location, ..Page::ok(Markup::default()) }
    }

    /// The same page with what is wrong in it (422): what was typed is kept.
    pub fn invalid(self) -> Page {
        self.status(StatusCode::UNPROCESSABLE_ENTITY)
    }

    pub fn status(mut self, status: StatusCode) -> Page {
        self.status = status;
        self
    }

    /// Says this on the next page.
    pub fn flash(self, flash: &Flash) -> Page {
        let cookie = flash.cookie();
        self.cookie(cookie)
    }

    /// Adds a `Set-Cookie` header.
    pub fn cookie(mut self, cookie: String) -> Page {
        self.cookies.push(cookie);
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body.into_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        if let Some(to) = self.location {
            // An address with a line break would be two headers: home is the answer to that.
            let to = HeaderValue::from_bytes(to.as_bytes());
            headers.insert(LOCATION, to.unwrap_or(HeaderValue::from_static("/")));
        }
        for cookie in self.cookies {
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                headers.append(SET_COOKIE, value);
            }
        }
        response
    }
}
