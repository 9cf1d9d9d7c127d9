//! The game against every shipped learner, and against learners that break the rules.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use kernel::certificate::game::{Rules, Worse};
use relu_core::number::rational::Rational;
use search::game::learners::{descriptions, shipped};
use search::game::{Continuous, Failed, Forfeit, Learner, Oracle, Output, Played, Settings, play};
use search::shadow::shade_of;

fn settings(dimension: usize, bound: &str, samples: u64) -> Settings {
    Settings {
        rules: Rules {
            dimension,
            depth: 3,
            bound: bound.parse().unwrap(),
            samples,
        },
        first_seed: 1,
        seeds: None,
        cells: None,
        exponent: None,
        patience: Some(Duration::from_secs(60)),
    }
}

fn beaten(name: &str, settings: &Settings) -> Played {
    let learner = shipped(name).unwrap();
    play(&learner, settings).unwrap_or_else(|failed| panic!("{name}: {failed}"))
}

/// c³·3d/(2K), the height of a bump of depth 3.
fn height(dimension: i64, c: i64, cells: i64) -> Rational {
    Rational::new(c * c * c * 3 * dimension, 2 * cells).unwrap()
}

#[test]
fn every_honest_learner_is_beaten() {
    for (name, _) in descriptions().filter(|(name, _)| *name != "cheating") {
        for (d, m) in [(1, 1), (1, 10), (2, 16), (2, 50), (3, 27), (10, 200)] {
            let settings = settings(d, "1", m);
            let played = beaten(name, &settings);
            let game = &played.certificate;
            // Every learner leaves a cell that no run hits, for its number of cells.
            let cells = i64::try_from(game.cells).unwrap();
            assert_eq!(game.hits, 0, "{name}");
            assert_eq!(game.error, height(d as i64, 1, cells), "{name}");
            // Not below ε = 3d/(2⁷·m^{1/d}): m·(2⁷·error)ᵈ ≥ (3d)ᵈ.
            let power = |x: &Rational| x.pow(u32::try_from(d).unwrap());
            let left = &power(&(&Rational::from(128) * &game.error)) * &Rational::from(m as i64);
            assert!(left >= power(&Rational::from(3 * d as i64)), "{name}");
            let again = beaten(name, &settings);
            assert_eq!(again.certificate, *game, "{name}");
        }
    }
}

#[test]
fn heights_are_as_computed_by_hand() {
    for (d, c, m, cells, expected) in [
        (2, 1, 16, Some(5), "6/10"),
        (2, 1, 16, None, "3/8"),
        (3, 1, 27, Some(8), "9/16"),
        (10, 2, 200, Some(8), "15"),
    ] {
        let mut settings = settings(d, &c.to_string(), m);
        settings.cells = cells;
        let game = beaten("piecewise", &settings).certificate;
        let cells = i64::try_from(game.cells).unwrap();
        assert_eq!(game.error, height(d as i64, c, cells));
        assert_eq!(game.error, expected.parse().unwrap());
    }
}

#[test]
fn seeds_that_hit_are_counted() {
    // Sixteen seeds for 32 cells: 160 points hit every cell in at least one run.
    let mut settings = settings(1, "1", 10);
    settings.seeds = Some(16);
    let game = beaten("random-budget", &settings).certificate;
    assert_eq!(game.cells, 32);
    assert!((1..=5).contains(&game.hits), "{}", game.hits);
    let share = Rational::new(16 - i64::try_from(game.hits).unwrap(), 16).unwrap();
    assert_eq!(game.error, &height(1, 1, 32) * &share);
    // Ten nodes of one seed, hit by all runs of a learner without randomness.
    settings.cells = Some(10);
    let failed = play(&shipped("piecewise").unwrap(), &settings).unwrap_err();
    assert!(matches!(failed, Failed::Refused(_)), "{failed}");
}

#[test]
fn guards() {
    let zero = shipped("zero").unwrap();
    let failed = play(&zero, &settings(2, "1", 0)).unwrap_err();
    assert!(failed.to_string().contains("at least 1 sample"), "{failed}");
    for change in [
        (|s| s.seeds = Some(0)) as fn(&mut Settings),
        |s| s.cells = Some(0),
        |s| s.rules.samples = u64::MAX,
        |s| s.rules.depth = 2,
        |s| s.rules.bound = Rational::zero(),
        |s| s.rules.dimension = 0,
        |s| s.rules.dimension = 100_000,
    ] {
        let mut settings = settings(2, "1", 4);
        change(&mut settings);
        let failed = play(&zero, &settings).unwrap_err();
        assert!(matches!(failed, Failed::Rules(_)), "{failed}");
    }
}

#[test]
fn the_cheating_learner_is_impure() {
    let failed = play(&shipped("cheating").unwrap(), &settings(2, "1", 16)).unwrap_err();
    let Failed::Forfeit { forfeit, .. } = &failed else {
        panic!("{failed}");
    };
    assert!(matches!(forfeit, Forfeit::Impure(_)), "{failed}");
}

/// A learner from what it does.
struct By<F>(F);

impl<F: Fn(&mut dyn Oracle) -> Result<Option<Output>, Forfeit> + Send + Sync> Learner for By<F> {
    fn name(&self) -> &str {
        "by"
    }

    fn run(&self, oracle: &mut dyn Oracle, _: u64) -> Result<Option<Output>, Forfeit> {
        (self.0)(oracle)
    }
}

fn by(
    f: impl Fn(&mut dyn Oracle) -> Result<Option<Output>, Forfeit> + Send + Sync + 'static,
) -> Arc<dyn Learner> {
    Arc::new(By(f))
}

fn fate(
    f: impl Fn(&mut dyn Oracle) -> Result<Option<Output>, Forfeit> + Send + Sync + 'static,
) -> Forfeit {
    fate_within(Duration::from_secs(60), f).0
}

/// The forfeit, and the number of queries that were kept.
fn fate_within(
    patience: Duration,
    f: impl Fn(&mut dyn Oracle) -> Result<Option<Output>, Forfeit> + Send + Sync + 'static,
) -> (Forfeit, usize) {
    let mut settings = settings(2, "1", 4);
    settings.patience = Some(patience);
    match play(&by(f), &settings).unwrap_err() {
        Failed::Forfeit {
            forfeit,
            transcript,
            ..
        } => (forfeit, transcript.len()),
        other => panic!("{other}"),
    }
}

#[test]
fn broken_rules_forfeit() {
    for x in [1.5, -0.5, f64::NAN, f64::INFINITY] {
        let forfeit = fate(move |oracle| {
            oracle.query(&[0.5, x])?;
            Ok(None)
        });
        assert!(matches!(forfeit, Forfeit::Outside { coordinate: 1, .. }));
    }
    let dimension = fate(|oracle| oracle.query(&[0.5]).map(|_| None));
    assert!(matches!(dimension, Forfeit::Dimension { got: 1, .. }));
    // An error that is swallowed is still one.
    let budget = fate(|oracle| {
        for _ in 0..5 {
            oracle.query(&[0.5, 0.5]).ok();
        }
        Ok(None)
    });
    assert_eq!(budget, Forfeit::Budget { left: 4 });
    let output = fate(|_| Ok(Some(Box::new(|_: &[f64]| f64::NAN))));
    assert!(matches!(output, Forfeit::Output { .. }), "{output}");
    assert_eq!(
        fate(|_| Err(Forfeit::GaveUp("tired".into()))).to_string(),
        "tired"
    );
}

#[test]
fn zeros_have_no_sign_and_outputs_have_to_agree() {
    let signs = by(|oracle| {
        for x in [-0.0, 0.3, 0.7] {
            assert!(oracle.query(&[x, 0.9])?.is_sign_positive());
        }
        Ok(None)
    });
    play(&signs, &settings(2, "1", 4)).unwrap();
    // The same queries, another answer: remembered between runs.
    let runs = AtomicU32::new(0);
    let forfeit = fate(move |_| {
        let before = f64::from(runs.fetch_add(1, Ordering::SeqCst));
        Ok(Some(Box::new(move |_: &[f64]| before)))
    });
    assert!(matches!(forfeit, Forfeit::Impure(_)), "{forfeit}");
    // The same value, but continuous in the first run only.
    let runs = AtomicU32::new(0);
    let forfeit = fate(move |_| {
        Ok(Some(match runs.fetch_add(1, Ordering::SeqCst) {
            0 | 1 => Box::new(Continuous(|_: &[f64]| 0.0)),
            _ => Box::new(|_: &[f64]| 0.0),
        }))
    });
    assert!(matches!(forfeit, Forfeit::Impure(_)), "{forfeit}");
}

fn forever<T>() -> T {
    loop {
        std::thread::sleep(Duration::from_secs(1));
    }
}

#[test]
fn learners_that_hang_or_panic_forfeit() {
    let start = Instant::now();
    let patience = Duration::from_millis(100);
    let late = |outcome: (Forfeit, usize), queries: usize| {
        assert_eq!(outcome, (Forfeit::Late { seconds: 0.1 }, queries));
    };
    late(fate_within(patience, |_| forever()), 0);
    let between = |oracle: &mut dyn Oracle| {
        oracle.query(&[0.5, 0.5])?;
        oracle.query(&[0.25, 0.5])?;
        forever()
    };
    late(fate_within(patience, between), 2);
    let output = |_: &mut dyn Oracle| -> Result<Option<Output>, Forfeit> {
        Ok(Some(Box::new(|_: &[f64]| forever::<f64>())))
    };
    late(fate_within(patience, output), 0);
    // A query too many, and then no end: the first rule that was broken counts.
    let asks = |oracle: &mut dyn Oracle| loop {
        oracle.query(&[0.5, 0.5]).ok();
    };
    assert_eq!(
        fate_within(patience, asks),
        (Forfeit::Budget { left: 4 }, 4)
    );
    assert!(start.elapsed() < Duration::from_secs(20));
    // Slow, but not silent for long.
    let slow = by(|oracle| {
        for _ in 0..4 {
            std::thread::sleep(Duration::from_millis(120));
            oracle.query(&[0.5, 0.5])?;
        }
        Ok(None)
    });
    let mut settings = settings(2, "1", 4);
    settings.patience = Some(Duration::from_millis(400));
    play(&slow, &settings).unwrap();
    let forfeit = fate(|oracle| {
        oracle.query(&[0.5, 0.5])?;
        panic!("a bug")
    });
    assert!(forfeit.to_string().contains("panicked: a bug"), "{forfeit}");
}

/// Every shipped learner at the sizes it is made for; `--nocapture` shows the table of `docs/benchmarks.md`.
#[test]
fn the_attack_table() {
    let large = [(1, 100_000), (3, 100_000), (10, 1000), (10, 100_000)];
    let small = [(1, 1000), (3, 1000), (10, 1000)];
    println!("| learner | d | m | K | error | bound | ratio | referee, s | learner, s |");
    for (name, _) in descriptions().filter(|(name, _)| *name != "cheating") {
        let slow = ["kernel", "trained", "net-erm"].contains(&name);
        for (d, m) in if slow { &small[..] } else { &large[..] } {
            let played = beaten(name, &settings(*d, "1", *m));
            let game = &played.certificate;
            let degree = u32::try_from(*d).unwrap();
            let root = |power: &Rational| shade_of(&power.root_between(degree, 9).unwrap().0);
            let (error, bound) = (shade_of(&game.error), root(&game.bound_power));
            println!(
                "| `{name}` | {d} | {m} | {} | {error:.6} | {bound:.6} | {:.2} | {:.2} | {:.2} |",
                game.cells,
                root(&game.ratio_power()),
                played.own_time.as_secs_f64(),
                played.learner_time.as_secs_f64(),
            );
            assert!(game.ratio_power() >= Rational::one(), "{name}");
        }
    }
}

#[test]
fn the_sign_is_named_where_the_output_is_known() {
    let value = |name: &str| beaten(name, &settings(2, "1", 16)).certificate;
    for (name, essential) in [
        ("adaptive", true),
        ("kernel", true),
        ("local-linear", false),
        ("multilinear", true),
        ("nearest", true),
        ("net-erm", true),
        ("piecewise", true),
        ("random-budget", true),
        ("trained", true),
        ("zero", true),
    ] {
        let game = value(name);
        let named = game.named.clone().unwrap();
        assert_eq!(named.essential, essential, "{name}");
        assert!(named.error >= game.error, "{name}");
        game.check().unwrap();
    }
    // Below 0 everywhere, it is further from φ.
    let lifted = by(|oracle| {
        oracle.query(&[0.5, 0.5])?;
        Ok(Some(Box::new(Continuous(|_: &[f64]| -0.125))))
    });
    let named = play(&lifted, &settings(2, "1", 4))
        .unwrap()
        .certificate
        .named
        .unwrap();
    assert_eq!((named.worse, named.essential), (Worse::Plus, true));
    let silent = by(|_| Ok(None));
    assert!(
        play(&silent, &settings(2, "1", 4))
            .unwrap()
            .certificate
            .named
            .is_none()
    );
}

#[test]
fn errors_in_mean_are_certified_for_every_learner() {
    for (name, _) in descriptions().filter(|(name, _)| *name != "cheating") {
        for (d, m) in [(1, 10), (2, 16), (10, 50)] {
            for p in [1, 2, 7] {
                let mut settings = settings(d, "2/3", m);
                settings.exponent = Some(p);
                let game = beaten(name, &settings).certificate;
                game.check().unwrap();
                assert_eq!(game.in_mean.unwrap().exponent, p, "{name}");
            }
        }
    }
}
