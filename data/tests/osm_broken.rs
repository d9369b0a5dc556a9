//! Is a broken file told where it is broken, and never a reason to panic?

use gridward_data::import::{Import, ImportError, osm};
use proptest::{prelude::*, sample::Index};

const QUARTER: &str = include_str!("../samples/quarter.osm");

fn read(bytes: &[u8]) -> Result<Import, ImportError> {
    osm::read(bytes, &osm::Options::default())
}

/// Just enough of a PBF writer: messages are fields, one behind the other.
mod pbf {
    use std::collections::BTreeMap;

    pub(super) fn number(mut number: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        while number >= 0x80 {
            bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        bytes.push(number as u8);
        bytes
    }
    pub(super) fn field(tag: u64, bytes: &[u8]) -> Vec<u8> {
        [number(tag << 3 | 2), number(bytes.len() as u64), bytes.to_vec()].concat()
    }
    fn field_number(tag: u64, value: u64) -> Vec<u8> {
        [number(tag << 3), number(value)].concat()
    }
    fn packed(tag: u64, numbers: impl Iterator<Item = u64>) -> Vec<u8> {
        field(tag, &numbers.flat_map(number).collect::<Vec<u8>>())
    }
    fn zigzag(number: i64) -> u64 {
        (number << 1 ^ number >> 63) as u64
    }
    fn differences(numbers: &[i64]) -> impl Iterator<Item = u64> {
        let before = std::iter::once(0).chain(numbers.iter().copied());
        numbers
            .iter()
            .zip(before)
            .map(|(number, before)| zigzag(number - before))
            .collect::<Vec<_>>()
            .into_iter()
    }

    #[derive(Clone, Copy)]
    pub(super) enum Packing {
        Plain,
        Zlib,
        Lz4,
        Zstandard,
    }
    pub(super) fn frame(kind: &str, block: &[u8], packing: Packing) -> Vec<u8> {
        let size = field_number(2, block.len() as u64);
        let blob = match packing {
            Packing::Plain => field(1, block),
            Packing::Zlib => {
                let mut zlib = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
                let mut packed = vec![0; zlib.zlib_compress_bound(block.len())];
                let length = zlib.zlib_compress(block, &mut packed).expect("there is room");
                [size, field(3, &packed[..length])].concat()
            }
            Packing::Lz4 => [size, field(6, &lz4_flex::block::compress(block))].concat(),
            Packing::Zstandard => [size, field(7, b"\x28\xb5\x2f\xfd")].concat(),
        };
        let header = [field(1, kind.as_bytes()), field_number(3, blob.len() as u64)].concat();
        [(header.len() as u32).to_be_bytes().to_vec(), header, blob].concat()
    }
    pub(super) fn header(feature: &str, packing: Packing) -> Vec<u8> {
        frame("OSMHeader", &field(4, feature.as_bytes()), packing)
    }

    /// A small map: two crossing streets, one with a name, a building, a turn; coordinates in units of 100 nanodegrees.
    pub(super) fn map() -> Vec<u8> {
        let mut texts: Vec<&str> = vec![""];
        let mut known: BTreeMap<&str, u64> = BTreeMap::new();
        let mut text = |word: &'static str| {
            *known.entry(word).or_insert_with(|| {
                texts.push(word);
                texts.len() as u64 - 1
            })
        };
        let mut tagged = |tags: &[(&'static str, &'static str)]| {
            let keys: Vec<u64> = tags.iter().map(|(key, _)| text(key)).collect();
            let values: Vec<u64> = tags.iter().map(|(_, value)| text(value)).collect();
            [packed(2, keys.into_iter()), packed(3, values.into_iter())].concat()
        };
        let way = |id: u64, tags: Vec<u8>, nodes: &[i64]| {
            field(3, &[field_number(1, id), tags, packed(8, differences(nodes))].concat())
        };
        let ways = [
            way(11, tagged(&[("highway", "residential"), ("name", "南十路")]), &[1, 2, 3]),
            way(12, tagged(&[("highway", "footway")]), &[4, 2, 5]),
            way(13, tagged(&[("building", "yes")]), &[6, 7, 8, 6]),
        ]
        .concat();
        let turn = tagged(&[("type", "restriction"), ("restriction", "no_left_turn")]);
        let roles = [text("from"), text("via"), text("to")];
        let relation = [
            field_number(1, 21),
            turn,
            packed(8, roles.into_iter()),
            packed(9, differences(&[11, 2, 12])),
            packed(10, [1, 0, 1].into_iter()),
        ];
        let gate = [text("barrier"), text("gate")];
        let lons = [0, 1000, 2000, 1000, 1000, 100, 300, 300].map(|east| 1_233_600_000 + east);
        let lats = [0, 0, 0, -1000, 1000, 100, 100, 300].map(|north| 417_720_000 + north);
        let dense = [
            packed(1, differences(&[1, 2, 3, 4, 5, 6, 7, 8])),
            packed(8, differences(&lats)),
            packed(9, differences(&lons)),
            packed(10, [0, gate[0], gate[1], 0, 0, 0, 0, 0, 0, 0].into_iter()),
        ];
        let table: Vec<u8> = texts.iter().flat_map(|text| field(1, text.as_bytes())).collect();
        [
            field(1, &table),
            field(2, &field(2, &dense.concat())),
            field(2, &ways),
            field(2, &field(4, &relation.concat())),
        ]
        .concat()
    }
    pub(super) fn file(packing: Packing) -> Vec<u8> {
        [
            header("DenseNodes", packing),
            frame("Index", b"of somebody", packing),
            frame("OSMData", &map(), packing),
        ]
        .concat()
    }
}

#[test]
fn plain_zlib_and_lz4_blocks_give_the_same_import() {
    let plain = read(&pbf::file(pbf::Packing::Plain)).expect("a sound map");
    assert_eq!((plain.entities.len(), plain.nodes, plain.faults.len()), (4, 5, 0), "{:?}", plain.faults);
    for packing in [pbf::Packing::Zlib, pbf::Packing::Lz4] {
        assert!(read(&pbf::file(packing)).expect("a sound map") == plain);
    }
}

#[test]
fn a_file_that_is_cut_off_says_so_wherever_it_is_cut() {
    let header = pbf::header("DenseNodes", pbf::Packing::Zlib).len();
    let file = pbf::file(pbf::Packing::Zlib);
    for length in 5..file.len() {
        let error = read(&file[..length]).expect_err("it was taken").to_string();
        let between_blocks = error.contains("holds no node");
        let cut = error.contains(&format!("the file ends at byte {length} in the middle of"));
        assert!(cut || between_blocks && length >= header, "{length}: {error}");
    }
    for length in (1..QUARTER.len() - 2).filter(|length| QUARTER.is_char_boundary(*length)).step_by(7) {
        let error = read(&QUARTER.as_bytes()[..length]).expect_err("it was taken").to_string();
        let said =
            ["the file ends at byte", "line ", "XML of another kind"].iter().any(|said| error.contains(said));
        assert!(said, "{length}: {error}");
    }
}

#[test]
fn files_that_are_no_map_are_told_apart() {
    let cases: [(&[u8], &str); 12] = [
        (b"", "an empty file"),
        (b" \r\n\t", "an empty file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a file of another kind"),
        (b"\x1f\x8b\x08\0\0\0", "packed with gzip, not a map of OpenStreetMap: unpack it first"),
        (b"BZh91AY&SY", "packed with bzip2"),
        (b"\xfd7zXZ\0", "packed with xz"),
        (b"PK\x03\x04", "a zip archive"),
        (b"\xff\xfe<\0o\0", "a text in UTF-16"),
        (b"{\"type\":\"FeatureCollection\"}", "this is JSON"),
        (b"<?xml version=\"1.0\"?><gpx/>", "XML of another kind"),
        (b"<osmChange version=\"0.6\"/>", "XML of another kind"),
        (b"<osm version=\"0.6\"/>", "the file holds no node that can be used"),
    ];
    for (bytes, said) in cases {
        let error = read(bytes).expect_err("it was taken").to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn what_is_wrong_in_a_file_is_named_with_its_place() {
    let header = |feature| pbf::header(feature, pbf::Packing::Plain);
    let start = header("DenseNodes");
    let block = |bytes: &[u8]| [start.clone(), pbf::frame("OSMData", bytes, pbf::Packing::Plain)].concat();
    let at = format!("block 1 at byte {}: ", start.len());
    let zstandard = pbf::frame("OSMData", b"", pbf::Packing::Zstandard);
    let cases = [
        (
            header("HistoricalInformation"),
            "block 0 at byte 0: the file asks for “HistoricalInformation”".to_owned(),
        ),
        (
            pbf::frame("OSMData", b"", pbf::Packing::Plain),
            "block 0 at byte 0: the first block is no header".to_owned(),
        ),
        ([start.clone(), zstandard].concat(), format!("{at}the block is packed with Zstandard")),
        (
            [start.clone(), b"\xff\xff\xff\xff".to_vec()].concat(),
            format!("{at}a block header of 4294967295 bytes"),
        ),
        (block(&pbf::field(2, &pbf::field(3, b""))), format!("{at}a way has no id")),
        (
            block(&pbf::field(2, &pbf::field(3, b"\x08\x01\x12\x01\x07"))),
            format!("{at}an element has more keys"),
        ),
        (block(&pbf::field(2, &pbf::field(2, b"\x0a\x01\x02"))), format!("{at}the nodes have more ids")),
        (block(b"\x12\xff"), format!("{at}a number does not end")),
        (block(b"\x12\x7f\x01"), format!("{at}a field is longer than its message")),
        (block(b"\x0f"), format!("{at}a field is of a type")),
        (
            QUARTER.replace("id=\"101\"", "id=\"x\"").into(),
            "line 117: the attribute id=“x” should be a whole".to_owned(),
        ),
        (
            QUARTER.replace("lat=\"41.7720000\"", "lat=\"north\"").into(),
            "“north” should be a number of degrees".to_owned(),
        ),
        (QUARTER.replace("</way>", "</weg>").into(), "this is no XML".to_owned()),
        (
            QUARTER.replace("type=\"node\"", "type=\"knot\"").into(),
            "a member has no type that exists".to_owned(),
        ),
    ];
    for (bytes, said) in cases {
        let error = read(&bytes).expect_err("it was taken").to_string();
        assert!(error.contains(&said), "“{error}” does not say “{said}”");
    }
}

#[test]
fn a_node_off_the_earth_cuts_its_ways_and_is_a_fault() {
    let text = QUARTER.replacen("lat=\"41.7720000\"", "lat=\"141.7720000\"", 1);
    let import = read(text.as_bytes()).expect("the rest is sound");
    let fault = import.faults[0].to_string();
    assert!(fault.starts_with("node 1 (line 4): ") && fault.contains("is no place"), "{fault}");
}

#[test]
fn deleted_elements_of_josm_are_left_out() {
    let before = read(QUARTER.as_bytes()).expect("a sound map");
    let after = read(QUARTER.replace("<way id=\"106\"", "<way id=\"106\" action=\"delete\"").as_bytes())
        .expect("a sound map");
    assert_eq!(before.entities.len() - 1, after.entities.len());
}

proptest! {
    #[test]
    fn random_bytes_never_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
        let start = pbf::header("DenseNodes", pbf::Packing::Plain);
        let _ = read(&[start.clone(), bytes.clone()].concat());
        let _ = read(&[start, pbf::frame("OSMData", &bytes, pbf::Packing::Plain)].concat());
        let _ = read(&[b"<osm>", bytes.as_slice()].concat());
    }

    /// Without a checksum around it a changed byte goes through to the last reader.
    #[test]
    fn changed_bytes_never_make_a_reader_panic(changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8)) {
        let mut file = pbf::file(pbf::Packing::Plain);
        let mut text = QUARTER.as_bytes().to_vec();
        for (at, byte) in changes {
            let (in_file, in_text) = (at.index(file.len()), at.index(text.len()));
            file[in_file] = byte;
            text[in_text] = byte;
        }
        let _ = read(&file);
        let _ = read(&text);
    }

    /// The outcome does not depend on the order of the elements in the file.
    #[test]
    fn the_order_of_the_elements_is_of_no_meaning(swaps in prop::collection::vec((any::<Index>(), any::<Index>()), 0..40)) {
        let start = QUARTER.find("  <node").expect("there are nodes");
        let end = QUARTER.find("</osm>").expect("it ends");
        let mut elements: Vec<String> = Vec::new();
        for line in QUARTER[start..end].lines() {
            match elements.last_mut() {
                Some(last) if line.starts_with("    ") || line.starts_with("  </") => *last += line,
                _ => elements.push(line.to_owned()),
            }
        }
        let count = elements.len();
        for (a, b) in swaps {
            elements.swap(a.index(count), b.index(count));
        }
        let shuffled = read(format!("<osm>{}</osm>", elements.join("\n")).as_bytes()).expect("a sound map");
        let import = read(QUARTER.as_bytes()).expect("a sound map");
        prop_assert!(shuffled.entities == import.entities && shuffled.summary == import.summary);
    }
}
