//! `gridward simulate`: do people walk, over the interface alone, and does who is sent go there?

use gridward_tests::{
    binary,
    ground::{Ground, distance_m, point},
    run,
    store::Folder,
};
use serde_json::{Value, json};
use std::{
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

/// A simulation that ends with the test.
struct Simulation(Child);

impl Simulation {
    fn of(ground: &Ground, arguments: &[&str]) -> Self {
        let mut command = Command::new(binary());
        command.arg("simulate").arg("--store").arg(ground.folder().path()).args(arguments);
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary can be run"))
    }
}

impl Drop for Simulation {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Asks again and again until the answer is there.
fn wait_for<T>(what: &str, ask: impl Fn() -> Option<T>) -> T {
    for _ in 0..300 {
        if let Some(answer) = ask() {
            return answer;
        }
        thread::sleep(Duration::from_millis(200));
    }
    panic!("{what} did not happen within a minute");
}

fn people(ground: &Ground) -> Vec<Value> {
    let force = ground.ask("/responders");
    let people = force["people"].as_array().expect("a list").iter();
    people.filter(|person| person["position"]["source"] == "fix").cloned().collect()
}

#[test]
fn people_walk_and_who_is_sent_goes_there_and_says_so() {
    let ground = Ground::folk();
    let simulation = Simulation::of(&ground, &["--people", "5", "--speed", "60"]);
    // At some hours fewer are on duty in so small a town, and of those at a desk most carry a telephone that says nothing.
    let at_desk = |shift: &Value| shift["duty"]["kind"] == "resident" && shift["duty_post"].is_object();
    let many = ground.shifts().iter().filter(|shift| !at_desk(shift)).count().min(5);
    assert!(many > 0, "nobody walks at this hour");
    let seen = wait_for("as many being seen", || Some(people(&ground)).filter(|people| people.len() >= many));
    let far = |person: &Value| {
        let before = seen.iter().find(|other| other["responder"] == person["responder"]);
        before.is_some_and(|before| {
            distance_m(point(&before["position"]["place"]), point(&person["position"]["place"])) > 60.0
        })
    };
    wait_for("somebody walking", || people(&ground).iter().any(far).then_some(()));

    let case = ground.case_at(ground.places(1)[0]);
    let responder = ground.workers()[0];
    let task = ground.assign(&json!({"case": case, "responder": responder})).json(201)["id"].clone();
    wait_for("the task being done", || {
        let state = ground.ask(&format!("/tasks/{task}"))["state"].clone();
        (state == "done").then_some(())
    });
    assert_eq!(ground.ask(&format!("/cases/{case}"))["state"], "handled");
    drop(simulation);
    ground.stop();
}

#[test]
fn without_a_server_it_says_what_to_do() {
    let folder = Folder::new();
    let (well, said) = run(&["simulate", "--store", &folder.join("store")]);
    assert!(!well && said.contains("gridward serve"), "{said}");
    let (well, said) = run(&["simulate", "--server", "http://127.0.0.1:9"]);
    assert!(!well && said.contains("does not answer") && said.contains("gridward serve"), "{said}");
    let (well, said) = run(&["simulate", "--server", "http://127.0.0.1:9", "--speed", "0.5"]);
    assert!(!well && said.contains("--speed"), "{said}");
    let (well, said) = run(&["simulate"]);
    assert!(!well && said.contains("--server URL or --store DIR"), "{said}");
}

#[test]
fn those_on_patrol_cover_streets_and_their_patrols_end_with_the_walk() {
    let ground = Ground::folk();
    let mut simulation =
        Simulation::of(&ground, &["--people", "20", "--patrols", "20", "--speed", "20", "--minutes", "1"]);
    let patrol = wait_for("a patrol", || {
        let running = ground.ask("/patrols")["patrols"].clone();
        running.as_array().and_then(|running| running.first()).map(|patrol| patrol["id"].clone())
    });
    wait_for("some coverage", || {
        let coverage = ground.ask(&format!("/patrols/{patrol}/coverage"));
        coverage["stretches"].as_array().filter(|stretches| !stretches.is_empty()).map(Vec::len)
    });
    assert!(simulation.0.wait().expect("it ends by itself").success());
    assert_eq!(ground.ask("/patrols")["patrols"], Value::Array(Vec::new()));
    let city = ground.ask("/coverage?level=district")["areas"][0].clone();
    assert!(city["pieces"]["possible"].as_u64() > Some(0), "{city}");
    drop(simulation);
    ground.stop();
}
