//! Pictures that came with a mail, put into its HTML.
//!
//! They stand in the HTML itself, not behind an address: the frame has no origin, so a browser
//! would ask for them without the reader's session.

/// Raster pictures only: an SVG is a document that can do things.
const SHOWN: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"];
/// A page with more in it would be slow to open; the rest is among the attachments.
const BYTES_MAX: usize = 12 * 1024 * 1024;
const ID_CHARS_MAX: usize = 300;

/// Replaces each `cid:` by the picture that `find` has for it: its type and its bytes.
pub(crate) fn with_inline_images(
    html: &str,
    mut find: impl FnMut(&str) -> Option<(String, Vec<u8>)>,
) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut left = BYTES_MAX;
    while let Some(at) = next_cid(rest) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let id_from = &after[4..];
        let ends = |c: char| c.is_whitespace() || "\"'<>()\\".contains(c);
        let end = id_from.find(ends).unwrap_or(id_from.len());
        let id = &id_from[..end];
        rest = &id_from[end..];
        let picture = (id.len() <= ID_CHARS_MAX).then(|| find(&decoded(id))).flatten();
        let shown = picture.filter(|(mime, bytes)| {
            SHOWN.contains(&mime.to_ascii_lowercase().as_str()) && bytes.len() <= left
        });
        match shown {
            Some((mime, bytes)) => {
                left -= bytes.len();
                let mime = mime.to_ascii_lowercase();
                out.push_str(&format!("data:{mime};base64,{}", base64(&bytes)));
            }
            // Nothing to show: an empty picture instead of an address that leads nowhere.
            None => out.push_str("data:,"),
        }
    }
    out.push_str(rest);
    out
}

/// Where the next `cid:` begins that is an address, not the end of a word.
fn next_cid(html: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    (0..bytes.len().saturating_sub(4)).find(|at| {
        bytes[*at..*at + 4].eq_ignore_ascii_case(b"cid:")
            && (*at > 0 && b"\"'(= ".contains(&bytes[*at - 1]))
    })
}

/// `image%40example` → `image@example`.
fn decoded(id: &str) -> String {
    let mut bytes = Vec::with_capacity(id.len());
    let mut rest = id.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize] as char;
            out.push(if place <= three.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &str) {
        let found = with_inline_images(html, |id| match id {
            "a@b" => Some(("image/PNG".into(), b"png".to_vec())),
            "s" => Some(("image/svg+xml".into(), b"<svg>".to_vec())),
            _ => None,
        });
        assert_eq!(found, expect);
    }

    #[test]
    fn pictures_stand_in_the_html() {
        check("<img src=\"cid:a@b\">x", "<img src=\"data:image/png;base64,cG5n\">x");
        check("<img src=CID:a%40b>", "<img src=data:image/png;base64,cG5n>");
        check("url('cid:a@b')", "url('data:image/png;base64,cG5n')");
        check("<img src='cid:s'>", "<img src='data:,'>");
        check("<img src='cid:gone'>", "<img src='data:,'>");
        check("placid: a, acid:a@b", "placid: a, acid:a@b");
        check("cid:", "cid:");
    }

    #[test]
    fn base64_as_everywhere() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
