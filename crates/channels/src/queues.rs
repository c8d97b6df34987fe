//! What the pages of both queues share.

use frame::Frame;
use maud::Markup;
use platform::PlatformPermission;
use ui::{Chip, tabs};

/// The tabs above the queues.
pub(crate) fn queue_tabs(frame: &Frame, current: &str) -> Markup {
    let l = frame.l;
    let hrefs = ["mail-in", "mail-out", "jobs"].map(|name| frame.path(&format!("queues/{name}")));
    let mut chips = vec![
        Chip::new(l.t("channels-mail-in"), &hrefs[0]).current(current == "mail-in"),
        Chip::new(l.t("channels-mail-out"), &hrefs[1]).current(current == "mail-out"),
    ];
    if frame.actor().may(PlatformPermission::ManageJobs) {
        chips.push(Chip::new(l.t("channels-jobs"), &hrefs[2]));
    }
    tabs(l.t("frame-queues"), &chips)
}

/// A path in the workspace with a query of those values that there are.
pub(crate) fn with_query(frame: &Frame, path: &str, values: &[(&str, Option<String>)]) -> String {
    let pairs: Vec<String> = values
        .iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?)))
        .collect();
    match pairs.is_empty() {
        true => frame.path(path),
        false => frame.path(&format!("{path}?{}", pairs.join("&"))),
    }
}
