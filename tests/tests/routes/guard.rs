//! What holds for every route: who may ask at all, how, and what a browser may do with the answer.

use gridward_tests::{
    ground::{Ground, fresh_key, hazard},
    wire::{self, Wire},
};
use serde_json::Value;

const PATHS: [&str; 6] =
    ["/api/v1/city", "/api/v1/tiles/base/0/0/0", "/command/", "/healthz", "/openapi.json", "/nothing"];

/// The status and the slug of the answer to a request with these header lines.
fn asked(ground: &Ground, path: &str, headers: &[&str]) -> (u16, Value) {
    let mut wire = Wire::connect(ground.address()).expect("it listens");
    let reply = wire.ask(&wire::get(path, headers)).expect("an answer");
    (reply.status, reply.json()["type"].clone())
}

#[test]
fn names_that_are_not_this_machine_are_refused() {
    let ground = Ground::town();
    for path in PATHS {
        for foreign in [
            "host: example.com",
            "host: 127.0.0.1.example.com",
            "host: localhost.example.com:8080",
            "host: 192.168.1.1",
            "host: 0.0.0.0",
            "host: [::]",
            "host: somebody@127.0.0.1",
            "host: 127.0.0.1/path",
            "host: 铁西区",
        ] {
            assert_eq!(
                asked(&ground, path, &[foreign]),
                (421, "/problems/foreign-host".into()),
                "{path} {foreign}"
            );
        }
        for foreign in [
            "origin: http://example.com",
            "origin: https://example.com",
            "origin: null",
            "origin: http://127.0.0.1.example.com",
            "origin: file://",
            "origin:",
        ] {
            assert_eq!(
                asked(&ground, path, &[foreign]),
                (421, "/problems/foreign-host".into()),
                "{path} {foreign}"
            );
        }
    }
    ground.stop();
}

#[test]
fn names_of_this_machine_are_taken() {
    let ground = Ground::town();
    for headers in [
        &["host: localhost"][..],
        &["host: localhost:8080"],
        &["host: 127.0.0.1:1"],
        &["host: [::1]:8080"],
        &["host: LOCALHOST", "origin: http://localhost:5173"],
        &["host: 127.0.0.1", "origin: http://[::1]"],
    ] {
        assert_eq!(asked(&ground, "/api/v1/city", headers).0, 200, "{headers:?}");
    }
    ground.stop();
}

#[test]
fn a_page_of_another_site_cannot_tell_anything() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let (key, body) = (fresh_key(), hazard(lon, lat).to_string());
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", key.as_str()),
        ("origin", "https://example.com"),
    ];
    let answer = ground.client().try_send("/api/v1/reports", &headers, body.as_bytes()).expect("an answer");
    assert_eq!(answer.problem(421), "foreign-host");
    assert_eq!(ground.ask("/city")["counts"]["cases"], 0);
    ground.stop();
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let ground = Ground::town();
    let answers = PATHS
        .map(|path| ground.client().get(path))
        .into_iter()
        .chain([ground.client().get_with("/api/v1/city", &[("origin", "http://example.com")])])
        .chain([ground.client().get("/api/v1/near?lon=x"), ground.client().get("/")]);
    for answer in answers {
        let policy = answer.header("content-security-policy").expect("a policy").to_owned();
        for part in ["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{part} is missing in {policy}");
        }
        assert!(
            !policy.contains("unsafe-eval") && !policy.contains("script-src 'self' 'unsafe-inline'"),
            "{policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
        assert!(answer.header("access-control-allow-origin").is_none(), "nobody else may read it");
    }
    ground.stop();
}

#[test]
fn another_method_is_a_problem_like_any_other() {
    let ground = Ground::town();
    let mut wire = Wire::connect(ground.address()).expect("it listens");
    for (method, path) in [
        ("POST", "/api/v1/city"),
        ("DELETE", "/api/v1/cases/1"),
        ("PUT", "/api/v1/reports"),
        ("GET", "/api/v1/reports"),
        ("PATCH", "/api/v1/tiles/base/0/0/0"),
        ("POST", "/healthz"),
        ("POST", "/command/"),
        ("DELETE", "/nothing"),
        ("OPTIONS", "/api/v1/reports"),
    ] {
        let request = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n");
        let reply = wire.ask(request.as_bytes()).expect("an answer");
        let problem = reply.json();
        assert_eq!(
            (reply.status, &problem["type"]),
            (405, &"/problems/method-not-allowed".into()),
            "{method} {path}"
        );
        let head = String::from_utf8_lossy(reply.head).to_lowercase();
        assert!(head.contains("content-type: application/problem+json"), "{head}");
    }
    ground.stop();
}

#[test]
fn a_request_that_is_no_http_harms_nobody() {
    let ground = Ground::town();
    for rubbish in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"GET\r\n\r\n",
        b"GET /api/v1/city HTTP/1.1\r\n\r\n\r\n",
        b"POST /api/v1/reports HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
        b"GET /api/v1/city HTTP/1.1\r\nhost: localhost\r\nx: \x00\r\n\r\n",
    ] {
        let mut wire = Wire::connect(ground.address()).expect("it listens");
        if let Ok(reply) = wire.ask(rubbish) {
            assert!(reply.status < 500, "{}", String::from_utf8_lossy(reply.head));
        }
    }
    assert_eq!(ground.client().get("/readyz").status, 200);
    ground.stop();
}
