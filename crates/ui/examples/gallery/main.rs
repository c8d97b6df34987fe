//! Writes every component and a full desk as HTML into a folder, to look at.
//!
//! `cargo run -p ui --example gallery -- FOLDER`, then serve the folder and open its pages.

mod desk;
mod pages;
mod parts;
mod sample;

use std::path::Path;
use std::{env, fs, io};

use base::{UtcMs, Zone};
use ui::{L, Lang, Theme, assets};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| "target/gallery".to_string());
    let folder = Path::new(&folder);
    ui::i18n::init(&[sample::CATALOGUE]);
    fs::create_dir_all(folder)?;
    for address in assets::all() {
        let to = folder.join(address.trim_start_matches('/'));
        fs::create_dir_all(to.parent().unwrap_or(folder))?;
        let bytes = assets::find(&address).map(|asset| asset.bytes).unwrap_or_default();
        fs::write(to, bytes)?;
    }
    let themes = [(Theme::Light, "light"), (Theme::Dark, "dark")];
    for lang in [Lang::En, Lang::Hi, Lang::Pseudo] {
        for (theme, name) in themes {
            // Friday 20 November 2026, 15:18 in India.
            let now = UtcMs(1_795_168_080_000);
            let l = L::new(lang, &Zone::india(), now);
            for (page, html) in all(l, theme) {
                fs::write(folder.join(format!("{page}-{}-{name}.html", lang.code())), html)?;
            }
        }
    }
    println!("{}", folder.display());
    Ok(())
}

fn all(l: L, theme: Theme) -> Vec<(&'static str, String)> {
    vec![
        ("desk", desk::desk(l, theme).into_string()),
        ("desk-list", desk::list_only(l, theme).into_string()),
        ("parts", parts::parts(l, theme).into_string()),
        ("form", pages::form(l, theme).into_string()),
        ("table", pages::table(l, theme).into_string()),
        ("settings", pages::settings(l, theme).into_string()),
        ("login", pages::login(l, theme).into_string()),
        ("status", pages::status(l).into_string()),
        ("error", pages::error(l, theme).into_string()),
    ]
}
