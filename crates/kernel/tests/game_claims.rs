//! What certificates of the game claim beyond the error in L^∞: errors in L^p, and the sign on which a learner does worse.
#![allow(clippy::unwrap_used)]

use kernel::certificate::game::{Answered, Certificate, InMean, Named, Refused, Rules, Run, Worse};
use relu_core::geometry::Domain;
use relu_core::geometry::cells::integral_of_power;
use relu_core::number::rational::Rational;

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

fn rules(dimension: usize, samples: u64) -> Rules {
    Rules {
        dimension,
        depth: 3,
        bound: Rational::one(),
        samples,
    }
}

/// Runs of which the first ask at the centre of cell (0, 0) of 6 × 6, and the others nothing.
fn runs(hit: u64, all: u64) -> Vec<Run> {
    let centre = vec![rational("1/12"); 2];
    (0..all)
        .map(|seed| Run {
            seed,
            queries: if seed < hit {
                vec![centre.clone()]
            } else {
                Vec::new()
            },
            output: None,
        })
        .collect()
}

fn game(hit: u64, all: u64) -> Certificate {
    Certificate::new(rules(2, 16), 6, vec![0, 0], runs(hit, all)).unwrap()
}

fn answered(value: &str, continuous: bool) -> Option<Answered> {
    Some(Answered {
        value: rational(value),
        continuous,
    })
}

/// Three runs, the first of which hits; h = 1/2.
fn named(second: &str, third: &str, continuous: bool) -> Certificate {
    let outputs = vec![None, answered(second, continuous), answered(third, true)];
    game(1, 3)
        .named(vec![rational("1/12"); 2], outputs)
        .unwrap()
}

#[test]
fn norms_of_bumps_are_their_integrals() {
    for (d, most) in [(1, 4), (2, 3), (3, 2)] {
        for p in 1..=most {
            let run = vec![Run {
                seed: 0,
                queries: Vec::new(),
                output: None,
            }];
            let game = Certificate::new(rules(d, 1), 2, vec![1; d], run)
                .unwrap()
                .in_mean(p)
                .unwrap();
            let phi = game.rules.network(2, &game.cell).unwrap();
            let cube = Domain::interval(Rational::zero(), Rational::one()).unwrap();
            let integral = integral_of_power(&phi, p, &cube.power(d).unwrap(), 10_000).unwrap();
            assert_eq!(game.in_mean.unwrap().norm_power, integral, "{d} {p}");
        }
    }
}

#[test]
fn errors_in_mean_are_as_computed_by_hand() {
    // Four of nine runs hit: 1 − m/K² with m = 16 and K = 6. The error is 0.0133646…, the general bound 3/262144.
    let game = game(4, 9).in_mean(2).unwrap();
    game.check().unwrap();
    let InMean {
        norm_power,
        error_power,
        bound_power,
        ..
    } = game.in_mean.clone().unwrap();
    assert_eq!(norm_power, rational("1/1728"));
    assert_eq!(error_power, rational("25/139968"));
    assert_eq!(bound_power, rational("3/262144").pow(4));
    let (low, high) = error_power.root_between(2, 6).unwrap();
    assert!(rational("133645/10000000") < low && high < rational("133651/10000000"));
    assert_eq!(game.to_string().parse::<Certificate>().unwrap(), game);
    for p in [0, 101] {
        let refused = self::game(0, 1).in_mean(p).unwrap_err();
        assert!(refused.to_string().starts_with("p: expected"), "{refused}");
    }
}

#[test]
fn false_errors_in_mean_are_refused() {
    type Change = fn(&mut InMean);
    let changes: [(&str, Change); 4] = [
        ("norm of φ", |mean| mean.norm_power = rational("1/1727")),
        ("norm of φ", |mean| mean.exponent = 3),
        ("error to the power p", |mean| {
            mean.error_power = rational("1/1728")
        }),
        ("general bound", |mean| mean.bound_power = Rational::zero()),
    ];
    for (what, change) in changes {
        let mut game = game(4, 9).in_mean(2).unwrap();
        change(game.in_mean.as_mut().unwrap());
        let refused = game.check().unwrap_err().to_string();
        assert!(refused.contains(what), "{what}: {refused}");
    }
    // Everything else is right, but there is no such p.
    let mut game = game(4, 9).in_mean(2).unwrap();
    game.in_mean.as_mut().unwrap().exponent = 0;
    assert!(matches!(game.check(), Err(Refused::Rules(_))));
}

#[test]
fn the_worse_sign_is_named() {
    // |1/4 − 1/2| + |0 − 1/2| = 3/4 and |1/4 + 1/2| + |0 + 1/2| = 5/4, over three runs.
    for (second, third, worse, error) in [
        ("1/4", "0", Worse::Minus, "5/12"),
        ("-1/4", "0", Worse::Plus, "5/12"),
        ("0", "0", Worse::Both, "1/3"),
        ("10", "-10", Worse::Both, "20/3"),
    ] {
        for continuous in [true, false] {
            let game = named(second, third, continuous);
            let found = game.named.clone().unwrap();
            assert_eq!((found.worse, found.essential), (worse, continuous));
            assert_eq!(found.error, rational(error));
            // Never below h(1 − r/R).
            assert!(found.error >= game.error);
            game.check().unwrap();
            assert_eq!(game.to_string().parse::<Certificate>().unwrap(), game);
        }
    }
    // An output that is not known, and a point outside.
    let centre = vec![rational("1/12"); 2];
    let without = vec![None, answered("0", true), None];
    let open = game(1, 3).named(centre, without).unwrap();
    assert_eq!(open, game(1, 3));
    let outputs = vec![answered("0", true); 3];
    let outside = game(1, 3).named(vec![rational("2"); 2], outputs);
    assert!(matches!(outside, Err(Refused::Rules(_))));
}

#[test]
fn false_signs_are_refused() {
    type Change = fn(&mut Certificate, Named);
    let changes: [(&str, Change); 10] = [
        ("worse sign", |game, named| {
            game.named = Some(Named {
                worse: Worse::Plus,
                ..named
            });
        }),
        ("error at the named point", |game, named| {
            game.named = Some(Named {
                error: Rational::one(),
                ..named
            });
        }),
        // Away from the peak φ is smaller.
        ("error at the named point", |game, named| {
            let mut point = named.point.clone();
            point[0] = &point[0] + &rational("1/2").pow(53);
            game.named = Some(Named { point, ..named });
        }),
        // Anything can be claimed of a point that has nothing to do with the bump.
        ("next to it", |game, named| {
            let mut point = named.point.clone();
            point[0] = rational("1/10");
            game.named = Some(Named { point, ..named });
        }),
        ("named point", |game, named| {
            let point = vec![rational("-1/12"); 2];
            game.named = Some(Named { point, ..named });
        }),
        ("essential", |game, _| {
            game.runs[2].output.as_mut().unwrap().continuous = false;
        }),
        ("error at the named point", |game, _| {
            game.runs[2].output.as_mut().unwrap().value = rational("1");
        }),
        ("if and only if", |game, _| game.runs[1].output = None),
        ("if and only if", |game, _| {
            game.runs[0].output = game.runs[1].output.clone();
        }),
        ("no point", |game, _| game.named = None),
    ];
    for (what, change) in changes {
        let mut game = named("1/4", "0", true);
        let claim = game.named.clone().unwrap();
        change(&mut game, claim);
        let refused = game.check().unwrap_err().to_string();
        assert!(refused.contains(what), "{what}: {refused}");
    }
    let text = named("1/4", "0", true).to_string();
    for (from, to) in [
        ("continuous = true\n", ""),
        ("worse = \"minus\"", "worse = \"worst\""),
        ("essential = true", "essential = 1"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        assert!(changed.parse::<Certificate>().is_err(), "{from}");
    }
}
