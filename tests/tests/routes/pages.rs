//! `/`, `/command/` and whatever else the web pages need: the binary carries them in itself.

use flate2::read::GzDecoder;
use gridward_tests::ground::Ground;
use std::io::Read;

/// What a phone on a slow line has to fetch and read before it sees the map, bytes as they are sent.
const MAIN_SCRIPT_BUDGET: usize = 380_000;

/// What the page asks for by itself: the addresses in its `src` and `href`.
fn parts(page: &str) -> Vec<String> {
    ["src=\"", "href=\""]
        .iter()
        .flat_map(|start| page.split(start).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|address| !address.starts_with("data:") && !address.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_first_page_is_the_command_map() {
    let ground = Ground::empty();
    let first = ground.client().get("/");
    assert_eq!((first.status, first.header("location")), (307, Some("/command/")));
    let bare = ground.client().get("/command");
    assert_eq!((bare.status, bare.header("location")), (308, Some("/command/")));
    let page = ground.client().get("/command/");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.text().to_lowercase().starts_with("<!doctype html>"), "{}", page.text());
    ground.stop();
}

#[test]
fn whatever_the_page_needs_is_on_this_server() {
    let ground = Ground::empty();
    let page = ground.client().get("/command/").text();
    for address in parts(&page) {
        assert!(address.starts_with('/') && !address.starts_with("//"), "{address} is elsewhere");
        let part = ground.client().get(&address);
        assert_eq!(part.status, 200, "{address}");
        assert!(!part.body.is_empty(), "{address}");
        let kind = part.header("content-type").unwrap_or("");
        let expected = match address.rsplit('.').next() {
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("woff2") => "font/woff2",
            _ => continue,
        };
        assert_eq!(kind, expected, "{address}");
        if address.starts_with("/assets/") {
            assert!(part.header("cache-control").is_some_and(|keep| keep.contains("immutable")), "{address}");
        }
    }
    ground.stop();
}

#[test]
fn the_scripts_of_the_page_fit_into_their_budget() {
    let ground = Ground::empty();
    let page = ground.client().get("/command/").text();
    let mut scripts = parts(&page);
    scripts.retain(|address| address.rsplit('.').next() == Some("js"));
    assert!(!scripts.is_empty(), "the page names no script: {page}");
    let sent =
        |address: &String| ground.client().get_with(address, &[("accept-encoding", "gzip")]).body.len();
    let size: usize = scripts.iter().map(sent).sum();
    assert!(size <= MAIN_SCRIPT_BUDGET, "{scripts:?} take {size} bytes of gzip");
    ground.stop();
}

#[test]
fn scripts_and_styles_are_packed_for_who_takes_that() {
    let ground = Ground::empty();
    let page = ground.client().get("/command/").text();
    let scripts = parts(&page);
    let script = scripts.iter().find(|part| part.rsplit('.').next() == Some("js")).expect("a script");
    let plain = ground.client().get(script);
    let packed = ground.client().get_with(script, &[("accept-encoding", "gzip")]);
    assert_eq!((plain.header("content-encoding"), packed.header("content-encoding")), (None, Some("gzip")));
    assert_eq!(packed.header("vary"), Some("accept-encoding"));
    assert_ne!(plain.header("etag"), packed.header("etag"));
    let mut text = Vec::new();
    GzDecoder::new(&packed.body[..]).read_to_end(&mut text).expect("gzip");
    assert!(text == plain.body, "it is another script");
    assert!(packed.body.len() * 2 < plain.body.len());
    let font =
        ground.client().get_with("/fonts/noto-sans-sc-5.3.0/latin-400.woff2", &[("accept-encoding", "gzip")]);
    assert_eq!((font.status, font.header("content-encoding")), (200, None));
    ground.stop();
}

#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let ground = Ground::empty();
    let page = ground.client().get("/command/");
    let etag = page.header("etag").expect("a page has an etag");
    let again = ground.client().get_with("/command/", &[("if-none-match", etag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let other = ground.client().get_with("/command/", &[("if-none-match", "\"other\"")]);
    assert_eq!(other.status, 200);
    ground.stop();
}

#[test]
fn pages_that_are_not_there_are_problems_like_any_other() {
    let ground = Ground::empty();
    for path in [
        "/nothing",
        "/command/nothing",
        "/assets/",
        "/command/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/api/v1",
        "/api/v1/nothing",
        "/api/v2/city",
    ] {
        assert_eq!(ground.client().get(path).problem(404), "not-found", "{path}");
    }
    ground.stop();
}
