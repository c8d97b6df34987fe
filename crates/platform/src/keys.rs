//! The key file, and everything derived from it: encryption at rest, signatures, digests.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use base::Entropy;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::{digest, hkdf, hmac};

use crate::file::sync_folder;

/// Keys derived from one master secret, one per purpose.
#[derive(Clone)]
pub struct Keys {
    master: Arc<hkdf::Prk>,
    entropy: Arc<dyn Entropy>,
}

/// Why a sealed value cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this value was not sealed with this installation's key file")]
pub struct WrongKey;

const MASTER_LEN: usize = 32;

struct Length(usize);

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

impl Keys {
    /// Keys from a master secret.
    pub fn from_master(master: &[u8], entropy: Arc<dyn Entropy>) -> Keys {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"sampark/1");
        Keys { master: Arc::new(salt.extract(master)), entropy }
    }

    /// Reads the key file, or makes one that only its owner can read.
    pub fn load_or_create(path: &Path, entropy: Arc<dyn Entropy>) -> anyhow::Result<Keys> {
        if !path.exists() {
            make_key_file(path, entropy.as_ref())?;
        }
        let text = fs::read_to_string(path)?;
        let master = from_hex(text.trim())
            .filter(|master| master.len() == MASTER_LEN)
            .ok_or_else(|| anyhow::anyhow!("{} is not a key file", path.display()))?;
        Ok(Keys::from_master(&master, entropy))
    }

    /// 32 bytes that belong to `purpose` alone.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        let info = [purpose.as_bytes()];
        let okm = self.master.expand(&info, Length(32)).expect("32 bytes are within HKDF's reach");
        let mut key = [0u8; 32];
        okm.fill(&mut key).expect("the buffer has the length asked for");
        key
    }

    fn aead(&self, purpose: &str) -> LessSafeKey {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &self.derive(purpose))
            .expect("a derived key has the cipher's length");
        LessSafeKey::new(key)
    }

    /// Encrypts for storage: nonce, then ciphertext and tag.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0u8; NONCE_LEN];
        self.entropy.fill(&mut nonce);
        let mut sealed = plain.to_vec();
        self.aead(purpose)
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut sealed,
            )
            .expect("a message is far below the cipher's length limit");
        let mut out = nonce.to_vec();
        out.append(&mut sealed);
        out
    }

    /// Decrypts what `seal` made for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, WrongKey> {
        let (nonce, body) = sealed.split_at_checked(NONCE_LEN).ok_or(WrongKey)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| WrongKey)?;
        let mut body = body.to_vec();
        let plain = self
            .aead(purpose)
            .open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut body)
            .map_err(|_| WrongKey)?;
        Ok(plain.to_vec())
    }

    /// An authentication code over `message`, for links and tokens.
    pub fn sign(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.derive(purpose));
        hmac::sign(&key, message).as_ref().try_into().expect("HMAC-SHA256 has 32 bytes")
    }

    /// A new unguessable token, 5 bits a letter.
    pub fn token(&self, letters: usize) -> String {
        base::random_token(self.entropy.as_ref(), letters)
    }

    pub fn entropy(&self) -> &Arc<dyn Entropy> {
        &self.entropy
    }
}

/// Whole or not at all: a power cut leaves no half key, and of two that come at once one wins.
fn make_key_file(path: &Path, entropy: &dyn Entropy) -> anyhow::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut master = [0u8; MASTER_LEN];
    entropy.fill(&mut master);
    let draft = path.with_extension(format!("draft-{}", base::random_token(entropy, 8)));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(base::hex(&master).as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        other => other?,
    }
    sync_folder(path.parent().unwrap_or(Path::new(".")))?;
    Ok(())
}

/// What the database keeps of a token: enough to recognise it, nothing to use.
pub fn token_digest(token: &str) -> String {
    base::hex(digest::digest(&digest::SHA256, token.as_bytes()).as_ref())
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{SystemEntropy, TestEntropy};

    fn keys() -> Keys {
        Keys::from_master(b"a master secret of thirty-two by", Arc::new(SystemEntropy::new()))
    }

    #[test]
    fn sealed_values_open_with_the_same_key_and_purpose_only() {
        let sealed = keys().seal("mail", b"raw");
        assert_eq!(keys().open("mail", &sealed).unwrap(), b"raw");
        assert_eq!(keys().open("secret", &sealed), Err(WrongKey));
        let other = Keys::from_master(b"another", Arc::new(TestEntropy::seeded(1)));
        assert_eq!(other.open("mail", &sealed), Err(WrongKey));
        let mut bent = sealed.clone();
        bent[20] ^= 1;
        assert_eq!(keys().open("mail", &bent), Err(WrongKey));
        assert_eq!(keys().open("mail", b"short"), Err(WrongKey));
    }

    #[test]
    fn a_key_file_is_made_once_and_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let load = || Keys::load_or_create(&path, Arc::new(SystemEntropy::new())).unwrap();
        assert_eq!(load().derive("x"), load().derive("x"));
        assert_ne!(load().derive("x"), load().derive("y"));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
        fs::write(&path, "rubbish").unwrap();
        assert!(Keys::load_or_create(&path, Arc::new(SystemEntropy::new())).is_err());
    }

    #[test]
    fn of_many_that_make_the_key_file_at_once_one_wins() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let load = || Keys::load_or_create(&path, Arc::new(SystemEntropy::new())).unwrap();
        let made: Vec<[u8; 32]> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| load().derive("x"))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(made.iter().all(|key| *key == load().derive("x")));
    }
}
