//! Files: encrypted, named by their content, on disk before the row that names them.

pub(crate) mod store;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base::UtcMs;
use db::Tx;
use ring::digest;

use crate::error::Error;
use crate::keys::Keys;

base::typed_id!(
    /// A stored file.
    FileId,
);

/// The greatest file that is taken in.
pub const FILE_BYTES_MAX: usize = 40 * 1024 * 1024;

/// The folder of one workspace's files.
#[derive(Clone)]
pub struct Files {
    folder: PathBuf,
    keys: Keys,
    purpose: String,
}

/// Content that is safely on disk and may now be named by a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredBytes {
    /// Lower-case hexadecimal SHA-256 of the plain content.
    pub sha256: String,
    pub size_bytes: i64,
}

/// A file's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    pub id: FileId,
    pub sha256: String,
    pub size_bytes: i64,
    pub name: String,
    pub mime: String,
    pub created_at: UtcMs,
}

impl Files {
    pub fn new(folder: PathBuf, keys: Keys, workspace_key: &str) -> Files {
        Files { folder, keys, purpose: format!("files/{workspace_key}") }
    }

    fn path(&self, sha256: &str) -> PathBuf {
        self.folder.join(&sha256[..2]).join(sha256)
    }

    /// Writes, syncs and renames into place. The same content twice is one file.
    pub fn put(&self, bytes: &[u8]) -> io::Result<StoredBytes> {
        let sha256 = base::hex(digest::digest(&digest::SHA256, bytes).as_ref());
        let stored = StoredBytes { sha256: sha256.clone(), size_bytes: bytes.len() as i64 };
        let path = self.path(&sha256);
        let shelf = self.folder.join(&sha256[..2]);
        if !path.exists() {
            fs::create_dir_all(&shelf)?;
            let draft = shelf.join(format!("{sha256}.{}", self.keys.token(8)));
            let written = self.write_draft(&draft, bytes).and_then(|()| fs::rename(&draft, &path));
            if let Err(error) = written {
                // What is left of it would only take room on a disk that may be full.
                let _ = fs::remove_file(&draft);
                return Err(error);
            }
        }
        // Also where it was there already: whoever wrote it may not have come so far yet.
        sync_folder(&shelf)?;
        sync_folder(&self.folder)?;
        Ok(stored)
    }

    fn write_draft(&self, draft: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(draft)?;
        file.write_all(&self.keys.seal(&self.purpose, bytes))?;
        file.sync_all()
    }

    /// The plain content.
    pub fn get(&self, sha256: &str) -> io::Result<Vec<u8>> {
        if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let sealed = fs::read(self.path(sha256))?;
        self.keys.open(&self.purpose, &sealed).map_err(io::Error::other)
    }

    /// Removes content that no row names any more.
    pub fn remove(&self, sha256: &str) -> io::Result<()> {
        fs::remove_file(self.path(sha256))
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Makes a folder that only its owner may enter, durably; what is there stays as it is.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if folder.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    sync_folder(parent.unwrap_or(Path::new(".")))
}

/// A rename is only durable once its folder is.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Names stored bytes in the workspace.
pub fn add_file(
    tx: &mut Tx<'_>,
    stored: &StoredBytes,
    name: &str,
    mime: &str,
) -> Result<FileId, Error> {
    store::insert(tx, stored, &safe_name(name), mime)
}

/// A file's row, if it is there.
pub fn find_file(tx: &mut Tx<'_>, id: FileId) -> Result<Option<FileInfo>, Error> {
    store::find(tx, id)
}

/// A name without folders, control characters or a leading dot, at most 120 characters.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    let clean = clean.trim().trim_start_matches('.');
    if clean.is_empty() { "file".into() } else { clean.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::SystemEntropy;
    use std::sync::Arc;

    #[test]
    fn content_comes_back_and_is_not_readable_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::from_master(b"secret", Arc::new(SystemEntropy::new()));
        let files = Files::new(folder.path().into(), keys.clone(), "arohi");
        let stored = files.put(b"the brakes make a noise").unwrap();
        assert_eq!(files.put(b"the brakes make a noise").unwrap(), stored);
        assert_eq!(files.get(&stored.sha256).unwrap(), b"the brakes make a noise");
        let on_disk = fs::read(files.path(&stored.sha256)).unwrap();
        assert!(!on_disk.windows(6).any(|window| window == b"brakes"));
        let stranger = Files::new(folder.path().into(), keys, "other");
        assert!(stranger.get(&stored.sha256).is_err());
        assert!(files.get("../../etc/passwd").is_err());
        files.remove(&stored.sha256).unwrap();
        assert!(files.get(&stored.sha256).is_err());
    }

    #[test]
    fn names_lose_their_folders() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("C:\\bills\\नकद.pdf"), "नकद.pdf");
        assert_eq!(safe_name(" ..\u{0} "), "file");
        assert_eq!(safe_name(".htaccess"), "htaccess");
    }
}
