//! A contact: a person who writes, calls or walks in.

pub mod api;
mod change;
mod create;
mod events;
mod find;
mod list;
pub(crate) mod pages;
mod reach;
mod store;

use base::{EmailAddress, EmailProblem, Phone, PhoneProblem, UtcMs};
use platform::{FieldError, MemberId, Setting};
use serde::{Deserialize, Serialize};

use crate::account::AccountId;
use crate::check;

pub use change::{ContactChange, add_note, update_contact};
pub use create::{KnownContact, NewContact, create_contact, find_or_make_by_email};
pub use events::{ContactAdded, ContactChanged, ContactNoted};
pub use find::{Found, find};
pub use list::{
    contact_by_email, contact_emails, contact_page, contacts_of_account, find_contact,
    list_contacts,
};
pub use pages::language_name;
pub use reach::{NewPhone, add_email, add_phone, remove_email, remove_phone};
pub(crate) use store::all_words;

base::typed_id!(
    /// A person.
    ContactId,
    /// One of a person's phone numbers.
    PhoneId,
    /// One of a person's e-mail addresses.
    EmailId,
    /// A note about a person.
    NoteId,
);

/// Rows of one page of a list.
pub const PAGE_ROWS_MAX: usize = 50;
/// Characters of a name.
pub const NAME_MAX: usize = 120;
pub(crate) const WORDS_MAX: usize = 8;
const LABEL_MAX: usize = 30;
const NOTE_MAX: usize = 10_000;
/// Phones, and e-mail addresses, of one contact.
const REACH_MAX: usize = 20;

/// A person, as the row says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    /// ISO 639: `en`, `hi`, `mr` …
    pub language: String,
    pub account_id: Option<AccountId>,
    /// Counts changes of this row: a form sends back the one it was made from.
    pub version: i64,
    pub created_at: UtcMs,
    pub updated_at: UtcMs,
}

/// One of a person's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PhoneNumber {
    pub id: PhoneId,
    /// E.164.
    pub number: String,
    /// What the person calls it: `home`, `driver` …; may be empty.
    pub label: String,
}

/// One of a person's addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Email {
    pub id: EmailId,
    pub address: String,
}

/// A note about a person, for colleagues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    pub id: NoteId,
    pub author_id: MemberId,
    pub body: String,
    pub created_at: UtcMs,
}

/// A person in a list or a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactRow {
    pub id: ContactId,
    pub name: String,
    pub language: String,
    pub account_name: Option<String>,
    /// The first number and address, where there are any.
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// All that a person's page shows from this room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactPage {
    pub contact: Contact,
    pub account_name: Option<String>,
    pub phones: Vec<PhoneNumber>,
    pub emails: Vec<Email>,
    /// Newest first, at most 50.
    pub notes: Vec<Note>,
}

/// What the room takes for granted where nobody says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PeopleSettings {
    /// The country of numbers written without a country code.
    pub region: String,
}

impl Default for PeopleSettings {
    fn default() -> Self {
        PeopleSettings { region: "IN".into() }
    }
}

impl Setting for PeopleSettings {
    const KEY: &'static str = "people";
}

fn checked_name(text: &str) -> Result<String, FieldError> {
    check::line("name", text, NAME_MAX)
}

/// Two or three lower-case letters.
fn checked_language(text: &str) -> Result<String, FieldError> {
    let code = text.trim();
    let plain = code.len() >= 2 && code.len() <= 3 && code.bytes().all(|b| b.is_ascii_lowercase());
    if plain { Ok(code.into()) } else { Err(FieldError::new("language", "error-language")) }
}

fn checked_phone(text: &str, region: &str) -> Result<Phone, FieldError> {
    Phone::parse(text, region).map_err(|problem| {
        let key = match problem {
            PhoneProblem::Empty => "error-required",
            PhoneProblem::Unreadable => "error-phone-unreadable",
            PhoneProblem::Invalid => "error-phone-invalid",
        };
        FieldError::new("phone", key)
    })
}

fn checked_email(text: &str) -> Result<EmailAddress, FieldError> {
    EmailAddress::parse(text).map_err(|problem| {
        let key = match problem {
            EmailProblem::Empty => "error-required",
            EmailProblem::Shape => "error-email-shape",
            EmailProblem::Character => "error-email-character",
            EmailProblem::TooLong => "error-email-too-long",
        };
        FieldError::new("email", key)
    })
}

/// The digits of a number from the last to the first.
fn reversed_digits(number: &str) -> String {
    number.chars().rev().filter(char::is_ascii_digit).collect()
}

/// What a mail program says a stranger is called; where it says nothing, the address does.
fn name_from_mail(hint: &str, address: &EmailAddress) -> String {
    let name = check::tidied(hint.trim_matches(['"', '\'', ' ']), NAME_MAX);
    if !name.is_empty() && !name.contains('@') {
        return name;
    }
    let local = address.as_str().split('@').next().unwrap_or_default();
    local.chars().take(NAME_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_is_called_what_the_mail_says() {
        let address = EmailAddress::parse("asha.rao@example.in").unwrap();
        assert_eq!(name_from_mail("\"Asha Rao\"", &address), "Asha Rao");
        assert_eq!(name_from_mail("asha.rao@example.in", &address), "asha.rao");
        assert_eq!(name_from_mail(" \r\n", &address), "asha.rao");
    }

    #[test]
    fn languages_are_codes() {
        assert_eq!(checked_language("hi"), Ok("hi".into()));
        for wrong in ["", "Hindi", "h", "HI", "hi-IN"] {
            assert_eq!(checked_language(wrong).unwrap_err().key, "error-language", "{wrong}");
        }
    }

    #[test]
    fn digits_turn_round() {
        assert_eq!(reversed_digits("+919876543210"), "012345678919");
    }
}
