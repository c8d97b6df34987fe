//! `sampark`: one binary for the server, the demonstration and the command line.

mod api;
mod cli;
mod command;
mod demo;
mod http;
mod seed;
mod socket;
mod wiring;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("sampark: {error:#}");
            ExitCode::FAILURE
        }
    }
}
