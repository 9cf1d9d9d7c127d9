//! The records of the sample.

use kernel::record::*;

fn base(
    id: &str,
    area: &str,
    title: &str,
    kind: Kind,
    expect: Option<Expect>,
    status: Status,
) -> ClaimRecord {
    let mut claim = ClaimRecord::new(id, area, title, kind, expect);
    claim.status = status;
    claim.statement = format!("[canonical text of {id}]");
    claim.statement_sha256 =
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned();
    claim.file = Some(Located {
        path: format!("theorems/{area}/{id}.toml"),
        line: 11,
        column: 24,
    });
    claim.conclusions = vec![conclusion("main", status)];
    claim.replay = Some(format!("runner run {id}"));
    claim
}

fn source(claim: &mut ClaimRecord, cite: &str, locator: &str) {
    claim.source = SourceRecord {
        cite: cite.to_owned(),
        locator: locator.to_owned(),
    };
}

fn conclusion(name: &str, status: Status) -> ConclusionRecord {
    ConclusionRecord {
        draws: if status == Status::Sampled { 20_000 } else { 0 },
        name: name.to_owned(),
        status,
        green: false,
        best_ratio: None,
        fitted: None,
    }
}

fn row(
    engine: &str,
    conclusion: &str,
    var: &str,
    how: How,
    detail: &str,
    narrower: bool,
) -> ScopeRow {
    ScopeRow {
        engine: engine.to_owned(),
        conclusion: conclusion.to_owned(),
        var: var.to_owned(),
        how,
        detail: detail.to_owned(),
        narrower,
    }
}

fn engine(trials: u64, best: Option<&str>, stop: Stop) -> EngineRecord {
    EngineRecord {
        trials,
        best_ratio: best.map(str::to_owned),
        stop,
    }
}

fn engines(
    list: &[(&str, u64, Option<&str>, Stop)],
) -> std::collections::BTreeMap<String, EngineRecord> {
    list.iter()
        .map(|(name, trials, best, stop)| ((*name).to_owned(), engine(*trials, *best, *stop)))
        .collect()
}

fn mutant(
    id: &str,
    expect: Outcome,
    outcome: Outcome,
    edit: &str,
    witness: Option<&str>,
) -> MutantRecord {
    MutantRecord {
        id: id.to_owned(),
        expect,
        outcome,
        witness: witness.map(str::to_owned),
        edits: vec![edit.to_owned()],
        why: None,
    }
}

fn value(name: &str, value: &str) -> Value {
    Value {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

fn sides(lhs: &str, rhs: &str) -> Option<Values> {
    Some(Values {
        lhs: lhs.to_owned(),
        rhs: rhs.to_owned(),
    })
}

fn steps(list: &[(&str, u64)]) -> Vec<FunnelStep> {
    list.iter()
        .map(|(name, left)| FunnelStep {
            name: (*name).to_owned(),
            left: *left,
        })
        .collect()
}

fn chain_rule() -> ClaimRecord {
    let mut claim = base(
        "nn-chain-rule",
        "derivative",
        "Chain rule for the network derivative, everywhere",
        Kind::Identity,
        Some(Expect::Holds),
        Status::Sampled,
    );
    source(&mut claim, "begj-2019", "Corollary III.2, (15)");
    claim.rung = Some(Rung::Sampled);
    claim.trials = 40_212;
    claim.scope = vec![
        row(
            "draws",
            "main",
            "phi",
            How::Sampled,
            "families G1, G5, G7, G8; depth 1 to 4, width 1 to 6, entries p/q with |p| ≤ 8, q ≤ 4",
            true,
        ),
        row(
            "draws",
            "main",
            "psi",
            How::Sampled,
            "families G1, G4, G7; depth 1 to 3",
            true,
        ),
        row(
            "draws",
            "main",
            "x",
            How::Sampled,
            "kinks of Φ and of Ψ∘Φ, small rationals",
            true,
        ),
        row(
            "draws",
            "main",
            "c",
            How::Symbolic,
            "all of ℝ, by isolated roots",
            false,
        ),
    ];
    claim.engines = engines(&[
        ("families", 212, None, Stop::Completed),
        ("draws", 40_000, None, Stop::Completed),
    ]);
    claim.cover = vec![CoverRecord {
        name: "zero pre-activation".to_owned(),
        share: "127/200".to_owned(),
        at_least: "1/2".to_owned(),
        met: true,
    }];
    claim.funnel = steps(&[
        ("draws", 41_870),
        ("activation(phi) == relu", 41_870),
        ("indim(psi) == outdim(phi)", 40_212),
    ]);
    claim.vacuous = 1_658;
    claim.mutants = vec![
        mutant(
            "outer-at-x",
            Outcome::Killed,
            Outcome::Killed,
            "main: value(phi, x) => x",
            Some("1-1-1 networks, x = [0]: 1 ≠ c"),
        ),
        mutant(
            "two-conventions",
            Outcome::Killed,
            Outcome::Killed,
            "main: deriv(phi, x, c) => deriv(phi, x, 1)",
            Some("identity network of depth 2 at x = [0]: 0 ≠ 1"),
        ),
        mutant(
            "mid-value",
            Outcome::Killed,
            Outcome::Killed,
            "main: deriv(psi, value(phi, x), c) => deriv@midpoint(psi, value(phi, x))",
            Some("hat after hat at x = [1/2]: 0 ≠ 2*c"),
        ),
    ];
    claim.uses = vec!["nn-value-compose".to_owned()];
    claim.tags = vec!["chain rule".to_owned()];
    claim
}

fn derivative_ae() -> ClaimRecord {
    let mut claim = base(
        "nn-derivative-ae",
        "derivative",
        "The network derivative is the derivative almost everywhere",
        Kind::Identity,
        Some(Expect::Holds),
        Status::Sampled,
    );
    source(&mut claim, "begj-2019", "Theorem III.1");
    claim.trials = 20_000;
    claim.scope = vec![
        row(
            "draws",
            "main",
            "phi",
            How::Sampled,
            "families G1, G2, G3, G5, G6",
            true,
        ),
        row("draws", "main", "c", How::Symbolic, "all of ℝ", false),
        row("draws", "main", "x", How::Sampled, "generic points", true),
    ];
    claim.engines = engines(&[("draws", 20_000, None, Stop::Completed)]);
    claim.mutants = vec![
        mutant(
            "everywhere",
            Outcome::Killed,
            Outcome::Killed,
            "quantify.x: almost-all => all",
            Some("Id_{1,2} at x = [0]: c ≠ 1"),
        ),
        mutant(
            "post-activation",
            Outcome::Killed,
            Outcome::Killed,
            "main: deriv(phi, x, c) => deriv@post(phi, x, c)",
            Some("1-1-1 network, x = [-1]"),
        ),
    ];
    claim.note = Some("A symbolic c decides “almost every x, all c”, which is stronger than the printed order “all c, almost every x”.".to_owned());
    claim
}

fn backprop() -> ClaimRecord {
    let mut claim = base(
        "backprop-ae",
        "derivative",
        "Backpropagation gives the parameter gradient almost everywhere",
        Kind::Identity,
        Some(Expect::Holds),
        Status::UnderCovered,
    );
    source(&mut claim, "begj-2019", "Section VIII, conjecture");
    claim.trials = 20_000;
    claim.scope = vec![
        row(
            "draws",
            "main",
            "t",
            How::Sampled,
            "free and tied templates",
            true,
        ),
        row(
            "draws",
            "main",
            "xs",
            How::Sampled,
            "zero, small rationals",
            true,
        ),
        row("draws", "main", "c", How::Symbolic, "all of ℝ", false),
        row(
            "draws",
            "main",
            "theta",
            How::Sampled,
            "small rationals",
            true,
        ),
    ];
    claim.engines = engines(&[("draws", 20_000, None, Stop::Completed)]);
    claim.cover = vec![CoverRecord {
        name: "zero pre-activation on an open set of theta".to_owned(),
        share: "43/1000".to_owned(),
        at_least: "1/10".to_owned(),
        met: false,
    }];
    claim.funnel = steps(&[("draws", 20_310), ("outdim(t) == 1", 20_000)]);
    claim.mutants = vec![mutant(
        "everywhere",
        Outcome::Killed,
        Outcome::Unresolved,
        "quantify.theta: almost-all => all",
        None,
    )];
    claim.messages = vec![
        "no frozen zero bias was drawn: add the family \"frozen-zero-bias\" to `from`".to_owned(),
    ];
    claim
}

fn no_c_works() -> ClaimRecord {
    let mut claim = base(
        "subdiff-no-c-strong",
        "derivative",
        "One network, one point: no value at the kink lies in the subdifferential",
        Kind::Existence,
        Some(Expect::Holds),
        Status::Instance,
    );
    source(
        &mut claim,
        "begj-2019",
        "Network derivative, remark “regardless of c”",
    );
    claim.green = true;
    claim.rung = Some(Rung::Instance);
    claim.trials = 1;
    claim.scope = vec![
        row(
            "pieces",
            "main",
            "phi",
            How::Constructed,
            "the network w1",
            false,
        ),
        row(
            "pieces",
            "main",
            "c",
            How::Symbolic,
            "all of ℝ: 3 intervals, 2 algebraic points",
            false,
        ),
        row("pieces", "main", "x", How::Among, "1 choice", false),
    ];
    claim.engines = engines(&[("pieces", 1, None, Stop::Completed)]);
    claim.mutants = vec![mutant(
        "irrational-c",
        Outcome::Killed,
        Outcome::Killed,
        "let.w1: _ => net(([[-2],[2]], [0,0]), ([[-1,1],[1,0]], [0,0]), ([[-2,2]], [0]))",
        Some("c = root(3*c^2 - 1, 1/2, 1)"),
    )];
    claim
}

fn lipschitz() -> ClaimRecord {
    let mut claim = base(
        "lipschitz-maxnorm",
        "sampling",
        "Lipschitz constant of a ReLU network with entrywise bounded weights",
        Kind::Bound,
        Some(Expect::Holds),
        Status::Instance,
    );
    source(
        &mut claim,
        "bgv-2022",
        "Slide “Upper Bound: Proof Sketch”, step 1",
    );
    claim.rung = Some(Rung::Instance);
    claim.trials = 61_240;
    claim.best_ratio = Some("1".to_owned());
    claim.tight = Some(Tight::Attained);
    claim.scope = vec![
        row("exhaustive", "main", "d", How::Named, "1 to 4", true),
        row("exhaustive", "main", "B", How::Named, "1 to 5", true),
        row("exhaustive", "main", "L", How::Named, "1 to 5", true),
        row(
            "exhaustive",
            "main",
            "c",
            How::Named,
            "1/2, 1, 3/2, 2",
            true,
        ),
        row(
            "exhaustive",
            "main",
            "phi",
            How::Exhausted,
            "all weights in {−c, 0, c}, up to symmetry, for width at most 2",
            true,
        ),
        row("draws", "main", "d", How::Sampled, "1 to 4", true),
        row(
            "draws",
            "main",
            "phi",
            How::Sampled,
            "entries p/q with |p| ≤ 16",
            true,
        ),
    ];
    claim.engines = engines(&[
        ("adversarial", 20_000, Some("14009/23040"), Stop::Completed),
        ("exhaustive", 21_240, Some("1"), Stop::Completed),
        ("draws", 20_000, Some("11/2000"), Stop::Completed),
    ]);
    claim.extremal = Some(WitnessRecord {
        path: "theorems/witnesses/lipschitz-maxnorm.extremal.toml".to_owned(),
        summary: "d = 1, B = 2, L = 2, c = 1: every weight 1, biases 0".to_owned(),
        assignment: vec![
            value("d", "1"),
            value("B", "2"),
            value("L", "2"),
            value("c", "1"),
            value("phi", "net(([[1],[1]], [0,0]), ([[1,1]], [0]))"),
        ],
        values: sides("2", "2"),
    });
    claim.hypotheses = vec![
        HypothesisRecord {
            id: "weights".to_owned(),
            needed: Needed::Yes,
            outcome: Dropped::Killed,
            witness: Some("weight 2 with c = 1: 2 > 1".to_owned()),
            why: None,
        },
        HypothesisRecord {
            id: "biases".to_owned(),
            needed: Needed::No,
            outcome: Dropped::AliveProved,
            witness: None,
            why: Some("a bias cancels in phi(x) - phi(y)".to_owned()),
        },
        HypothesisRecord {
            id: "scalar".to_owned(),
            needed: Needed::Yes,
            outcome: Dropped::Killed,
            witness: Some("two equal outputs: √2 > 1".to_owned()),
            why: None,
        },
    ];
    claim.mutants = vec![
        mutant(
            "exponent",
            Outcome::Killed,
            Outcome::Killed,
            "main: B^(L-1) => B^(L-2)",
            Some("d = 1, B = 2, L = 2: 2 > 1"),
        ),
        mutant(
            "drop-sqrt-d",
            Outcome::Killed,
            Outcome::Killed,
            "main: sqrt(d) => 1",
            Some("d = 2, B = 1, L = 1"),
        ),
        mutant(
            "shave",
            Outcome::Killed,
            Outcome::Killed,
            "main: _ => _ * (1 - 2^-20)",
            Some("d = 1, B = 1, L = 1"),
        ),
        mutant(
            "leaky",
            Outcome::AliveProved,
            Outcome::AliveProved,
            "quantify.phi.where: relu => leaky(1/10)",
            None,
        ),
    ];
    claim
}

fn lower_le_upper() -> ClaimRecord {
    let mut claim = base(
        "samples-lower-le-upper",
        "sampling",
        "The two sample-size bounds do not contradict each other",
        Kind::Consistency,
        Some(Expect::Holds),
        Status::Proved,
    );
    source(
        &mut claim,
        "bgv-2022",
        "Slides “Lower Bound” and “Upper Bound”",
    );
    claim.green = true;
    claim.rung = Some(Rung::Proved);
    claim.trials = 2_520;
    claim.best_ratio = Some("1/384".to_owned());
    claim.scope = ["d", "L", "c", "eps"]
        .map(|var| {
            row(
                "proof",
                "main",
                var,
                How::Argument,
                "theorem samples_lower_le_upper",
                false,
            )
        })
        .into();
    claim.engines = engines(&[("exhaustive", 2_520, Some("1/384"), Stop::Completed)]);
    claim.proof = Some(ProofRecord {
        theorem: "samples_lower_le_upper".to_owned(),
        checker: "Rocq 8.20.1".to_owned(),
        axioms: vec![
            "functional_extensionality_dep".to_owned(),
            "ClassicalDedekindReals.sig_not_dec".to_owned(),
        ],
        checked: true,
    });
    claim.mutants = vec![
        mutant(
            "eps-power",
            Outcome::Killed,
            Outcome::Killed,
            "let.lower: (1/(k_low*eps))^d => (1/(k_low*eps))^(d+1)",
            Some("d = 1, L = 3, c = 1/10, eps = 1/1000000"),
        ),
        mutant(
            "half-constant",
            Outcome::AliveProved,
            Outcome::AliveProved,
            "constants.k_low: 2^7 => 2^6",
            None,
        ),
    ];
    claim.uses = vec!["lower-main".to_owned(), "samples-upper-printed".to_owned()];
    claim
}

fn lower_main() -> ClaimRecord {
    let mut claim = base(
        "lower-main",
        "sampling",
        "Sample lower bound, p = q = ∞",
        Kind::LowerBound,
        Some(Expect::Holds),
        Status::Box,
    );
    source(&mut claim, "bgv-2022", "Slide “Lower Bound”");
    claim.rung = Some(Rung::Box);
    claim.trials = 512;
    claim.scope = vec![
        row("interval", "main", "d", How::Exhausted, "1 to 8", true),
        row(
            "interval",
            "main",
            "m",
            How::Argument,
            "ceil(t) ≤ 2t for t ≥ 1",
            false,
        ),
        row(
            "interval",
            "main",
            "K",
            How::Constructed,
            "2·ceil_root(m, d)",
            false,
        ),
    ];
    claim.engines = engines(&[("interval", 512, None, Stop::Completed)]);
    claim.certificate = Some(CertificateRecord {
        kind: "split tree".to_owned(),
        size: 4_096,
    });
    claim.reduction = Some(Reduction {
        argument: None,
        by: [
            "bump-network-inf",
            "grid-half-unhit",
            "pair-average",
            "markov-2m",
        ]
        .map(str::to_owned)
        .into(),
        status: Status::Box,
    });
    claim.mutants = vec![mutant(
        "half",
        Outcome::Killed,
        Outcome::Killed,
        "constants.k0: 2^7 => 2^-1",
        Some("a learner with exact error 4.5 < 6"),
    )];
    claim
}

fn upper_printed() -> ClaimRecord {
    let mut claim = base(
        "samples-upper-printed",
        "sampling",
        "Sample upper bound, as printed",
        Kind::Bound,
        Some(Expect::Refuted),
        Status::Refuted,
    );
    source(&mut claim, "bgv-2022", "Slide “Upper Bound”");
    claim.trials = 38;
    claim.witness = Some(WitnessRecord {
        path: "theorems/witnesses/samples-upper-printed.toml".to_owned(),
        summary: "d = 1, c = 1/10, L = 3, eps = 1/20: no sample is allowed, and the constants ±1/10 are in the class".to_owned(),
        assignment: vec![value("d", "1"), value("L", "3"), value("c", "1/10"), value("eps", "1/20"), value("m", "0")],
        values: sides("1/10", "1/20"),
    });
    claim.erratum = Some(ErratumRecord {
        id: "E1".to_owned(),
        class: ErratumClass::Hypothesis,
    });
    claim.repair = Some("samples-upper".to_owned());
    claim.repair_text = Some("m ≥ 1".to_owned());
    claim.impact = Some(
        "none: a number of samples is at least 1, and the theorem is used for small eps only"
            .to_owned(),
    );
    claim.replay = Some("runner replay theorems/witnesses/samples-upper-printed.toml".to_owned());
    claim
}

fn poly_degree() -> ClaimRecord {
    let mut claim = base(
        "poly-activation-degree",
        "expressivity",
        "A network with a polynomial activation has degree at most L·q",
        Kind::Bound,
        Some(Expect::Refuted),
        Status::Refuted,
    );
    source(
        &mut claim,
        "kutyniok-expressivity",
        "Slide “Universality of Shallow Neural Networks”, remark",
    );
    claim.trials = 1_204;
    claim.best_ratio = Some("8/5".to_owned());
    claim.witness = Some(WitnessRecord {
        path: "theorems/witnesses/poly-activation-degree.toml".to_owned(),
        summary: "q = 2, L = 5, widths 1-1-1-1-1-1, all weights 1: degree 16 > 10".to_owned(),
        assignment: vec![
            value("q", "2"),
            value("L", "5"),
            value(
                "phi",
                "with_activation(net(([[1]], [0]), ([[1]], [0]), ([[1]], [0]), ([[1]], [0]), ([[1]], [0])), polynomial([0,0,1]))",
            ),
            value(
                "difference",
                "1155068769254400115506876925440011550687692544001155068769254400115506876925440011550687692544001155068769254400",
            ),
        ],
        values: sides("16", "10"),
    });
    claim.engines = engines(&[("exhaustive", 1_204, Some("8/5"), Stop::Witness)]);
    claim.erratum = Some(ErratumRecord {
        id: "E1".to_owned(),
        class: ErratumClass::Real,
    });
    claim.repair = Some("poly-activation-degree-fixed".to_owned());
    claim.repair_text = Some("degree(phi) <= q^(L-1), attained".to_owned());
    claim.impact = Some(
        "the remark’s conclusion, no density in C(K), survives: the degree is still bounded"
            .to_owned(),
    );
    claim.replay = Some("runner replay theorems/witnesses/poly-activation-degree.toml".to_owned());
    claim
}

fn schema() -> ClaimRecord {
    let mut claim = base(
        "fundamental-lower-bound-printed",
        "expressivity",
        "Fundamental lower bound, as printed",
        Kind::Schema,
        None,
        Status::Cited,
    );
    source(
        &mut claim,
        "kutyniok-expressivity",
        "Slide “Fundamental lower bound”",
    );
    claim.conclusions = Vec::new();
    claim.repair = Some("fundamental-lower-bound-quantised".to_owned());
    claim.impact = Some("true once weights are quantised to O(log 1/eps) bits".to_owned());
    claim.reading = Some("for every activation function, also those that encode".to_owned());
    claim
}

fn trajectory() -> ClaimRecord {
    let mut claim = base(
        "trajectory-length-expectation",
        "expressivity",
        "Expected trajectory length",
        Kind::Statistical,
        Some(Expect::Holds),
        Status::Sampled,
    );
    source(
        &mut claim,
        "kutyniok-expressivity",
        "Slides “Trajectory length”",
    );
    claim.trials = 20_000;
    claim.scope = vec![
        row("test", "main", "n", How::Sampled, "1 to 8", true),
        row("test", "main", "s", How::Named, "1/2, 17/10, 2", true),
    ];
    claim.engines = engines(&[("test", 20_000, None, Stop::Completed)]);
    claim.mutants = vec![
        mutant(
            "kappa-limit",
            Outcome::Rejected,
            Outcome::Rejected,
            "main: kappa(n) => 1/sqrt(2)",
            None,
        ),
        mutant(
            "slack",
            Outcome::Unresolved,
            Outcome::Unresolved,
            "main: s^l => s^l * (1 + 2^-9)",
            None,
        ),
    ];
    claim
}

fn square() -> ClaimRecord {
    let mut claim = base(
        "square-w1inf",
        "approximation",
        "Squaring in W^{1,∞} with explicit size",
        Kind::Construction,
        Some(Expect::Holds),
        Status::Instance,
    );
    source(&mut claim, "derived", "claim mult-unit");
    claim.trials = 96;
    claim.best_ratio = Some("255/256".to_owned());
    claim.tight = Some(Tight::Asymptotic);
    claim.conclusions = ["depth", "width", "size", "weight", "error"]
        .map(|name| conclusion(name, Status::Instance))
        .into();
    claim.conclusions[4].best_ratio = Some("255/256".to_owned());
    for name in ["depth", "width", "size", "weight", "error"] {
        claim
            .scope
            .push(row("pieces", name, "m", How::Named, "1 to 12", true));
        if name == "error" {
            claim.scope.push(row(
                "pieces",
                name,
                "x",
                How::Exhausted,
                "all pieces on [0, 1]",
                false,
            ));
        }
    }
    claim.engines = engines(&[("pieces", 96, Some("255/256"), Stop::Completed)]);
    claim.mutants = vec![mutant(
        "halve",
        Outcome::Killed,
        Outcome::Killed,
        "error: 2^(-2*m-2) => 2^(-2*m-3)",
        Some("m = 1: 1/16 > 1/32"),
    )];
    claim
}

fn global() -> ClaimRecord {
    let mut claim = base(
        "global-explicit",
        "global",
        "Global estimate on all of ℝ^d",
        Kind::Construction,
        Some(Expect::Holds),
        Status::Refuted,
    );
    source(&mut claim, "derived", "claim global-explicit");
    claim.trials = 212;
    claim.best_ratio = Some("1025/1024".to_owned());
    claim.conclusions = vec![
        conclusion("value", Status::Instance),
        conclusion("derivative", Status::Refuted),
    ];
    claim.scope = vec![
        row("pieces", "value", "f", How::Among, "4 functions", false),
        row("pieces", "value", "eps", How::Named, "1/2, 1/8", true),
    ];
    claim.engines = engines(&[("pieces", 212, Some("1025/1024"), Stop::Witness)]);
    claim.witness = Some(WitnessRecord {
        path: "reports/latest/witnesses/global-explicit.toml".to_owned(),
        summary:
            "f = fn(x) x^3 - x, eps = 1/8, x = [33/32]: 1025/8192 > 1/8 at a full-dimensional cell"
                .to_owned(),
        assignment: vec![
            value("f", "fn(x) x^3 - x"),
            value("eps", "1/8"),
            value("x", "[33/32]"),
        ],
        values: sides("1025/8192", "1/8"),
    });
    claim.mutants = vec![mutant(
        "value-exponent",
        Outcome::Unresolved,
        Outcome::Unresolved,
        "value: g.kappa + 2 => g.kappa + 1",
        None,
    )];
    claim.replay = Some("runner replay reports/latest/witnesses/global-explicit.toml".to_owned());
    claim.messages =
        vec!["nearest true variant met: the factor 1 + 2^-10 on the right side".to_owned()];
    claim
}

fn conjecture() -> ClaimRecord {
    let mut claim = base(
        "depth2-average",
        "derivative",
        "At depth 2 the value 1/2 is the average of the one-sided derivatives",
        Kind::Identity,
        Some(Expect::Conjecture),
        Status::Instance,
    );
    source(&mut claim, "derived", "claim subdiff-depth2-half");
    claim.green = true;
    claim.trials = 14;
    claim.scope = vec![
        row(
            "cells",
            "main",
            "phi",
            How::Argument,
            "row by row: a sum over hidden neurons",
            false,
        ),
        row("cells", "main", "x", How::Exhausted, "all faces", false),
        row(
            "cells",
            "main",
            "v",
            How::Exhausted,
            "all adjacent patterns",
            false,
        ),
    ];
    claim.engines = engines(&[("cells", 14, None, Stop::Completed)]);
    claim
}

fn up_to_a_constant() -> ClaimRecord {
    let mut claim = base(
        "poly-depth-fitted",
        "approximation",
        "Depth of polynomials up to a constant",
        Kind::Asymptotic,
        Some(Expect::Holds),
        Status::Sampled,
    );
    source(&mut claim, "derived", "claim poly-explicit");
    claim.trials = 20_000;
    claim.scope = vec![row("draws", "main", "p", How::Sampled, "degree ≤ 5", true)];
    claim.engines = engines(&[("draws", 20_000, None, Stop::Completed)]);
    claim.conclusions[0].fitted = Some(FittedRecord {
        constant: "23/4".to_owned(),
        instances: 20_000,
        drawn: true,
        forced_by: WitnessRecord {
            summary: "n = 2, eps = 1/2".to_owned(),
            assignment: vec![value("n", "2"), value("eps", "1/2")],
            values: sides("23", "4"),
            ..WitnessRecord::default()
        },
    });
    claim
}

/// Every claim, in the order of the registry.
pub fn all() -> Vec<ClaimRecord> {
    vec![
        chain_rule(),
        derivative_ae(),
        backprop(),
        no_c_works(),
        lipschitz(),
        lower_le_upper(),
        lower_main(),
        upper_printed(),
        poly_degree(),
        schema(),
        trajectory(),
        square(),
        global(),
        conjecture(),
        up_to_a_constant(),
    ]
}
