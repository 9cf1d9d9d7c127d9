//! `explain`: codes, statuses, functions, budgets.

use claim_language::vocabulary::{Function, Vocabulary};
use kernel::record::Status;
use theorems::vocabulary::Words;

use crate::cli::{Cli, Profile};
use crate::{run, workspace};

/// Explains a word.
pub fn explain(cli: &Cli, word: &str) -> u8 {
    let words = theorems::registry::Registry::with_bibliography(&workspace::folder(cli)).words;
    if let Some(page) = claim_language::diagnostic::explain(&word.to_ascii_uppercase()) {
        anstream::println!("{page}");
        return 0;
    }
    if let Ok(status) = word.to_ascii_uppercase().parse::<Status>() {
        anstream::println!("{status}: {}", report::words::meaning(status));
        return 0;
    }
    match word {
        "functions" => functions(&words),
        "families" => {
            for name in words.family_names() {
                if let Some(family) = words.family(name) {
                    anstream::println!("{name:<18} {}: {}", family.produces, family.definition);
                }
            }
        }
        "fuel" => {
            for profile in [Profile::Quick, Profile::Default, Profile::Deep] {
                let budgets = run::budgets(profile);
                let (over, under) = budgets.scale;
                anstream::println!(
                    "{:<8} {} draws per sampled conclusion, a claim's own count times {over}/{under} (at least {} from {} on), {} draws per mutant",
                    run::word(profile),
                    budgets.draws,
                    budgets.least,
                    search::examine::LARGE,
                    budgets.mutant_draws
                );
            }
        }
        // Both spellings of a bound up to a constant have one page.
        _ => match words.function(if word == "≲" { "O" } else { word }) {
            Some(function) => function_page(function),
            None => {
                anstream::eprintln!("error: nothing is called `{word}`");
                anstream::eprintln!(
                    "  help: a code such as C0303, a status such as SAMPLED, a function, or `functions`, `families`, `fuel`"
                );
                return 2;
            }
        },
    }
    0
}

fn functions(words: &Words) {
    for name in words.function_names() {
        if let Some(function) = words.function(name) {
            anstream::println!("{}\n    {}", signatures(function), function.definition);
        }
    }
}

fn signatures(function: &Function) -> String {
    let one = |overload: &claim_language::vocabulary::Overload| {
        let parameters: Vec<String> = overload
            .parameters
            .iter()
            .map(ToString::to_string)
            .collect();
        format!(
            "{}({}) → {}{}",
            function.name,
            parameters.join(", "),
            overload.result,
            if function.partial { "?" } else { "" }
        )
    };
    function
        .overloads
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join("\n")
}

fn function_page(function: &Function) {
    anstream::println!(
        "{}\n\n{}\n\nsource: {}\nrevision: {}",
        signatures(function),
        function.definition,
        function.source,
        function.revision
    );
    for twin in &function.twins {
        anstream::println!(
            "\nfalse twin {}@{}: {}\n    confusion: {}\n    differs at: {}",
            function.name,
            twin.name,
            twin.definition,
            twin.confusion,
            twin.witness
        );
    }
}
