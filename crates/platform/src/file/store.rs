//! SQL of stored files.

use db::{Row, Tx};

use super::{FileId, FileInfo, StoredBytes};
use crate::error::Error;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    stored: &StoredBytes,
    name: &str,
    mime: &str,
) -> Result<FileId, Error> {
    let (id, now): (FileId, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into file (id, sha256, size_bytes, name, mime, created_at)
         values (?1, ?2, ?3, ?4, ?5, ?6)",
        &[&id, &stored.sha256, &stored.size_bytes, &name, &mime, &now],
    )?;
    Ok(id)
}

pub(super) fn find(tx: &mut Tx<'_>, id: FileId) -> Result<Option<FileInfo>, Error> {
    Ok(tx.opt(
        "select id, sha256, size_bytes, name, mime, created_at from file where id = ?1",
        &[&id],
        read,
    )?)
}

/// The content of every file that a row names, each once.
pub(crate) fn named(tx: &mut Tx<'_>) -> Result<Vec<String>, db::DbError> {
    tx.query("select distinct sha256 from file order by sha256", &[], |row| row.get(0))
}

fn read(row: &Row<'_>) -> Result<FileInfo, db::DbError> {
    Ok(FileInfo {
        id: row.get(0)?,
        sha256: row.get(1)?,
        size_bytes: row.get(2)?,
        name: row.get(3)?,
        mime: row.get(4)?,
        created_at: row.get(5)?,
    })
}
