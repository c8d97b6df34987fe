//! What happens to members, teams and roles.

use serde::{Deserialize, Serialize};

use crate::event::Event;

/// A person became a member.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberAdded {
    pub member_id: i64,
    pub role_id: i64,
}

impl Event for MemberAdded {
    const KIND: &'static str = "member.added";
    const SUBJECT: &'static str = "member";
    fn subject_id(&self) -> i64 {
        self.member_id
    }
}

/// A member's role or presence in the workspace changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct MemberChanged {
    pub member_id: i64,
    pub role_id: i64,
    pub active: bool,
}

impl Event for MemberChanged {
    const KIND: &'static str = "member.changed";
    const SUBJECT: &'static str = "member";
    fn subject_id(&self) -> i64 {
        self.member_id
    }
}

/// A team was made, renamed, or its members changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct TeamSaved {
    pub team_id: i64,
    pub members: Vec<i64>,
}

impl Event for TeamSaved {
    const KIND: &'static str = "team.saved";
    const SUBJECT: &'static str = "team";
    fn subject_id(&self) -> i64 {
        self.team_id
    }
}

/// A role's permissions changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct RoleSaved {
    pub role_id: i64,
    pub grants: Vec<(String, crate::permission::Scope)>,
}

impl Event for RoleSaved {
    const KIND: &'static str = "role.saved";
    const SUBJECT: &'static str = "role";
    fn subject_id(&self) -> i64 {
        self.role_id
    }
}
