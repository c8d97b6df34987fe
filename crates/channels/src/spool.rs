//! The pipe's way in: `sampark mail deliver` asks the running server, and where that does not
//! answer, leaves the mail in a folder that the server empties.
//!
//! A spooled mail is sealed like every other, written beside its place, synced, renamed and
//! synced again before the pipe's caller hears "accepted". Its name is its id: taken twice, it
//! is one mail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::{Clock, SystemClock, SystemEntropy};
use platform::{App, Keys};
use serde::{Deserialize, Serialize};

use crate::inbound::{Accepted, Spooled, accept_spooled};

/// A mail that a program hands in through a pipe.
#[derive(Clone, Copy, Debug)]
pub struct Piped<'a> {
    pub recipient: &'a str,
    /// The envelope's sender; empty for the null path.
    pub sender: &'a str,
    pub raw: &'a [u8],
}

/// What the running server said when it was asked to take a piped mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Answered(Accepted),
    /// Nobody answers: the mail goes to the spool.
    NobodyThere,
}

/// How a piped mail was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    ByServer,
    Spooled,
}

/// Why a piped mail was not kept.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// The caller keeps it and comes again (exit code 75).
    #[error("not now: {0}")]
    Temporary(String),
    /// Coming again is of no use.
    #[error("refused: {0}")]
    Permanent(String),
}

/// What a run over the spool did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    pub taken: usize,
    /// Refused for good or unreadable; kept in a folder of their own.
    pub set_aside: usize,
    pub waiting: usize,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    recipient: String,
    sender: String,
}

const FOLDER: &str = "spool";
const ASIDE: &str = "spool-refused";
const PURPOSE: &str = "spool";
const ENDING: &str = "mail";
const SPOOLED_MAX: usize = 10_000;
const MAIL_BYTES_MAX: usize = 40 * 1024 * 1024;

/// Keeps a piped mail: `ask` asks the running server; where nobody answers it is spooled.
pub fn deliver_from_pipe(
    data: &Path,
    mail: Piped<'_>,
    ask: impl FnOnce(Piped<'_>) -> Asked,
) -> Result<Delivered, DeliverError> {
    match ask(mail) {
        Asked::Answered(Accepted::Kept(_) | Accepted::Known(_)) => Ok(Delivered::ByServer),
        Asked::Answered(Accepted::Later) => {
            Err(DeliverError::Temporary("the server is busy".into()))
        }
        Asked::Answered(Accepted::NoMailbox) => {
            Err(DeliverError::Permanent("no mailbox has this address".into()))
        }
        Asked::Answered(Accepted::Closed) => {
            Err(DeliverError::Permanent("the mailbox takes no mail".into()))
        }
        Asked::Answered(Accepted::TooLarge { bytes_max }) => {
            let words = format!("the mail is larger than {bytes_max} bytes");
            Err(DeliverError::Permanent(words))
        }
        Asked::NobodyThere => {
            put(data, mail.recipient, mail.sender, mail.raw)?;
            Ok(Delivered::Spooled)
        }
    }
}

/// Leaves a mail in the spool of the installation in `data`; it is on the disk when this returns.
pub fn put(data: &Path, recipient: &str, sender: &str, raw: &[u8]) -> Result<(), DeliverError> {
    let mail = Piped { recipient, sender, raw };
    spool(data, mail).map_err(|error| DeliverError::Temporary(error.to_string()))
}

/// Takes what waits in the spool, oldest first. What cannot be taken now waits on.
pub async fn drain_spool(app: &App) -> io::Result<Drained> {
    let folder = app.config().data.join(FOLDER);
    let mut drained = Drained::default();
    let names = waiting(&folder)?;
    for (at, name) in names.iter().enumerate() {
        let path = folder.join(name);
        match take(app, &path, name).await {
            Taken::Yes => {
                remove(&path, &folder)?;
                drained.taken += 1;
            }
            Taken::Never => {
                set_aside(&app.config().data, &path, name)?;
                drained.set_aside += 1;
            }
            Taken::Later => {
                drained.waiting = names.len() - at;
                break;
            }
        }
    }
    Ok(drained)
}

enum Taken {
    Yes,
    Later,
    Never,
}

async fn take(app: &App, path: &Path, name: &str) -> Taken {
    let sealed = match fs::read(path) {
        Ok(sealed) => sealed,
        // Another run was quicker.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Taken::Yes,
        Err(error) => {
            tracing::error!(%error, "A spooled mail could not be read.");
            return Taken::Later;
        }
    };
    let Some((envelope, raw)) = opened(app.keys(), &sealed) else {
        tracing::error!("A spooled mail is not readable with this key file; it was set aside.");
        return Taken::Never;
    };
    let id = Spooled { id: name.to_string() };
    match accept_spooled(app, &envelope.sender, &envelope.recipient, &raw, id).await {
        Accepted::Kept(_) | Accepted::Known(_) => Taken::Yes,
        Accepted::Later => Taken::Later,
        Accepted::NoMailbox | Accepted::Closed | Accepted::TooLarge { .. } => {
            tracing::warn!("A spooled mail has no mailbox here; it was set aside.");
            Taken::Never
        }
    }
}

fn opened(keys: &Keys, sealed: &[u8]) -> Option<(Envelope, Vec<u8>)> {
    let plain = keys.open(PURPOSE, sealed).ok()?;
    let end = plain.iter().position(|b| *b == b'\n')?;
    let envelope = serde_json::from_slice(&plain[..end]).ok()?;
    Some((envelope, plain[end + 1..].to_vec()))
}

fn spool(data: &Path, mail: Piped<'_>) -> io::Result<()> {
    if mail.raw.len() > MAIL_BYTES_MAX {
        return Err(io::Error::other("the mail is too large for the spool"));
    }
    let key_file = data.join("sampark.key");
    if !key_file.exists() {
        return Err(io::Error::other("there is no installation in this folder"));
    }
    let entropy = Arc::new(SystemEntropy::new());
    let keys = Keys::load_or_create(&key_file, entropy).map_err(io::Error::other)?;
    let folder = data.join(FOLDER);
    fs::create_dir_all(&folder)?;
    if waiting(&folder)?.len() >= SPOOLED_MAX {
        return Err(io::Error::other("the spool is full"));
    }
    let envelope = Envelope { recipient: mail.recipient.into(), sender: mail.sender.into() };
    let mut plain = serde_json::to_vec(&envelope)?;
    plain.push(b'\n');
    plain.extend_from_slice(mail.raw);
    let id = format!("{:015}-{}", SystemClock.now().0, keys.token(20));
    let draft = folder.join(format!("{id}.draft"));
    let mut file = OpenOptions::new().write(true).create_new(true).open(&draft)?;
    file.write_all(&keys.seal(PURPOSE, &plain))?;
    file.sync_all()?;
    fs::rename(&draft, folder.join(format!("{id}.{ENDING}")))?;
    sync(&folder)?;
    sync(data)
}

/// Names of whole mails, oldest first.
fn waiting(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.strip_suffix(ENDING).is_some_and(|rest| rest.ends_with('.')) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn remove(path: &Path, folder: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => sync(folder),
    }
}

fn set_aside(data: &Path, path: &PathBuf, name: &str) -> io::Result<()> {
    let aside = data.join(ASIDE);
    fs::create_dir_all(&aside)?;
    fs::rename(path, aside.join(name))?;
    sync(&aside)?;
    sync(&data.join(FOLDER))
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
