//! The control database: workspaces, logins, sessions, links, API tokens, mail recipients.

pub(crate) mod installation;
pub mod login;
pub mod session;
pub(crate) mod store;
pub mod token;
pub mod workspace;

use db::{Migration, Schema};

/// The control database's own schema.
pub(crate) fn schema() -> Schema {
    Schema {
        migrations: vec![
            Migration {
                name: "control/0001_control",
                sql: include_str!("../migrations/control/0001_control.sql"),
            },
            Migration {
                name: "control/0002_installation",
                sql: include_str!("../migrations/control/0002_installation.sql"),
            },
            Migration {
                name: "platform/0002_job",
                sql: include_str!("../migrations/0002_job.sql"),
            },
            Migration {
                name: "platform/0005_job_owner",
                sql: include_str!("../migrations/0005_job_owner.sql"),
            },
        ],
        version: 1,
        compat_min: 1,
    }
}
