use std::path::Path;

use super::*;

const ROOM: Catalogue = Catalogue {
    room: "trial",
    en: "trial-hello = Hello
trial-open = { $count ->
    [one] { $count } case
   *[other] { $count } cases
 }
",
    hi: "trial-hello = नमस्ते
trial-open = { $count } केस
",
};

fn reader(lang: Lang) -> L {
    init(&[ROOM]);
    L::bare(lang)
}

#[test]
fn own_catalogue_is_complete() {
    assert_eq!(problems(&[CATALOGUE]), Vec::<String>::new());
}

#[test]
fn own_sources_use_only_known_keys() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // The keys that these tests miss on purpose are written in the folder `i18n`.
    let missing = missing_in_sources(&folder, &[ROOM]).unwrap();
    let real: Vec<_> = missing.iter().filter(|key| !key.contains("i18n")).collect();
    assert_eq!(real, Vec::<&String>::new());
}

#[test]
fn plain_and_counted_messages() {
    assert_eq!(reader(Lang::En).t("trial-hello"), "Hello");
    assert_eq!(reader(Lang::Hi).t("trial-hello"), "नमस्ते");
    let open = |lang, count: i64| reader(lang).tf("trial-open", &[("count", count.into())]);
    assert_eq!(open(Lang::En, 1), "1 case");
    assert_eq!(open(Lang::En, 1_234_567), "12,34,567 cases");
    assert_eq!(open(Lang::Hi, 2), "2 केस");
}

#[test]
fn pseudo_marks_every_message() {
    assert_eq!(reader(Lang::Pseudo).t("trial-hello"), "⟦Hééllöö⟧");
}

#[test]
fn an_unknown_key_is_shown_and_remembered() {
    assert_eq!(reader(Lang::En).t("trial-nowhere"), "trial-nowhere");
    assert_eq!(reader(Lang::En).tf("trial-nowhere-2", &[]), "trial-nowhere-2");
    assert!(missing_keys().contains(&"trial-nowhere"));
}

#[test]
fn problems_are_named() {
    let bad = Catalogue {
        room: "bad",
        en: "bad-a = A\nbad-b = { $n } B\nbad-b = twice { $n }\n",
        hi: "bad-b = बी\nbad-c = सी\n",
    };
    let found = problems(&[bad, bad]).join("\n");
    for part in [
        "bad-a is missing in hi",
        "bad-c is missing in en",
        "bad-b has variables",
        "bad-b is there twice",
        "bad-a is in both bad and bad",
    ] {
        assert!(found.contains(part), "{part} not in {found}");
    }
}

#[test]
fn languages_from_headers() {
    assert_eq!(Lang::from_header("hi-IN,hi;q=0.9,en;q=0.8"), Lang::Hi);
    assert_eq!(Lang::from_header("ta-IN,en;q=0.5"), Lang::En);
    assert_eq!(Lang::from_header(""), Lang::En);
    assert_eq!(Lang::from_code("x-pseudo"), Some(Lang::Pseudo));
}
