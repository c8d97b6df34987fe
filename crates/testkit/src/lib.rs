//! What tests share: each scenario runs on both databases.

mod backend;
pub mod postgres;

pub use backend::{Backend, Place};

/// A scenario that becomes two tests, `name::sqlite` and `name::postgres`:
///
/// ```text
/// on_both!(a_reply_is_kept, |backend| { … });
/// ```
#[macro_export]
macro_rules! on_both {
    ($(#[$meta:meta])* $name:ident, |$backend:ident| $body:block) => {
        $(#[$meta])*
        mod $name {
            use super::*;

            fn scenario($backend: $crate::Backend) $body

            #[test]
            fn sqlite() {
                scenario($crate::Backend::Sqlite);
            }

            #[test]
            fn postgres() {
                // Where no server is installed this says so loudly; under CI it fails.
                if let Some(backend) = $crate::Backend::postgres() {
                    scenario(backend);
                }
            }
        }
    };
}
