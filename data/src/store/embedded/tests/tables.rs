//! What lies in the tables.

use super::with_writer;
use crate::{
    model::{entity::Kind, time::Timestamp},
    store::{
        change::{Change, LogRow},
        contract::{block_on, folder::TestFolder, log::folded, sample},
        embedded::{RECENT_ROWS, read, writer::FORGET_EVERY},
        question::{CaseFilter, Tail},
    },
};
use rusqlite::Connection;

#[test]
fn the_words_of_a_report_lie_in_its_own_table_alone() {
    const WORDS: &str = "楼道里有电动车充电";
    let folder = TestFolder::new();
    let store = folder.open();
    block_on(sample::stored(&store, sample::reporting(1, &[sample::area(1)])));
    block_on(sample::stored(&store, sample::commit(vec![Change::Remove(sample::key(Kind::Case, 1))])));
    let holders = with_writer(&store, |connection| {
        let mut ask = connection.prepare(
            "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
             WHERE t.schema = 'main' AND t.type = 'table'",
        )?;
        let columns: Vec<(String, String)> =
            ask.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        assert!(columns.len() > 100);
        let mut holders = Vec::new();
        for (table, column) in columns {
            let ask = format!("SELECT count(*) FROM \"{table}\" WHERE instr(\"{column}\", ?1) > 0");
            let found: i64 = connection.query_row(&ask, [WORDS], |row| row.get(0))?;
            if found > 0 {
                holders.push(format!("{table}.{column}"));
            }
        }
        Ok(holders)
    });
    assert_eq!(holders, ["report.body"]);
}

#[test]
fn the_audit_has_one_row_for_each_commit_and_is_only_ever_sealed() {
    let folder = TestFolder::new();
    let store = folder.open();
    block_on(sample::stored(&store, sample::reporting(1, &[])));
    block_on(sample::stored(&store, sample::commit(Vec::new())));
    block_on(sample::stored(&store, sample::commit(vec![Change::place(sample::station(1, "一"))])));
    let _ = block_on(store.commit(sample::reporting(1, &[])));
    let rows = with_writer(&store, |connection| {
        let mut ask =
            connection.prepare("SELECT actor, first_seq, last_seq, hash FROM audit ORDER BY number")?;
        let read = |row: &rusqlite::Row<'_>| {
            let hash: Option<Vec<u8>> = row.get(3)?;
            assert_eq!(hash, None);
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, Option<i64>>(2)?))
        };
        ask.query_map([], read)?.collect::<Result<Vec<_>, _>>()
    });
    let row = |first, last| ("\"loopback\"".to_owned(), first, last);
    assert_eq!(rows, [row(Some(1), Some(3)), row(None, None), row(Some(4), Some(4))]);
    with_writer(&store, |connection| {
        for forbidden in [
            "DELETE FROM audit WHERE number = 1",
            "UPDATE audit SET actor = 'nobody'",
            "UPDATE audit SET first_seq = 7, hash = x'00' WHERE number = 2",
        ] {
            assert!(connection.execute(forbidden, []).is_err(), "{forbidden} was taken");
        }
        connection.execute("UPDATE audit SET hash = x'01' WHERE number = 1", [])?;
        assert!(connection.execute("UPDATE audit SET hash = x'02' WHERE number = 1", []).is_err());
        Ok(())
    });
}

#[test]
fn a_follower_behind_the_rows_in_memory_reads_the_rest_from_the_file() {
    let folder = TestFolder::new();
    let store = folder.open();
    let start = store.version();
    let many = RECENT_ROWS as u64 + 100;
    let stations = |name| (1..=many).map(|number| Change::place(sample::station(number, name))).collect();
    block_on(sample::stored(&store, sample::commit(stations("一"))));
    let mut version = start;
    let mut rows: Vec<LogRow> = Vec::new();
    loop {
        let Ok(Tail::Rows(piece)) = block_on(store.log_after(&version, 1_000)) else { panic!("no log") };
        let Some(last) = piece.last() else { break };
        version = last.version.clone();
        rows.extend(piece);
    }
    assert_eq!(rows.iter().map(|row| row.version.seq()).collect::<Vec<_>>(), (1..=many).collect::<Vec<_>>());
    assert_eq!(folded(Vec::new(), rows), block_on(store.load()).expect("a store").facts);
}

#[test]
fn a_follower_before_a_part_of_the_log_that_was_cut_off_loads_anew() {
    let folder = TestFolder::new();
    let store = folder.open();
    let start = store.version();
    let versions: Vec<_> =
        (1..=3).map(|number| block_on(sample::stored(&store, sample::reporting(number, &[])))).collect();
    block_on(store.close()).expect("a store");
    let file = Connection::open(folder.path().join("gridward.db")).expect("the file");
    file.execute("DELETE FROM log WHERE seq <= ?1", [versions[0].seq() as i64]).expect("a cut");
    drop(file);
    let store = folder.open();
    assert_eq!(block_on(store.log_after(&start, 10)).expect("a store"), Tail::Reload);
    assert_eq!(block_on(sample::rows_after(&store, &versions[0])).len(), 6);
    // Cut off to its end: the numbers go on all the same, and who is behind them loads anew.
    block_on(store.close()).expect("a store");
    let file = Connection::open(folder.path().join("gridward.db")).expect("the file");
    file.execute("DELETE FROM log", []).expect("a cut");
    drop(file);
    let store = folder.open();
    assert_eq!(store.version(), versions[2]);
    assert_eq!(block_on(store.log_after(&versions[1], 10)).expect("a store"), Tail::Reload);
    assert_eq!(block_on(sample::rows_after(&store, &versions[2])), []);
    let next = block_on(sample::stored(&store, sample::reporting(4, &[])));
    assert_eq!(next.seq(), versions[2].seq() + 3);
}

#[test]
fn requests_are_forgotten_after_seven_days_and_not_before() {
    const DAY_MS: i64 = 24 * 3_600_000;
    let folder = TestFolder::new();
    let store = folder.open();
    let commit = |number: u64, day: i64| {
        let mut commit = sample::commit(Vec::new());
        commit.at = Timestamp(sample::AT.0 + day * DAY_MS);
        commit.request = Some(sample::request(&format!("request-{number}"), 0, "{}"));
        block_on(sample::stored(&store, commit));
    };
    commit(1, 0);
    commit(2, 2);
    let known = |key| block_on(store.recall(key)).expect("a store").is_some();
    for number in 0..FORGET_EVERY as u64 {
        commit(100 + number, 8);
    }
    assert!(!known("request-1"));
    assert!(known("request-2") && known("request-100"));
}

#[test]
fn a_page_of_cases_is_found_by_an_index_and_not_sorted() {
    let folder = TestFolder::new();
    let store = folder.open();
    let (open, category, area) = (Some(true), Some(sample::category("14")), Some(sample::area(1)));
    let filters = [
        CaseFilter::default(),
        CaseFilter { open, ..CaseFilter::default() },
        CaseFilter { category, ..CaseFilter::default() },
        CaseFilter { area, ..CaseFilter::default() },
        CaseFilter { open, category, area },
    ];
    for filter in filters {
        let plan = with_writer(&store, move |connection| {
            let (text, values) = read::cases_statement(&filter, None, 10);
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}"))?;
            let steps = plan.query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3))?;
            steps.collect::<Result<Vec<_>, _>>()
        });
        let plan = plan.join("; ");
        assert!(plan.contains("SEARCH") && !plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
