-- What every workspace has, before any room.
CREATE TABLE role (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- JSON: [["case.read", "team"], …]
    grants TEXT NOT NULL,
    built_in INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
    id INTEGER NOT NULL PRIMARY KEY,
    login_id INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    role_id INTEGER NOT NULL REFERENCES role (id),
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE team (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE team_member (
    team_id INTEGER NOT NULL REFERENCES team (id),
    member_id INTEGER NOT NULL REFERENCES member (id),
    PRIMARY KEY (team_id, member_id)
) STRICT;
CREATE INDEX team_member_member ON team_member (member_id);

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE setting_history (
    id INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by INTEGER NOT NULL
) STRICT;
CREATE INDEX setting_history_key ON setting_history (key, id);

CREATE TABLE file (
    id INTEGER NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX file_sha256 ON file (sha256);
