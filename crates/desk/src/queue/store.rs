//! SQL of queues.

use db::{DbError, Row, Tx};
use platform::{Error, TeamId};

use super::{Queue, QueueId};

const QUEUE: &str = "select id, name, team_id, active from queue";

fn read(row: &Row<'_>) -> Result<Queue, DbError> {
    Ok(Queue { id: row.get(0)?, name: row.get(1)?, team_id: row.get(2)?, active: row.get(3)? })
}

pub(super) fn queues(tx: &mut Tx<'_>) -> Result<Vec<Queue>, Error> {
    Ok(tx.query(&format!("{QUEUE} order by active desc, name, id"), &[], read)?)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    name: &str,
    team_id: Option<TeamId>,
    active: bool,
) -> Result<QueueId, Error> {
    let id: QueueId = tx.next_id()?;
    tx.exec(
        "insert into queue (id, name, team_id, active) values (?1, ?2, ?3, ?4)",
        &[&id, &name, &team_id, &active],
    )?;
    Ok(id)
}

pub(super) fn update(
    tx: &mut Tx<'_>,
    id: QueueId,
    name: &str,
    team_id: Option<TeamId>,
    active: bool,
) -> Result<(), Error> {
    tx.exec(
        "update queue set name = ?2, team_id = ?3, active = ?4 where id = ?1",
        &[&id, &name, &team_id, &active],
    )?;
    Ok(())
}

/// The queue, if it is there and takes work.
pub(crate) fn active_queue(tx: &mut Tx<'_>, id: QueueId) -> Result<Option<Queue>, Error> {
    Ok(tx.opt(&format!("{QUEUE} where id = ?1 and active = 1"), &[&id], read)?)
}

/// Where unsorted work waits: the wished queue while it takes work, else the oldest that does.
pub(crate) fn intake_queue(
    tx: &mut Tx<'_>,
    wished: Option<QueueId>,
) -> Result<Option<QueueId>, Error> {
    let wished = wished.unwrap_or(QueueId(0));
    Ok(tx.opt(
        "select id from queue where active = 1
         order by case when id = ?1 then 0 else 1 end, id limit 1",
        &[&wished],
        |row| row.get(0),
    )?)
}

pub(crate) fn queues_of_teams(tx: &mut Tx<'_>, teams: &[TeamId]) -> Result<Vec<QueueId>, Error> {
    let all: Vec<(QueueId, TeamId)> = tx.query(
        "select id, team_id from queue where team_id is not null order by id",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(all.into_iter().filter(|(_, team)| teams.contains(team)).map(|(id, _)| id).collect())
}
