//! Headers that every answer carries, and where a request really comes from.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::header::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::Config;

const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; frame-src 'self'; object-src 'none'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// Adds the security headers an answer does not set itself.
pub async fn secure_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        headers
            .entry(HeaderName::from_static(name))
            .or_insert_with(|| HeaderValue::from_static(value));
    }
    response
}

/// The client's address: the nearest one that is not a proxy we trust.
pub fn client_ip(config: &Config, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())?;
    if !config.trusted_proxies.contains(&peer) {
        return Some(peer);
    }
    // A proxy may add a line of its own below one that the client invented: the last counts most.
    let lines: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let nearest = lines
        .into_iter()
        .rev()
        .flat_map(|text| text.rsplit(','))
        .filter_map(|text| text.trim().parse().ok())
        .find(|ip: &IpAddr| !config.trusted_proxies.contains(ip));
    Some(nearest.unwrap_or(peer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn ip(peer: &str, forwarded: &[&str]) -> String {
        let config = Config {
            data: "unused".into(),
            database: None,
            base_url: "https://desk.example.in".into(),
            trusted_proxies: vec!["127.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()],
        };
        let mut request = Request::builder().uri("/login");
        for line in forwarded {
            request = request.header("x-forwarded-for", *line);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: SocketAddr = format!("{peer}:4000").parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        client_ip(&config, &request).unwrap().to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_where_a_request_comes_from() {
        assert_eq!(ip("203.0.113.9", &["198.51.100.7"]), "203.0.113.9");
        assert_eq!(ip("127.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(ip("127.0.0.1", &["192.0.2.1, 198.51.100.7, 10.0.0.2"]), "198.51.100.7");
        assert_eq!(ip("127.0.0.1", &["192.0.2.1", "198.51.100.7"]), "198.51.100.7");
        assert_eq!(ip("127.0.0.1", &["rubbish"]), "127.0.0.1");
    }
}
