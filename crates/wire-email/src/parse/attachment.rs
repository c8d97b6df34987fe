//! Attached files: named safely, hashed, never opened.

use serde::Serialize;

use super::Problem;
use super::mime::Leaf;
use crate::codec;

const NAME_CHARS_MAX: usize = 150;

/// A file that came with a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Without any path, control character or change of writing direction.
    pub name: String,
    /// What the sender says it is.
    pub mime: String,
    pub size: usize,
    /// Lowercase hexadecimal.
    pub sha256: String,
    pub content_id: Option<String>,
    /// Shown within the text rather than beside it.
    pub inline: bool,
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

pub(super) fn attachment(
    leaf: &Leaf<'_>,
    number: usize,
    problems: &mut Vec<Problem>,
) -> Attachment {
    let bytes = leaf.bytes(problems);
    let mime = match leaf.kind.value.as_str() {
        good if good.len() <= 120 && good.bytes().all(|b| b.is_ascii_graphic()) => good.to_owned(),
        _ => "application/octet-stream".to_owned(),
    };
    let named = leaf.file_name().map(safe_name).unwrap_or_default();
    let name = if named.is_empty() { made_up_name(&mime, &bytes, number) } else { named };
    let image = mime.starts_with("image/");
    Attachment {
        name,
        size: bytes.len(),
        sha256: codec::sha256_hex(&bytes),
        content_id: leaf.content_id.clone().map(|id| id.chars().take(300).collect()),
        inline: image && leaf.disposition.value == "inline",
        mime,
        bytes,
    }
}

/// A file that stood uuencoded in the text.
pub(super) fn from_text(name: &str, bytes: Vec<u8>, number: usize) -> Attachment {
    let mime = match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()) {
        Some(ending) if ending == "txt" => "text/plain",
        Some(ending) if ending == "png" => "image/png",
        Some(ending) if matches!(ending.as_str(), "jpg" | "jpeg") => "image/jpeg",
        Some(ending) if ending == "gif" => "image/gif",
        Some(ending) if ending == "pdf" => "application/pdf",
        _ => "application/octet-stream",
    };
    let named = safe_name(name);
    Attachment {
        name: if named.is_empty() { made_up_name(mime, &bytes, number) } else { named },
        mime: mime.to_owned(),
        size: bytes.len(),
        sha256: codec::sha256_hex(&bytes),
        content_id: None,
        inline: false,
        bytes,
    }
}

/// A name that is only a name: nothing in it can lead a program elsewhere or deceive a reader
/// about its ending.
pub(super) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let bad = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
            || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    let clean: String = last.chars().filter(|c| !bad(*c)).collect();
    let clean = clean.trim().trim_start_matches('.').trim();
    if clean.chars().count() <= NAME_CHARS_MAX {
        return clean.to_owned();
    }
    // The ending says what it is, so it is the beginning that is shortened.
    let ending = clean.rsplit_once('.').map(|(_, end)| end).filter(|end| end.len() <= 12);
    let keep = NAME_CHARS_MAX - 13;
    let start: String = clean.chars().take(keep).collect();
    ending.map_or(start.clone(), |end| format!("{start}.{end}"))
}

fn made_up_name(mime: &str, bytes: &[u8], number: usize) -> String {
    if mime == "message/rfc822" {
        let (head, _) = super::head::split(&bytes[..bytes.len().min(64 * 1024)], &mut Vec::new());
        let subject =
            safe_name(&head.text("subject").unwrap_or_default().replace(['/', '\\'], " "));
        return if subject.is_empty() { "mail.eml".into() } else { format!("{subject}.eml") };
    }
    let ending = match mime {
        "text/plain" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        "text/csv" => "csv",
        "text/vcard" | "text/x-vcard" => "vcf",
        "image/jpeg" | "image/jpg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/heic" => "heic",
        "audio/mpeg" => "mp3",
        "audio/wav" | "audio/x-wav" => "wav",
        "video/mp4" => "mp4",
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        "application/ms-tnef" => "dat",
        "application/pgp-signature" => "asc",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "p7s",
        "message/delivery-status" | "text/rfc822-headers" => "txt",
        _ => "bin",
    };
    format!("attachment-{number}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_only_names() {
        for (given, expect) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\bill.pdf", "bill.pdf"),
            ("  .htaccess", "htaccess"),
            ("fdp.\u{202e}exe", "fdp.exe"),
            ("चालान 12.pdf", "चालान 12.pdf"),
            ("a\r\nb.txt", "ab.txt"),
            ("..", ""),
        ] {
            assert_eq!(safe_name(given), expect);
        }
        let long = safe_name(&format!("{}.pdf", "x".repeat(400)));
        assert!(long.len() <= NAME_CHARS_MAX && long.ends_with(".pdf"));
    }
}
