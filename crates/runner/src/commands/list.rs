//! `list`: one line per claim.

use crate::cli::Cli;
use crate::workspace;

/// Lists the claims.
pub fn list(cli: &Cli, area: Option<&str>) -> u8 {
    let registry = match workspace::load(cli) {
        Ok(registry) => registry,
        Err(code) => return code,
    };
    let errors = workspace::report_problems(&registry, cli.color.on_stdout());
    let mut shown = 0;
    for claim in registry
        .claims
        .iter()
        .filter(|claim| area.is_none_or(|area| claim.area == area))
    {
        let expect = claim
            .expect
            .map_or_else(|| "cited".to_owned(), |expect| expect.to_string());
        anstream::println!(
            "{:<12} {:<38} {:<9} {}",
            claim.area,
            claim.id,
            expect,
            claim.title
        );
        shown += 1;
    }
    match (errors, shown) {
        (true, _) => 2,
        (false, 0) => 4,
        _ => 0,
    }
}
