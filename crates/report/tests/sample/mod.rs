//! A hand-made run with every status that a reader meets, shared by the tests and the example.
#![allow(dead_code)]

mod claims;
mod formulas;

use kernel::record::{
    BaselineRecord, Change, DiagnosticRecord, Difference, Located, Replay, ReplayOutcome,
    RunRecord, Severity, Tool,
};
use report::CardText;

/// The whole run.
pub fn run() -> RunRecord {
    let tool = Tool {
        name: "runner".to_owned(),
        version: "0.1.0".to_owned(),
        commit: Some("1f2e9c4".to_owned()),
    };
    let mut run = RunRecord::new(tool, "default", 20190);
    run.claims = claims::all();
    run.registry.claims = run.claims.len();
    run.registry.sources = 4;
    run.budget = [("draws", 20_000), ("redraws", 256), ("cells", 100_000)]
        .map(|(name, fuel)| (name.to_owned(), fuel))
        .into();
    run.checkers = [("Rocq".to_owned(), "8.20.1".to_owned())].into();
    run.bibliography = [
        ("begj-2019", "J. Berner, D. Elbrächter, P. Grohs, A. Jentzen, Towards a regularity theory for ReLU networks, 2019, arXiv 1905.04992"),
        ("bgv-2022", "J. Berner, P. Grohs, F. Voigtlaender, Learning ReLU networks to high uniform accuracy is intractable, slides, 2022, arXiv 2205.13531"),
        ("kutyniok-expressivity", "G. Kutyniok, Expressivity, lecture slides"),
        ("derived", "Derived here"),
    ]
    .map(|(key, text)| (key.to_owned(), text.to_owned()))
    .into();
    run.baseline = Some(BaselineRecord {
        regressions: Vec::new(),
        news: vec![Difference {
            claim: "square-w1inf".to_owned(),
            what: Change::Ratio,
            detail: "71/100 to 255/256".to_owned(),
        }],
    });
    run.replays = vec![Replay {
        path: "theorems/witnesses/poly-activation-degree.toml".to_owned(),
        claim: "poly-activation-degree".to_owned(),
        outcome: ReplayOutcome::Agrees,
        detail: None,
    }];
    run.diagnostics = vec![DiagnosticRecord {
        code: "C0105".to_owned(),
        severity: Severity::Warning,
        at: Located {
            path: "theorems/approximation/poly-w1inf.toml".to_owned(),
            line: 33,
            column: 8,
        },
        message: "a big-O bound cannot be refuted by an instance".to_owned(),
    }];
    run.timing.total = 41_250;
    run.timing.workers = 2;
    run.settle();
    run
}

/// Five claims of the run: sampled, on instances, refuted, in need of a hypothesis, and one without a verdict.
pub fn five() -> RunRecord {
    let wanted = [
        "nn-chain-rule",
        "lipschitz-maxnorm",
        "poly-activation-degree",
        "samples-upper-printed",
        "backprop-ae",
    ];
    let mut run = run();
    run.claims
        .retain(|claim| wanted.contains(&claim.id.as_str()));
    run.registry.claims = 5;
    run.registry.sources = 3;
    run.baseline = None;
    run.settle();
    run
}

/// The texts of the cards.
pub fn texts() -> Vec<CardText> {
    formulas::all_texts()
}
