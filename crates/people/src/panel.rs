//! What other rooms show on a customer's page: declared from above, gathered here.

use db::Tx;
use frame::Frame;
use maud::Markup;
use platform::Error;

use crate::contact::ContactId;

/// A part of the customer's page that belongs to another room: cases, dues, vehicles.
#[derive(Clone, Copy)]
pub struct Panel {
    /// Its heading, a key of the catalogue.
    pub title: &'static str,
    /// Reads and shows it, in the page's own snapshot; none hides the panel from this person.
    pub show: fn(&Frame, &mut Tx<'_>, ContactId) -> Result<Option<Markup>, Error>,
}
