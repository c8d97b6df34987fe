//! What the tests of the whole program share: an installation in a temporary folder, its server
//! as a process, and the world outside it.

pub mod chance;
pub mod http;
pub mod installation;
pub mod ledger;
pub mod lmtp;
pub mod traffic;
