-- Organisations that contacts belong to.
CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- The folded name, for order.
    name_key TEXT NOT NULL,
    gstin TEXT,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX account_name ON account (name_key, id);

-- Folded words of the name: each is found by its beginning.
CREATE TABLE account_word (
    word TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (word, account_id)
) STRICT;
CREATE INDEX account_word_account ON account_word (account_id, word);

CREATE TABLE contact (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    -- ISO 639: en, hi, mr …
    language TEXT NOT NULL,
    account_id INTEGER REFERENCES account (id),
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_name ON contact (name_key, id);
CREATE INDEX contact_account ON contact (account_id, id) WHERE account_id IS NOT NULL;

CREATE TABLE contact_word (
    word TEXT NOT NULL,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    PRIMARY KEY (word, contact_id)
) STRICT;
CREATE INDEX contact_word_contact ON contact_word (contact_id, word);

-- Not unique: families, drivers and fleets share numbers.
CREATE TABLE contact_phone (
    id INTEGER NOT NULL PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    -- E.164, with its plus.
    number TEXT NOT NULL,
    -- The digits from the last to the first, so that an index finds a number by its ending.
    reversed TEXT NOT NULL,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_phone_contact ON contact_phone (contact_id, id);
CREATE INDEX contact_phone_reversed ON contact_phone (reversed, contact_id);

CREATE TABLE contact_email (
    id INTEGER NOT NULL PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    -- Folded; one address is one contact's.
    address TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_email_contact ON contact_email (contact_id, id);

CREATE TABLE contact_note (
    id INTEGER NOT NULL PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    -- The member who wrote it; 0 is the system.
    author_id INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_note_contact ON contact_note (contact_id, id);
