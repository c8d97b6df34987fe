//! Styles, scripts and pictures, inside the binary: packed when it is built, one hash for all.

/// A file to serve under `/assets/`.
#[derive(Clone, Copy)]
pub struct Asset {
    pub bytes: &'static [u8],
    /// The same, gzipped, for every browser that accepts it.
    pub gzip: &'static [u8],
    pub mime: &'static str,
    /// The address carried this build's hash: may be cached for ever. Otherwise (a page of the
    /// build before, during an upgrade) it must not be cached.
    pub immutable: bool,
}

struct Packed {
    name: &'static str,
    bytes: &'static [u8],
    gzip: &'static [u8],
}

// `HASH` and `FILES`, written by build.rs.
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of a file: `url("app.css")` is `/assets/3f…/app.css`.
pub fn url(name: &str) -> String {
    format!("/assets/{HASH}/{name}")
}

/// What stands at `/assets/{path}`, where `path` is `{hash}/{name}`.
pub fn find(path: &str) -> Option<Asset> {
    let path = path.strip_prefix("/assets/").unwrap_or(path);
    let (hash, name) = path.split_once('/')?;
    let packed = FILES.iter().find(|packed| packed.name == name)?;
    let mime = mime(name)?;
    Some(Asset { bytes: packed.bytes, gzip: packed.gzip, mime, immutable: hash == HASH })
}

/// Every address, for a test that each is served.
pub fn all() -> impl Iterator<Item = String> {
    FILES.iter().map(|packed| url(packed.name))
}

fn mime(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// The whole of what a first page loads besides its HTML.
    const FIRST_PAGE_BYTES_MAX: usize = 80_000;

    #[test]
    fn the_first_page_is_small() {
        let first = ["app.css", "app.js", "turbo.js", "stimulus.js", "icon.svg"];
        let sizes = first.map(|name| find(&url(name)).unwrap().gzip.len());
        assert!(sizes.iter().sum::<usize>() <= FIRST_PAGE_BYTES_MAX, "{sizes:?}");
    }

    #[test]
    fn packed_and_plain_are_the_same() {
        for address in all() {
            let asset = find(&address).unwrap();
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(asset.gzip).read_to_end(&mut plain).unwrap();
            assert!(plain == asset.bytes && asset.immutable, "{address}");
        }
    }

    #[test]
    fn an_old_address_is_served_but_not_for_ever() {
        assert!(!find("/assets/0ld/app.css").unwrap().immutable);
        assert!(find("/assets/0ld/../Cargo.toml").is_none());
        assert!(find("app.css").is_none());
    }

    #[test]
    fn everything_that_app_imports_is_there() {
        let app = std::str::from_utf8(find(&url("app.js")).unwrap().bytes).unwrap();
        for line in app.lines().filter(|line| line.starts_with("import ")) {
            let served = ["\"./turbo.js\";", "\"./stimulus.js\";"];
            assert!(served.iter().any(|from| line.ends_with(from)), "{line}");
        }
        assert!(!app.contains("\nexport "));
    }
}
