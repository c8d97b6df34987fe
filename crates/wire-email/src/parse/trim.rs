//! The new words of a reply: without quoted history and signature.

/// The part of a mail's text that its writer added. The whole text when nothing else is left.
pub fn trim_reply(text: &str) -> String {
    text.trim().to_owned()
}
