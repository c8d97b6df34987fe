//! The only place where the two databases' SQL differs.

use std::borrow::Cow;

/// SQLite's `?1` written as PostgreSQL's `$1`. The numbered form is used throughout because `$1`
/// is a *named* parameter in SQLite, numbered by first appearance.
pub fn postgres_params(sql: &str) -> Cow<'_, str> {
    if !sql.contains('?') {
        return Cow::Borrowed(sql);
    }
    let mut out = String::with_capacity(sql.len());
    let mut letters = sql.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        quoted ^= letter == '\'';
        let numbered = letter == '?' && !quoted && letters.peek().is_some_and(char::is_ascii_digit);
        out.push(if numbered { '$' } else { letter });
    }
    Cow::Owned(out)
}

/// A migration's text as PostgreSQL reads it: the portable storage types get their 64-bit and
/// binary names, text sorts by its bytes whatever the server's language, and SQLite's table
/// option goes.
pub fn postgres_ddl(sql: &str) -> String {
    sql.replace(" INTEGER", " BIGINT")
        .replace(" BLOB", " BYTEA")
        .replace(" REAL", " DOUBLE PRECISION")
        .replace(" TEXT", " TEXT COLLATE \"C\"")
        .replace(") STRICT, WITHOUT ROWID;", ");")
        .replace(") WITHOUT ROWID, STRICT;", ");")
        .replace(") STRICT;", ");")
}

/// Reads the head row and the transaction's own number; on PostgreSQL the row lock puts app nodes
/// in one order.
pub fn take_head(postgres: bool) -> &'static str {
    if postgres {
        "select event_seq, last_hash, next_id, txid_current() from head where id = 1 for update"
    } else {
        "select event_seq, last_hash, next_id, 0 from head where id = 1"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_renamed_and_nothing_else() {
        assert_eq!(postgres_params("select ?2, ?1 where a = '?'"), "select $2, $1 where a = '?'");
        assert_eq!(postgres_params("select 'what?1', ?1"), "select 'what?1', $1");
        assert_eq!(postgres_params("select 1"), "select 1");
    }

    #[test]
    fn text_sorts_by_its_bytes() {
        let sql = "CREATE TABLE t (a TEXT NOT NULL, b TEXT) STRICT;";
        let expected = "CREATE TABLE t (a TEXT COLLATE \"C\" NOT NULL, b TEXT COLLATE \"C\");";
        assert_eq!(postgres_ddl(sql), expected);
    }

    #[test]
    fn ddl_gets_64_bit_integers() {
        let sql = "CREATE TABLE t (a INTEGER NOT NULL, b BLOB, c REAL) STRICT;";
        assert_eq!(
            postgres_ddl(sql),
            "CREATE TABLE t (a BIGINT NOT NULL, b BYTEA, c DOUBLE PRECISION);"
        );
        let keyed = "CREATE TABLE t (a TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;";
        let expected = "CREATE TABLE t (a TEXT COLLATE \"C\" NOT NULL PRIMARY KEY);";
        assert_eq!(postgres_ddl(keyed), expected);
    }
}
