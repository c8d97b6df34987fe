//! What a new workspace starts with: statuses, a queue and a few categories, to be changed at will.

use db::Tx;
use platform::Error;
use ui::i18n::{L, Lang};

use crate::category::{self, CategoryChange, CategoryId};
use crate::kinds::{CaseType, StatusType};
use crate::queue;
use crate::status;

/// A category's word, what it hints at, and the words of those below it.
type Branch = (&'static str, Option<CaseType>, &'static [(&'static str, Option<CaseType>)]);

const CATEGORIES: &[Branch] = &[
    (
        "seed-sales",
        None,
        &[
            ("seed-sales-enquiry", Some(CaseType::Query)),
            ("seed-sales-booking", Some(CaseType::Request)),
        ],
    ),
    (
        "seed-service",
        None,
        &[
            ("seed-service-booking", Some(CaseType::Request)),
            ("seed-service-quality", Some(CaseType::Complaint)),
            ("seed-service-parts", Some(CaseType::Query)),
        ],
    ),
    (
        "seed-billing",
        None,
        &[
            ("seed-billing-bill", Some(CaseType::Complaint)),
            ("seed-billing-refund", Some(CaseType::Request)),
        ],
    ),
    ("seed-other", None, &[]),
];

/// Fills an empty desk in a language. A desk that has statuses is left as it is.
pub fn seed_defaults(tx: &mut Tx<'_>, lang: Lang) -> Result<(), Error> {
    if !status::list_statuses(tx)?.is_empty() {
        return Ok(());
    }
    let l = L::bare(lang);
    for status_type in StatusType::ALL {
        status::seed(tx, *status_type, l.t(&format!("case-status-{status_type}")))?;
    }
    queue::seed(tx, l.t("seed-front-desk"))?;
    for (key, type_hint, below) in CATEGORIES {
        let parent = seed_category(tx, l, None, key, *type_hint)?;
        for (key, type_hint) in *below {
            seed_category(tx, l, Some(parent), key, *type_hint)?;
        }
    }
    Ok(())
}

fn seed_category(
    tx: &mut Tx<'_>,
    l: L,
    parent_id: Option<CategoryId>,
    key: &str,
    type_hint: Option<CaseType>,
) -> Result<CategoryId, Error> {
    let name = l.t(key).to_string();
    category::seed(tx, &CategoryChange { id: None, parent_id, name, type_hint, active: true })
}
