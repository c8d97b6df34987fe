//! The catalogue is whole, and no page says a word that is not in it.

use testkit::on_both;
use ui::i18n;

use crate::world::World;

#[test]
fn the_catalogue_is_whole() {
    let rooms = [i18n::CATALOGUE, frame::CATALOGUE, admin::CATALOGUE];
    assert_eq!(i18n::problems(&rooms), [""; 0]);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    assert_eq!(i18n::missing_in_sources(folder.as_ref(), &rooms).unwrap(), [""; 0]);
}

on_both!(every_page_is_there_in_every_language, |backend| {
    let world = World::new(backend);
    let mut asha = world.signed_in("asha@arohi.example");
    asha.post(&world, "/w/arohi/settings/teams", &[("name", "Service"), ("active", "1")]);
    asha.post(&world, "/w/arohi/settings/tokens", &[("name", "Dialler")]);
    world.enqueue_brittle();
    world.work();
    let pages = [
        "me",
        "settings",
        "settings/tokens",
        "settings/members",
        "settings/members/new",
        "settings/teams",
        "settings/teams/new",
        "settings/roles",
        "settings/roles/new",
        "queues/jobs",
        "audit",
        "audit/verification",
    ];
    for (lang, mark) in [("en", "lang=\"en\""), ("hi", "lang=\"hi\""), ("pseudo", "⟦Sééttíñgs⟧")]
    {
        asha.post(&world, "/w/arohi/me", &[("lang", lang), ("theme", "auto")]);
        for page in pages {
            let shown = asha.get(&world, &format!("/w/arohi/{page}"));
            shown.shows(200, &[mark]);
        }
    }
    for page in ["/login", "/forgot", "/join/x"] {
        for lang in ["en", "hi"] {
            let mut guest = crate::world::Browser::default();
            let shown = guest.get(&world, &format!("{page}?lang={lang}"));
            assert!(shown.body.contains(&format!("<html lang=\"{lang}\"")), "{page}");
        }
    }
    assert_eq!(i18n::missing_keys(), [""; 0]);
});
