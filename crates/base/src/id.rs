//! Typed 64-bit ids: a contact's id cannot be handed to a function that wants a case's.

/// What every typed id is underneath.
pub trait RawId: Copy {
    fn raw(self) -> i64;
    fn from_raw(raw: i64) -> Self;
}

impl RawId for i64 {
    fn raw(self) -> i64 {
        self
    }
    fn from_raw(raw: i64) -> Self {
        raw
    }
}

/// Declares id types: `typed_id!(ContactId, AccountId);`
#[macro_export]
macro_rules! typed_id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $crate::RawId for $name {
            fn raw(self) -> i64 {
                self.0
            }
            fn from_raw(raw: i64) -> Self {
                $name(raw)
            }
        }

        impl $crate::ToVal for $name {
            fn val(&self) -> $crate::ValRef<'_> {
                $crate::ValRef::Int(self.0)
            }
        }

        impl $crate::FromVal for $name {
            fn from_val(val: $crate::ValRef<'_>) -> Result<Self, String> {
                <i64 as $crate::FromVal>::from_val(val).map($name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )+};
}
