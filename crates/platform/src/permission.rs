//! Permissions are enums, declared by the room that checks them; roles are data over their keys.

/// Whose things a permission reaches.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// What is assigned to the person.
    Own,
    /// What belongs to one of the person's teams, and what is the person's own.
    Team,
    /// Everything in the workspace.
    All,
}

/// A permission of a room.
pub trait Permission: Copy + Send + Sync + 'static {
    /// Its name in roles, snapshots and the audit: `case.reply`.
    fn key(self) -> &'static str;
}

/// What a room tells about one of its permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PermissionInfo {
    pub key: &'static str,
    /// True where own and team mean something.
    pub scoped: bool,
}

/// Declares a room's permissions:
///
/// ```
/// platform::permissions! {
///     /// What one may do with cases.
///     pub enum DeskPermission {
///         /// See cases and their conversations.
///         ReadCase = "case.read" scoped,
///         /// Rename statuses and categories.
///         Configure = "desk.configure",
///     }
/// }
/// assert_eq!(DeskPermission::LIST[0].key, "case.read");
/// ```
#[macro_export]
macro_rules! permissions {
    (
        $(#[$meta:meta])* $vis:vis enum $name:ident {
            $($(#[$item:meta])* $variant:ident = $key:literal $($scoped:ident)?),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name { $($(#[$item])* $variant),+ }

        impl $name {
            /// Every permission of this room.
            pub const LIST: &'static [$crate::PermissionInfo] = &[
                $($crate::PermissionInfo {
                    key: $key,
                    scoped: $crate::permissions!(@scoped $($scoped)?),
                }),+
            ];
        }

        impl $crate::Permission for $name {
            fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }
        }
    };
    (@scoped) => { false };
    (@scoped scoped) => { true };
}

crate::permissions! {
    /// What one may do with the workspace itself.
    pub enum PlatformPermission {
        /// See members, teams and roles.
        ReadMembers = "member.read",
        /// Invite members, change roles and teams.
        ManageMembers = "member.manage",
        /// See background work and run failed work again.
        ManageJobs = "job.manage",
        /// Change settings.
        ManageSettings = "setting.manage",
        /// Read the audit trail.
        ReadAudit = "audit.read",
    }
}
