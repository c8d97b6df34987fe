//! People and the organisations they belong to: who they are, how to reach them, how to find them.

mod account;
pub mod check;
mod contact;
mod panel;
mod permissions;
mod room;
mod routes;
mod timeline;

pub use account::{
    Account, AccountChange, AccountId, AccountRow, AccountSaved, create_account, find_account,
    list_accounts, update_account,
};
pub use contact::api as contact_api;
pub use contact::{
    Contact, ContactAdded, ContactChange, ContactChanged, ContactId, ContactNoted, ContactPage,
    ContactRow, Email, EmailId, Found, KnownContact, NAME_MAX, NewContact, NewPhone, Note, NoteId,
    PAGE_ROWS_MAX, PeopleSettings, PhoneId, PhoneNumber, add_email, add_note, add_phone,
    contact_by_email, contact_emails, contact_page, contacts_of_account, create_contact, find,
    find_contact, find_or_make_by_email, language_name, list_contacts, remove_email, remove_phone,
    update_contact,
};
pub use panel::Panel;
pub use permissions::PeoplePermission;
pub use room::{CATALOGUE, room};
pub use routes::routes;
pub use timeline::timeline;
