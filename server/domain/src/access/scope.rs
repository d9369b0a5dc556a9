//! Which areas a reader may look into.

use gridward_data::model::id::AreaId;

/// What one reader may see for one purpose. It can be made in this module alone, so nobody can widen what he was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(Sight);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Sight {
    Everything,
}

impl Scope {
    /// Everything, for everybody: right only while a server without accounts answers its own machine alone.
    #[must_use]
    pub const fn open_loopback() -> Self {
        Self(Sight::Everything)
    }

    /// Whether there is nothing that this reader may not see: what is written once for everybody may be handed to such a reader alone.
    #[must_use]
    pub const fn sees_everything(&self) -> bool {
        matches!(self.0, Sight::Everything)
    }

    /// Whether something that lies in these areas may be seen. Things without areas are places, which everybody sees.
    #[must_use]
    pub fn sees(&self, areas: &[AreaId]) -> bool {
        areas.is_empty()
            || match self.0 {
                Sight::Everything => true,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_scope_sees_what_lies_in_an_area_and_what_lies_in_none() {
        let area = AreaId::new(7).expect("an id");
        assert!(Scope::open_loopback().sees(&[area]));
        assert!(Scope::open_loopback().sees(&[]));
    }
}
