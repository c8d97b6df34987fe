-- Mailboxes, mails that came in, mails that go out. The words of a mail are not here: the raw
-- mail is a sealed file named by its digest, what it says is the desk's message.
CREATE TABLE mailbox (
    id INTEGER NOT NULL PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    queue_id INTEGER,
    case_type TEXT,
    lang TEXT NOT NULL,
    signature TEXT NOT NULL,
    smtp_host TEXT NOT NULL,
    smtp_port INTEGER NOT NULL,
    smtp_tls TEXT NOT NULL,
    smtp_user TEXT NOT NULL,
    -- Sealed with the key file.
    smtp_secret BLOB,
    active INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE inbound_mail (
    id INTEGER NOT NULL PRIMARY KEY,
    mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
    recipient TEXT NOT NULL,
    envelope_from TEXT NOT NULL,
    -- Of the whole raw mail: the file's name.
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    -- received, done, duplicate, ignored, failed
    state TEXT NOT NULL,
    -- Why it is where it is: a key of the catalogue, and technical words where there are any.
    reason TEXT,
    detail TEXT,
    attempts INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    taken_at INTEGER,
    -- Known once it was read. The digest leaves out what servers add on the way.
    content_sha256 TEXT,
    message_key TEXT,
    sender TEXT,
    reply_to TEXT,
    subject TEXT,
    -- Where it went.
    conversation_id INTEGER,
    case_id INTEGER,
    desk_message_id INTEGER,
    -- Set when it came through the spool folder: the same spooled mail is taken once.
    spool_id TEXT UNIQUE
) STRICT;
CREATE INDEX inbound_mail_waiting ON inbound_mail (mailbox_id, id) WHERE state = 'received';
CREATE INDEX inbound_mail_state ON inbound_mail (state, id);
CREATE INDEX inbound_mail_key ON inbound_mail (mailbox_id, message_key)
    WHERE message_key IS NOT NULL;
CREATE INDEX inbound_mail_conversation ON inbound_mail (conversation_id, id)
    WHERE conversation_id IS NOT NULL;
CREATE INDEX inbound_mail_message ON inbound_mail (desk_message_id)
    WHERE desk_message_id IS NOT NULL;

CREATE TABLE outbound_mail (
    id INTEGER NOT NULL PRIMARY KEY,
    desk_message_id INTEGER NOT NULL UNIQUE,
    conversation_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
    -- The first addressee, and all who have not got it yet, one a line.
    recipient TEXT NOT NULL,
    open_recipients TEXT NOT NULL,
    -- Drawn once: every try sends the same mail.
    header_id TEXT NOT NULL UNIQUE,
    date_at INTEGER NOT NULL,
    -- 1 for acknowledgements and notices.
    automatic INTEGER NOT NULL,
    -- queued, sending, sent, failed, discarded, undone
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    give_up_at INTEGER NOT NULL,
    leased_until INTEGER,
    -- The composed mail, from the first try on.
    sha256 TEXT,
    reason TEXT,
    detail TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX outbound_mail_open ON outbound_mail (conversation_id, id)
    WHERE state IN ('queued', 'sending');
CREATE INDEX outbound_mail_conversation ON outbound_mail (conversation_id, id);
CREATE INDEX outbound_mail_state ON outbound_mail (state, id);
CREATE INDEX outbound_mail_automatic ON outbound_mail (recipient, created_at)
    WHERE automatic = 1;

-- Which Message-ID belongs to which conversation. `key` is the id, or its digest when it is long.
CREATE TABLE mail_ref (
    id INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL,
    conversation_id INTEGER NOT NULL,
    desk_message_id INTEGER NOT NULL,
    -- 1 when we sent it: its random part is known only to those who got the mail.
    outbound INTEGER NOT NULL,
    -- As it stands in headers.
    header_id TEXT NOT NULL
) STRICT;
CREATE INDEX mail_ref_key ON mail_ref (key);
CREATE INDEX mail_ref_conversation ON mail_ref (conversation_id, id);
