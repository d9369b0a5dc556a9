//! In which frame 坐标系 numbers are meant: WGS-84, CGCS2000, GCJ-02 (Amap), BD-09 (Baidu), both ways.

use serde::{Deserialize, Serialize};

/// A frame of coordinates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Frame {
    /// WGS-84, of GPS.
    #[default]
    Wgs84,
    /// CGCS2000, of official surveys: the same as WGS-84 at the metre.
    Cgcs2000,
    /// GCJ-02, of Amap and Tencent.
    Gcj02,
    /// BD-09, of Baidu.
    Bd09,
}
