//! Text sealed with the key file, in a form that fits a cookie, a form field or JSON.

use base::hex;
use platform::Keys;

/// Hexadecimal digits of the sealed text.
pub fn seal_text(keys: &Keys, purpose: &str, text: &str) -> String {
    hex(&keys.seal(purpose, text.as_bytes()))
}

/// Opens what `seal_text` made for the same purpose, here; nothing otherwise.
pub fn open_text(keys: &Keys, purpose: &str, sealed: &str) -> Option<String> {
    String::from_utf8(keys.open(purpose, &unhex(sealed)?).ok()?).ok()
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::TestEntropy;
    use std::sync::Arc;

    #[test]
    fn only_the_same_purpose_opens_it() {
        let keys = Keys::from_master(b"a master", Arc::new(TestEntropy::seeded(7)));
        let sealed = seal_text(&keys, "mail", "नमस्ते");
        assert_eq!(open_text(&keys, "mail", &sealed).as_deref(), Some("नमस्ते"));
        assert_eq!(open_text(&keys, "cookie", &sealed), None);
        for rubbish in ["", "7", "zz", "é", "7b"] {
            assert_eq!(open_text(&keys, "mail", rubbish), None, "{rubbish}");
        }
    }
}
