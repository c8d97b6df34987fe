//! The platform from outside: requests, use cases and jobs, on both databases.

mod backup;
mod installation;
mod jobs;
mod live;
mod members;
mod routes;
mod settings;
mod sign_in;
mod world;
