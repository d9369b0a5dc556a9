//! A city that is served: what most tests stand on, and where on it things are.

use crate::{
    http::Client,
    server::Server,
    store::{City, Folder},
};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

/// A server of its own, on a store of its own. (Each test runs in a process of its own, and what is static there is never dropped: a
/// shared server would outlive its tests.)
#[derive(Debug)]
pub struct Ground {
    // The order matters: the server goes before its folder.
    server: Server,
    folder: Folder,
    arguments: Vec<String>,
}

impl Ground {
    /// Serves the made-up town, which is there on every machine.
    ///
    /// # Panics
    /// If it cannot be made or served.
    #[must_use]
    pub fn town() -> Self {
        Self::of(City::Town).expect("the made-up town is there on every machine")
    }

    /// Serves the made-up town with people in it, and waits until those whose turn it is are on duty.
    ///
    /// # Panics
    /// If it cannot be made or served.
    #[must_use]
    pub fn folk() -> Self {
        Self::folk_with(&[])
    }

    /// The same with more on the command line.
    ///
    /// # Panics
    /// If it cannot be made or served.
    #[must_use]
    pub fn folk_with(arguments: &[&str]) -> Self {
        let folder = City::Folk.store().expect("the made-up town is there on every machine");
        let ground = Self::start(folder, arguments);
        for _ in 0..600 {
            if ground.ask("/responders")["on_duty"].as_u64() > Some(0) {
                return ground;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("nobody came on duty within 30 s");
    }

    /// Serves a city; `None` where its data is not on this machine.
    ///
    /// # Panics
    /// If it cannot be made or served.
    #[must_use]
    pub fn of(city: City) -> Option<Self> {
        Some(Self::start(city.store()?, &[]))
    }

    /// Serves a store in which there is nothing.
    ///
    /// # Panics
    /// If it cannot be served.
    #[must_use]
    pub fn empty() -> Self {
        Self::start(Folder::new(), &[])
    }

    /// Serves the made-up town with more on the command line.
    ///
    /// # Panics
    /// If it cannot be made or served.
    #[must_use]
    pub fn town_with(arguments: &[&str]) -> Self {
        let folder = City::Town.store().expect("the made-up town is there on every machine");
        Self::start(folder, arguments)
    }

    fn start(folder: Folder, arguments: &[&str]) -> Self {
        let server = Server::try_start(folder.path(), arguments);
        let server = server.unwrap_or_else(|said| panic!("the server did not come up:\n{said}"));
        Self { server, folder, arguments: arguments.iter().map(|&argument| argument.to_owned()).collect() }
    }

    /// Asks it over HTTP.
    #[must_use]
    pub fn client(&self) -> &Client {
        self.server.client()
    }
    /// The server.
    #[must_use]
    pub fn server(&self) -> &Server {
        &self.server
    }
    /// The folder of its store.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }
    /// `host:port`.
    #[must_use]
    pub fn address(&self) -> &str {
        self.client().root().trim_start_matches("http://")
    }

    /// The answer, as JSON, to a question that must be answered well. The path is told from `/api/v1` on.
    ///
    /// # Panics
    /// If it is answered otherwise.
    #[must_use]
    pub fn ask(&self, path: &str) -> Value {
        self.client().get(&format!("/api/v1{path}")).json(200)
    }

    /// The slug of the problem with which a question is refused. The path is told from `/api/v1` on.
    ///
    /// # Panics
    /// If it is answered otherwise.
    #[must_use]
    pub fn refusal(&self, path: &str, status: u16) -> String {
        let answer = self.client().get(&format!("/api/v1{path}"));
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        answer.problem(status)
    }

    /// Points that surely lie in the city, as longitude and latitude: where labels of its areas are put, at most `count`.
    ///
    /// # Panics
    /// If there are none.
    #[must_use]
    pub fn places(&self, count: usize) -> Vec<(f64, f64)> {
        let page = self.ask(&format!("/areas?level=grid&limit={count}"));
        let places: Vec<_> =
            page["areas"].as_array().expect("a list").iter().map(|area| point(&area["centre"])).collect();
        assert!(!places.is_empty(), "the city has no grids");
        places
    }

    /// A point on a street of the city: where the search by name puts the first one.
    ///
    /// # Panics
    /// If there is no street with a name.
    #[must_use]
    pub fn on_street(&self) -> Value {
        let found = self.ask("/search?q=%E8%B7%AF&limit=50");
        let streets = found["results"].as_array().expect("a list");
        let street = streets.iter().find(|found| found["kind"] == "street").expect("a street");
        street["place"].clone()
    }

    /// The time now, milliseconds since 1970.
    ///
    /// # Panics
    /// If the clock stands before 1970.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        u64::try_from(now.expect("after 1970").as_millis()).expect("it fits")
    }

    /// Tells of a hazard at a point; the answer must be that it was taken.
    ///
    /// # Panics
    /// If it is not.
    #[expect(clippy::must_use_candidate, reason = "often the telling alone matters")]
    pub fn tell(&self, lon: f64, lat: f64) -> Value {
        self.client().post("/api/v1/reports", &fresh_key(), &hazard(lon, lat)).json(201)
    }

    /// The same city after `kill -9` of its server and a new start.
    #[must_use]
    pub fn after_a_power_cut(self) -> Self {
        let Self { server, folder, arguments } = self;
        server.kill();
        Self::start(folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Stops the server, which must end well, and does something with its store before the folder goes; what it said.
    ///
    /// # Panics
    /// If it does not end well.
    pub fn stop_and<T>(self, then: impl FnOnce() -> T) -> String {
        let said = self.server.stop();
        then();
        said
    }

    /// Stops the server, which must have nothing to complain of.
    ///
    /// # Panics
    /// If it does not end well, or warned of something.
    pub fn stop(self) {
        let said = self.server.stop();
        assert_clean(&said);
    }
}

/// Fails if a log warns of something.
///
/// # Panics
/// If it does.
pub fn assert_clean(log: &str) {
    let warned: Vec<&str> = log
        .lines()
        .filter(|line| [" WARN ", " ERROR ", "panicked"].iter().any(|word| line.contains(word)))
        .collect();
    assert!(warned.is_empty(), "the log is not clean:\n{}", warned.join("\n"));
}

/// The body of a report that makes a hazard.
#[must_use]
pub fn hazard(lon: f64, lat: f64) -> Value {
    json!({"channel": "patrol", "category": "14", "text": "三单元门口有飞线充电", "place": {"lon": lon, "lat": lat}})
}

/// A key that was not used before in this process.
#[must_use]
pub fn fresh_key() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Longitude and latitude of a place in an answer.
///
/// # Panics
/// If it is none.
#[must_use]
pub fn point(place: &Value) -> (f64, f64) {
    (place["lon"].as_f64().expect("a longitude"), place["lat"].as_f64().expect("a latitude"))
}

/// The distance of two points, metres: on the ellipsoid of WGS-84, flat around their middle; good to a millimetre over a kilometre.
#[must_use]
pub fn distance_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (semi_major_m, eccentricity_squared) = (6_378_137.0_f64, 0.006_694_379_990_14_f64);
    let middle = f64::midpoint(a.1, b.1).to_radians();
    let curve = 1.0 - eccentricity_squared * middle.sin().powi(2);
    let along_meridian_m = semi_major_m * (1.0 - eccentricity_squared) / curve.powf(1.5);
    let along_parallel_m = semi_major_m / curve.sqrt() * middle.cos();
    let east_m = (a.0 - b.0).to_radians() * along_parallel_m;
    let north_m = (a.1 - b.1).to_radians() * along_meridian_m;
    east_m.hypot(north_m)
}

/// The tile of a zoom in which a point lies: column and row (Web Mercator).
#[must_use]
pub fn tile_of(zoom: u32, (lon, lat): (f64, f64)) -> (u32, u32) {
    let side = f64::from(1_u32 << zoom);
    let height = lat.to_radians().sin();
    let down = 0.5 - ((1.0 + height) / (1.0 - height)).ln() / (4.0 * std::f64::consts::PI);
    (((lon + 180.0) / 360.0 * side) as u32, (down * side) as u32)
}
