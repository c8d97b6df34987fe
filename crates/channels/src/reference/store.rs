//! SQL of Message-IDs.

use db::{DbError, Row, Tx};
use platform::Error;

use super::MailRef;

fn read(row: &Row<'_>) -> Result<MailRef, DbError> {
    Ok(MailRef {
        conversation_id: row.get(0)?,
        desk_message_id: row.get(1)?,
        outbound: row.get(2)?,
        header_id: row.get(3)?,
    })
}

pub(crate) fn insert(tx: &mut Tx<'_>, key: &str, known: &MailRef) -> Result<(), Error> {
    let id: i64 = tx.next_id()?;
    tx.exec(
        "insert into mail_ref (id, key, conversation_id, desk_message_id, outbound, header_id)
         values (?1, ?2, ?3, ?4, ?5, ?6)",
        &[
            &id,
            &key,
            &known.conversation_id,
            &known.desk_message_id,
            &known.outbound,
            &known.header_id,
        ],
    )?;
    Ok(())
}

/// Everything that has this Message-ID, newest first. Strangers may write the same id: at most
/// ten are looked at.
pub(crate) fn with_key(tx: &mut Tx<'_>, key: &str) -> Result<Vec<MailRef>, Error> {
    Ok(tx.query(
        "select conversation_id, desk_message_id, outbound, header_id from mail_ref
         where key = ?1 order by id desc limit 10",
        &[&key],
        read,
    )?)
}

/// The newest Message-IDs of a conversation, oldest of them first.
pub(crate) fn of_conversation(
    tx: &mut Tx<'_>,
    conversation_id: i64,
    limit: i64,
) -> Result<Vec<MailRef>, Error> {
    let mut newest = tx.query(
        "select conversation_id, desk_message_id, outbound, header_id from mail_ref
         where conversation_id = ?1 order by id desc limit ?2",
        &[&conversation_id, &limit],
        read,
    )?;
    newest.reverse();
    Ok(newest)
}
