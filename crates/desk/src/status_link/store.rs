//! SQL of status links.

use base::UtcMs;
use db::Tx;
use platform::Error;

use super::PublicCase;
use crate::case::{CaseId, read_number};

pub(super) fn insert(
    tx: &mut Tx<'_>,
    digest: &str,
    case_id: CaseId,
    expires_at: UtcMs,
) -> Result<(), Error> {
    tx.exec(
        "insert into status_link (token_digest, case_id, expires_at) values (?1, ?2, ?3)",
        &[&digest, &case_id, &expires_at],
    )?;
    Ok(())
}

pub(super) fn case(tx: &mut Tx<'_>, digest: &str, now: UtcMs) -> Result<Option<PublicCase>, Error> {
    Ok(tx.opt(
        "select c.id, c.number_kind, c.number_year, c.number_serial, c.case_type, c.subject,
         c.status_type, c.opened_at, c.last_agent_at, c.resolved_at, p.language
         from status_link l join desk_case c on c.id = l.case_id
         join contact_card p on p.id = c.contact_id
         where l.token_digest = ?1 and l.expires_at > ?2",
        &[&digest, &now],
        |row| {
            Ok(PublicCase {
                case_id: row.get(0)?,
                number: read_number(row, 1)?,
                case_type: row.get(4)?,
                subject: row.get(5)?,
                status: row.get(6)?,
                opened_at: row.get(7)?,
                last_agent_at: row.get(8)?,
                resolved_at: row.get(9)?,
                language: row.get(10)?,
            })
        },
    )?)
}
