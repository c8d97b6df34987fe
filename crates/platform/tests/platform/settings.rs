//! Settings with their history, and files.

use base::UtcMs;
use platform::{
    Error, Setting, SettingChanged, add_file, change_setting, find_file, heard, setting,
    setting_history,
};
use testkit::on_both;

use crate::world::{MONDAY, World};

#[derive(Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
struct Greeting {
    text: String,
}

impl Setting for Greeting {
    const KEY: &'static str = "desk.greeting";
}

fn greeting(text: &str) -> Greeting {
    Greeting { text: text.into() }
}

on_both!(a_setting_remembers_who_changed_it, |backend| {
    let world = World::new(backend);
    let read = || world.arohi.db.read(setting::<Greeting>).unwrap();
    assert_eq!(read(), Greeting::default());
    let mut events = world.arohi.db.subscribe();
    for text in ["Namaste", "नमस्ते"] {
        let asha = world.asha.clone();
        world.write(move |tx| change_setting(tx, &asha, &greeting(text))).unwrap();
        world.clock.advance_ms(UtcMs::MINUTE);
    }
    let ravi = world.ravi.clone();
    let denied = world.write(move |tx| change_setting(tx, &ravi, &greeting("no")));
    assert!(matches!(denied, Err(Error::Denied { permission: "setting.manage" })));
    assert_eq!(read(), greeting("नमस्ते"));
    assert_eq!(world.tel.db.read(setting::<Greeting>).unwrap(), Greeting::default());

    let history = world.arohi.db.read(|tx| setting_history(tx, "desk.greeting")).unwrap();
    let values: Vec<&str> = history.iter().map(|change| change.value.as_str()).collect();
    assert_eq!(values, vec![r#"{"text":"नमस्ते"}"#, r#"{"text":"Namaste"}"#]);
    let when: Vec<i64> = history.iter().map(|change| change.changed_at.since(MONDAY)).collect();
    assert_eq!(when, vec![UtcMs::MINUTE, 0]);
    assert!(history.iter().all(|change| change.changed_by == world.asha.member_id));

    let event = events.try_recv().unwrap();
    assert_eq!(event.actor_id, world.asha.member_id.0);
    let changed: SettingChanged = heard(&event).unwrap();
    assert_eq!(changed.key, "desk.greeting");
    assert!(!event.payload.as_ref().unwrap().contains("Namaste"), "events hold no words");
});

on_both!(a_file_is_named_by_its_content, |backend| {
    let world = World::new(backend);
    let stored = world.arohi.files.put("बिल".as_bytes()).unwrap();
    let again = world.arohi.files.put("बिल".as_bytes()).unwrap();
    assert_eq!((&stored, stored.size_bytes), (&again, 9));
    let id =
        world.write(move |tx| add_file(tx, &stored, "../../बिल.pdf", "application/pdf")).unwrap();
    let found = world.arohi.db.read(|tx| find_file(tx, id)).unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.created_at), ("बिल.pdf", MONDAY));
    assert_eq!(world.arohi.files.get(&found.sha256).unwrap(), "बिल".as_bytes());
    // A file that was changed on disk is not handed out.
    let path = world.arohi.files.folder().join(&found.sha256[..2]).join(&found.sha256);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert!(world.arohi.files.get(&found.sha256).is_err());
});
