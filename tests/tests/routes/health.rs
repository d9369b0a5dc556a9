//! `/healthz`, `/readyz`: does the server live, and may it be asked?

use gridward_tests::ground::Ground;

#[test]
fn a_server_that_listens_is_ready_and_says_which_map_it_has() {
    let ground = Ground::town();
    let live = ground.client().get("/healthz");
    assert_eq!(live.status, 200);
    assert!(live.text().starts_with("gridward "), "{}", live.text());
    let ready = ground.client().get("/readyz");
    assert_eq!(ready.status, 200);
    let version = ground.ask("/city")["version"].as_str().expect("a version").to_owned();
    assert_eq!(ready.text().trim(), format!("ready at {version}"));
    ground.stop();
}

#[test]
fn each_process_names_the_sources_it_was_built_from() {
    let ground = Ground::empty();
    let (well, said) = gridward_tests::run(&["--version"]);
    assert!(well, "{said}");
    assert_eq!(ground.client().get("/healthz").text().trim(), said.trim());
    ground.stop();
}
