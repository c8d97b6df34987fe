//! Where `platform` and `ui` meet: a request's seat becomes the frame of a page, an error
//! becomes words. Every room with pages uses it; it knows no room. README.md has an example.

mod flash;
mod frame;
mod guest;
mod page;
mod sealed;
mod settings;
mod typed;
mod words;

pub use flash::Flash;
pub use frame::{At, Frame, lang_of};
pub use guest::{Guest, LANG_COOKIE, lang_cookie, theme_cookie};
pub use page::Page;
pub use sealed::{open_text, seal_text};
pub use settings::{Section, SettingsPage, settings_head};
pub use typed::{Id, Typed};
pub use words::{CatalogueWords, errors, field_words, fields_of, wait_of};

/// The words of the frame, of errors, and of the platform's own permissions.
pub const CATALOGUE: ui::i18n::Catalogue = ui::i18n::Catalogue {
    room: "frame",
    en: include_str!("../i18n/en.ftl"),
    hi: include_str!("../i18n/hi.ftl"),
};
