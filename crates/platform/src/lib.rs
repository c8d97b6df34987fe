//! The platform: workspaces, people who sign in, permissions, events, jobs, files, settings and
//! the web's ground rules. It knows no room; rooms declare themselves as `Room`.

mod actor;
mod app;
pub mod backup;
pub mod control;
mod error;
mod event;
mod file;
mod job;
mod keys;
mod limiter;
mod member;
mod metrics;
mod permission;
mod room;
mod setting;
pub mod web;
mod workspace;

pub use actor::{Actor, ActorKind, MemberId, RoleId, TeamId};
pub use app::{App, Config, InUse, Parts};
pub use error::{Checks, Error, FieldError};
pub use event::{Event, heard, record, topics};
pub use file::{FILE_BYTES_MAX, FileId, FileInfo, Files, StoredBytes};
pub use file::{add_file, find_file, safe_name};
pub use job::{Handlers, Job, JobCounts, JobFailure, JobId, JobInfo, JobRerun, JobSeat};
pub use job::{count_jobs, enqueue, forget_waiting, list_jobs, rerun_job, run_due};
pub use keys::{Keys, WrongKey, token_digest};
pub use limiter::Limiter;
pub use member::{
    Member, MemberAdded, MemberChange, MemberChanged, NewMember, NewTeam, Role, RoleChange,
    RoleGrant, RoleSaved, Team, TeamSaved, actor_for_login, add_member, change_member, find_member,
    list_members, list_roles, list_teams, member_names, save_role, save_team,
};
pub use metrics::{Metric, Metrics};
pub use permission::{Permission, PermissionInfo, PlatformPermission, Scope};
pub use room::{Room, own as own_room};
pub use setting::{
    Setting, SettingChange, SettingChanged, change_setting, setting, setting_history,
};
pub use workspace::Workspace;
