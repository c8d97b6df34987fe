//! A customer's cases on the customer's page.

use db::Tx;
use frame::Frame;
use maud::{Markup, html};
use people::{ContactId, Panel};
use platform::Error;
use ui::{Button, Icon};

use crate::case::cases_of_contact;
use crate::case::pages::{priority_tone, priority_word, status_tone};
use crate::permissions::DeskPermission;

/// The cases of a customer, for the page of people.
pub const PANEL: Panel = Panel { title: "desk-cases", show };

fn show(frame: &Frame, tx: &mut Tx<'_>, id: ContactId) -> Result<Option<Markup>, Error> {
    let (l, actor) = (frame.l, frame.actor());
    if !actor.may(DeskPermission::ReadCase) {
        return Ok(None);
    }
    let rows = cases_of_contact(tx, actor, id)?;
    let new = frame.path(&format!("cases/new?contact={id}"));
    Ok(Some(html! {
        @for row in &rows {
            (ui::line(
                html! {
                    a href=(frame.path(&format!("cases/{}", row.number))) { (row.number) }
                    " " (row.subject) " "
                    @if let Some(tone) = priority_tone(row.priority) {
                        (ui::tag(tone, priority_word(l, row.priority)))
                    }
                },
                html! { (ui::status(status_tone(row.status), &row.status_label)) },
            ))
        }
        @if rows.is_empty() { p.hint { (l.t("desk-no-cases-yet")) } }
        @if actor.may(DeskPermission::CreateCase) {
            (ui::buttons(html! {
                (Button::link(l.t("desk-new-case"), &new).icon(Icon::Plus).hotkey("KeyC"))
            }))
        }
    }))
}
