//! Mail in and out, each scenario on both databases.

mod world;

mod story;

mod inbound;
mod mailbox;
mod outbound;
mod pages;
mod spool;
mod threading;
