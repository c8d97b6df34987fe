//! SQL of contacts.

use base::{EmailAddress, Phone, ToVal, fold, words};
use db::{DbError, Row, Tx};
use platform::{Error, MemberId};

use super::create::CheckedContact;
use super::{
    Contact, ContactId, ContactRow, Email, EmailId, KnownContact, Note, NoteId, PAGE_ROWS_MAX,
    PhoneId, PhoneNumber, WORDS_MAX, reversed_digits,
};
use crate::account::AccountId;

/// Columns of a `ContactRow`, over `contact c left join account a`.
const ROW: &str = "c.id, c.name, c.language, a.name,
    (select p.number from contact_phone p where p.contact_id = c.id order by p.id limit 1),
    (select e.address from contact_email e where e.contact_id = c.id order by e.id limit 1)";

fn read_row(row: &Row<'_>) -> Result<ContactRow, DbError> {
    Ok(ContactRow {
        id: row.get(0)?,
        name: row.get(1)?,
        language: row.get(2)?,
        account_name: row.get(3)?,
        phone: row.get(4)?,
        email: row.get(5)?,
    })
}

/// The end of all texts that begin with `prefix`, in the order of their bytes.
pub(crate) fn after_prefix(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &CheckedContact) -> Result<ContactId, Error> {
    let (id, now): (ContactId, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into contact (id, name, name_key, language, account_id, version, created_at,
         updated_at) values (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6)",
        &[&id, &new.name, &fold(&new.name), &new.language, &new.account_id, &now],
    )?;
    insert_words(tx, id, &new.name)?;
    Ok(id)
}

pub(super) fn update(tx: &mut Tx<'_>, id: ContactId, after: &CheckedContact) -> Result<(), Error> {
    let now = tx.now();
    tx.exec(
        "update contact set name = ?2, name_key = ?3, language = ?4, account_id = ?5,
         version = version + 1, updated_at = ?6 where id = ?1",
        &[&id, &after.name, &fold(&after.name), &after.language, &after.account_id, &now],
    )?;
    Ok(())
}

pub(super) fn replace_words(tx: &mut Tx<'_>, id: ContactId, name: &str) -> Result<(), Error> {
    tx.exec("delete from contact_word where contact_id = ?1", &[&id])?;
    insert_words(tx, id, name)
}

fn insert_words(tx: &mut Tx<'_>, id: ContactId, name: &str) -> Result<(), Error> {
    let words = words(name, WORDS_MAX);
    if words.is_empty() {
        return Ok(());
    }
    let places: Vec<String> = (2..words.len() + 2).map(|at| format!("(?{at}, ?1)")).collect();
    let sql = format!("insert into contact_word (word, contact_id) values {}", places.join(", "));
    let mut params: Vec<&dyn ToVal> = vec![&id];
    params.extend(words.iter().map(|word| word as &dyn ToVal));
    tx.exec(&sql, &params)?;
    Ok(())
}

/// None when a contact has this address already.
pub(super) fn insert_email(
    tx: &mut Tx<'_>,
    contact_id: ContactId,
    address: &EmailAddress,
) -> Result<Option<EmailId>, Error> {
    let (id, now): (EmailId, _) = (tx.next_id()?, tx.now());
    let added = tx.exec(
        "insert into contact_email (id, contact_id, address, created_at)
         values (?1, ?2, ?3, ?4) on conflict (address) do nothing",
        &[&id, &contact_id, address, &now],
    )?;
    Ok((added == 1).then_some(id))
}

pub(super) fn delete_email(
    tx: &mut Tx<'_>,
    contact_id: ContactId,
    id: EmailId,
) -> Result<bool, Error> {
    let sql = "delete from contact_email where id = ?1 and contact_id = ?2";
    Ok(tx.exec(sql, &[&id, &contact_id])? == 1)
}

pub(super) fn insert_phone(
    tx: &mut Tx<'_>,
    contact_id: ContactId,
    phone: &Phone,
    label: &str,
) -> Result<PhoneId, Error> {
    let (id, now): (PhoneId, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into contact_phone (id, contact_id, number, reversed, label, created_at)
         values (?1, ?2, ?3, ?4, ?5, ?6)",
        &[&id, &contact_id, phone, &reversed_digits(phone.as_str()), &label, &now],
    )?;
    Ok(id)
}

pub(super) fn delete_phone(
    tx: &mut Tx<'_>,
    contact_id: ContactId,
    id: PhoneId,
) -> Result<bool, Error> {
    let sql = "delete from contact_phone where id = ?1 and contact_id = ?2";
    Ok(tx.exec(sql, &[&id, &contact_id])? == 1)
}

pub(super) fn insert_note(
    tx: &mut Tx<'_>,
    contact_id: ContactId,
    author_id: MemberId,
    body: &str,
) -> Result<NoteId, Error> {
    let (id, now): (NoteId, _) = (tx.next_id()?, tx.now());
    tx.exec(
        "insert into contact_note (id, contact_id, author_id, body, created_at)
         values (?1, ?2, ?3, ?4, ?5)",
        &[&id, &contact_id, &author_id, &body, &now],
    )?;
    Ok(id)
}

pub(super) fn contact(tx: &mut Tx<'_>, id: ContactId) -> Result<Option<Contact>, Error> {
    Ok(tx.opt(
        "select id, name, language, account_id, version, created_at, updated_at
         from contact where id = ?1",
        &[&id],
        |row| {
            Ok(Contact {
                id: row.get(0)?,
                name: row.get(1)?,
                language: row.get(2)?,
                account_id: row.get(3)?,
                version: row.get(4)?,
                created_at: row.get(5)?,
                updated_at: row.get(6)?,
            })
        },
    )?)
}

pub(super) fn phones(tx: &mut Tx<'_>, id: ContactId) -> Result<Vec<PhoneNumber>, Error> {
    Ok(tx.query(
        "select id, number, label from contact_phone where contact_id = ?1 order by id",
        &[&id],
        |row| Ok(PhoneNumber { id: row.get(0)?, number: row.get(1)?, label: row.get(2)? }),
    )?)
}

pub(super) fn emails(tx: &mut Tx<'_>, id: ContactId) -> Result<Vec<Email>, Error> {
    Ok(tx.query(
        "select id, address from contact_email where contact_id = ?1 order by id",
        &[&id],
        |row| Ok(Email { id: row.get(0)?, address: row.get(1)? }),
    )?)
}

pub(super) fn notes(tx: &mut Tx<'_>, id: ContactId) -> Result<Vec<Note>, Error> {
    Ok(tx.query(
        "select id, author_id, body, created_at from contact_note
         where contact_id = ?1 order by id desc limit 50",
        &[&id],
        |row| {
            Ok(Note {
                id: row.get(0)?,
                author_id: row.get(1)?,
                body: row.get(2)?,
                created_at: row.get(3)?,
            })
        },
    )?)
}

pub(super) fn by_email(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
) -> Result<Option<KnownContact>, Error> {
    Ok(tx.opt(
        "select c.id, c.name, c.language from contact_email e
         join contact c on c.id = e.contact_id where e.address = ?1",
        &[address],
        |row| {
            Ok(KnownContact {
                id: row.get(0)?,
                name: row.get(1)?,
                language: row.get(2)?,
                is_new: false,
            })
        },
    )?)
}

pub(super) fn page(
    tx: &mut Tx<'_>,
    after: Option<ContactId>,
    limit: usize,
) -> Result<Vec<ContactRow>, Error> {
    let sql = "select name_key from contact where id = ?1";
    let key = match after {
        Some(id) => tx.opt(sql, &[&id], |row| row.get::<String>(0))?.map(|key| (key, id)),
        None => None,
    };
    let (key, id) = key.unwrap_or((String::new(), ContactId(0)));
    let sql = format!(
        "select {ROW} from contact c left join account a on a.id = c.account_id
         where (c.name_key, c.id) > (?1, ?2) order by c.name_key, c.id limit {limit}"
    );
    Ok(tx.query(&sql, &[&key, &id], read_row)?)
}

pub(super) fn of_account(
    tx: &mut Tx<'_>,
    account_id: AccountId,
    limit: usize,
) -> Result<Vec<ContactRow>, Error> {
    let sql = format!(
        "select {ROW} from contact c left join account a on a.id = c.account_id
         where c.account_id = ?1 order by c.id limit {limit}"
    );
    Ok(tx.query(&sql, &[&account_id], read_row)?)
}

pub(super) fn by_phone_ending(
    tx: &mut Tx<'_>,
    digits: &str,
    limit: usize,
) -> Result<Vec<ContactRow>, Error> {
    let start = reversed_digits(digits);
    let sql = format!(
        "select {ROW} from contact_phone f join contact c on c.id = f.contact_id
         left join account a on a.id = c.account_id
         where f.reversed >= ?1 and f.reversed < ?2
         order by f.reversed, f.contact_id limit {limit}"
    );
    Ok(tx.query(&sql, &[&start, &after_prefix(&start)], read_row)?)
}

pub(super) fn by_email_beginning(
    tx: &mut Tx<'_>,
    prefix: &str,
    limit: usize,
) -> Result<Vec<ContactRow>, Error> {
    let sql = format!(
        "select {ROW} from contact_email f join contact c on c.id = f.contact_id
         left join account a on a.id = c.account_id
         where f.address >= ?1 and f.address < ?2 order by f.address limit {limit}"
    );
    Ok(tx.query(&sql, &[&prefix, &after_prefix(prefix)], read_row)?)
}

pub(super) fn by_words(
    tx: &mut Tx<'_>,
    words: &[String],
    limit: usize,
) -> Result<Vec<ContactRow>, Error> {
    let (condition, bounds) = all_words(words, "contact_word", "contact_id");
    // A person whose two words begin alike stands twice in the index.
    let rows_max = limit.min(PAGE_ROWS_MAX) * 2;
    let sql = format!(
        "select {ROW} from contact_word w join contact c on c.id = w.contact_id
         left join account a on a.id = c.account_id
         where {condition} order by w.word, w.contact_id limit {rows_max}"
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

/// The condition that each of `words` begins a word of the thing, over the table of words as `w`,
/// with its parameters. The longest word leads: it finds the fewest.
pub(crate) fn all_words(words: &[String], table: &str, owner: &str) -> (String, Vec<String>) {
    let mut sorted: Vec<&String> = words.iter().collect();
    sorted.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut parts = Vec::new();
    let mut bounds = Vec::new();
    for (at, word) in sorted.into_iter().enumerate() {
        let (from, to) = (2 * at + 1, 2 * at + 2);
        bounds.extend([word.clone(), after_prefix(word)]);
        parts.push(if at == 0 {
            format!("w.word >= ?{from} and w.word < ?{to}")
        } else {
            format!(
                "exists (select 1 from {table} x where x.{owner} = w.{owner}
                 and x.word >= ?{from} and x.word < ?{to})"
            )
        });
    }
    (parts.join(" and "), bounds)
}
