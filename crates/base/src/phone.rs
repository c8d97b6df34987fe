//! Phone numbers, kept in E.164.

use std::fmt;

use phonenumber::{Mode, country};

/// A valid phone number in E.164, for example `+919876543210`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct Phone(String);

/// Why a text is not a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneProblem {
    #[error("is empty")]
    Empty,
    #[error("is not a phone number; write it with its country code, for example +91 98765 43210")]
    Unreadable,
    #[error("is not a number that exists in its country; check the digits")]
    Invalid,
}

impl Phone {
    /// Reads a number written in any usual way; without a country code it belongs to `region`
    /// (a two-letter code such as `IN`).
    pub fn parse(text: &str, region: &str) -> Result<Self, PhoneProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PhoneProblem::Empty);
        }
        if text.len() > 40 {
            return Err(PhoneProblem::Unreadable);
        }
        let region: Option<country::Id> = region.parse().ok();
        let number = phonenumber::parse(region, text).map_err(|_| PhoneProblem::Unreadable)?;
        if !phonenumber::is_valid(&number) {
            return Err(PhoneProblem::Invalid);
        }
        Ok(Phone(number.format().mode(Mode::E164).to_string()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `+91 ••••• ••210`: enough to recognise, too little to dial.
    pub fn masked(&self) -> String {
        let tail: String = self.0.chars().rev().take(3).collect::<Vec<_>>().iter().rev().collect();
        format!("{}••• •••{tail}", self.0.chars().take(3).collect::<String>())
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indian_numbers_in_the_ways_people_write_them() {
        for text in ["98765 43210", "098765-43210", "+91 98765 43210", "91 9876543210"] {
            assert_eq!(Phone::parse(text, "IN").unwrap().as_str(), "+919876543210", "{text}");
        }
        assert_eq!(Phone::parse("+1 650 253 0000", "IN").unwrap().as_str(), "+16502530000");
    }

    #[test]
    fn what_is_no_number_says_why() {
        assert_eq!(Phone::parse("", "IN"), Err(PhoneProblem::Empty));
        assert_eq!(Phone::parse("call me", "IN"), Err(PhoneProblem::Unreadable));
        assert_eq!(Phone::parse("12345", "IN"), Err(PhoneProblem::Invalid));
    }

    #[test]
    fn masking_hides_the_middle() {
        assert_eq!(Phone::parse("9876543210", "IN").unwrap().masked(), "+91••• •••210");
    }
}
