//! Signing in, forgotten passwords, several workspaces, other sites.

use axum::body::Body;
use axum::http::Request;
use base::UtcMs;
use testkit::on_both;

use crate::world::{Browser, PASSWORD, World};

on_both!(a_person_signs_in_and_out, |backend| {
    let world = World::new(backend);
    let mut asha = Browser::default();
    asha.get(&world, "/w/arohi/settings").goes_to("/login");
    asha.get(&world, "/login").shows(200, &["Sign in", "Forgotten your password?", "हिन्दी"]);
    let empty = asha.sign_in(&world, "", "");
    empty.shows(422, &["Please fill this in", "id=\"f-email-error\""]);
    let wrong = asha.sign_in(&world, "asha@arohi.example", "not this one");
    wrong.shows(422, &["do not fit together", "value=\"asha@arohi.example\""]);
    let unknown = asha.sign_in(&world, "nobody@arohi.example", "not this one");
    let renamed = unknown.body.replace("nobody@", "asha@");
    assert_eq!(renamed, wrong.body, "an unknown address is answered like a wrong password");
    asha.sign_in(&world, " Asha@Arohi.example ", PASSWORD).goes_to("/w/arohi/settings");
    asha.get(&world, "/login").goes_to("/");
    asha.get(&world, "/").goes_to("/w/arohi");
    asha.get(&world, "/w/arohi/settings").shows(200, &["Asha Rao", "Arohi Motors", "Members"]);
    asha.post(&world, "/logout", &[]).goes_to("/login?out=1");
    assert!(!asha.cookies.contains_key("sampark_session"));
    asha.get(&world, "/login?out=1").shows(200, &["You are signed out"]);
    asha.get(&world, "/").goes_to("/login");
});

on_both!(who_was_signed_out_comes_back_to_the_page, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    let page = "/w/arohi/audit?kind=member.added";
    world.clock.advance_ms(13 * UtcMs::HOUR);
    asha.get(&world, page).goes_to("/login");
    asha.sign_in(&world, "asha@arohi.example", PASSWORD).goes_to(page);
    asha.post(&world, "/logout", &[]);
    asha.sign_in(&world, "asha@arohi.example", PASSWORD).goes_to("/w/arohi");
    // Neither to another site nor to another company.
    for elsewhere in
        ["//evil.example/w/", "/w//evil.example", "/w/bharat/me", "/w/arohi/\\evil", "/login"]
    {
        let mut asha = Browser::default();
        asha.cookies.insert("next".into(), elsewhere.into());
        asha.sign_in(&world, "asha@arohi.example", PASSWORD).goes_to("/w/arohi");
    }
});

on_both!(guessing_is_slowed_down, |backend| {
    let world = World::new(backend);
    let mut guesser = Browser::default();
    for _ in 0..10 {
        guesser.sign_in(&world, "asha@arohi.example", "a guess").shows(422, &[]);
    }
    let locked = guesser.sign_in(&world, "asha@arohi.example", PASSWORD);
    locked.shows(429, &["15 minutes", "value=\"asha@arohi.example\""]);
    // Somebody else is not kept out by it.
    guesser.sign_in(&world, "meera@arohi.example", PASSWORD).goes_to("/w/arohi");
    world.clock.advance_ms(15 * UtcMs::MINUTE);
    guesser.sign_in(&world, "asha@arohi.example", PASSWORD).goes_to("/w/arohi");
});

on_both!(one_client_cannot_try_many_addresses, |backend| {
    let world = World::new(backend);
    let mut guesser = Browser::default();
    for number in 0..60 {
        guesser.sign_in(&world, &format!("x{number}@arohi.example"), "a guess").shows(422, &[]);
    }
    guesser.sign_in(&world, "x60@arohi.example", "a guess").shows(429, &["minutes"]);
});

on_both!(a_forgotten_password_is_replaced, |backend| {
    let world = World::new(backend);
    let mut before = world.signed_in("asha@arohi.example");
    let mut asha = Browser::default();
    asha.get(&world, "/forgot").shows(200, &["A new password"]);
    asha.post(&world, "/forgot", &[("email", "asha")]).shows(422, &["name@example.in"]);
    let unknown = asha.post(&world, "/forgot", &[("email", "nobody@arohi.example")]);
    let known = asha.post(&world, "/forgot", &[("email", "Asha@arohi.example")]);
    known.shows(200, &["on its way"]);
    assert_eq!(unknown.body.replace("nobody@", "asha@"), known.body);
    let mails = world.post();
    assert_eq!(mails.len(), 1, "only who signs in here gets mail");
    let (to, body) = &mails[0];
    assert_eq!(to, "asha@arohi.example");
    assert!(body.contains("Dear Asha Rao,\n\n") && body.contains("http://desk.example.in/join/"));
    let link = world.link_in(body);
    // Looking at it (a mail scanner does) does not use it up.
    asha.get(&world, &link).shows(200, &["At least 10 characters", "asha@arohi.example"]);
    asha.post(&world, &link, &[("password", "short")]).shows(422, &["at least 10"]);
    asha.post(&world, &link, &[("password", "quite another one")]).goes_to("/w/arohi");
    asha.get(&world, "/w/arohi/me").shows(200, &["Asha Rao"]);
    before.get(&world, "/w/arohi/me").goes_to("/login");
    let again = asha.post(&world, &link, &[("password", "a third password")]);
    again.shows(404, &["no longer works", "Mail me a new link"]);
    asha.get(&world, &link).shows(404, &["no longer works"]);
    Browser::default().sign_in(&world, "asha@arohi.example", PASSWORD).shows(422, &[]);
    let new = Browser::default().sign_in(&world, "asha@arohi.example", "quite another one");
    new.goes_to("/w/arohi");
});

on_both!(links_grow_old_and_newer_ones_replace_them, |backend| {
    let world = World::new(backend);
    let mut asha = Browser::default();
    for _ in 0..2 {
        asha.post(&world, "/forgot", &[("email", "asha@arohi.example")]).shows(200, &[]);
    }
    let links: Vec<String> = world.post().iter().map(|(_, body)| world.link_in(body)).collect();
    let (first, second) = (&links[0], &links[1]);
    asha.get(&world, first).shows(404, &["no longer works"]);
    asha.get(&world, second).shows(200, &["Choose a password"]);
    world.clock.advance_ms(UtcMs::HOUR + 1);
    asha.get(&world, second).shows(404, &["no longer works"]);
    asha.post(&world, second, &[("password", PASSWORD)]).shows(404, &["no longer works"]);
    asha.get(&world, "/join/rubbish").shows(404, &["no longer works"]);
    for _ in 0..3 {
        asha.post(&world, "/forgot", &[("email", "asha@arohi.example")]);
    }
    asha.post(&world, "/forgot", &[("email", "asha@arohi.example")]).shows(200, &[]);
    for _ in 0..5 {
        asha.post(&world, "/forgot", &[("email", "asha@arohi.example")]);
    }
    asha.post(&world, "/forgot", &[("email", "asha@arohi.example")]).shows(429, &["minutes"]);
});

on_both!(the_browser_chooses_the_language_of_the_door, |backend| {
    let world = World::new(backend);
    let mut sunita = Browser { lang: "hi-IN,hi;q=0.9,en;q=0.8", ..Browser::default() };
    sunita.get(&world, "/login").shows(200, &["साइन इन करें", "lang=\"hi\""]);
    sunita.get(&world, "/login?lang=en").shows(200, &["Forgotten"]);
    sunita.get(&world, "/login").shows(200, &["Forgotten"]);
    sunita.sign_in(&world, "asha@arohi.example", "no").shows(422, &["do not fit"]);
});

on_both!(another_site_changes_nothing, |backend| {
    let world = World::new(backend);
    let asha = world.signed_in("asha@arohi.example");
    let session = &asha.cookies["sampark_session"];
    for (path, site) in [
        ("/w/arohi/settings/teams", "cross-site"),
        ("/w/arohi/settings/members", "same-site"),
        ("/w/arohi/me", "cross-site"),
        ("/login", "cross-site"),
    ] {
        let request = Request::post(path)
            .header("cookie", format!("sampark_session={session}"))
            .header("sec-fetch-site", site)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from("name=Evil&lang=hi&theme=dark"));
        let (parts, body) = world.send(request.unwrap());
        assert_eq!(parts.status.as_u16(), 403, "{path}");
        assert!(body.contains("another site") && body.contains("Nothing was changed"), "{body}");
    }
    let teams = world.arohi.db.read(platform::list_teams).unwrap();
    assert!(teams.is_empty());
});

on_both!(who_works_in_two_places_chooses, |backend| {
    let world = World::new(backend);
    let mut farhan = world.signed_in("farhan@bharat.example");
    let invitation =
        [("name", "Asha Rao"), ("email", "asha@arohi.example"), ("role", &admin_role(&world))];
    farhan.post(&world, "/w/bharat/settings/members", &invitation);
    let mut asha = Browser::default();
    asha.sign_in(&world, "asha@arohi.example", PASSWORD).goes_to("/");
    asha.get(&world, "/").shows(200, &["Arohi Motors", "Bharat Telecom", "/w/bharat"]);
    asha.get(&world, "/w/arohi/settings").shows(200, &["Other workspaces", "Bharat Telecom"]);
    // Nobody else learns that the other workspace exists.
    let mut nikhil = world.signed_in("nikhil@arohi.example");
    nikhil.get(&world, "/w/bharat/settings").shows(404, &["There is nothing here"]);
    nikhil.get(&world, "/w/nowhere/settings").shows(404, &["There is nothing here"]);
});

fn admin_role(world: &World) -> String {
    let bharat = world.app.workspace("bharat").unwrap();
    let roles = bharat.db.read(platform::list_roles).unwrap();
    roles.iter().find(|role| role.name == "Administrator").unwrap().id.0.to_string()
}
