//! Which key file belongs to this data. Sealed with another one, nothing could be read again.

use db::Tx;

use super::store;
use crate::error::Error;
use crate::keys::Keys;

/// True once a key file was used with this data.
pub(crate) fn has_key(tx: &mut Tx<'_>) -> Result<bool, Error> {
    Ok(store::key_check(tx)?.is_some())
}

/// Notes the key file at the first start; afterwards says whether it is still the same.
pub(crate) fn is_own_key(tx: &mut Tx<'_>, keys: &Keys) -> Result<bool, Error> {
    let check = base::hex(&keys.sign("installation", b"key file"));
    match store::key_check(tx)? {
        Some(kept) => Ok(kept == check),
        None => store::set_key_check(tx, &check).map(|()| true),
    }
}
