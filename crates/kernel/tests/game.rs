//! Certificates of the game against a learner: what is accepted, and what is refused.
#![allow(clippy::unwrap_used)]

use kernel::certificate::game::{Certificate, Refused, Rules, Run};
use relu_core::constructions::bump_network;
use relu_core::number::rational::Rational;

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

fn rules(dimension: usize, depth: usize, bound: &str, samples: u64) -> Rules {
    Rules {
        dimension,
        depth,
        bound: rational(bound),
        samples,
    }
}

/// The centred nodes of a k × k grid.
fn nodes(k: i64) -> Vec<Vec<Rational>> {
    let node = |i: i64| Rational::new(2 * i + 1, 2 * k).unwrap();
    (0..k * k).map(|i| vec![node(i / k), node(i % k)]).collect()
}

/// Sixteen centred nodes against a bump in a cell of 5 × 5.
fn example() -> Certificate {
    let run = Run {
        seed: 7,
        queries: nodes(4),
        output: None,
    };
    Certificate::new(rules(2, 3, "1", 16), 5, vec![2, 2], vec![run]).unwrap()
}

#[test]
fn heights_and_bounds_are_as_computed_by_hand() {
    // h = c^L·(3d)^{L−2}/(2K) and ε = c^L·(3d)^{L−2}/(2⁷·m^{1/d}), for m^{1/d} whole.
    for (d, m, root, cells, h, epsilon) in [
        (2, 16, 4, 5, "6/10", "3/256"),
        (2, 16, 4, 8, "3/8", "3/256"),
        (3, 27, 3, 8, "9/16", "3/128"),
    ] {
        let run = Run {
            seed: 0,
            queries: Vec::new(),
            output: None,
        };
        let game = Certificate::new(rules(d, 3, "1", m), cells, vec![0; d], vec![run]).unwrap();
        let steepest = i64::try_from(3 * d).unwrap();
        let cells = i64::try_from(cells).unwrap();
        assert_eq!(game.height, Rational::new(steepest, 2 * cells).unwrap());
        assert_eq!(game.height, rational(h));
        let bound = Rational::new(steepest, 128 * root).unwrap();
        assert_eq!(bound, rational(epsilon));
        assert_eq!(game.bound_power, bound.pow(u32::try_from(d).unwrap()));
        let ratio = game.height.over(&bound).unwrap();
        assert_eq!(game.ratio_power(), ratio.pow(u32::try_from(d).unwrap()));
        game.check().unwrap();
    }
    // d = 10, c = 2, K = 8: 2³·30/16 = 15.
    let run = Run {
        seed: 0,
        queries: Vec::new(),
        output: None,
    };
    let game = Certificate::new(rules(10, 3, "2", 200), 8, vec![0; 10], vec![run]).unwrap();
    assert_eq!(game.height, Rational::from(15));
    game.check().unwrap();
}

#[test]
fn files_are_read_as_they_are_written() {
    let game = example();
    game.check().unwrap();
    let text = game.to_string();
    assert_eq!(text.parse::<Certificate>().unwrap(), game);
    for (from, to) in [
        ("kind = \"game\"", "kind = \"cells\""),
        ("format = 1", "format = 2"),
        ("hits = \"0\"", "hits = \"-1\""),
        ("sha256:", "md5:"),
        ("c = \"1\"", "c = \"1\"\nd = 3"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let refused = changed.parse::<Certificate>().unwrap_err();
        assert!(matches!(refused, Refused::Unreadable(_)), "{refused}");
    }
}

#[test]
fn runs_that_hit_count_as_no_error() {
    let mut runs = vec![Run {
        seed: 1,
        queries: nodes(4),
        output: None,
    }];
    runs.push(Run {
        seed: 2,
        queries: vec![vec![rational("1/2"), rational("51/100")]],
        output: None,
    });
    let game = Certificate::new(rules(2, 3, "1", 16), 5, vec![2, 2], runs.clone()).unwrap();
    assert_eq!(game.hits, 1);
    assert_eq!(game.error, rational("3/10"));
    game.check().unwrap();
    // The boundary of the support is no hit: ‖x − y‖₁ = 1/10 exactly.
    runs[1].queries = vec![vec![rational("1/2"), rational("6/10")]];
    let game = Certificate::new(rules(2, 3, "1", 16), 5, vec![2, 2], runs).unwrap();
    assert_eq!(game.hits, 0);
}

#[test]
fn what_is_changed_is_refused() {
    type Change = fn(&mut Certificate);
    let changes: [(&str, Change); 15] = [
        ("(3d)²·L", |game| game.rules.depth = 1 << 30),
        ("(3d)²·L", |game| game.rules.dimension = usize::MAX),
        ("network", |game| game.cell = vec![2, 3]),
        ("indices below", |game| game.cell = vec![2, 5]),
        ("network", |game| game.cells = 6),
        ("architecture or network", |game| game.rules.depth = 4),
        ("network", |game| game.rules.bound = rational("2")),
        ("power d", |game| game.bound_power = rational("1/1000")),
        ("power d", |game| game.rules.samples = 17),
        ("at most", |game| game.rules.samples = 15),
        ("height", |game| game.height = rational("7/10")),
        ("error", |game| game.error = rational("61/100")),
        ("hits", |game| game.hits = 1),
        ("at least 1 sample", |game| game.rules.samples = 0),
        ("twice", |game| {
            let run = game.runs[0].clone();
            game.runs.push(run);
        }),
    ];
    for (what, change) in changes {
        let mut game = example();
        change(&mut game);
        let refused = game.check().unwrap_err().to_string();
        assert!(
            what.split(" or ").any(|part| refused.contains(part)),
            "{what}: {refused}"
        );
    }
}

#[test]
fn queries_are_recounted() {
    // A hit that is taken out of the list, and one that is put in.
    let hit = vec![rational("1/2"), rational("1/2")];
    let run = |queries: Vec<Vec<Rational>>, seed: u64| Run {
        seed,
        queries,
        output: None,
    };
    let runs = vec![
        run(vec![hit.clone()], 1),
        run(nodes(4), 2),
        run(nodes(4), 3),
    ];
    let game = Certificate::new(rules(2, 3, "1", 16), 5, vec![2, 2], runs).unwrap();
    game.check().unwrap();
    let mut removed = game.clone();
    removed.runs[0].queries.clear();
    assert!(removed.check().unwrap_err().to_string().contains("hits"));
    let mut added = game.clone();
    added.runs[1].queries[3] = hit;
    assert!(added.check().unwrap_err().to_string().contains("hits"));
    let mut outside = game.clone();
    outside.runs[1].queries[3] = vec![rational("1/2"), rational("11/10")];
    assert!(matches!(outside.check(), Err(Refused::Run { seed: 2, .. })));
    let mut all_hit = example();
    all_hit.runs[0].queries[0] = vec![rational("1/2"), rational("1/2")];
    all_hit.hits = 1;
    all_hit.error = Rational::zero();
    assert!(matches!(all_hit.check(), Err(Refused::Below(_))));
}

#[test]
fn larger_weights_are_not_in_the_class() {
    let half = vec![Rational::one().half(); 2];
    let build = |depth, width, c: &str| {
        bump_network(depth, width, &rational(c), &rational("10"), &half).unwrap()
    };
    let rules = rules(2, 3, "1", 16);
    rules.check_class(&build(3, 6, "1")).unwrap();
    for other in [build(3, 6, "1001/1000"), build(4, 6, "1"), build(3, 7, "1")] {
        assert!(matches!(rules.check_class(&other), Err(Refused::Class(_))));
    }
}
