//! Links, sessions and tokens: each ends when it should.

use axum::Router;
use base::{TestEntropy, UtcMs};
use platform::control::login::{self, LinkPurpose};
use platform::control::{session, token};
use platform::web::{Guard, Routes, SESSION_COOKIE, Visitor};
use platform::{Actor, Error, MemberChange, Workspace, change_member};
use testkit::on_both;

use crate::world::{World, email, get, waiting};

fn link(world: &World, person: &Actor, purpose: LinkPurpose) -> String {
    let (keys, login) = (world.app.keys().clone(), person.login_id);
    let make = move |tx: &mut db::Tx<'_>| login::make_link(tx, &keys, login, purpose);
    world.app.control().write_blocking(make).unwrap()
}

fn works(world: &World, link: &str) -> bool {
    world.app.control().read(|tx| login::link_login(tx, link)).unwrap().is_some()
}

fn redeem(world: &World, link: &str, password: &str) -> Result<login::Login, Error> {
    let hash = login::hash_password(password, &TestEntropy::seeded(3)).unwrap();
    let link = link.to_string();
    world.app.control().write_blocking(move |tx| login::redeem_link(tx, &link, &hash))
}

fn known(world: &World, person: &Actor) -> login::Login {
    let found = world.app.control().read(|tx| login::find_login(tx, person.login_id));
    found.unwrap().unwrap()
}

on_both!(a_link_sets_a_password_once, |backend| {
    let world = World::new(backend);
    let older = link(&world, &world.ravi, LinkPurpose::Invitation);
    let newer = link(&world, &world.ravi, LinkPurpose::Reset);
    let others = link(&world, &world.asha, LinkPurpose::Reset);
    assert!(!works(&world, &older), "an older link ends");
    assert!(works(&world, &newer) && works(&world, &others));
    let session = world.cookie(&world.ravi);
    assert_eq!(redeem(&world, &newer, "monsoon in Pune").unwrap().id, world.ravi.login_id);
    assert!(matches!(redeem(&world, &newer, "another one!"), Err(Error::NotFound)));
    assert!(login::password_matches(Some(&known(&world, &world.ravi)), "monsoon in Pune"));
    assert!(!login::password_matches(Some(&known(&world, &world.ravi)), "another one!"));
    assert!(!login::password_matches(None, "monsoon in Pune"));
    assert!(!login::password_matches(Some(&known(&world, &world.asha)), ""));
    let cookie = session.split_once('=').unwrap().1.to_string();
    let found = world.app.control().read(|tx| session::find(tx, &cookie)).unwrap();
    assert!(found.is_none(), "a new password ends every session");
    assert!(works(&world, &others), "another person's link stays");
});

on_both!(links_end_in_time, |backend| {
    let world = World::new(backend);
    for (purpose, lives_ms) in [
        (LinkPurpose::Reset, UtcMs::HOUR),
        (LinkPurpose::FirstRun, 2 * UtcMs::DAY),
        (LinkPurpose::Invitation, 7 * UtcMs::DAY),
    ] {
        let link = link(&world, &world.ravi, purpose);
        world.clock.advance_ms(lives_ms - 1);
        assert!(works(&world, &link));
        world.clock.advance_ms(1);
        assert!(!works(&world, &link));
        assert!(matches!(redeem(&world, &link, "too late now"), Err(Error::NotFound)));
    }
    assert!(!works(&world, "guessed"));
});

fn door(world: &World) -> Router {
    Routes::new()
        .get("/", Guard::SignedIn, |visitor: Visitor| async move { visitor.login.name })
        .get("/w/arohi/page", Guard::Member, || async { "in" })
        .get("/w/tel/page", Guard::Member, || async { "in" })
        .get("/api/v1/page", Guard::Member, || async { "in" })
        .build(world.app.clone())
}

on_both!(a_session_ends_when_idle_and_in_any_case, |backend| {
    let world = World::new(backend);
    let router = door(&world);
    waiting(async {
        let cookie = world.cookie(&world.asha);
        let status = async |cookie: &str| {
            get(&router, "/w/arohi/page", &[("cookie", cookie)]).await.status.as_u16()
        };
        assert_eq!(status(&cookie).await, 200);
        world.clock.advance_ms(session::SESSION_IDLE_MS + 1);
        assert_eq!(status(&cookie).await, 303);

        let cookie = world.cookie(&world.asha);
        // Somebody who works all day every day stays for a week, and no longer.
        let steps = session::SESSION_MS_MAX / session::SESSION_IDLE_MS;
        for _ in 0..steps - 1 {
            world.clock.advance_ms(session::SESSION_IDLE_MS);
            assert_eq!(status(&cookie).await, 200);
        }
        world.clock.advance_ms(session::SESSION_IDLE_MS);
        assert_eq!(status(&cookie).await, 303);
        assert_eq!(status(&format!("{SESSION_COOKIE}=guessed")).await, 303);
    });
});

on_both!(whoever_is_shut_out_is_out_at_once, |backend| {
    let world = World::new(backend);
    let router = door(&world);
    waiting(async {
        let (cookie, bearer) = (world.cookie(&world.ravi), world.bearer(&world.arohi, &world.ravi));
        let sees = async || {
            let page = get(&router, "/w/arohi/page", &[("cookie", &cookie)]).await;
            let api = get(&router, "/api/v1/page", &[("authorization", &bearer)]).await;
            (page.status.as_u16(), api.status.as_u16())
        };
        assert_eq!(sees().await, (200, 200));
        // He leaves the workspace, and comes back.
        let (asha, ravi) = (world.asha.clone(), world.ravi.member_id);
        let members = world.arohi.db.read(platform::list_roles).unwrap();
        let role_id = members.iter().find(|role| role.name == "Executive").unwrap().id;
        let change = move |active: bool| {
            let asha = asha.clone();
            move |tx: &mut db::Tx<'_>| {
                change_member(tx, &asha, ravi, &MemberChange { role_id, active })
            }
        };
        world.write(change(false)).unwrap();
        assert_eq!(sees().await, (404, 401));
        world.write(change(true)).unwrap();
        assert_eq!(sees().await, (200, 200));
        // His login is disabled everywhere.
        let login_id = world.ravi.login_id;
        let disable = |disabled: bool| {
            let set = move |tx: &mut db::Tx<'_>| login::set_disabled(tx, login_id, disabled);
            world.app.control().write_blocking(set).unwrap();
        };
        let link = link(&world, &world.ravi, LinkPurpose::Reset);
        disable(true);
        assert_eq!(sees().await, (303, 401));
        assert!(!works(&world, &link));
        assert!(!login::password_matches(Some(&known(&world, &world.ravi)), "any password"));
        disable(false);
        assert_eq!(sees().await, (303, 200), "the old session stays ended");
    });
});

on_both!(strangers_are_told_that_there_is_nothing, |backend| {
    let world = World::new(backend);
    let router = door(&world);
    waiting(async {
        let cookie = world.cookie(&world.meera);
        let headers = [("cookie", cookie.as_str())];
        assert_eq!(get(&router, "/", &headers).await.body, "Meera");
        assert_eq!(get(&router, "/w/tel/page", &headers).await.status, 200);
        assert_eq!(get(&router, "/w/arohi/page", &headers).await.status, 404);
        assert_eq!(get(&router, "/w/nowhere/page", &headers).await.status, 404);
        assert_eq!(get(&router, "/w/arohi/page", &[]).await.header("location"), "/login");
    });
});

fn timed_token(
    world: &World,
    workspace: &Workspace,
    person: &Actor,
    expires_at: Option<UtcMs>,
) -> String {
    let (keys, id, login) = (world.app.keys().clone(), workspace.id, person.login_id);
    let make = move |tx: &mut db::Tx<'_>| {
        token::create_until(tx, &keys, id, login, "till counter", expires_at)
    };
    world.app.control().write_blocking(make).unwrap()
}

on_both!(a_token_ends_and_opens_one_workspace, |backend| {
    let world = World::new(backend);
    let router = Routes::new()
        .get("/api/v1/page", Guard::Member, |seat: platform::web::Seat| async move {
            seat.workspace.slug.clone()
        })
        .build(world.app.clone());
    waiting(async {
        let status = async |token: &str| {
            let header = format!("Bearer {token}");
            get(&router, "/api/v1/page", &[("authorization", &header)]).await
        };
        let lasting = timed_token(&world, &world.arohi, &world.asha, None);
        let until = world.clock_now().plus_ms(UtcMs::HOUR);
        let timed = timed_token(&world, &world.arohi, &world.asha, Some(until));
        let elsewhere = timed_token(&world, &world.tel, &world.asha, None);
        assert_eq!(status(&lasting).await.body, "arohi");
        assert_eq!(status(&timed).await.status, 200);
        let no_member = status(&elsewhere).await;
        assert_eq!(no_member.status, 401, "Asha is nobody in Tel Care");
        assert_eq!(status("spk_guessed").await.status, 401);
        assert_eq!(status(&lasting[4..]).await.status, 401);

        world.clock.advance_ms(UtcMs::HOUR);
        assert_eq!(status(&timed).await.status, 401);
        let control = world.app.control();
        let (arohi, tel) = (world.arohi.id, world.tel.id);
        let listed = control.read(|tx| token::list(tx, arohi)).unwrap();
        assert_eq!(listed.len(), 2);
        let id = listed.iter().find(|info| info.expires_at.is_none()).unwrap().id;
        let foreign = control.write_blocking(move |tx| token::revoke(tx, tel, id));
        assert!(matches!(foreign, Err(Error::NotFound)), "not this workspace's token");
        assert_eq!(status(&lasting).await.status, 200);
        control.write_blocking(move |tx| token::revoke(tx, arohi, id)).unwrap();
        assert_eq!(status(&lasting).await.status, 401);
    });
});

on_both!(a_cookie_is_no_token_and_a_token_is_no_cookie, |backend| {
    let world = World::new(backend);
    let router = door(&world);
    waiting(async {
        let (cookie, bearer) = (world.cookie(&world.asha), world.bearer(&world.arohi, &world.asha));
        assert_eq!(get(&router, "/api/v1/page", &[("cookie", &cookie)]).await.status, 401);
        let page = get(&router, "/w/arohi/page", &[("authorization", &bearer)]).await;
        assert_eq!(page.status, 303);
    });
});

on_both!(one_address_is_one_login, |backend| {
    let world = World::new(backend);
    let asha = email("Asha@Example.in");
    let again = world.app.add_person(&world.arohi, &asha, "Asha", "Executive", Vec::new());
    assert!(matches!(again, Err(Error::Invalid(fields)) if fields[0].key == "error-member-exists"));
    let elsewhere = world.app.add_person(&world.tel, &asha, "Asha", "Auditor", Vec::new()).unwrap();
    assert_eq!(elsewhere.login_id, world.asha.login_id);
    assert_ne!(elsewhere.grants, world.asha.grants, "rights belong to the workspace");
    let both = world
        .app
        .control()
        .read(|tx| platform::control::workspace::of_login(tx, elsewhere.login_id))
        .unwrap();
    assert_eq!(both.len(), 2);
});
