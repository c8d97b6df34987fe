//! Sign-in, people, roles, tokens, jobs and audit, through HTTP, on both databases.

mod oversight;
mod people;
mod sign_in;
mod words;
mod world;
