//! Numbers of the sampling bounds, each found by a second way: by search, by integration, or from networks that are built.
#![allow(clippy::unwrap_used)]

use relu_core::number::rational::Rational;

mod support;

use support::shown;

fn whole(n: i64) -> Rational {
    Rational::from(n)
}

fn ratio(p: i64, q: i64) -> Rational {
    Rational::new(p, q).unwrap()
}

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

/// The number that a closed expression of the claim language has.
fn number(text: &str) -> Rational {
    rational(shown(text).trim_matches(['[', ']']))
}

#[test]
fn the_example_has_161_digits() {
    // 2^120·45^75 = 2^45·9^75·10^75.
    let samples = &whole(2).pow(120) * &whole(45).pow(75);
    let core = &whole(2).pow(45) * &whole(9).pow(75);
    let written =
        "13017812526059157585256999577318586666957623228478136541479578574685943734929528455168";
    assert_eq!(core, rational(written));
    assert_eq!(samples, &core * &whole(10).pow(75));
    assert_eq!(samples.to_string().len(), 161);
    let logarithm = 120.0 * 2.0_f64.log10() + 75.0 * 45.0_f64.log10();
    assert!((logarithm - 160.114_538_012_829).abs() < 1e-9);
    // 45⁵/ε ≥ 10^(80/15) up to ε = 45⁵·10^(−16/3), compared as third powers.
    let third_power = whole(45).pow(15).over(&whole(10).pow(16)).unwrap();
    assert!(rational("856503684487/1000000000").pow(3) < third_power);
    assert!(rational("856503684488/1000000000").pow(3) > third_power);
}

#[test]
fn upper_and_lower_bounds_differ_by_75_digits() {
    let base = number("2^7 * 45^5");
    let lower = base.over(&(&whole(128) * &ratio(1, 256))).unwrap();
    let upper = (&base * &whole(3 * 15 * 15)).over(&ratio(1, 256)).unwrap();
    let quotient = upper.over(&lower).unwrap();
    assert_eq!(quotient, whole(86400));
    assert_eq!(quotient.pow(15).to_string().len(), 75);
    assert_eq!(upper.pow(15).to_string().len(), 235);
    assert!((15.0 * 86400.0_f64.log10() - 74.047_706_137_2).abs() < 1e-9);
}

#[test]
fn parameters_are_counted_on_networks() {
    for (network, count) in [
        ("full_network(15, 7, 45, 1)", 11116),
        ("full_network(1, 3, 3, 1)", 22),
        ("full_network(3, 3, 9, 1)", 136),
    ] {
        assert_eq!(number(&format!("param_count({network})")), whole(count));
        let layers = format!(
            "sum(l, 1, depth({network}), rows(weights({network}, l)) * cols(weights({network}, l)) + length(bias({network}, l)))"
        );
        assert_eq!(number(&layers), whole(count));
    }
}

#[test]
fn norms_of_bumps_by_layers() {
    // ∫f^p = ∫₀¹ p·t^{p−1}·vol{f > t} dt, vol = (2(1−t))^s/s! for M = 1, expanded in powers of t.
    let norm = |s: u32, p: u32| {
        let mut binomial = Rational::one();
        let mut sum = Rational::zero();
        for k in 0..=s {
            let term = binomial.over(&whole(i64::from(p + k))).unwrap();
            sum = if k % 2 == 0 {
                &sum + &term
            } else {
                &sum - &term
            };
            binomial = (&binomial * &whole(i64::from(s - k)))
                .over(&whole(i64::from(k + 1)))
                .unwrap();
        }
        let volume = (1..=s).fold(whole(2).pow(s), |v, i| {
            v.over(&whole(i64::from(i))).unwrap()
        });
        &(&volume * &whole(i64::from(p))) * &sum
    };
    // ‖f‖_p^p·M^s = 2^s/((p+1)…(p+s)).
    for (s, p, expected) in [
        (1, 1, "1"),
        (2, 1, "2/3"),
        (3, 2, "2/15"),
        (15, 2, "2/10854718875"),
    ] {
        let product = (1..=s).fold(Rational::one(), |v, i| &v * &whole(i64::from(p + i)));
        assert_eq!(norm(s, p), whole(2).pow(s).over(&product).unwrap());
        assert_eq!(norm(s, p), rational(expected));
    }
    // And by cells: the hidden bump with M = 16 has squared ratio 1/∫f² of its norms.
    for (d, y, gap) in [
        (1, "[1/2]", 24),
        (2, "[1/2, 1/2]", 768),
        (3, "[1/2, 1/2, 1/2]", 30720),
    ] {
        let integral = number(&format!("integral_of_power(bump(16, {y}), 2, [0, 1]^{d})"));
        assert_eq!(integral.recip().unwrap(), whole(gap));
        assert_eq!(norm(d, 2).over(&whole(16).pow(d)).unwrap(), integral);
    }
}

/// (m^{1/d}·max_K (1 − m/K^d)/K)^d and the K that attains it.
fn constant(d: u32, m: &Rational, most: i64) -> (Rational, i64) {
    let mut best = (Rational::zero(), 0);
    for cells in 1..=most {
        let cells_all = whole(cells).pow(d);
        if cells_all <= *m {
            continue;
        }
        let missed = &Rational::one() - &m.over(&cells_all).unwrap();
        let value = m * &missed.over(&whole(cells)).unwrap().pow(d);
        if value > best.0 {
            best = (value, cells);
        }
    }
    best
}

#[test]
fn constants_by_search() {
    for (d, least, at) in [
        (1, ratio(1, 4), None),
        (2, ratio(98, 729), Some((2, 3))),
        (3, ratio(7, 16).pow(3), Some((1, 2))),
        (4, ratio(15, 32).pow(4), Some((1, 2))),
        (
            15,
            (&ratio(1, 2) * &ratio(32767, 32768)).pow(15),
            Some((1, 2)),
        ),
    ] {
        let mut found: Option<(Rational, i64, i64)> = None;
        for m in 1..=120 {
            let (value, cells) = constant(d, &whole(m), if d == 1 { 3 * m } else { 40 });
            assert!(value >= least, "d = {d}, m = {m}");
            if found.as_ref().is_none_or(|(best, ..)| value < *best) {
                found = Some((value, m, cells));
            }
        }
        let (value, m, cells) = found.unwrap();
        assert_eq!(value, least);
        assert!(
            at.is_none_or(|at| at == (m, cells)),
            "d = {d}: {m}, {cells}"
        );
    }
    // Real m: the least in one dimension is 6/25, at m = 6/5, where two and three cells are equally good.
    for step in 100..=300 {
        assert!(constant(1, &ratio(step, 100), 12).0 >= ratio(6, 25));
    }
    let tie = ratio(6, 5);
    assert_eq!(constant(1, &tie, 12).0, ratio(6, 25));
    let with = |cells: i64| {
        &tie * &(&ratio(1, cells) * &(&Rational::one() - &tie.over(&whole(cells)).unwrap()))
    };
    assert_eq!((with(2), with(3)), (ratio(6, 25), ratio(6, 25)));
}

#[test]
fn slack_of_the_special_bound() {
    // A/(2K)·(1 − m/K^d) against A/(2^7 m^{1/d}): 64 times the constant above.
    for m in [1, 2, 7, 50] {
        assert_eq!(&whole(64) * &constant(1, &whole(m), 300).0, whole(16));
    }
    for (d, slack) in [(2, 24), (3, 28)] {
        let value = constant(d, &Rational::one(), 40).0;
        assert_eq!(&whole(64).pow(d) * &value, whole(slack).pow(d));
    }
}

#[test]
fn peaks_and_caps_of_networks() {
    assert_eq!(
        number("value(bump_network(3, 3, 1, 8, [1/2]), [1/2])"),
        ratio(3, 8)
    );
    assert_eq!(
        number("value(bump_network(3, 6, 1, 16, [1/2, 1/2]), [1/2, 1/2])"),
        ratio(3, 8)
    );
    // The cap is the slope of the steepest member, over M; the source has half of the peak.
    let slope = number("lip1(full_network(1, 3, 3, 1), [0, 1])");
    assert_eq!(slope.over(&whole(8)).unwrap(), ratio(9, 8));
    assert_eq!(number("1^3 * 3 / (2 * 8)"), ratio(3, 16));
    assert_eq!(
        number("sup(bump_apex(3, 1, 8, [1/2]), [0, 1])"),
        ratio(1, 2)
    );
    // Sixteen samples without averaging: 5² > 16 cells.
    let cells = (1..).find(|k| k * k > 16).unwrap();
    let height = number(&format!(
        "value(bump_network(3, 6, 1, {}, [1/2, 1/2]), [1/2, 1/2])",
        2 * cells
    ));
    assert_eq!((cells, height), (5, ratio(6, 10)));
    assert_eq!(number("6 / (2^7 * 4)"), ratio(3, 256));
}

#[test]
fn the_constant_of_the_general_bound() {
    // s·A/8 with A = c^L·B^{L−1}/(6s) for q = ∞ and A = c^L/(3s)² for q = 1, and the bound Ω/(32s) at m = 1, p = ∞.
    let peak = number("2^7 * 45^6 / (6 * 15)");
    let omega = &(&whole(15) * &peak) * &ratio(1, 8);
    assert_eq!(omega, whole(22_143_375_000));
    assert_eq!(omega.over(&whole(32 * 15)).unwrap(), ratio(184_528_125, 4));
    assert_eq!(number("15 * 2^7 / (3 * 15)^2 / 8"), ratio(16, 135));
    // q = 1: c^L/(3s)² is below the peak of a network that is there.
    let found = number("value(bump_chain(7, 2, 8, [1/2, 1/2, 1/2]), [1/2, 1/2, 1/2])");
    assert!(&found * &whole(8) >= number("2^7 / (3 * 3)^2"));
}

#[test]
fn the_general_bound_in_two_dimensions() {
    // p = 2, d = 2, B = 6, L = 3, c = 1, m = 16: Ω·(32s)^{−1−s/p}·m^{−1/p−1/s}.
    let omega = &whole(36) * &ratio(1, 48);
    let bound = omega.over(&(&whole(64).pow(2) * &whole(16))).unwrap();
    assert_eq!(bound, ratio(3, 262_144));
    // The squares of A/(2K)·(1/K)·(2!/4!)^{1/2}·(1 − 16/K²), A = 6.
    let square = |cells: i64| {
        let missed = &Rational::one() - &ratio(16, cells * cells);
        let side = &ratio(6, 2 * cells * cells) * &missed;
        &side.pow(2) * &ratio(1, 12)
    };
    let best = (5..40).max_by_key(|cells| square(*cells)).unwrap();
    assert_eq!((best, square(6)), (6, ratio(25, 139_968)));
    assert!(rational("133645/10000000").pow(2) < square(6));
    assert!(square(6) < rational("133647/10000000").pow(2));
}

#[test]
fn witnesses_of_false_lower_bounds() {
    // One cell: the error of the value at the centre for all weights c, from the network.
    let error = |c: &str| {
        let phi = format!("full_network(1, 3, 3, {c})");
        number(&format!("sup({phi}, [0, 1]) - value({phi}, [1/2])[0]"))
    };
    assert_eq!(error("1"), ratio(9, 2));
    assert_eq!(error("256"), whole(75_497_472));
    assert_eq!(number("256^4 * 3 / 2^7"), whole(100_663_296));
    // (2^7 ε)^{−2} in place of (2^7 ε)^{−1} at ε = 10^{−6}; k cells have error (9/2)/k.
    assert_eq!(number("3 / (2^7 / 1000000)^2"), rational("18310546875/100"));
    assert_eq!(
        error("1").over(&rational("1/1000000")).unwrap(),
        whole(4_500_000)
    );
    // The largest value in the class, where no sample is needed: 22; and X for c = 1/10, ε = 1/20.
    let largest = number("value(full_network_biased(1, 3, 3, 1, 1), [1])");
    assert_eq!(largest, whole(22));
    assert_eq!(
        whole(3).over(&(&whole(128) * &largest)).unwrap(),
        ratio(3, 2816)
    );
    assert_eq!(number("(1/10)^3 * 3 * 3 / (1/20)"), ratio(9, 50));
}

#[test]
fn relative_accuracy_of_the_example() {
    let ones = "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]";
    let largest = number(&format!(
        "value(full_network_biased(15, 7, 45, 2, 2), {ones})"
    ));
    assert_eq!(largest, whole(17_018_054_494_382));
    let relative = ratio(1, 256).over(&largest).unwrap();
    assert!(relative > rational("2295/1000").over(&whole(10).pow(16)).unwrap());
    assert!(relative < rational("2296/1000").over(&whole(10).pow(16)).unwrap());
}
