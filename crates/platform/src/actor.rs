//! Who acts: every use case gets an actor and asks it for permission.

use base::Zone;

use crate::error::Error;
use crate::permission::{Permission, Scope};

base::typed_id!(
    /// A person in one workspace.
    MemberId,
    /// A group of members.
    TeamId,
    /// A named set of permissions.
    RoleId,
);

/// A person, a token acting for a person, or the system.
#[derive(Clone, Debug)]
pub struct Actor {
    pub kind: ActorKind,
    /// 0 for the system.
    pub member_id: MemberId,
    /// The login in the control database; 0 for the system.
    pub login_id: i64,
    pub name: String,
    pub email: String,
    /// `en` or `hi`.
    pub lang: String,
    /// The workspace's time zone.
    pub zone: Zone,
    pub teams: Vec<TeamId>,
    pub grants: Vec<(String, Scope)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    Person,
    Token,
    System,
}

impl Actor {
    /// The program itself: mail coming in, clocks, jobs. It may do everything.
    pub fn system(zone: Zone) -> Actor {
        Actor {
            kind: ActorKind::System,
            member_id: MemberId(0),
            login_id: 0,
            name: "Sampark".into(),
            email: String::new(),
            lang: "en".into(),
            zone,
            teams: Vec::new(),
            grants: Vec::new(),
        }
    }

    pub fn is_system(&self) -> bool {
        self.kind == ActorKind::System
    }

    /// How far this permission reaches for this actor, or a refusal that names it.
    pub fn require(&self, permission: impl Permission) -> Result<Scope, Error> {
        self.require_key(permission.key())
    }

    /// The same by key, for guards that are declared as data.
    pub fn require_key(&self, key: &'static str) -> Result<Scope, Error> {
        self.scope_of(key).ok_or(Error::Denied { permission: key })
    }

    pub fn may(&self, permission: impl Permission) -> bool {
        self.scope_of(permission.key()).is_some()
    }

    fn scope_of(&self, key: &str) -> Option<Scope> {
        if self.is_system() {
            return Some(Scope::All);
        }
        self.grants.iter().find(|(granted, _)| granted == key).map(|(_, scope)| *scope)
    }
}
