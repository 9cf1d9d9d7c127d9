//! One module per command.

mod all;
mod check;
mod eval;
mod experiment;
mod explain;
mod game;
mod lipschitz;
mod list;
mod new;
mod replay;
mod show;
mod tighten;

use crate::cli::{Cli, Command};

/// Runs a command and gives its exit code.
pub fn dispatch(cli: &Cli) -> u8 {
    match &cli.command {
        Command::All(args) => all::all(cli, args),
        Command::Run { what, args } => all::some(cli, what, args),
        Command::Check { files } => check::check(cli, files),
        Command::List { only_area } => list::list(cli, only_area.as_deref()),
        Command::Show { id } => show::show(cli, id),
        Command::Replay { files, all, claims } => replay::replay(cli, files, *all, claims),
        Command::Eval {
            expression,
            bindings,
            json,
        } => eval::eval(expression, bindings, *json),
        Command::Game(args) => game::game(args),
        Command::Lipschitz(args) => lipschitz::lipschitz(args),
        Command::Experiment(args) => experiment::experiment(args),
        Command::Tighten { what, args } => tighten::tighten(cli, what, args),
        Command::Explain { word } => explain::explain(cli, word),
        Command::New { id, from } => new::new(cli, id, from),
    }
}
