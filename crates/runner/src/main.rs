//! The command line of the referee.
//!
//! Exit codes: 0 as expected, 1 an expectation is contradicted, 2 usage or a bad file, 3 less than promised, 4 no verdict
//! where one was required, 5 stored evidence does not replay, 70 internal fault, 130 interrupted.

mod child;
mod cli;
mod commands;
mod files;
mod run;
mod selection;
mod tightness;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    cli.color.apply();
    ExitCode::from(commands::dispatch(&cli))
}
