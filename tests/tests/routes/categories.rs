//! `GET /categories`: which categories of matters are there?

use gridward_tests::ground::Ground;

#[test]
fn the_sixteen_categories_are_named_in_both_languages() {
    let ground = Ground::empty();
    let answer = ground.ask("/categories");
    let categories = answer["categories"].as_array().expect("a list");
    let codes: Vec<&str> = categories.iter().filter_map(|category| category["code"].as_str()).collect();
    let expected: Vec<String> = (1..=16).map(|number| format!("{number:02}")).collect();
    assert_eq!(codes, expected);
    for category in categories {
        let (zh, en) = (category["zh"].as_str().expect("a name"), category["en"].as_str().expect("a name"));
        assert!(!zh.is_ascii() && en.is_ascii() && !en.is_empty(), "{category}");
    }
    assert!(categories.iter().any(|category| category["hazard"] == true), "{answer}");
    assert!(categories.iter().any(|category| category["hazard"] == false), "{answer}");
    ground.stop();
}

#[test]
fn a_report_makes_a_hazard_exactly_where_its_category_says_so() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let answer = ground.ask("/categories");
    for category in answer["categories"].as_array().expect("a list") {
        let mut body = gridward_tests::ground::hazard(lon, lat);
        body["category"] = category["code"].clone();
        let told =
            ground.client().post("/api/v1/reports", &gridward_tests::ground::fresh_key(), &body).json(201);
        assert_eq!(told["hazard"].is_u64(), category["hazard"] == true, "{category}: {told}");
        let case = ground.ask(&format!("/cases/{}", told["case"]));
        assert_eq!(case["category"], category["code"]);
    }
    ground.stop();
}
