//! SQL of mailboxes.

use base::EmailAddress;
use db::{DbError, Row, Tx};
use platform::Error;

use super::{Checked, Mailbox, MailboxId, Smtp, Tls};

const COLUMNS: &str = "id, address, name, queue_id, case_type, lang, signature, smtp_host,
    smtp_port, smtp_tls, smtp_user, smtp_secret, active, version";

fn read(row: &Row<'_>) -> Result<Mailbox, DbError> {
    let (port, tls): (i64, String) = (row.get(8)?, row.get(9)?);
    Ok(Mailbox {
        id: row.get(0)?,
        address: row.get(1)?,
        name: row.get(2)?,
        queue_id: row.get(3)?,
        case_type: row.get(4)?,
        lang: row.get(5)?,
        signature: row.get(6)?,
        smtp: Smtp {
            host: row.get(7)?,
            port: u16::try_from(port).unwrap_or_default(),
            tls: Tls::from_key(&tls).unwrap_or_default(),
            user: row.get(10)?,
        },
        has_secret: row.get::<Option<Vec<u8>>>(11)?.is_some(),
        active: row.get(12)?,
        version: row.get(13)?,
    })
}

pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<Mailbox>, Error> {
    let sql = format!("select {COLUMNS} from mailbox order by address");
    Ok(tx.query(&sql, &[], read)?)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<Mailbox>, Error> {
    Ok(tx.opt(&format!("select {COLUMNS} from mailbox where id = ?1"), &[&id], read)?)
}

pub(crate) fn by_address(tx: &mut Tx<'_>, address: &str) -> Result<Option<Mailbox>, Error> {
    Ok(tx.opt(&format!("select {COLUMNS} from mailbox where address = ?1"), &[&address], read)?)
}

/// The mailbox for a conversation that has none of its own, such as one that began by telephone.
pub(crate) fn first_active(tx: &mut Tx<'_>) -> Result<Option<Mailbox>, Error> {
    let sql = format!("select {COLUMNS} from mailbox where active = 1 order by id limit 1");
    Ok(tx.opt(&sql, &[], read)?)
}

pub(crate) fn secret(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<Vec<u8>>, Error> {
    let sql = "select smtp_secret from mailbox where id = ?1";
    Ok(tx.opt(sql, &[&id], |row| row.get::<Option<Vec<u8>>>(0))?.flatten())
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    new: &Checked,
    secret: Option<&Vec<u8>>,
) -> Result<MailboxId, Error> {
    let (id, now): (MailboxId, _) = (tx.next_id()?, tx.now());
    let made = tx.exec(
        "insert into mailbox (id, address, name, queue_id, case_type, lang, signature,
         smtp_host, smtp_port, smtp_tls, smtp_user, smtp_secret, active, version, created_at)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 1, ?14)
         on conflict (address) do nothing",
        &[
            &id,
            address,
            &new.name,
            &new.queue_id,
            &new.case_type,
            &new.lang,
            &new.signature,
            &new.smtp.host,
            &i64::from(new.smtp.port),
            &new.smtp.tls.key(),
            &new.smtp.user,
            &secret.cloned(),
            &new.active,
            &now,
        ],
    )?;
    match made {
        0 => Err(Error::field("address", "channels-error-mailbox-exists")),
        _ => Ok(id),
    }
}

/// False when somebody else changed it meanwhile.
pub(super) fn update(
    tx: &mut Tx<'_>,
    id: MailboxId,
    version: i64,
    new: &Checked,
) -> Result<bool, Error> {
    let changed = tx.exec(
        "update mailbox set name = ?3, queue_id = ?4, case_type = ?5, lang = ?6,
         signature = ?7, smtp_host = ?8, smtp_port = ?9, smtp_tls = ?10, smtp_user = ?11,
         active = ?12, version = version + 1 where id = ?1 and version = ?2",
        &[
            &id,
            &version,
            &new.name,
            &new.queue_id,
            &new.case_type,
            &new.lang,
            &new.signature,
            &new.smtp.host,
            &i64::from(new.smtp.port),
            &new.smtp.tls.key(),
            &new.smtp.user,
            &new.active,
        ],
    )?;
    Ok(changed == 1)
}

pub(super) fn set_secret(
    tx: &mut Tx<'_>,
    id: MailboxId,
    secret: Option<&Vec<u8>>,
) -> Result<(), Error> {
    tx.exec("update mailbox set smtp_secret = ?2 where id = ?1", &[&id, &secret.cloned()])?;
    Ok(())
}
