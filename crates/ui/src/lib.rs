//! The look of Sampark: one component for each thing, words from the catalogues, assets.
//!
//! Everything here is HTML made from plain values; nothing knows a case, a database or a
//! request. See README.md for the list of components.

pub mod i18n;

mod button;
pub mod form;
mod icon;
mod parts;
pub mod times;

mod composer;
mod dialog;
mod list;
mod nav;
mod page;
mod thread;

pub mod assets;
pub mod format;

pub use button::{Button, buttons};
pub use composer::{Composer, FILES_MAX, Mode, suggestion};
pub use dialog::{Dialog, Flash, cancel, toast};
pub use form::{Choice, Errors, Field, Form};
pub use i18n::{L, Lang};
pub use icon::Icon;
pub use list::{Column, Order, Row, Table, rows};
pub use nav::{Chip, chips, crumbs, menu, more, tabs};
pub use page::{
    AuthPage, Count, Desk, ErrorPage, NavItem, Pane, Person, Place, PublicPage, SettingsGroup,
    Shell, THEME_COOKIE, Theme, case_head, customer_head, facts_line, find_group, find_result,
    list_head, no_permission, pane_back, pane_button, settings, views,
};
pub use parts::{
    Live, Tone, avatar, avatar_large, block, card, empty, facts, hidden_words, keep, key, line,
    live, notice, page_head, progress, status, tag,
};
pub use thread::{
    Attachment, Message, Side, attachments, day_line, event_line, mail_frame, message_parts,
    message_text, thread,
};
