//! Signing in, people and teams, roles, API tokens, background work and the audit trail: the
//! pages over what `platform` keeps. It has no tables of its own.

mod system_mail;

mod link;
mod password;
mod sign_in;
mod visitor;

mod me;
mod settings;

mod invitation;
mod member;
mod once;
mod role;
mod team;
mod token;

mod audit;
mod job;

use platform::PlatformPermission::{ManageJobs, ManageMembers, ReadAudit, ReadMembers};
use platform::Room;
use platform::web::{Guard, Routes};

pub use system_mail::SystemMail;

/// The words of this room.
pub const CATALOGUE: ui::i18n::Catalogue = ui::i18n::Catalogue {
    room: "admin",
    en: include_str!("../i18n/en.ftl"),
    hi: include_str!("../i18n/hi.ftl"),
};

/// What this room adds to every workspace: nothing is stored.
pub fn room() -> Room {
    Room { name: "admin", ..Room::default() }
}

/// Every page of this room, each behind its guard.
pub fn routes() -> Routes {
    public_routes().with(own_routes()).with(people_routes()).with(oversight_routes())
}

fn public_routes() -> Routes {
    Routes::new()
        .get("/login", Guard::Public, sign_in::page)
        .post("/login", Guard::Public, sign_in::enter)
        .post("/logout", Guard::SignedIn, sign_in::leave)
        .get("/", Guard::SignedIn, sign_in::workspaces)
        .get("/forgot", Guard::Public, password::forgot_page)
        .post("/forgot", Guard::Public, password::forgot)
        .get("/join/{token}", Guard::Public, password::join_page)
        .post("/join/{token}", Guard::Public, password::join)
}

fn own_routes() -> Routes {
    Routes::new()
        .get("/w/{ws}", Guard::Member, settings::home)
        .get("/w/{ws}/me", Guard::Member, me::page)
        .post("/w/{ws}/me", Guard::Member, me::save)
        .post("/w/{ws}/me/password", Guard::Member, me::change_password)
        .get("/w/{ws}/settings", Guard::Member, settings::index)
        .get("/w/{ws}/settings/tokens", Guard::Member, token::list)
        .post("/w/{ws}/settings/tokens", Guard::Member, token::create)
        .post("/w/{ws}/settings/tokens/{id}/revocation", Guard::Member, token::revoke)
}

fn people_routes() -> Routes {
    let (read, manage) = (Guard::needs(ReadMembers), Guard::needs(ManageMembers));
    Routes::new()
        .get("/w/{ws}/settings/members", read, member::list)
        .post("/w/{ws}/settings/members", manage, member::invite)
        .get("/w/{ws}/settings/members/new", manage, member::new)
        .get("/w/{ws}/settings/members/{id}", manage, member::edit)
        .post("/w/{ws}/settings/members/{id}", manage, member::save)
        .post("/w/{ws}/settings/members/{id}/invitation", manage, member::invite_again)
        .get("/w/{ws}/settings/teams", read, team::list)
        .post("/w/{ws}/settings/teams", manage, team::create)
        .get("/w/{ws}/settings/teams/new", manage, team::new)
        .get("/w/{ws}/settings/teams/{id}", manage, team::edit)
        .post("/w/{ws}/settings/teams/{id}", manage, team::save)
        .get("/w/{ws}/settings/roles", read, role::list)
        .post("/w/{ws}/settings/roles", manage, role::create)
        .get("/w/{ws}/settings/roles/new", manage, role::new)
        .get("/w/{ws}/settings/roles/{id}", manage, role::edit)
        .post("/w/{ws}/settings/roles/{id}", manage, role::save)
}

fn oversight_routes() -> Routes {
    let (jobs, audit) = (Guard::needs(ManageJobs), Guard::needs(ReadAudit));
    Routes::new()
        .get("/w/{ws}/queues/jobs", jobs, job::page)
        .get("/w/{ws}/queues/jobs/list", jobs, job::fragment)
        .post("/w/{ws}/queues/jobs/{id}/rerun", jobs, job::rerun)
        .get("/w/{ws}/audit", audit, audit::page)
        .get("/w/{ws}/audit/verification", audit, audit::verify)
}
