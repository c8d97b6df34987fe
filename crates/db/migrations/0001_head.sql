-- One row: the write batch that holds it decides the order of everything.
CREATE TABLE head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    event_seq INTEGER NOT NULL,
    last_hash BLOB NOT NULL,
    next_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    compat_min INTEGER NOT NULL
) STRICT;

-- People-facing numbers, per kind and year, without gaps.
CREATE TABLE series (
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (kind, year)
) STRICT;

CREATE TABLE event (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    contact_id INTEGER,
    payload TEXT,
    digest BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE INDEX event_subject ON event (subject_kind, subject_id, seq);
CREATE INDEX event_contact ON event (contact_id, seq) WHERE contact_id IS NOT NULL;
