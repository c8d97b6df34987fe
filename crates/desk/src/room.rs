//! What this room tells the house about itself.

use db::Migration;
use platform::{Permission, RoleGrant, Room, Scope};
use ui::i18n::Catalogue;

use crate::DeskPermission;

/// The words of this room.
pub const CATALOGUE: Catalogue = Catalogue {
    room: "desk",
    en: include_str!("../i18n/en.ftl"),
    hi: include_str!("../i18n/hi.ftl"),
};

/// The room's part of every workspace.
pub fn room() -> Room {
    use DeskPermission::{AssignCase, ChangeCase, CreateCase, ReadCase, ReplyCase};
    let grant =
        |role, permission: DeskPermission, scope| RoleGrant { role, key: permission.key(), scope };
    let mut role_grants: Vec<RoleGrant> = DeskPermission::LIST
        .iter()
        .map(|info| RoleGrant { role: "Administrator", key: info.key, scope: Scope::All })
        .collect();
    for role in ["Team lead", "Executive"] {
        let scoped = [ReadCase, ReplyCase, AssignCase, ChangeCase];
        role_grants.extend(scoped.map(|permission| grant(role, permission, Scope::Team)));
        role_grants.push(grant(role, CreateCase, Scope::All));
    }
    role_grants.push(grant("Auditor", ReadCase, Scope::All));
    Room {
        name: "desk",
        migrations: vec![Migration {
            name: "desk/0001_case",
            sql: include_str!("../migrations/0001_case.sql"),
        }],
        permissions: DeskPermission::LIST.to_vec(),
        role_grants,
        ..Room::default()
    }
}
