//! Branch and bound on gradients agrees with enumeration, and its certificates bear no tampering.
#![allow(clippy::unwrap_used)]

#[path = "support/networks.rs"]
mod networks;

use kernel::certificate::branch::{Certificate, Multipliers, Norm, Step};
use networks::{Instance, hard, table};
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use search::branch::{Certified, Failed, lipschitz};

const NORMS: [Norm; 3] = [Norm::L1, Norm::L2Squared, Norm::LInfinity];

fn solve(instance: &Instance, norm: Norm, fuel: u64) -> Certified {
    lipschitz(&instance.phi, &instance.domain, norm, fuel).unwrap()
}

fn agrees_with_enumeration(chosen: impl Fn(&str) -> bool, norms: &[Norm]) {
    let mut tried = 0;
    for instance in table().iter().filter(|instance| chosen(&instance.id)) {
        let answers = instance.answers.as_ref().unwrap();
        for &norm in norms {
            let answer = &answers[NORMS.iter().position(|&other| other == norm).unwrap()];
            let found = solve(instance, norm, 100_000);
            assert_eq!(found.lower, *answer, "{} {norm:?}", instance.id);
            assert_eq!(found.upper, *answer, "{} {norm:?}", instance.id);
        }
        tried += 1;
    }
    assert!(tried > 0);
}

#[test]
fn degenerate_networks() {
    agrees_with_enumeration(|id| id.contains("small"), &NORMS);
}

#[test]
fn deep_networks() {
    agrees_with_enumeration(|id| id.contains("square"), &NORMS);
}

#[test]
fn generic_networks() {
    agrees_with_enumeration(
        |id| id.contains("3-10-10") || id.contains("2-8-8-1-hard"),
        &NORMS,
    );
    agrees_with_enumeration(|id| id == "2-16-16-1-init-s1", &NORMS);
    agrees_with_enumeration(|id| id == "2-16-16-1-hard-s2", &[Norm::L1]);
}

#[test]
fn networks_without_hidden_neurons_and_constant_ones() {
    for (text, answers) in [
        ("net(([[3,-4]], [1]))", ["7", "25", "4"]),
        ("net(([[0,0]], [1]))", ["0", "0", "0"]),
        ("net(([[1,1]], [-5]), ([[2]], [1]))", ["0", "0", "0"]),
        ("net(([[1,1]], [-1]), ([[0]], [1]))", ["0", "0", "0"]),
        ("net(([[1/3,-1/7]], [0]), ([[21]], [0]))", ["10", "58", "7"]),
    ] {
        let phi: Network = text.parse().unwrap();
        let unit = vec![(Rational::zero(), Rational::one()); 2];
        for (norm, answer) in NORMS.into_iter().zip(answers) {
            let found = lipschitz(&phi, &unit, norm, 1000).unwrap();
            let answer: Rational = answer.parse().unwrap();
            assert_eq!(
                (&found.lower, &found.upper),
                (&answer, &answer),
                "{text} {norm:?}"
            );
        }
    }
}

#[test]
fn a_cell_that_touches_the_box_in_its_boundary_only_does_not_count() {
    // The slope 100 begins at x = 1, the end of the box.
    let phi: Network = "net(([[1],[1]], [0,-1]), ([[1,100]], [0]))"
        .parse()
        .unwrap();
    let unit = [(Rational::zero(), Rational::one())];
    assert_eq!(
        lipschitz(&phi, &unit, Norm::L1, 100).unwrap().upper,
        Rational::one()
    );
    // Both neurons are on at x = 1/2 only.
    let phi: Network = "net(([[1],[-1]], [-1/2,1/2]), ([[1,-1]], [0]))"
        .parse()
        .unwrap();
    assert_eq!(
        lipschitz(&phi, &unit, Norm::L1, 100).unwrap().upper,
        Rational::one()
    );
}

#[test]
fn without_fuel_there_is_an_honest_gap() {
    let instance = hard(&[8, 12, 12, 1], 3);
    let mut last: Option<Certified> = None;
    for fuel in [0, 100, 1000] {
        let found = solve(&instance, Norm::L1, fuel);
        assert!(found.lower < found.upper);
        if let Some(last) = last {
            assert!(found.upper <= last.upper && found.lower >= last.lower);
        }
        last = Some(found);
    }
}

#[test]
fn the_certificate_does_not_depend_on_the_number_of_threads() {
    let instance = hard(&[4, 8, 8, 1], 2);
    for norm in NORMS {
        let texts: Vec<String> = [1, 2, 3]
            .map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .build()
                    .unwrap();
                pool.install(|| solve(&instance, norm, 500).certificate.text())
            })
            .into();
        assert_eq!(texts[0], texts[1], "{norm:?}");
        assert_eq!(texts[0], texts[2], "{norm:?}");
    }
}

#[test]
fn networks_with_too_many_cells_to_list_are_solved() {
    for norm in [Norm::L1, Norm::LInfinity] {
        let found = solve(&hard(&[8, 12, 12, 1], 2), norm, 5_000);
        assert_eq!(found.lower, found.upper, "{norm:?}");
        // Products are bounded share by share in what is found; a set that is another one shows something else.
        let sums = |step: &Step| match step {
            Step::Bound(multipliers) => multipliers.entries.iter().any(|e| e.0.kind.has_set()),
            _ => false,
        };
        assert!(found.certificate.steps.iter().filter(|s| sums(s)).count() > 20);
        let instance = hard(&[8, 12, 12, 1], 2);
        let (mut tried, mut refused) = (0, 0);
        for (index, step) in found.certificate.steps.iter().enumerate().step_by(7) {
            let mut changed = found.certificate.clone();
            if sums(step)
                && let Step::Bound(multipliers) = &mut changed.steps[index]
            {
                for (label, _) in &mut multipliers.entries {
                    if label.kind.has_set() {
                        label.set = !label.set;
                    }
                }
                tried += 1;
                let checked = changed.check(&instance.phi, &instance.domain, norm);
                refused += usize::from(checked.is_err());
            }
        }
        assert!(tried > 5 && 2 * refused > tried, "{refused} of {tried}");
    }
}

#[test]
fn tampered_certificates_are_refused() {
    let instance = &table()[6];
    let norm = Norm::L1;
    let certificate = solve(instance, norm, 100_000).certificate;
    let accepted = |certificate: &Certificate| {
        certificate
            .check(&instance.phi, &instance.domain, norm)
            .is_ok()
    };
    assert!(accepted(&certificate));
    assert_eq!(
        Certificate::parse(&certificate.text()).as_ref(),
        Ok(&certificate)
    );
    let tiny = Rational::new(1, 1 << 40).unwrap();
    let mut changed = certificate.clone();
    changed.upper = &changed.upper - &tiny;
    assert!(!accepted(&changed), "upper bound nudged");
    let mut changed = certificate.clone();
    changed.lower = &changed.lower + &tiny;
    assert!(!accepted(&changed), "lower bound nudged");
    let (mut bounds, mut contradictions, mut splits) = (0, 0, 0);
    let mut unmoved = 0;
    for (index, step) in certificate.steps.iter().enumerate() {
        let mut without = certificate.clone();
        without.steps.remove(index);
        let mut weakened = certificate.clone();
        match step {
            Step::Bound(multipliers) if !multipliers.entries.is_empty() => {
                bounds += 1;
                weakened.steps[index] = Step::Bound(Multipliers::default());
            }
            Step::Infeasible(_) => {
                contradictions += 1;
                weakened.steps[index] = Step::Infeasible(Multipliers::default());
            }
            Step::Neuron(_) => {
                splits += 1;
                // One side alone.
                weakened.steps.remove(index);
            }
            _ => continue,
        }
        assert!(!accepted(&without), "step {index} removed: {step:?}");
        // A bound that was closed against a smaller norm than the final one may not need its multipliers any more.
        match step {
            Step::Bound(_) => unmoved += usize::from(accepted(&weakened)),
            _ => assert!(!accepted(&weakened), "step {index} weakened: {step:?}"),
        }
    }
    assert!(
        bounds > 5 && contradictions > 5 && splits > 20,
        "{bounds} {contradictions} {splits}"
    );
    assert!(4 * unmoved < bounds, "{unmoved} of {bounds}");
    // A lemma sharpened beyond what its multipliers show.
    let mut changed = certificate.clone();
    let lemma = changed.steps.iter_mut().find_map(|step| match step {
        Step::Frame(lemmas) => lemmas.first_mut(),
        _ => None,
    });
    let lemma = lemma.unwrap();
    let half = Rational::new(1, 2).unwrap();
    lemma.value = if lemma.upper {
        &lemma.value - &half
    } else {
        &lemma.value + &half
    };
    assert!(!accepted(&changed), "lemma sharpened");
    // Another network, another box.
    let other = &table()[7];
    assert!(
        certificate
            .check(&other.phi, &instance.domain, norm)
            .is_err()
    );
    let mut domain = instance.domain.clone();
    domain[0].1 = Rational::from(2);
    assert!(certificate.check(&instance.phi, &domain, norm).is_err());
    // A multiplier with a sign.
    let text = certificate.text();
    let negative = text.replacen(":1 ", ":-1 ", 1);
    assert_ne!(negative, text);
    assert!(Certificate::parse(&negative).is_err());
}

#[test]
fn questions_that_cannot_be_asked() {
    let unit = [(Rational::zero(), Rational::one())];
    for (text, part) in [
        ("net(([[1],[1]], [0,0]))", "outputs: expected 1, got 2"),
        (
            "net(([[1,1]], [0]))",
            "ranges of the box: expected 2, got 1",
        ),
    ] {
        let phi: Network = text.parse().unwrap();
        let Err(Failed::Refused(refused)) = lipschitz(&phi, &unit, Norm::L1, 1) else {
            panic!("{text} was answered");
        };
        assert!(refused.to_string().contains(part), "{refused}");
    }
}
