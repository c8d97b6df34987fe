//! E-mail addresses as people type them.

use std::fmt;

/// A checked address. Compared by its folded form: nobody means two mailboxes by two cases.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

/// Why a text is not an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailProblem {
    #[error("is empty")]
    Empty,
    #[error("needs exactly one @ between a name and a domain")]
    Shape,
    #[error("contains a space or another character that an address cannot have")]
    Character,
    #[error("is longer than an address can be (254 characters)")]
    TooLong,
}

impl EmailAddress {
    /// Reads an address, in lower case, without surrounding space.
    pub fn parse(text: &str) -> Result<Self, EmailProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailProblem::Empty);
        }
        if text.len() > 254 {
            return Err(EmailProblem::TooLong);
        }
        let forbidden =
            |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\"\\".contains(c);
        if text.chars().any(forbidden) {
            return Err(EmailProblem::Character);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailProblem::Shape)?;
        let labels_are_whole = domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        if local.is_empty() || domain.contains('@') || !labels_are_whole {
            return Err(EmailProblem::Shape);
        }
        Ok(EmailAddress(text.to_lowercase()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// `a•••@example.in`: enough to recognise, too little to use.
    pub fn masked(&self) -> String {
        let first = self.0.chars().next().unwrap_or('•');
        format!("{first}•••@{}", self.domain())
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_folded() {
        let asha = EmailAddress::parse(" Asha.Rao+car@Example.IN ").unwrap();
        assert_eq!(asha.as_str(), "asha.rao+car@example.in");
        assert_eq!(asha.domain(), "example.in");
        assert_eq!(asha.masked(), "a•••@example.in");
        assert!(EmailAddress::parse("सुनीता@उदाहरण.भारत").is_ok());
    }

    #[test]
    fn what_is_no_address_says_why() {
        let problem = |text: &str| EmailAddress::parse(text).unwrap_err();
        assert_eq!(problem("  "), EmailProblem::Empty);
        assert_eq!(problem("asha"), EmailProblem::Shape);
        assert_eq!(problem("a@b@c"), EmailProblem::Shape);
        assert_eq!(problem("asha@rao..in"), EmailProblem::Shape);
        assert_eq!(problem("as ha@rao.in"), EmailProblem::Character);
        assert_eq!(problem("a@b.in\r\nBcc: x@y.in"), EmailProblem::Character);
        assert_eq!(problem(&format!("{}@b.in", "a".repeat(260))), EmailProblem::TooLong);
    }
}
