//! Streets cut into pieces.

use crate::board::{area_id, at, board};
use gridward_data::model::id::StreetId;
use gridward_domain::patrol::pieces::{PieceId, Pieces};

fn street(number: u64) -> StreetId {
    StreetId::new(number).expect("an id")
}

/// How many pieces of a street lie in a grid.
fn count(pieces: &Pieces, of: u64, grid: u64) -> usize {
    let rows = pieces.streets.rows().iter();
    rows.filter(|row| row.id.street == street(of) && row.grid == area_id(grid)).count()
}

#[test]
fn a_street_is_cut_into_equal_pieces_of_at_most_ten_metres_each_in_one_grid() {
    let (index, pieces) = (board(), Pieces::cut(&board(), 10.0));
    // 559 m, half of it in each grid.
    assert_eq!((count(&pieces, 1, 2), count(&pieces, 1, 3)), (28, 28));
    // 80 and 55 m around a corner: 14 pieces of 9.64 m.
    assert_eq!(count(&pieces, 3, 2), 14);
    let line = index.places().streets.find(3).expect("street 3");
    let length_m = |first: u32, last: u32| {
        let line = pieces.line(&index, line, first, last);
        let metres: Vec<_> = line.iter().map(|place| index.frame().to_metres(*place)).collect();
        metres.windows(2).map(|pair| pair[0].distance(pair[1])).sum::<f64>()
    };
    for number in 0..14 {
        assert!(
            (length_m(number, number) - 135.0 / 14.0).abs() < 0.1,
            "piece {number}: {}",
            length_m(number, number)
        );
    }
    assert!((length_m(0, 13) - 135.0).abs() < 0.1);
    assert_eq!(pieces.line(&index, line, 8, 8).len(), 3, "the piece around the corner has a corner");
}

#[test]
fn a_street_on_the_border_belongs_to_the_grid_with_the_lower_number_along_its_whole_length() {
    let pieces = Pieces::cut(&board(), 10.0);
    assert_eq!((count(&pieces, 2, 2), count(&pieces, 2, 3)), (36, 0));
}

#[test]
fn where_nobody_may_walk_there_is_nothing_to_cover() {
    let pieces = Pieces::cut(&board(), 10.0);
    assert_eq!((count(&pieces, 4, 2), count(&pieces, 4, 3)), (0, 0));
}

#[test]
fn rows_are_found_by_number_and_by_grid() {
    let pieces = Pieces::cut(&board(), 10.0);
    let all = &pieces.streets;
    assert_eq!(all.grids().collect::<Vec<_>>(), [area_id(2), area_id(3)]);
    assert_eq!(all.of_grid(area_id(2)).len() + all.of_grid(area_id(3)).len(), all.rows().len());
    assert!(all.of_grid(area_id(1)).is_empty());
    for (at, row) in all.rows().iter().enumerate() {
        assert_eq!(all.find(row.id), Some(at));
        assert!(all.of_grid(row.grid).contains(&at));
    }
    assert_eq!(all.find(PieceId { street: street(1), number: 56 }), None);
    assert_eq!(pieces.entrances.rows().len(), 2);
}

#[test]
fn the_point_of_a_piece_is_its_middle() {
    let (index, pieces) = (board(), Pieces::cut(&board(), 10.0));
    let first = pieces.streets.find(PieceId { street: street(1), number: 0 }).expect("a piece");
    let middle = index.frame().to_metres(at(-274.5, 0.0));
    assert!(pieces.streets.rows()[first].point.distance(middle) < 0.1);
}
