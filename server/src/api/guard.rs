//! What holds for every request: who may ask at all, and what a browser may do with the answer.

use super::problem::Problem;
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::time::Duration;

/// Pages load from this server and from nowhere else.
const CONTENT_SECURITY_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self'; worker-src 'self' blob:; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; \
     connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
);

/// How long a request may take from its headers to the beginning of its answer, its body included.
const REQUEST_MAX: Duration = Duration::from_secs(30);

/// Refuses requests that name another host, then marks the answer.
///
/// As long as there are no accounts, being at this machine is what entitles somebody to ask. A page of another site, opened in a browser
/// here, could point its own name at 127.0.0.1 and ask in this person's place; its requests carry that name, and are refused.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let from_here = every(request.headers(), &header::HOST, is_this_machine)
        && every(request.headers(), &header::ORIGIN, |origin| {
            origin.strip_prefix("http://").is_some_and(is_this_machine)
        });
    let mut response = if from_here {
        // A client that sends its body a byte a minute holds nothing for longer than this.
        match tokio::time::timeout(REQUEST_MAX, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::too_slow(REQUEST_MAX).into_response(),
        }
    } else {
        Problem::foreign_host().into_response()
    };
    let head = response.headers_mut();
    head.insert(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    head.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    head.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    head.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
    response
}

/// Whether every value of a header is right; one that is no text is not.
fn every(headers: &HeaderMap, name: &HeaderName, right: impl Fn(&str) -> bool) -> bool {
    headers.get_all(name).iter().all(|value| value.to_str().is_ok_and(&right))
}

/// Whether `host[:port]`, and nothing beside it, names this machine: addresses in answers are made of it.
fn is_this_machine(authority: &str) -> bool {
    let Ok(plain) = authority.parse::<Authority>() else { return false };
    if plain.as_str().contains('@') {
        return false;
    }
    let host = plain.host().trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_taken() {
        for here in ["127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080", "127.9.9.9"] {
            assert!(is_this_machine(here), "{here} was refused");
        }
        for there in [
            "example.com",
            "127.0.0.1.example.com:80",
            "localhost.example.com",
            "192.168.0.1",
            "",
            "null",
            "a@127.0.0.1@b",
            "a@127.0.0.1",
            "127.0.0.1/\"x",
            "127.0.0.1:80/x",
            "127.0.0.1?x",
        ] {
            assert!(!is_this_machine(there), "{there} was taken");
        }
    }
}
