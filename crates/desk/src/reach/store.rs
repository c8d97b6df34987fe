//! Row scope as a condition of SQL.

use base::ToVal;
use platform::Scope;

use super::Reach;

/// Whole-number parameters of a statement that is put together.
#[derive(Default)]
pub(crate) struct Params(Vec<i64>);

impl Params {
    /// Keeps the value; returns its place, `?3`.
    pub fn add(&mut self, value: i64) -> String {
        self.0.push(value);
        format!("?{}", self.0.len())
    }

    pub fn refs(&self) -> Vec<&dyn ToVal> {
        self.0.iter().map(|value| value as &dyn ToVal).collect()
    }
}

impl Reach {
    /// The condition over `desk_case c` that keeps what is within reach.
    pub fn condition(&self, params: &mut Params) -> String {
        match self.scope {
            Scope::All => "1 = 1".into(),
            Scope::Own => format!("c.owner_id = {}", params.add(self.member_id.0)),
            Scope::Team => {
                let own = params.add(self.member_id.0);
                let teams: Vec<String> = self.teams.iter().map(|team| params.add(team.0)).collect();
                if teams.is_empty() {
                    return format!("c.owner_id = {own}");
                }
                format!(
                    "(c.owner_id = {own} or c.queue_id in
                     (select r.id from queue r where r.team_id in ({})))",
                    teams.join(", ")
                )
            }
        }
    }
}
