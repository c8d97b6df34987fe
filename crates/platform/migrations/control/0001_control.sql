-- The control database: who may sign in, and where each workspace lives. No customer data.
CREATE TABLE workspace (
    id INTEGER NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    lang TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;

CREATE TABLE login (
    id INTEGER NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    lang TEXT NOT NULL,
    theme TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;

CREATE TABLE membership (
    login_id INTEGER NOT NULL REFERENCES login (id),
    workspace_id INTEGER NOT NULL REFERENCES workspace (id),
    PRIMARY KEY (login_id, workspace_id)
) STRICT;
CREATE INDEX membership_workspace ON membership (workspace_id);

CREATE TABLE session (
    digest TEXT NOT NULL PRIMARY KEY,
    login_id INTEGER NOT NULL REFERENCES login (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_login ON session (login_id);
CREATE INDEX session_expires ON session (expires_at);

-- Links that let a person choose a password: first run, invitation, reset. Each works once.
CREATE TABLE login_link (
    digest TEXT NOT NULL PRIMARY KEY,
    login_id INTEGER NOT NULL REFERENCES login (id),
    purpose TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_token (
    id INTEGER NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    workspace_id INTEGER NOT NULL REFERENCES workspace (id),
    login_id INTEGER NOT NULL REFERENCES login (id),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX api_token_workspace ON api_token (workspace_id);

-- Which workspace a mail address belongs to.
CREATE TABLE recipient (
    address TEXT NOT NULL PRIMARY KEY,
    workspace_id INTEGER NOT NULL REFERENCES workspace (id)
) STRICT;
