//! SQL of categories.

use db::Tx;
use platform::Error;

use super::{Category, CategoryChange, CategoryId};

/// All of them, by name.
pub(super) fn categories(tx: &mut Tx<'_>) -> Result<Vec<Category>, Error> {
    let sql = "select id, parent_id, name, type_hint, active from category order by name, id";
    Ok(tx.query(sql, &[], |row| {
        let name: String = row.get(2)?;
        Ok(Category {
            id: row.get(0)?,
            parent_id: row.get(1)?,
            path: name.clone(),
            name,
            type_hint: row.get(3)?,
            active: row.get(4)?,
        })
    })?)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    change: &CategoryChange,
    name: &str,
) -> Result<CategoryId, Error> {
    let id: CategoryId = tx.next_id()?;
    tx.exec(
        "insert into category (id, parent_id, name, type_hint, active)
         values (?1, ?2, ?3, ?4, ?5)",
        &[&id, &change.parent_id, &name, &change.type_hint, &change.active],
    )?;
    Ok(id)
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    id: CategoryId,
    change: &CategoryChange,
    name: &str,
) -> Result<(), Error> {
    tx.exec(
        "update category set parent_id = ?2, name = ?3, type_hint = ?4, active = ?5
         where id = ?1",
        &[&id, &change.parent_id, &name, &change.type_hint, &change.active],
    )?;
    Ok(())
}

pub(super) fn is_active(tx: &mut Tx<'_>, id: CategoryId) -> Result<bool, Error> {
    let sql = "select 1 from category where id = ?1 and active = 1";
    Ok(tx.opt(sql, &[&id], |_| Ok(()))?.is_some())
}
