//! Mail on the wire: reading it, writing it, receiving it and sending it.
//!
//! This is protocol code. It knows no workspace, no case and no database; what is done with a
//! mail is decided by who calls it.

pub mod address;
pub mod client;
pub mod compose;
pub mod loopback;
pub mod parse;
pub mod server;

mod codec;

pub use address::Addr;
pub use compose::{Attached, Automatic, Outgoing, compose};
pub use parse::{Kind, ParseError, Parsed, parse, parse_received};
