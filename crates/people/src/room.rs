//! What this room tells the house about itself.

use db::Migration;
use platform::{Permission, RoleGrant, Room, Scope};
use ui::i18n::Catalogue;

use crate::PeoplePermission;

/// The words of this room, and the words for what is wrong with a field.
pub const CATALOGUE: Catalogue = Catalogue {
    room: "people",
    en: include_str!("../i18n/en.ftl"),
    hi: include_str!("../i18n/hi.ftl"),
};

/// The room's part of every workspace.
pub fn room() -> Room {
    let grant = |role, permission: PeoplePermission| RoleGrant {
        role,
        key: permission.key(),
        scope: Scope::All,
    };
    let workers = ["Administrator", "Team lead", "Executive"];
    let both = [PeoplePermission::ReadContact, PeoplePermission::WriteContact];
    let mut role_grants: Vec<RoleGrant> =
        workers.iter().flat_map(|role| both.map(|permission| grant(role, permission))).collect();
    role_grants.push(grant("Auditor", PeoplePermission::ReadContact));
    Room {
        name: "people",
        migrations: vec![
            Migration {
                name: "people/0001_contact",
                sql: include_str!("../migrations/0001_contact.sql"),
            },
            Migration {
                name: "people/0002_card",
                sql: include_str!("../migrations/0002_card.sql"),
            },
        ],
        permissions: PeoplePermission::LIST.to_vec(),
        role_grants,
        ..Room::default()
    }
}
