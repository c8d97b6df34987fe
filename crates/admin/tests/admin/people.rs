//! Members, teams, roles, one's own settings.

use platform::{Member, Role, list_roles, list_teams};
use testkit::on_both;

use crate::world::{Browser, PASSWORD, World};

impl World {
    fn role(&self, name: &str) -> Role {
        let roles = self.arohi.db.read(list_roles).unwrap();
        roles.into_iter().find(|role| role.name == name).unwrap()
    }

    fn member(&self, email: &str) -> Member {
        let system = self.arohi.system();
        let members = self.arohi.db.read(|tx| platform::list_members(tx, &system)).unwrap();
        members.into_iter().find(|member| member.email == email).unwrap()
    }
}

on_both!(a_person_is_invited_and_begins, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let role = world.role("Executive").id.0.to_string();
    asha.get(&world, "/w/arohi/settings/members/new").shows(200, &["Send the invitation"]);
    let new = [("name", "Sunita Ingle"), ("email", "sunita@arohi.example"), ("role", &*role)];
    let sent = asha.post(&world, "/w/arohi/settings/members", &new);
    let page = format!("/w/arohi/settings/members/{}", world.member("sunita@arohi.example").id.0);
    sent.goes_to(&page);
    let once = asha.get(&world, &page);
    once.shows(200, &["http://desk.example.in/join/", "on its way to sunita@arohi.example"]);
    let later = asha.get(&world, &page);
    later.shows(200, &["has not chosen a password yet"]);
    later.lacks("/join/");
    let members = asha.get(&world, "/w/arohi/settings/members");
    members.shows(200, &["Sunita Ingle", "Invited, has not come yet"]);
    let mails = world.post();
    assert!(mails[0].1.contains("Asha Rao invites you to work in Arohi Motors"));
    let first = world.link_in(&mails[0].1);
    asha.post(&world, &format!("{page}/invitation"), &[]).goes_to(&page);
    let second = world.link_in(&world.post()[1].1);
    let mut sunita = Browser::default();
    sunita.get(&world, &first).shows(404, &["no longer works"]);
    sunita.get(&world, &second).shows(200, &["Sunita Ingle", "sunita@arohi.example"]);
    sunita.post(&world, &second, &[("password", PASSWORD)]).goes_to("/w/arohi");
    sunita.get(&world, "/w/arohi/settings").shows(200, &["Sunita Ingle"]);
    // Who has a password needs no invitation.
    asha.post(&world, &format!("{page}/invitation"), &[]).goes_to(&page);
    asha.get(&world, &page).shows(200, &["has a password already"]);
    assert_eq!(world.post().len(), 2);
    // The trail says who did it.
    let audit = asha.get(&world, "/w/arohi/audit?kind=member.added");
    audit.shows(200, &["Sunita Ingle", "Asha Rao", "Member added"]);
});

on_both!(what_is_wrong_with_an_invitation_is_told_at_once, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let wrong = asha.post(
        &world,
        "/w/arohi/settings/members",
        &[("name", " "), ("email", "sunita@"), ("role", "none"), ("team-7", "1")],
    );
    wrong.shows(422, &["f-name-error", "f-email-error", "f-role-error", "value=\"sunita@\""]);
    wrong.shows(422, &["3 things need another look"]);
    let role = world.role("Executive").id.0.to_string();
    let again = [("name", "Nikhil"), ("email", "NIKHIL@arohi.example"), ("role", &*role)];
    let taken = asha.post(&world, "/w/arohi/settings/members", &again);
    taken.shows(422, &["is here already", "NIKHIL@arohi.example"]);
    assert!(world.post().is_empty(), "nobody is mailed about a mistake");
});

on_both!(an_invitation_opens_no_other_workspace, |backend| {
    // Whoever may invite in one workspace must not get a link that opens another one.
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let mut farhan = world.signed_in("farhan@bharat.example");
    let bharat = world.app.workspace("bharat").unwrap();
    let theirs = bharat.db.read(list_roles).unwrap()[0].id.0.to_string();
    let ours = world.role("Executive").id.0.to_string();
    // Not come yet, and invited by both: the link goes by mail only.
    let sunita = |role| [("name", "Sunita"), ("email", "sunita@both.example"), ("role", role)];
    asha.post(&world, "/w/arohi/settings/members", &sunita(&ours));
    let to = farhan.post(&world, "/w/bharat/settings/members", &sunita(&theirs)).to;
    farhan.get(&world, &to).lacks("/join/");
    assert_eq!(world.post().len(), 2);
    let page = format!("/w/arohi/settings/members/{}", world.member("sunita@both.example").id.0);
    asha.post(&world, &format!("{page}/invitation"), &[]).goes_to(&page);
    asha.get(&world, &page).lacks("/join/");
    // With a password already: no link at all, and the password stays.
    let nikhil = [("name", "N"), ("email", "nikhil@arohi.example"), ("role", &*theirs)];
    let to = farhan.post(&world, "/w/bharat/settings/members", &nikhil).to;
    farhan.get(&world, &to).shows(200, &["was told by mail"]);
    let mails = world.post();
    let (to, body) = mails.last().unwrap();
    assert_eq!(to, "nikhil@arohi.example");
    assert!(!body.contains("/join/") && body.contains("Bharat Telecom"), "{body}");
    world.signed_in("nikhil@arohi.example");
});

on_both!(who_may_not_is_told_so, |backend| {
    let world = World::new(backend);
    let mut nikhil = world.signed_in("nikhil@arohi.example");
    let seen = nikhil.get(&world, "/w/arohi/settings/members");
    seen.shows(200, &["Asha Rao"]);
    seen.lacks("Invite a person");
    for path in ["settings/members/new", "settings/teams/new", "settings/roles/new"] {
        let denied = nikhil.get(&world, &format!("/w/arohi/{path}"));
        denied.shows(403, &["Invite and change members", "An administrator"]);
    }
    let page = format!("/w/arohi/settings/members/{}", world.member("asha@arohi.example").id.0);
    nikhil.post(&world, &page, &[("role", "1")]).shows(403, &[]);
    nikhil.get(&world, "/w/arohi/audit").shows(403, &["Read the audit trail"]);
    nikhil.get(&world, "/w/arohi/queues/jobs").shows(403, &["See background work"]);
    let settings = nikhil.get(&world, "/w/arohi/settings");
    settings.shows(200, &["API tokens", "Members"]);
    settings.lacks("Audit trail");
    for path in ["settings/members/x", "settings/members/99999", "settings/teams/9"] {
        let mut asha = world.signed_in("asha@arohi.example");
        asha.get(&world, &format!("/w/arohi/{path}")).shows(404, &["There is nothing here"]);
    }
});

on_both!(a_member_changes_and_leaves, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let mut nikhil = world.signed_in("nikhil@arohi.example");
    let id = world.member("nikhil@arohi.example").id.0;
    let create = [("name", "Service"), ("active", "1"), (&*format!("member-{id}"), "1")];
    asha.post(&world, "/w/arohi/settings/teams", &create).goes_to("/w/arohi/settings/teams");
    asha.get(&world, "/w/arohi/settings/teams").shows(200, &["Service", "Nikhil Das", "is saved"]);
    let twice = asha.post(&world, "/w/arohi/settings/teams", &create);
    twice.shows(422, &["This name is taken", "checked"]);
    let page = format!("/w/arohi/settings/members/{id}");
    asha.get(&world, &page).shows(200, &["Service", "nikhil@arohi.example"]);
    // Role changed, the team's tick taken away.
    let auditor = world.role("Auditor").id.0.to_string();
    let change = [("role", &*auditor), ("active", "1")];
    asha.post(&world, &page, &change).goes_to("/w/arohi/settings/members");
    assert!(world.arohi.db.read(list_teams).unwrap()[0].members.is_empty());
    nikhil.get(&world, "/w/arohi/audit").shows(200, &["role or presence changed"]);
    // Let go: the door is shut at once, and who has left is found under its own view.
    asha.post(&world, &page, &[("role", &*auditor)]).goes_to("/w/arohi/settings/members");
    nikhil.get(&world, "/w/arohi/settings").shows(404, &["There is nothing here"]);
    nikhil.get(&world, "/").shows(200, &["No workspace is open to you", "Log out"]);
    asha.get(&world, "/w/arohi/settings/members").lacks("nikhil@arohi.example");
    let left = asha.get(&world, "/w/arohi/settings/members?show=left&q=NIKHIL");
    left.shows(200, &["nikhil@arohi.example", "Has left"]);
});

on_both!(the_last_administrator_stays, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let page = format!("/w/arohi/settings/members/{}", world.member("asha@arohi.example").id.0);
    let executive = world.role("Executive").id.0.to_string();
    let administrator = world.role("Administrator");
    let lower = asha.post(&world, &page, &[("role", &*executive), ("active", "1")]);
    lower.shows(422, &["this is the last one", "f-role-error"]);
    let own = administrator.id.0.to_string();
    asha.post(&world, &page, &[("role", &*own)]).shows(422, &["this is the last one"]);
    let role = format!("/w/arohi/settings/roles/{}", administrator.id.0);
    let poorer = [("name", "Administrator"), ("grant-member.read", "all")];
    asha.post(&world, &role, &poorer).shows(422, &["this is the last one", "f-grants"]);
    assert_eq!(world.role("Administrator").grants, administrator.grants);
    assert!(world.member("asha@arohi.example").active);
});

on_both!(a_role_is_made_and_holds_at_once, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let mut nikhil = world.signed_in("nikhil@arohi.example");
    let new = asha.get(&world, "/w/arohi/settings/roles/new");
    new.shows(200, &["Read the audit trail", "grant-audit.read", "Oversight"]);
    let unnamed = asha.post(&world, "/w/arohi/settings/roles", &[("grant-audit.read", "all")]);
    unnamed.shows(422, &["Please fill this in", "<option value=\"all\" selected>"]);
    let made = [("name", "Reviewer"), ("grant-audit.read", "all"), ("grant-job.manage", "")];
    asha.post(&world, "/w/arohi/settings/roles", &made).goes_to("/w/arohi/settings/roles");
    asha.get(&world, "/w/arohi/settings/roles").shows(200, &["Reviewer", "from the start"]);
    let bogus = [("name", "Bogus"), ("grant-moon.land", "all")];
    asha.post(&world, "/w/arohi/settings/roles", &bogus).shows(422, &["moon.land"]);
    let reviewer = world.role("Reviewer").id.0.to_string();
    let page = format!("/w/arohi/settings/members/{}", world.member("nikhil@arohi.example").id.0);
    asha.post(&world, &page, &[("role", &*reviewer), ("active", "1")]);
    nikhil.get(&world, "/w/arohi/audit").shows(200, &["Role saved", "Reviewer"]);
    nikhil.get(&world, "/w/arohi/settings/members").shows(403, &[]);
    let edit = asha.get(&world, &format!("/w/arohi/settings/roles/{reviewer}"));
    edit.shows(200, &["1 person has this role", "value=\"Reviewer\""]);
});

on_both!(everybody_has_own_settings, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let mut elsewhere = world.signed_in("asha@arohi.example");
    asha.get(&world, "/w/arohi/me").shows(200, &["Asha Rao", "हिन्दी", "Automatic"]);
    asha.post(&world, "/w/arohi/me", &[("lang", "kn"), ("theme", "dark")])
        .shows(422, &["choose something from the list"]);
    asha.post(&world, "/w/arohi/me", &[("lang", "hi"), ("theme", "dark")]).goes_to("/w/arohi/me");
    let saved = asha.get(&world, "/w/arohi/me");
    saved.shows(200, &["सहेज लिया", "data-theme=\"dark\"", "lang=\"hi\""]);
    asha.get(&world, "/w/arohi/me").lacks("सहेज लिया");
    asha.post(&world, "/w/arohi/me", &[("lang", "en"), ("theme", "auto")]);
    let to = "/w/arohi/me/password";
    let wrong = asha.post(&world, to, &[("current", "no"), ("password", "short")]);
    wrong.shows(422, &["not your present password", "at least 10"]);
    wrong.lacks("value=\"short\"");
    let good = [("current", PASSWORD), ("password", "quite another one")];
    asha.post(&world, to, &good).goes_to("/w/arohi/me");
    asha.get(&world, "/w/arohi/me").shows(200, &["Your password is changed"]);
    elsewhere.get(&world, "/w/arohi/me").goes_to("/login");
    let mut again = Browser::default();
    again.sign_in(&world, "asha@arohi.example", "quite another one").goes_to("/w/arohi");
});

on_both!(a_setting_is_found_by_its_words, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let found = asha.get(&world, "/w/arohi/settings?q=LANGUAGE");
    found.shows(200, &["Your language, colours and password"]);
    found.lacks("Groups that share work");
    asha.get(&world, "/w/arohi/settings?q=zebra").shows(200, &["No setting by these words"]);
});
