//! What can go wrong with a database, in the words the floors above can act on.

/// A failure of the data layer. After any of these but `Unknown` nothing of the use case was kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    #[error("too many changes are waiting to be written; try again in a moment")]
    Busy,
    #[error("{table} already holds this {columns}")]
    Unique { table: String, columns: String },
    #[error("the rule {name} of the database refused a value")]
    Check { name: String },
    #[error("a row that this one points to does not exist")]
    ForeignKey,
    #[error("a required value is missing: {column}")]
    Missing { column: String },
    #[error("the disk or the workspace's size limit is full; nothing was saved")]
    Full,
    #[error("the database could not be read or written: {0}")]
    Io(String),
    #[error("the whole batch was undone, nothing was saved: {0}")]
    Aborted(String),
    #[error("the database went away while saving; look whether it was saved before trying again")]
    Unknown,
    #[error("the change failed inside the program and was undone")]
    Panicked,
    #[error("the database is closed")]
    Closed,
    #[error("this database was made by a newer version (needs {needs}, this is {have})")]
    TooNew { needs: i64, have: i64 },
    #[error("SQL error: {0}")]
    Sql(String),
    #[error("column {index}: {problem}")]
    Column { index: usize, problem: String },
    #[error("{0}")]
    Refused(String),
}

impl DbError {
    /// True when the same call may succeed a little later.
    pub fn is_passing(&self) -> bool {
        use DbError::{Aborted, Busy, Full, Io, Unknown};
        matches!(self, Busy | Full | Io(_) | Aborted(_) | Unknown)
    }

    /// What a whole batch's failure is for each of those who were in it.
    pub(crate) fn of_batch(self) -> DbError {
        match self {
            DbError::Unknown | DbError::Closed => self,
            other => DbError::Aborted(other.to_string()),
        }
    }

    /// True when this is a unique violation on the named table.
    pub fn is_duplicate_of(&self, name: &str) -> bool {
        matches!(self, DbError::Unique { table, .. } if table == name)
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::{self, ErrorCode};
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return DbError::Sql(error.to_string());
        };
        let text = message.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::DiskFull => DbError::Full,
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::DatabaseCorrupt => {
                DbError::Io(text)
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => DbError::Busy,
            ErrorCode::ConstraintViolation => match failure.extended_code {
                ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                    sqlite_unique(&text)
                }
                ffi::SQLITE_CONSTRAINT_FOREIGNKEY => DbError::ForeignKey,
                ffi::SQLITE_CONSTRAINT_NOTNULL => {
                    DbError::Missing { column: after_colon(&text).to_string() }
                }
                _ => DbError::Check { name: after_colon(&text).to_string() },
            },
            _ => DbError::Sql(text),
        }
    }
}

fn after_colon(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(_, rest)| rest)
}

/// `UNIQUE constraint failed: contact_email.address, contact_email.kind`
fn sqlite_unique(text: &str) -> DbError {
    let list = after_colon(text);
    let mut table = String::new();
    let mut columns = Vec::new();
    for item in list.split(", ") {
        let (owner, column) = item.split_once('.').unwrap_or(("", item));
        table = owner.to_string();
        columns.push(column);
    }
    DbError::Unique { table, columns: columns.join(", ") }
}

impl From<postgres::Error> for DbError {
    fn from(error: postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            // A value that does not fit its column is our defect, not the network's.
            return match std::error::Error::source(&error) {
                Some(cause) if !error.is_closed() && !cause.is::<std::io::Error>() => {
                    DbError::Sql(format!("{error}: {cause}"))
                }
                _ => DbError::Io(error.to_string()),
            };
        };
        let table = || db.table().unwrap_or_default().to_string();
        match db.code().code() {
            "23505" => DbError::Unique { table: table(), columns: key_columns(db.detail()) },
            "23503" => DbError::ForeignKey,
            "23502" => DbError::Missing {
                column: format!("{}.{}", table(), db.column().unwrap_or_default()),
            },
            "23514" => DbError::Check { name: db.constraint().unwrap_or_default().to_string() },
            "53100" | "53200" => DbError::Full,
            "55P03" | "57014" | "40P01" | "40001" | "53300" => DbError::Busy,
            "57P01" | "57P02" | "57P03" | "57P05" | "25P03" | "58030" => {
                DbError::Io(db.message().to_string())
            }
            _ => DbError::Sql(db.message().to_string()),
        }
    }
}

/// `Key (address, kind)=(a, b) already exists.`
fn key_columns(detail: Option<&str>) -> String {
    detail
        .and_then(|text| text.strip_prefix("Key ("))
        .and_then(|text| text.split_once(")="))
        .map(|(columns, _)| columns.to_string())
        .unwrap_or_default()
}
