-- What each built-in role was offered, once. A new version's new permissions reach the role, under
-- whatever name it goes by now; what an administrator took away stays away.
CREATE TABLE role_offer (
    role_name TEXT NOT NULL,
    permission TEXT NOT NULL,
    role_id INTEGER NOT NULL REFERENCES role (id),
    PRIMARY KEY (role_name, permission)
) STRICT;
