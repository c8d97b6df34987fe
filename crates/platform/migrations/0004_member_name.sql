-- What every room may read of members: their names, also of those who have left.
CREATE VIEW member_name AS SELECT id, name FROM member;
