//! A row of either database, read by position.

use postgres::types::{FromSql, Type};
use rusqlite::types::ValueRef;

use crate::error::DbError;
use base::{FromVal, ValRef};

/// One row of an answer.
pub struct Row<'a>(pub(crate) RowKind<'a>);

pub(crate) enum RowKind<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl<'a> From<&'a postgres::Row> for Row<'a> {
    fn from(row: &'a postgres::Row) -> Row<'a> {
        Row(RowKind::Postgres(row))
    }
}

impl Row<'_> {
    /// The value of column `index`, counted from 0 in the order of the `select`.
    pub fn get<T: FromVal>(&self, index: usize) -> Result<T, DbError> {
        let column = |problem: String| DbError::Column { index, problem };
        match &self.0 {
            RowKind::Sqlite(row) => {
                let value = row.get_ref(index)?;
                T::from_val(from_sqlite(value).map_err(column)?).map_err(column)
            }
            RowKind::Postgres(row) => {
                let value: Raw<'_> = row.try_get(index)?;
                T::from_val(value.0).map_err(column)
            }
        }
    }
}

fn from_sqlite(value: ValueRef<'_>) -> Result<ValRef<'_>, String> {
    Ok(match value {
        ValueRef::Null => ValRef::Null,
        ValueRef::Integer(int) => ValRef::Int(int),
        ValueRef::Real(real) => ValRef::Real(real),
        ValueRef::Text(bytes) => {
            ValRef::Text(std::str::from_utf8(bytes).map_err(|error| error.to_string())?)
        }
        ValueRef::Blob(bytes) => ValRef::Blob(bytes),
    })
}

/// PostgreSQL's column types, folded to the five of `ValRef`.
struct Raw<'a>(ValRef<'a>);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(
        ty: &Type,
        raw: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        let val = match *ty {
            Type::INT8 => ValRef::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => ValRef::Int(i64::from(i32::from_sql(ty, raw)?)),
            Type::INT2 => ValRef::Int(i64::from(i16::from_sql(ty, raw)?)),
            Type::BOOL => ValRef::Int(i64::from(bool::from_sql(ty, raw)?)),
            Type::FLOAT8 => ValRef::Real(f64::from_sql(ty, raw)?),
            Type::BYTEA => ValRef::Blob(<&[u8]>::from_sql(ty, raw)?),
            _ => ValRef::Text(<&str>::from_sql(ty, raw)?),
        };
        Ok(Raw(val))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Raw(ValRef::Null))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8 | Type::INT4 | Type::INT2 | Type::BOOL | Type::FLOAT8 | Type::BYTEA
        ) || <&str as FromSql>::accepts(ty)
    }
}
