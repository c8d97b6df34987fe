//! Why a mail server could not be talked to.

use std::error::Error as _;
use std::io;

use lettre::transport::smtp::Error;

use super::Fault;

/// The reason, so that a person can be told what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("the mail server's name is not known")]
    NameNotFound,
    #[error("nothing listens at the mail server's port")]
    ConnectionRefused,
    #[error("the mail server did not answer in time")]
    TimedOut,
    #[error("the mail server's certificate is not trusted")]
    CertificateNotTrusted,
    #[error("the mail server offers no TLS on this port")]
    TlsNotOffered,
    #[error("TLS could not be agreed with the mail server")]
    TlsFailed,
    #[error("the mail server refused the user name or the password")]
    LoginRefused,
    #[error("the mail server offers no log-in that is known here")]
    LoginNotOffered,
    #[error("what answered is no mail server")]
    NoMailServer,
    #[error("the connection to the mail server broke off")]
    Closed,
    #[error("the house's certificate authority cannot be read")]
    BadRootCertificate,
}

impl Trouble {
    /// A stable name, for logs and for the translated sentence.
    pub fn key(self) -> &'static str {
        match self {
            Self::NameNotFound => "name-not-found",
            Self::ConnectionRefused => "connection-refused",
            Self::TimedOut => "timed-out",
            Self::CertificateNotTrusted => "certificate-not-trusted",
            Self::TlsNotOffered => "tls-not-offered",
            Self::TlsFailed => "tls-failed",
            Self::LoginRefused => "login-refused",
            Self::LoginNotOffered => "login-not-offered",
            Self::NoMailServer => "no-mail-server",
            Self::Closed => "closed",
            Self::BadRootCertificate => "bad-root-certificate",
        }
    }

    pub(super) fn of_connect(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::ConnectionRefused,
            io::ErrorKind::TimedOut => Self::TimedOut,
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::UnexpectedEof => Self::Closed,
            io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => Self::TimedOut,
            // A name that does not resolve has no kind of its own.
            _ => Self::NameNotFound,
        }
    }
}

/// Sorts what lettre reports: the server's refusal, or a broken connection.
pub(super) fn fault(error: &Error) -> Fault {
    let words = words(error);
    if let Some(code) = error.status() {
        return Fault::Said(u16::from(code), words);
    }
    let trouble = if let Some(io) = system_error(error)
        && (io.raw_os_error().is_some() || words.contains("lookup address"))
    {
        Trouble::of_connect(io)
    } else if error.is_tls() || words.contains("certificate") {
        match words.contains("certificate") || words.contains("UnknownIssuer") {
            true => Trouble::CertificateNotTrusted,
            false => Trouble::TlsFailed,
        }
    } else if error.is_timeout() {
        Trouble::TimedOut
    } else if words.contains("corrupt message") || words.contains("InvalidContentType") {
        // TLS was spoken to a server that expects it later, or never.
        Trouble::TlsFailed
    } else if error.is_response() && !words.contains("incomplete") {
        Trouble::NoMailServer
    } else {
        Trouble::Closed
    };
    Fault::Broken(trouble, words)
}

/// The operating system's error under lettre's, when there is one.
fn system_error(error: &Error) -> Option<&io::Error> {
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<io::Error>() {
            return Some(io);
        }
        source = inner.source();
    }
    None
}

/// The innermost words, on one line.
fn words(error: &Error) -> String {
    let text = error.source().map_or_else(|| error.to_string(), ToString::to_string);
    let line: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    line.join(" ").chars().filter(|c| !c.is_control()).take(500).collect()
}
