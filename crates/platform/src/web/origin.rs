//! Cross-site requests cannot change anything: browsers say where a request comes from, and only
//! our own pages may send changes. (The cookie is SameSite=Lax besides.)

use axum::extract::Request;
use axum::http::Method;
use axum::http::header::{HOST, ORIGIN};

use crate::error::Error;

/// Refuses a changing request that another site's page made.
pub(super) fn check(request: &Request) -> Result<(), Error> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let allowed = match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => {
            let host = header(HOST.as_str()).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, from)| from == host)
        }
        // No browser sends a form without either; a program without a browser has no cookie jar
        // that another site could abuse.
        (None, None) => true,
    };
    if allowed { Ok(()) } else { Err(Error::Denied { permission: "same-origin" }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn allowed(method: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().method(method).uri("/w/arohi/cases");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        check(&request.body(Body::empty()).unwrap()).is_ok()
    }

    #[test]
    fn only_our_own_pages_may_change_things() {
        assert!(allowed("POST", &[("sec-fetch-site", "same-origin")]));
        assert!(!allowed("POST", &[("sec-fetch-site", "cross-site")]));
        assert!(!allowed("POST", &[("sec-fetch-site", "same-site")]));
        assert!(allowed("GET", &[("sec-fetch-site", "cross-site")]));
        let ours = [("host", "desk.example.in"), ("origin", "https://desk.example.in")];
        assert!(allowed("POST", &ours));
        let theirs = [("host", "desk.example.in"), ("origin", "https://evil.example")];
        assert!(!allowed("DELETE", &theirs));
        assert!(!allowed("POST", &[("host", "desk.example.in"), ("origin", "null")]));
    }
}
