//! Files that come with a form: taken in within bounds, stored before anything names them.

use axum::extract::Multipart;
use frame::{Frame, Typed, open_text, seal_text};
use platform::web::WebError;
use platform::{Error, FieldError, StoredBytes, safe_name};
use serde::{Deserialize, Serialize};

/// What all files of one message weigh together at most: few mail servers take more.
pub(crate) const FILES_BYTES_MAX: usize = 20 * 1024 * 1024;
/// What a request may weigh before the line is cut. Between the two the rest is read and thrown
/// away, because a browser shows the answer only when it could send all.
pub(crate) const UPLOAD_BYTES_MAX: usize = 3 * FILES_BYTES_MAX;
const MIME_CHARS_MAX: usize = 120;
/// Fields of a form that carries files.
const FIELDS_MAX: usize = 100;

/// A form with what was attached to it.
#[derive(Default)]
pub(super) struct Upload {
    pub typed: Typed,
    pub files: Vec<NewFile>,
    /// What is wrong with the files, if anything is.
    pub wrong: Option<FieldError>,
}

/// A file as it came.
pub(super) struct NewFile {
    name: String,
    mime: String,
    bytes: Vec<u8>,
}

/// A file that is stored, and that no message names yet. It travels through the form sealed, so
/// that nobody can name a file that they did not bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptFile {
    pub name: String,
    pub mime: String,
    sha256: String,
    size_bytes: i64,
}

impl KeptFile {
    pub fn stored(&self) -> StoredBytes {
        StoredBytes { sha256: self.sha256.clone(), size_bytes: self.size_bytes }
    }

    pub fn bytes(&self) -> u64 {
        self.size_bytes.unsigned_abs()
    }

    /// For the form that comes back with an error.
    pub fn seal(&self, frame: &Frame) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        seal_text(frame.app().keys(), &purpose(frame), &text)
    }

    fn open(frame: &Frame, sealed: &str) -> Option<KeptFile> {
        let text = open_text(frame.app().keys(), &purpose(frame), sealed)?;
        serde_json::from_str(&text).ok()
    }
}

/// One person's files in one workspace.
fn purpose(frame: &Frame) -> String {
    format!("upload/{}/{}", frame.seat.workspace.id, frame.actor().member_id)
}

/// Reads a form with files.
pub(super) async fn read(mut form: Multipart) -> Result<Upload, WebError> {
    let broken = |_| WebError(Error::Invalid(Vec::new()));
    let mut upload = Upload::default();
    let mut room = FILES_BYTES_MAX;
    for _ in 0..FIELDS_MAX {
        let Some(mut field) = form.next_field().await.map_err(broken)? else { break };
        let name = field.name().unwrap_or_default().to_string();
        let Some(file_name) = field.file_name().map(str::to_string) else {
            let text = field.text().await.map_err(broken)?;
            // A browser sends line ends as two characters in this kind of form.
            upload.typed = upload.typed.with(name, text.replace("\r\n", "\n"));
            continue;
        };
        let mime = field.content_type().unwrap_or("application/octet-stream");
        let mime: String = mime.chars().take(MIME_CHARS_MAX).collect();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            if chunk.len() <= room {
                room -= chunk.len();
                bytes.extend_from_slice(&chunk);
            } else {
                room = 0;
                let max = FILES_BYTES_MAX / (1024 * 1024);
                let wrong = FieldError::new("files", "desk-files-too-large").with("max", max);
                upload.wrong = Some(wrong);
            }
        }
        // A form without a file sends one without a name.
        if !file_name.is_empty() || !bytes.is_empty() {
            upload.files.push(NewFile { name: safe_name(&file_name), mime, bytes });
        }
    }
    Ok(upload)
}

/// Stores what came, on a thread that may wait for the disk, and gathers what an earlier try of
/// the same form stored. Too many or too much is refused as a whole.
pub(super) async fn keep(frame: &Frame, upload: &mut Upload) -> Result<Vec<KeptFile>, WebError> {
    let sealed = upload.typed.starting("kept-").map(|(_, sealed)| sealed);
    let mut kept: Vec<KeptFile> =
        sealed.filter_map(|sealed| KeptFile::open(frame, sealed)).collect();
    let new = std::mem::take(&mut upload.files);
    if kept.len() + new.len() > ui::FILES_MAX {
        let wrong = FieldError::new("files", "desk-files-too-many").with("max", ui::FILES_MAX);
        upload.wrong = Some(wrong);
    }
    if upload.wrong.is_some() || new.is_empty() {
        return Ok(kept);
    }
    let files = frame.seat.workspace.files.clone();
    let stored = tokio::task::spawn_blocking(move || {
        let put = |file: NewFile| {
            let bytes = files.put(&file.bytes)?;
            Ok(KeptFile {
                name: file.name,
                mime: file.mime,
                sha256: bytes.sha256,
                size_bytes: bytes.size_bytes,
            })
        };
        new.into_iter().map(put).collect::<std::io::Result<Vec<KeptFile>>>()
    });
    let stored = stored.await.map_err(|error| Error::Internal(error.to_string()))?;
    kept.extend(stored.map_err(|error| Error::Internal(error.to_string()))?);
    Ok(kept)
}
