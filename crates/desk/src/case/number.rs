//! The number people speak of: CMP-2026-000123.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::kinds::CaseType;

/// A case's number: the type it was opened as, the local year, and a count without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseNumber {
    pub kind: CaseType,
    pub year: i64,
    pub serial: i64,
}

/// The text is no case number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{:06}", self.kind.prefix(), self.year, self.serial)
    }
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a case number")
    }
}

impl FromStr for CaseNumber {
    type Err = NotANumber;

    /// Reads a number as people type it: `cmp-2026-4217`, `CMP 2026 004217`.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let mut parts = text.trim().split(['-', ' ', '/']).filter(|part| !part.is_empty());
        let (prefix, year, serial) = (parts.next(), parts.next(), parts.next());
        let (Some(prefix), Some(year), Some(serial), None) = (prefix, year, serial, parts.next())
        else {
            return Err(NotANumber);
        };
        let prefix = prefix.to_ascii_uppercase();
        let kind = CaseType::ALL.iter().find(|kind| kind.prefix() == prefix);
        let digits = |text: &str, max: usize| -> Option<i64> {
            let plain = text.len() <= max && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse().ok()).flatten()
        };
        match (kind, digits(year, 4), digits(serial, 12)) {
            (Some(kind), Some(year), Some(serial)) => Ok(CaseNumber { kind: *kind, year, serial }),
            _ => Err(NotANumber),
        }
    }
}

impl Serialize for CaseNumber {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CaseNumber {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let number = CaseNumber { kind: CaseType::Complaint, year: 2026, serial: 4217 };
        assert_eq!(number.to_string(), "CMP-2026-004217");
        for text in ["CMP-2026-004217", " cmp-2026-4217 ", "CMP 2026 4217", "cmp/2026/4217"] {
            assert_eq!(text.parse(), Ok(number), "{text}");
        }
        for text in ["", "4217", "ABC-2026-1", "CMP-2026", "CMP-2026-1-2", "CMP-2026-x", "CMP-+1-1"]
        {
            assert_eq!(text.parse::<CaseNumber>(), Err(NotANumber), "{text}");
        }
        let big = CaseNumber { kind: CaseType::Query, year: 2031, serial: 1_234_567 };
        assert_eq!(big.to_string().parse(), Ok(big));
    }
}
