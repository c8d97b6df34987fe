-- Where work waits. A queue belongs to a team, or to nobody in particular.
CREATE TABLE queue (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    team_id INTEGER REFERENCES team (id),
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE category (
    id INTEGER NOT NULL PRIMARY KEY,
    parent_id INTEGER REFERENCES category (id),
    name TEXT NOT NULL,
    -- complaint, request, query or feedback, where the category suggests one.
    type_hint TEXT,
    active INTEGER NOT NULL
) STRICT;
CREATE INDEX category_parent ON category (parent_id, name);

-- A label one may change, over a fixed type that rules look at.
CREATE TABLE case_status (
    id INTEGER NOT NULL PRIMARY KEY,
    label TEXT NOT NULL UNIQUE,
    status_type TEXT NOT NULL,
    position INTEGER NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation (
    id INTEGER NOT NULL PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    channel TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- open, waiting (for the customer) or closed
    state TEXT NOT NULL,
    -- The carrier's own number of the mailbox it came through.
    mailbox_id INTEGER,
    created_at INTEGER NOT NULL,
    last_message_at INTEGER NOT NULL
) STRICT;
CREATE INDEX conversation_contact ON conversation (contact_id, id);

-- Addresses beside the customer's own that take part.
CREATE TABLE conversation_participant (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (conversation_id, address)
) STRICT;

CREATE TABLE desk_case (
    id INTEGER NOT NULL PRIMARY KEY,
    -- CMP-2026-000123 in its three parts. It stays when the type changes: the customer has it.
    number_kind TEXT NOT NULL,
    number_year INTEGER NOT NULL,
    number_serial INTEGER NOT NULL,
    case_type TEXT NOT NULL,
    subject TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    account_id INTEGER REFERENCES account (id),
    category_id INTEGER REFERENCES category (id),
    priority TEXT NOT NULL,
    status_id INTEGER NOT NULL REFERENCES case_status (id),
    status_type TEXT NOT NULL,
    -- 1 until resolved. Lists of live work stay small beside millions of finished cases.
    live INTEGER NOT NULL,
    -- 0 is none, so that one index finds "nobody's" like anybody's.
    queue_id INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    related_id INTEGER,
    channel TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    first_replied_at INTEGER,
    last_customer_at INTEGER,
    last_agent_at INTEGER,
    -- The customer's first message that nobody has answered yet.
    waiting_since INTEGER,
    resolved_at INTEGER,
    closed_at INTEGER,
    unread INTEGER NOT NULL,
    snippet TEXT NOT NULL,
    -- Priority, then whether the customer waits, then since when, in one number: least first.
    urgency INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX desk_case_number ON desk_case (number_serial, number_year, number_kind);
CREATE INDEX desk_case_contact ON desk_case (contact_id, id);
CREATE INDEX desk_case_conversation ON desk_case (conversation_id, id);
-- Lists, each in the order it is read: live work by urgency, live and finished work by age.
CREATE INDEX desk_case_live ON desk_case (urgency, id) WHERE live = 1;
CREATE INDEX desk_case_live_owner ON desk_case (owner_id, urgency, id) WHERE live = 1;
CREATE INDEX desk_case_live_queue ON desk_case (queue_id, urgency, id) WHERE live = 1;
CREATE INDEX desk_case_pending ON desk_case (urgency, id) WHERE status_type = 'pending_customer';
CREATE INDEX desk_case_new ON desk_case (id) WHERE live = 1;
CREATE INDEX desk_case_new_owner ON desk_case (owner_id, id) WHERE live = 1;
CREATE INDEX desk_case_new_queue ON desk_case (queue_id, id) WHERE live = 1;
CREATE INDEX desk_case_done ON desk_case (id) WHERE live = 0;
CREATE INDEX desk_case_done_owner ON desk_case (owner_id, id) WHERE live = 0;
CREATE INDEX desk_case_done_queue ON desk_case (queue_id, id) WHERE live = 0;

-- How many cases stand where, kept with every change, so that no overview counts rows.
CREATE TABLE case_count (
    owner_id INTEGER NOT NULL,
    queue_id INTEGER NOT NULL,
    status_type TEXT NOT NULL,
    cases INTEGER NOT NULL,
    PRIMARY KEY (owner_id, queue_id, status_type)
) STRICT;

CREATE TABLE message (
    id INTEGER NOT NULL PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES desk_case (id),
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    -- in, out or note
    direction TEXT NOT NULL,
    channel TEXT NOT NULL,
    -- customer (a contact), member or system
    author_kind TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    from_address TEXT NOT NULL,
    from_name TEXT NOT NULL,
    -- JSON: [{"address": …, "name": …}]
    to_addresses TEXT NOT NULL,
    cc_addresses TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    -- The body without quoted history, where that is less.
    reply_text TEXT,
    html_file_id INTEGER REFERENCES file (id),
    status TEXT NOT NULL,
    -- Why it failed, in words for the person who wrote it.
    problem TEXT,
    -- The channel's own name of it: a Message-ID.
    channel_key TEXT,
    -- 1 when a machine wrote it.
    auto INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
CREATE INDEX message_case ON message (case_id, id);
CREATE INDEX message_conversation ON message (conversation_id, id) WHERE channel_key IS NOT NULL;
CREATE INDEX message_channel_key ON message (channel_key) WHERE channel_key IS NOT NULL;

CREATE TABLE attachment (
    id INTEGER NOT NULL PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES message (id),
    file_id INTEGER NOT NULL REFERENCES file (id),
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    -- 1 when the text shows it in its place.
    inline INTEGER NOT NULL,
    content_id TEXT
) STRICT;
CREATE INDEX attachment_message ON attachment (message_id, id);

-- What a person was writing: one draft for each person and case.
CREATE TABLE draft (
    member_id INTEGER NOT NULL REFERENCES member (id),
    case_id INTEGER NOT NULL REFERENCES desk_case (id),
    mode TEXT NOT NULL,
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (member_id, case_id)
) STRICT;

-- The customer's way to see a case's status: only the token's digest is kept.
CREATE TABLE status_link (
    token_digest TEXT NOT NULL PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES desk_case (id),
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX status_link_case ON status_link (case_id);
