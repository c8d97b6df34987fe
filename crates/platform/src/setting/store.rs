//! SQL of settings and their history.

use db::Tx;

use super::SettingChange;
use crate::actor::MemberId;
use crate::error::Error;

pub(super) fn value(tx: &mut Tx<'_>, key: &str) -> Result<Option<String>, Error> {
    Ok(tx.opt("select value from setting where key = ?1", &[&key], |row| row.get(0))?)
}

/// Writes the value and one line of history; returns the id of that line.
pub(super) fn put(tx: &mut Tx<'_>, key: &str, value: &str, by: MemberId) -> Result<i64, Error> {
    let (id, now): (i64, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into setting (key, value) values (?1, ?2)
         on conflict (key) do update set value = excluded.value",
        &[&key, &value],
    )?;
    tx.exec(
        "insert into setting_history (id, key, value, changed_at, changed_by)
         values (?1, ?2, ?3, ?4, ?5)",
        &[&id, &key, &value, &now, &by],
    )?;
    Ok(id)
}

pub(super) fn history(tx: &mut Tx<'_>, key: &str) -> Result<Vec<SettingChange>, Error> {
    Ok(tx.query(
        "select key, value, changed_at, changed_by from setting_history
         where key = ?1 order by id desc limit 100",
        &[&key],
        |row| {
            Ok(SettingChange {
                key: row.get(0)?,
                value: row.get(1)?,
                changed_at: row.get(2)?,
                changed_by: row.get(3)?,
            })
        },
    )?)
}
