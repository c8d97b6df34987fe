//! Packs `assets/` into the binary: styles into one file, our scripts into one module, all
//! gzipped and under one content hash.
//!
//! Our modules keep to three rules, so that they can be put behind one another: they import only
//! from the vendored files or from each other, they export by name in front of the declaration,
//! and their top-level names differ.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The style sheet, part by part; the later may refine the earlier.
const STYLES: [&str; 14] = [
    "tokens.css",
    "base.css",
    "button.css",
    "form.css",
    "part.css",
    "list.css",
    "nav.css",
    "thread.css",
    "composer.css",
    "dialog.css",
    "shell.css",
    "desk.css",
    "plain.css",
    "print.css",
];
/// The modules of `app.js`; the one that starts the others comes last.
const SCRIPTS: [&str; 15] = [
    "words.js",
    "request.js",
    "live.js",
    "morph.js",
    "hotkeys.js",
    "palette.js",
    "composer.js",
    "list.js",
    "times.js",
    "theme.js",
    "dialog.js",
    "toast.js",
    "pane.js",
    "thread.js",
    "app.js",
];
/// Scripts that the browser runs apart from the page.
const WORKERS: [&str; 1] = ["live-worker.js"];
const VENDOR: [&str; 2] = ["turbo.js", "stimulus.js"];

fn main() -> io::Result<()> {
    let assets = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?)
        .join("../../assets");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    for folder in ["css", "js", "vendor"] {
        println!("cargo:rerun-if-changed={}", assets.join(folder).display());
    }
    println!("cargo:rerun-if-changed={}", assets.join("icon.svg").display());
    println!("cargo:rerun-if-changed=build.rs");

    let mut files = vec![
        ("app.css".to_string(), styles(&assets.join("css"))?),
        ("app.js".to_string(), scripts(&assets.join("js"))?),
        ("icon.svg".to_string(), fs::read_to_string(assets.join("icon.svg"))?),
    ];
    for name in WORKERS {
        files.push((name.to_string(), read_script(&assets.join("js").join(name))?));
    }
    for name in VENDOR {
        let text = fs::read_to_string(assets.join("vendor").join(name))?;
        files.push((
            name.to_string(),
            if name == "turbo.js" { without_style(&text)? } else { text },
        ));
    }
    write(&out, &files)
}

/// Turbo puts a style for its progress bar into the page, which our content security policy
/// refuses (with a complaint in the console). The style is in base.css instead.
fn without_style(turbo: &str) -> io::Result<String> {
    let insert = "document.head.insertBefore(this.stylesheetElement,document.head.firstChild)";
    if turbo.matches(insert).count() != 1 {
        return Err(io::Error::other("vendor/turbo.js: the progress bar's style has moved"));
    }
    Ok(turbo.replace(insert, ""))
}

fn write(out: &Path, files: &[(String, String)]) -> io::Result<()> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut list = String::new();
    for (name, text) in files {
        for byte in name.bytes().chain(text.bytes()) {
            // FNV-1a: it only has to change when a file does.
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(text.as_bytes())?;
        fs::write(out.join(name), text)?;
        fs::write(out.join(format!("{name}.gz")), packer.finish()?)?;
        let include =
            |name: &str| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))");
        let (plain, packed) = (include(name), include(&format!("{name}.gz")));
        // Writing into a String cannot fail.
        let _ = writeln!(list, "Packed {{ name: {name:?}, bytes: {plain}, gzip: {packed} }},");
    }
    let source =
        format!("const HASH: &str = \"{hash:016x}\";\nconst FILES: &[Packed] = &[\n{list}];\n");
    fs::write(out.join("assets.rs"), source)
}

fn styles(folder: &Path) -> io::Result<String> {
    let mut out = String::new();
    for name in STYLES {
        out.push_str(&without_comments(&fs::read_to_string(folder.join(name))?));
    }
    Ok(out)
}

/// CSS without comments and indentation. Our files hold no `/*` inside a string.
fn without_comments(css: &str) -> String {
    let mut bare = String::new();
    for (index, part) in css.split("/*").enumerate() {
        let kept = if index == 0 { part } else { part.split_once("*/").map_or("", |(_, b)| b) };
        bare.push_str(kept);
    }
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |out, line| out + line + "\n")
}

fn scripts(folder: &Path) -> io::Result<String> {
    let mut imports = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut body = String::new();
    for file in SCRIPTS {
        for line in read_script(&folder.join(file))?.lines() {
            if let Some(import) = line.strip_prefix("import ") {
                if import.contains("../vendor/") {
                    imports.insert(format!("import {}", import.replace("../vendor/", "./")));
                }
                continue;
            }
            let line = line.strip_prefix("export ").unwrap_or(line);
            if let Some(name) = declared(line)
                && !names.insert(name.to_string())
            {
                return Err(io::Error::other(format!("assets/js/{file}: {name} is there twice")));
            }
            body.push_str(line.trim_start());
            body.push('\n');
        }
    }
    let imports: Vec<String> = imports.into_iter().collect();
    Ok(format!("{}\n{body}", imports.join("\n")))
}

/// The name that a line without indentation declares.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let (kind, rest) = line.split_once(' ')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    matches!(kind, "const" | "let" | "class" | "function").then(|| &rest[..end])
}

/// A script without its whole-line comments (our scripts have no text of several lines in which
/// those would matter).
fn read_script(path: &Path) -> io::Result<String> {
    let mut out = String::new();
    let mut in_comment = false;
    for line in fs::read_to_string(path)?.lines() {
        let bare = line.trim();
        in_comment |= bare.starts_with("/*");
        if !in_comment && !bare.is_empty() && !bare.starts_with("//") {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        if bare.ends_with("*/") {
            in_comment = false;
        }
    }
    Ok(out)
}
