//! SQL of accounts.

use base::{ToVal, fold, words};
use db::{DbError, Row, Tx};
use platform::Error;

use super::{Account, AccountId, AccountRow};
use crate::contact::{WORDS_MAX, all_words};

pub(super) fn insert(tx: &mut Tx<'_>, name: &str, gstin: Option<&str>) -> Result<AccountId, Error> {
    let (id, now): (AccountId, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into account (id, name, name_key, gstin, version, created_at, updated_at)
         values (?1, ?2, ?3, ?4, 1, ?5, ?5)",
        &[&id, &name, &fold(name), &gstin, &now],
    )?;
    insert_words(tx, id, name)?;
    Ok(id)
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    id: AccountId,
    name: &str,
    gstin: Option<&str>,
) -> Result<(), Error> {
    let now = tx.now();
    tx.exec(
        "update account set name = ?2, name_key = ?3, gstin = ?4, version = version + 1,
         updated_at = ?5 where id = ?1",
        &[&id, &name, &fold(name), &gstin, &now],
    )?;
    Ok(())
}

pub(super) fn replace_words(tx: &mut Tx<'_>, id: AccountId, name: &str) -> Result<(), Error> {
    tx.exec("delete from account_word where account_id = ?1", &[&id])?;
    insert_words(tx, id, name)
}

fn insert_words(tx: &mut Tx<'_>, id: AccountId, name: &str) -> Result<(), Error> {
    for word in words(name, WORDS_MAX) {
        let sql = "insert into account_word (word, account_id) values (?1, ?2)";
        tx.exec(sql, &[&word, &id])?;
    }
    Ok(())
}

pub(super) fn account(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>, Error> {
    Ok(tx.opt(
        "select id, name, gstin, version, created_at, updated_at from account where id = ?1",
        &[&id],
        |row| {
            Ok(Account {
                id: row.get(0)?,
                name: row.get(1)?,
                gstin: row.get(2)?,
                version: row.get(3)?,
                created_at: row.get(4)?,
                updated_at: row.get(5)?,
            })
        },
    )?)
}

pub(crate) fn name_of(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<String>, Error> {
    Ok(tx.opt("select name from account where id = ?1", &[&id], |row| row.get(0))?)
}

pub(super) fn page(
    tx: &mut Tx<'_>,
    after: Option<AccountId>,
    limit: usize,
) -> Result<Vec<AccountRow>, Error> {
    let sql = "select name_key from account where id = ?1";
    let key = match after {
        Some(id) => tx.opt(sql, &[&id], |row| row.get::<String>(0))?.map(|key| (key, id)),
        None => None,
    };
    let (key, id) = key.unwrap_or((String::new(), AccountId(0)));
    let sql = format!(
        "select id, name, gstin from account where (name_key, id) > (?1, ?2)
         order by name_key, id limit {limit}"
    );
    Ok(tx.query(&sql, &[&key, &id], read_row)?)
}

pub(crate) fn by_words(
    tx: &mut Tx<'_>,
    words: &[String],
    limit: usize,
) -> Result<Vec<AccountRow>, Error> {
    let (condition, bounds) = all_words(words, "account_word", "account_id");
    let rows_max = limit * 2;
    let sql = format!(
        "select a.id, a.name, a.gstin from account_word w join account a on a.id = w.account_id
         where {condition} order by w.word, w.account_id limit {rows_max}"
    );
    let params: Vec<&dyn ToVal> = bounds.iter().map(|bound| bound as &dyn ToVal).collect();
    let mut rows = tx.query(&sql, &params, read_row)?;
    let mut seen = Vec::new();
    rows.retain(|row| {
        let fresh = !seen.contains(&row.id);
        seen.push(row.id);
        fresh
    });
    rows.truncate(limit);
    Ok(rows)
}

fn read_row(row: &Row<'_>) -> Result<AccountRow, DbError> {
    Ok(AccountRow { id: row.get(0)?, name: row.get(1)?, gstin: row.get(2)? })
}
