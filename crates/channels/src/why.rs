//! Why a mail is where it is, in the reader's words.

use ui::L;

/// The words of a reason that a row keeps by its key.
pub(crate) fn words(l: L, reason: &str) -> String {
    l.t(&format!("channels-why-{reason}")).to_string()
}

#[cfg(test)]
mod tests {
    use ui::Lang;

    use super::*;

    /// Every reason that this room gives, and every trouble of a mail server.
    const REASONS: [&str; 35] = [
        "duplicate",
        "feedback",
        "own-copy",
        "automatic",
        "bounce",
        "bounce-delayed",
        "bounce-unknown",
        "empty",
        "no-sender",
        "not-filed",
        "reader-failed",
        "raw-missing",
        "raw-unreadable",
        "no-route",
        "no-mailbox",
        "not-composed",
        "sender-failed",
        "server-later",
        "server-refused",
        "recipient-refused",
        "bounced",
        "bounced-hard",
        "discarded",
        "undone",
        "name-not-found",
        "connection-refused",
        "timed-out",
        "certificate-not-trusted",
        "tls-not-offered",
        "tls-failed",
        "login-refused",
        "login-not-offered",
        "no-mail-server",
        "closed",
        "bad-root-certificate",
    ];

    #[test]
    fn every_reason_has_words_and_the_catalogues_are_whole() {
        let rooms = [frame::CATALOGUE, desk::CATALOGUE, crate::CATALOGUE];
        ui::i18n::init(&rooms);
        for reason in REASONS {
            let text = words(L::bare(Lang::Hi), reason);
            assert!(!text.starts_with("channels-why-"), "{reason}");
        }
        assert_eq!(ui::i18n::problems(&[crate::CATALOGUE]), Vec::<String>::new());
        let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let missing = ui::i18n::missing_in_sources(&src, &rooms).unwrap();
        assert_eq!(missing, Vec::<String>::new());
    }
}
