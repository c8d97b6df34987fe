//! What tests share: databases, clocks and a named world.

pub mod postgres;
