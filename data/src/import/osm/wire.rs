//! How protocol buffers are laid out: numbered fields, variable-length numbers, packed lists.
//!
//! Only what OSM PBF needs. Every length is checked against what is there and every sum of differences for overflow: a broken or
//! hostile file gives an error and never a panic or a wrapped number.

/// Bytes that are no message; says what is wrong with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed(pub(super) &'static str);

/// One field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A number of variable length.
    Number(u64),
    /// Bytes: a text, a message, or a packed list.
    Bytes(&'a [u8]),
    /// Eight or four bytes that no field of ours uses.
    Fixed,
}

impl<'a> Value<'a> {
    pub(super) fn number(self) -> Result<u64, Malformed> {
        match self {
            Self::Number(number) => Ok(number),
            _ => Err(Malformed("a field that should be a number is none")),
        }
    }
    pub(super) fn bytes(self) -> Result<&'a [u8], Malformed> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(Malformed("a field that should be bytes is none")),
        }
    }
    /// Puts the numbers of a list behind those that are there; a list may be packed, or come one number a field.
    pub(super) fn append_to(self, list: &mut Vec<u64>) -> Result<(), Malformed> {
        match self {
            Self::Number(number) => list.push(number),
            Self::Bytes(mut bytes) => {
                while !bytes.is_empty() {
                    list.push(take_number(&mut bytes)?);
                }
            }
            Self::Fixed => return Err(Malformed("a field that should be a list of numbers is none")),
        }
        Ok(())
    }
}

/// The fields of a message, one after the other.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Malformed>;
    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.take_field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn take_field(&mut self) -> Result<(u64, Value<'a>), Malformed> {
        let tag = take_number(&mut self.0)?;
        let value = match tag & 7 {
            0 => Value::Number(take_number(&mut self.0)?),
            1 => self.take_bytes(8).map(|_| Value::Fixed)?,
            2 => {
                let length = take_number(&mut self.0)?;
                Value::Bytes(self.take_bytes(length)?)
            }
            5 => self.take_bytes(4).map(|_| Value::Fixed)?,
            _ => return Err(Malformed("a field is of a type that does not exist")),
        };
        Ok((tag >> 3, value))
    }

    fn take_bytes(&mut self, length: u64) -> Result<&'a [u8], Malformed> {
        let length = usize::try_from(length).map_err(|_| Malformed("a field is longer than its message"))?;
        let (taken, rest) =
            self.0.split_at_checked(length).ok_or(Malformed("a field is longer than its message"))?;
        self.0 = rest;
        Ok(taken)
    }
}

fn take_number(bytes: &mut &[u8]) -> Result<u64, Malformed> {
    let mut number = 0_u64;
    for (index, &byte) in bytes.iter().take(10).enumerate() {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if byte < 0x80 {
            *bytes = &bytes[index + 1..];
            return Ok(number);
        }
    }
    Err(Malformed("a number does not end"))
}

/// The signed number that a zigzag number stands for.
pub(super) const fn signed(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

/// The numbers of which a list of zigzag differences is made.
pub(super) fn summed(differences: &[u64]) -> Result<Vec<i64>, Malformed> {
    let mut sum = 0_i64;
    let mut add = |&difference: &u64| {
        sum = sum.checked_add(signed(difference)).ok_or(Malformed("a sum of differences overflows"))?;
        Ok(sum)
    };
    differences.iter().map(&mut add).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_message_is_read_field_by_field() {
        let message =
            [0x08, 0x96, 0x01, 0x12, 0x02, b'h', b'i', 0x1d, 0, 0, 0, 0, 0x21, 0, 0, 0, 0, 0, 0, 0, 0];
        let fields: Result<Vec<_>, _> = Fields(&message).collect();
        let read = [(1, Value::Number(150)), (2, Value::Bytes(b"hi")), (3, Value::Fixed), (4, Value::Fixed)];
        assert_eq!(fields.expect("a message"), read);
    }

    #[test]
    fn lists_may_be_packed_or_not() {
        let mut list = Vec::new();
        Value::Number(7).append_to(&mut list).expect("a number");
        Value::Bytes(&[1, 0x80, 1]).append_to(&mut list).expect("packed numbers");
        assert_eq!(list, [7, 1, 128]);
        assert!(Value::Bytes(&[0x80]).append_to(&mut list).is_err());
    }

    #[test]
    fn differences_that_overflow_are_refused() {
        assert_eq!(summed(&[2, 1, 4]), Ok(vec![1, 0, 2]));
        assert!(summed(&[u64::MAX - 1, 2]).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_their_end_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let fields: Vec<_> = Fields(&bytes).collect();
            prop_assert!(fields.len() <= bytes.len());
        }
    }
}
