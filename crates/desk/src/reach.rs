//! Row scope: which cases a permission reaches for an actor. Every look at cases goes through here.

mod store;

use platform::{Actor, Error, MemberId, Permission, Scope, TeamId};

pub(crate) use store::Params;

/// How far a permission reaches.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    pub scope: Scope,
    pub member_id: MemberId,
    pub teams: Vec<TeamId>,
}

impl Reach {
    /// The reach of this permission for this actor, or the refusal.
    pub fn of(actor: &Actor, permission: impl Permission) -> Result<Reach, Error> {
        let scope = actor.require(permission)?;
        Ok(Reach { scope, member_id: actor.member_id, teams: actor.teams.clone() })
    }

    /// Whether a case with this owner, in a queue of this team, is within reach. The same rule as
    /// `condition`, for a row that is at hand.
    pub fn covers(&self, owner: Option<MemberId>, team: Option<TeamId>) -> bool {
        match self.scope {
            Scope::All => true,
            Scope::Own => owner == Some(self.member_id),
            Scope::Team => {
                owner == Some(self.member_id) || team.is_some_and(|team| self.teams.contains(&team))
            }
        }
    }
}
