//! Finding people at once, by whatever part of them one has.

use db::Tx;
use platform::{Actor, Error};

use super::{ContactRow, WORDS_MAX, store};
use crate::account::{self, AccountRow};
use crate::permissions::PeoplePermission;

/// Rows of one kind that a search shows.
const FOUND_MAX: usize = 20;
/// Fewer digits than this are no number.
const DIGITS_MIN: usize = 4;

/// What a search found, at most 20 of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Found {
    pub contacts: Vec<ContactRow>,
    pub accounts: Vec<AccountRow>,
}

/// What a typed text can stand for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted {
    /// The last digits of a number.
    digits: Option<String>,
    /// The beginning of an address.
    email: Option<String>,
    /// Beginnings of words of a name, all of them.
    words: Vec<String>,
}

/// Finds by the last four or more digits of a number, the beginning of an address, or beginnings of
/// the words of a name, the person's or the organisation's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, text: &str) -> Result<Found, Error> {
    actor.require(PeoplePermission::ReadContact)?;
    let wanted = Wanted::read(text);
    let mut found = Found::default();
    if let Some(digits) = &wanted.digits {
        add(&mut found.contacts, store::by_phone_ending(tx, digits, FOUND_MAX)?);
    }
    if let Some(prefix) = &wanted.email {
        add(&mut found.contacts, store::by_email_beginning(tx, prefix, FOUND_MAX)?);
    }
    if !wanted.words.is_empty() {
        add(&mut found.contacts, store::by_words(tx, &wanted.words, FOUND_MAX)?);
        found.accounts = account::by_words(tx, &wanted.words, FOUND_MAX)?;
    }
    found.contacts.truncate(FOUND_MAX);
    Ok(found)
}

fn add(rows: &mut Vec<ContactRow>, more: Vec<ContactRow>) {
    for row in more {
        if rows.iter().all(|other| other.id != row.id) {
            rows.push(row);
        }
    }
}

impl Wanted {
    fn read(text: &str) -> Wanted {
        let text: String = text.trim().chars().take(200).collect();
        let is_number = text.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if is_number {
            // A trunk zero or an international 00 is dialled, not stored.
            let digits = digits.trim_start_matches('0').to_string();
            let digits = (digits.len() >= DIGITS_MIN).then_some(digits);
            return Wanted { digits, ..Wanted::default() };
        }
        let has_at = text.contains('@');
        let one_piece = !text.is_empty() && !text.contains(char::is_whitespace);
        let email = (one_piece && (has_at || text.is_ascii())).then(|| text.to_lowercase());
        let words = if has_at { Vec::new() } else { base::words(&text, WORDS_MAX) };
        Wanted { digits: None, email, words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, digits: Option<&str>, email: Option<&str>, words: &[&str]) {
        let expect = Wanted {
            digits: digits.map(Into::into),
            email: email.map(Into::into),
            words: words.iter().map(|word| word.to_string()).collect(),
        };
        assert_eq!(Wanted::read(text), expect, "{text}");
    }

    #[test]
    fn a_text_stands_for_what_it_looks_like() {
        check("98765 43210", Some("9876543210"), None, &[]);
        check("+91 (98765) 43-210", Some("919876543210"), None, &[]);
        check("098765", Some("98765"), None, &[]);
        check("123", None, None, &[]);
        check("Asha@Exa", None, Some("asha@exa"), &[]);
        check("Asha", None, Some("asha"), &["asha"]);
        check("rao  ASH", None, None, &["rao", "ash"]);
        check("सुनीता", None, None, &[&base::fold("सुनीता")]);
        check("", None, None, &[]);
    }
}
