//! Values that go in and out of a database: five storage types, nothing else.

use crate::{EmailAddress, Phone, UtcMs};

/// A value of a row or a parameter, borrowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValRef<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'a str),
    Blob(&'a [u8]),
}

/// What can stand as a parameter.
pub trait ToVal {
    fn val(&self) -> ValRef<'_>;
}

/// What can be read from a column. The error says what was found instead.
pub trait FromVal: Sized {
    fn from_val(val: ValRef<'_>) -> Result<Self, String>;
}

fn mismatch<T>(wanted: &str, found: ValRef<'_>) -> Result<T, String> {
    let kind = match found {
        ValRef::Null => "nothing",
        ValRef::Int(_) => "an integer",
        ValRef::Real(_) => "a real number",
        ValRef::Text(_) => "text",
        ValRef::Blob(_) => "bytes",
    };
    Err(format!("expected {wanted}, found {kind}"))
}

impl ToVal for i64 {
    fn val(&self) -> ValRef<'_> {
        ValRef::Int(*self)
    }
}

impl ToVal for f64 {
    fn val(&self) -> ValRef<'_> {
        ValRef::Real(*self)
    }
}

impl ToVal for bool {
    fn val(&self) -> ValRef<'_> {
        ValRef::Int(i64::from(*self))
    }
}

impl ToVal for UtcMs {
    fn val(&self) -> ValRef<'_> {
        ValRef::Int(self.0)
    }
}

impl ToVal for str {
    fn val(&self) -> ValRef<'_> {
        ValRef::Text(self)
    }
}

impl ToVal for &str {
    fn val(&self) -> ValRef<'_> {
        ValRef::Text(self)
    }
}

impl ToVal for String {
    fn val(&self) -> ValRef<'_> {
        ValRef::Text(self)
    }
}

impl ToVal for EmailAddress {
    fn val(&self) -> ValRef<'_> {
        ValRef::Text(self.as_str())
    }
}

impl ToVal for Phone {
    fn val(&self) -> ValRef<'_> {
        ValRef::Text(self.as_str())
    }
}

impl ToVal for Vec<u8> {
    fn val(&self) -> ValRef<'_> {
        ValRef::Blob(self)
    }
}

impl<const N: usize> ToVal for [u8; N] {
    fn val(&self) -> ValRef<'_> {
        ValRef::Blob(self)
    }
}

impl<T: ToVal> ToVal for Option<T> {
    fn val(&self) -> ValRef<'_> {
        self.as_ref().map_or(ValRef::Null, ToVal::val)
    }
}

impl ToVal for ValRef<'_> {
    fn val(&self) -> ValRef<'_> {
        *self
    }
}

impl FromVal for i64 {
    fn from_val(val: ValRef<'_>) -> Result<Self, String> {
        match val {
            ValRef::Int(int) => Ok(int),
            other => mismatch("an integer", other),
        }
    }
}

impl FromVal for f64 {
    fn from_val(val: ValRef<'_>) -> Result<Self, String> {
        match val {
            ValRef::Real(real) => Ok(real),
            ValRef::Int(int) => Ok(int as f64),
            other => mismatch("a number", other),
        }
    }
}

impl FromVal for bool {
    fn from_val(val: ValRef<'_>) -> Result<Self, String> {
        i64::from_val(val).map(|int| int != 0)
    }
}

impl FromVal for UtcMs {
    fn from_val(val: ValRef<'_>) -> Result<Self, String> {
        i64::from_val(val).map(UtcMs)
    }
}

impl FromVal for String {
    fn from_val(val: ValRef<'_>) -> Result<Self, String> {
        match val {
            ValRef::Text(text) => Ok(text.to_string()),
            other => mismatch("text", other),
        }
    }
}

impl FromVal for Vec<u8> {
    fn from_val(val: ValRef<'_>) -> Result<Self, String> {
        match val {
            ValRef::Blob(bytes) => Ok(bytes.to_vec()),
            other => mismatch("bytes", other),
        }
    }
}

impl<const N: usize> FromVal for [u8; N] {
    fn from_val(val: ValRef<'_>) -> Result<Self, String> {
        match val {
            ValRef::Blob(bytes) => {
                bytes.try_into().map_err(|_| format!("expected {N} bytes, found {}", bytes.len()))
            }
            other => mismatch("bytes", other),
        }
    }
}

impl<T: FromVal> FromVal for Option<T> {
    fn from_val(val: ValRef<'_>) -> Result<Self, String> {
        match val {
            ValRef::Null => Ok(None),
            other => T::from_val(other).map(Some),
        }
    }
}
