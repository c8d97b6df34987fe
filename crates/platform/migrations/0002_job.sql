-- Work to do outside a transaction: in workspaces and in the control database alike.
CREATE TABLE job (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    -- Jobs with the same key run one after another, in the order of their ids.
    lane TEXT,
    payload TEXT NOT NULL,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    leased_until INTEGER,
    last_error TEXT,
    failed_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX job_due ON job (run_at, id) WHERE failed_at IS NULL;
CREATE INDEX job_failed ON job (failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX job_lane ON job (lane, id) WHERE lane IS NOT NULL AND failed_at IS NULL;
