//! One open workspace: its database, its files, its time zone.

use std::sync::Arc;

use base::Zone;
use db::Db;

use crate::actor::Actor;
use crate::control::workspace::WorkspaceRow;
use crate::file::Files;
use crate::web::LastSignal;

/// A company, or one client's programme. Isolated by construction: it is its own database.
pub struct Workspace {
    pub id: i64,
    pub slug: String,
    pub name: String,
    pub lang: String,
    pub zone: Zone,
    pub db: Db,
    pub files: Files,
    pub(crate) signals: Arc<LastSignal>,
}

impl Workspace {
    pub(crate) fn new(row: WorkspaceRow, db: Db, files: Files) -> Workspace {
        let zone = Zone::named(&row.zone).unwrap_or_else(Zone::india);
        Workspace {
            id: row.id,
            slug: row.slug,
            name: row.name,
            lang: row.lang,
            zone,
            db,
            files,
            signals: Arc::default(),
        }
    }

    /// The program itself at work in this workspace.
    pub fn system(&self) -> Actor {
        Actor::system(self.zone.clone())
    }
}
