//! What a room tells the house about itself; `app` gathers these and wires them.

use db::{Hook, Migration};

use crate::job::Handlers;
use crate::member::RoleGrant;
use crate::permission::PermissionInfo;

/// One room's contribution to every workspace.
#[derive(Default)]
pub struct Room {
    pub name: &'static str,
    pub migrations: Vec<Migration>,
    pub permissions: Vec<PermissionInfo>,
    pub role_grants: Vec<RoleGrant>,
    /// Listeners inside the transaction, in order.
    pub hooks: Vec<Hook>,
    /// Code for the room's background jobs.
    pub handlers: Handlers,
}

/// Platform's own part: members, roles, settings, files, jobs.
pub fn own() -> Room {
    use crate::permission::{Permission, PlatformPermission, Scope};
    let grant = |role, permission: PlatformPermission| RoleGrant {
        role,
        key: permission.key(),
        scope: Scope::All,
    };
    let mut role_grants: Vec<RoleGrant> = PlatformPermission::LIST
        .iter()
        .map(|info| RoleGrant { role: "Administrator", key: info.key, scope: Scope::All })
        .collect();
    role_grants.extend([
        grant("Team lead", PlatformPermission::ReadMembers),
        grant("Team lead", PlatformPermission::ManageJobs),
        grant("Executive", PlatformPermission::ReadMembers),
        grant("Auditor", PlatformPermission::ReadMembers),
        grant("Auditor", PlatformPermission::ReadAudit),
    ]);
    Room {
        name: "platform",
        migrations: vec![
            Migration {
                name: "platform/0001_workspace",
                sql: include_str!("../migrations/0001_workspace.sql"),
            },
            Migration {
                name: "platform/0002_job",
                sql: include_str!("../migrations/0002_job.sql"),
            },
            Migration {
                name: "platform/0003_role_offer",
                sql: include_str!("../migrations/0003_role_offer.sql"),
            },
            Migration {
                name: "platform/0004_member_name",
                sql: include_str!("../migrations/0004_member_name.sql"),
            },
            Migration {
                name: "platform/0005_job_owner",
                sql: include_str!("../migrations/0005_job_owner.sql"),
            },
        ],
        permissions: PlatformPermission::LIST.to_vec(),
        role_grants,
        ..Room::default()
    }
}
