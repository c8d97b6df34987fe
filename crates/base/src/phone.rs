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
        let text = plain_digits(text);
        if has_stray_letters(&text) {
            return Err(PhoneProblem::Unreadable);
        }
        let region: Option<country::Id> = region.parse().ok();
        let number = phonenumber::parse(region, &text).map_err(|_| PhoneProblem::Unreadable)?;
        if !phonenumber::is_valid(&number) {
            return Err(PhoneProblem::Invalid);
        }
        Ok(Phone(number.format().mode(Mode::E164).to_string()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of line it is, in snake case: `mobile`, `fixed_line`, `toll_free` …
    pub fn kind(&self) -> &'static str {
        use phonenumber::Type;
        let Ok(number) = phonenumber::parse(None, &self.0) else { return "unknown" };
        match number.number_type(&phonenumber::metadata::DATABASE) {
            Type::FixedLine => "fixed",
            Type::Mobile => "mobile",
            Type::FixedLineOrMobile => "fixed_or_mobile",
            Type::TollFree => "toll_free",
            Type::PremiumRate => "premium_rate",
            Type::SharedCost => "shared_cost",
            Type::PersonalNumber => "personal_number",
            Type::Voip => "voip",
            Type::Pager => "pager",
            Type::Uan => "uan",
            Type::Voicemail => "voicemail",
            _ => "unknown",
        }
    }

    /// `+91 ••••• ••210`: enough to recognise, too little to dial.
    pub fn masked(&self) -> String {
        let tail: String = self.0.chars().rev().take(3).collect::<Vec<_>>().iter().rev().collect();
        format!("{}••• •••{tail}", self.0.chars().take(3).collect::<String>())
    }
}

/// Digits of Indian scripts, Arabic and full-width ones, as 0 to 9.
fn plain_digits(text: &str) -> String {
    let digit = |c: char| {
        let code = c as u32;
        let value = match code {
            // Each Indian script has a block of 0x80 with its digits at the same place.
            0x0900..0x0E00 => ((code - 0x0900) % 0x80).checked_sub(0x66),
            0x0660..=0x0669 => Some(code - 0x0660),
            0x06F0..=0x06F9 => Some(code - 0x06F0),
            0xFF10..=0xFF19 => Some(code - 0xFF10),
            _ => None,
        };
        value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
    };
    text.chars().map(digit).collect()
}

/// Letters beside `tel:` and an extension: a zero typed as an O is no zero.
fn has_stray_letters(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let text = text.strip_prefix("tel:").unwrap_or(&text);
    let number = text.split(['x', ';']).next().unwrap_or(text);
    let number = number.trim_end().strip_suffix('e').unwrap_or(number);
    number.chars().any(char::is_alphabetic)
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
        assert_eq!(Phone::parse("9876543210", "IN").unwrap().kind(), "mobile");
        assert_eq!(Phone::parse("1800 103 4455", "IN").unwrap().kind(), "toll_free");
    }

    #[test]
    fn other_digits_are_digits_and_letters_are_not() {
        for text in ["९८७६५४३२१०", "+९१ ९८७६५ ४३२१०", "９８７６５４３２１０", "tel:+919876543210"]
        {
            assert_eq!(Phone::parse(text, "IN").unwrap().as_str(), "+919876543210", "{text}");
        }
        assert_eq!(Phone::parse("+91 98765 O3210", "IN"), Err(PhoneProblem::Unreadable));
        assert!(Phone::parse("9876543210 ext 12", "IN").is_ok());
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
