-- What other rooms may read of people, beside rows of their own.
CREATE VIEW contact_card AS SELECT id, name, language, account_id FROM contact;
CREATE VIEW contact_address AS SELECT id, contact_id, address FROM contact_email;
