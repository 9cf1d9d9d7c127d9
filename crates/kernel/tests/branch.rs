//! Certificates for the largest gradient: right ones are accepted, tampered ones refused.
#![allow(clippy::unwrap_used)]

use kernel::certificate::branch::{Certificate, Norm, Refused, network_sha256};
use relu_core::network::Network;
use relu_core::number::rational::Rational;

/// ϱ(x) − ϱ(−x) = x, whose derivative interval arithmetic encloses in [0, 2] only.
const IDENTITY: &str = "net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))";

fn number(text: &str) -> Rational {
    text.parse().unwrap()
}

fn network() -> Network {
    IDENTITY.parse().unwrap()
}

fn domain() -> Vec<(Rational, Rational)> {
    vec![(number("-1"), number("1"))]
}

const STEPS: [&str; 7] = [
    "split 0",
    "split 1",
    "flat z0:1 z1:1",
    "interval",
    "split 1",
    "interval",
    "flat z0:2/3 z1:2/3",
];

fn file(norm: &str, upper: &str, point: &str, steps: &[&str]) -> String {
    let steps: Vec<String> = steps.iter().map(|step| format!("\"{step}\"")).collect();
    format!(
        "format = 1\nkind = \"gradient-branch\"\nnetwork = \"sha256:{}\"\nnorm = \"{norm}\"\nbox = [\"-1 1\"]\n\
         lower = \"1\"\nupper = \"{upper}\"\npoint = [\"{point}\"]\nsteps = [{}]\n",
        network_sha256(&network()),
        steps.join(", ")
    )
}

fn check(text: &str) -> Result<(Rational, Rational), Refused> {
    let certificate = Certificate::parse(text)?;
    assert_eq!(
        Certificate::parse(&certificate.text()).as_ref(),
        Ok(&certificate)
    );
    let certified = certificate.check(&network(), &domain(), certificate.norm)?;
    Ok((certified.lower, certified.upper))
}

#[track_caller]
fn refuses(text: &str, part: &str) {
    let reason = check(text).unwrap_err().to_string();
    assert!(reason.contains(part), "{reason}");
}

#[test]
fn a_hand_made_certificate_is_accepted() {
    let one = number("1");
    assert_eq!(
        check(&file("l1", "1", "1/2", &STEPS)),
        Ok((one.clone(), one.clone()))
    );
    assert_eq!(
        check(&file("l2-squared", "1", "1/2", &STEPS)),
        Ok((one.clone(), one.clone()))
    );
    let peak = ["peak"].iter().chain(&STEPS).chain(&["interval"]);
    let steps: Vec<&str> = peak.copied().collect();
    assert_eq!(
        check(&file("linf", "1", "-1/2", &steps)),
        Ok((one.clone(), one))
    );
}

#[test]
fn an_honest_gap_is_accepted_and_said() {
    let (one, two) = (number("1"), number("2"));
    for steps in [&["interval"][..], &["bound @0"], &["bound @2 0c:4 1c:4"]] {
        assert_eq!(
            check(&file("l1", "2", "1/2", steps)),
            Ok((one.clone(), two.clone()))
        );
    }
    // g = t₀ + t₁ with −x + t₀ ≤ 1 and x + t₁ ≤ 1.
    refuses(
        &file("l1", "15/8", "1/2", &["bound @2 0c:4 1c:4"]),
        "at most 15/8, got 2",
    );
}

#[test]
fn splits_in_the_relaxation_give_contradictions_on_smaller_boxes_only() {
    // On the side x ≥ 0 a lemma x ≥ 0 holds, but x > 0 does not: 0 < 0 is not shown.
    refuses(
        &file(
            "l1",
            "1",
            "1/2",
            &["split 0", "split 1", "infeasible @0 0c:1 1c:1"],
        ),
        "expected a contradiction",
    );
}

#[test]
fn every_missing_or_repeated_step_is_seen() {
    for (removed, step) in STEPS.iter().enumerate() {
        let mut steps = STEPS.to_vec();
        steps.remove(removed);
        assert!(
            check(&file("l1", "1", "1/2", &steps)).is_err(),
            "without step {removed}"
        );
        let mut steps = STEPS.to_vec();
        steps.insert(removed, step);
        assert!(
            check(&file("l1", "1", "1/2", &steps)).is_err(),
            "with step {removed} twice"
        );
    }
    refuses(
        &file("l1", "1", "1/2", &STEPS[..6]),
        "expected 1 more subtrees, got the end",
    );
    refuses(
        &file("l1", "1", "1/2", &[]),
        "expected 1 more subtrees, got the end",
    );
    let long: Vec<&str> = STEPS.iter().copied().chain(["interval"]).collect();
    refuses(
        &file("l1", "1", "1/2", &long),
        "expected the end of the tree, got a step",
    );
}

#[test]
fn false_leaves_are_refused() {
    for (index, step, part) in [
        (2, "interval", "at most 1, got 2"),
        (2, "flat z0:1", "got a slope"),
        (2, "flat z0:2 z1:1", "got a slope"),
        (
            2,
            "flat z0:-1 z1:-1",
            "expected positive multipliers, got -1",
        ),
        (2, "flat z0:0 z1:0", "expected positive multipliers, got 0"),
        (2, "flat", "at most 0, got 0"),
        (2, "flat low0:1 high0:1", "at most 0, got 2"),
        (
            2,
            "flat low1:1",
            "expected a facet of the region, got `low1`",
        ),
        (2, "flat z2:1", "expected a facet of the region, got `z2`"),
        (2, "split 0", "expected an open neuron, got 0"),
        (2, "split 7", "expected an open neuron, got 7"),
        (2, "sign 0", "expected an open sign, got 0"),
        (2, "peak", "for linf"),
        (2, "bound @0 5c:1", "not in it: 5c"),
        (2, "bound @0 0a:1", "not in it: 0a"),
        (2, "bound @63 0c:1", "below 2^63"),
        (2, "bound @0 0c:18446744073709551615", "below 2^63"),
        (2, "infeasible @0", "got 0 ≤ 0"),
        (3, "infeasible @0", "got 0 ≤ 0"),
        (1, "bound @0", "at most 1, got 2"),
        (1, "flat z0:1 z1:1", "expected a facet"),
    ] {
        let mut steps = STEPS.to_vec();
        steps[index] = step;
        refuses(&file("l1", "1", "1/2", &steps), part);
    }
}

#[test]
fn lemmas_are_derived_not_believed() {
    let with = |lemma: &'static str| {
        let steps = ["frame 1", lemma].into_iter().chain(STEPS);
        file("l1", "1", "1/2", &steps.collect::<Vec<_>>())
    };
    assert!(check(&with("z 0 <= 1 @0")).is_ok());
    refuses(&with("z 0 <= 1/2 @0"), "lemma on z 0: expected 1/2, got 1");
    refuses(
        &with("z 0 >= -1/2 @0"),
        "lemma on z 0: expected -1/2, got -1",
    );
    refuses(
        &with("g 0 <= 1 @0 0c:1 1c:1"),
        "lemma on g 0: expected 1, got 2",
    );
    refuses(&with("z 9 <= 1 @0"), "a neuron or coordinate there is");
    refuses(&with("z 0 <= 1"), "steps: expected a step");
    refuses(&with("z 0 <= 1 @0 0c:-1"), "steps: expected a step");
    refuses(
        &file("l1", "1", "1/2", &["frame 2", "z 0 <= 1 @0"]),
        "steps: expected a step",
    );
}

#[test]
fn the_point_has_to_lie_inside_a_cell() {
    refuses(
        &file("l1", "1", "0", &STEPS),
        "neuron 0 of layer 1 is on a kink",
    );
    refuses(&file("l1", "1", "1", &STEPS), "inside (-1, 1), got 1");
    refuses(&file("l1", "1", "2", &STEPS), "inside (-1, 1), got 2");
    let text = file("l1", "1", "1/2", &STEPS);
    refuses(
        &text.replace("lower = \"1\"", "lower = \"2\""),
        "norm 2, got 1",
    );
    refuses(
        &text.replace("lower = \"1\"", "lower = \"1/2\""),
        "norm 1/2, got 1",
    );
    refuses(
        &text.replace("[\"1/2\"]", "[\"1/2\", \"0\"]"),
        "expected 1 coordinates, got 2",
    );
}

#[test]
fn a_certificate_is_for_one_network_one_box_one_norm() {
    let text = file("l1", "1", "1/2", &STEPS);
    let certificate = Certificate::parse(&text).unwrap();
    let other: Network = IDENTITY
        .replace("[[1],[-1]]", "[[1],[-2]]")
        .parse()
        .unwrap();
    let refusal = |phi: &Network, domain: &[(Rational, Rational)], norm| {
        certificate
            .check(phi, domain, norm)
            .unwrap_err()
            .to_string()
    };
    assert!(refusal(&other, &domain(), Norm::L1).starts_with("network: expected"));
    assert!(
        refusal(&network(), &domain(), Norm::LInfinity).starts_with("norm: expected linf, got l1")
    );
    let smaller = [(number("-1"), number("1/2"))];
    assert_eq!(
        refusal(&network(), &smaller, Norm::L1),
        "box: expected [-1,1/2], got [-1,1]"
    );
    let empty = [(number("1"), number("1"))];
    assert!(refusal(&network(), &empty, Norm::L1).contains("an interval with interior"));
    assert!(refusal(&network(), &[], Norm::L1).contains("expected 1, got 0"));
    for (from, to, part) in [
        ("format = 1", "format = 2", "format: expected 1, got 2"),
        (
            "gradient-branch",
            "gradient",
            "kind: expected gradient-branch",
        ),
        ("sha256:", "md5:", "network: expected sha256:…"),
        ("\"l1\"", "\"l3\"", "norm: expected l1"),
        ("\"-1 1\"", "\"-1\"", "box: expected two numbers"),
        (
            "upper = \"1\"",
            "upper = \"one\"",
            "number: expected a rational, got one",
        ),
        ("steps", "leaves", "unknown field `leaves`"),
        ("\"interval\"", "\"intervals\"", "steps: expected a step"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        refuses(&changed, part);
    }
}

#[test]
fn a_neuron_that_is_zero_near_the_point_is_no_kink() {
    // ϱ(ϱ(x) − ϱ(x)) is zero everywhere; the second layer is on no kink.
    let phi: Network = "net(([[1],[1]], [0,0]), ([[1,-1]], [0]), ([[1]], [0]))"
        .parse()
        .unwrap();
    let text = file("l1", "1", "1/2", &["interval"])
        .replace(&network_sha256(&network()), &network_sha256(&phi))
        .replace("lower = \"1\"", "lower = \"0\"");
    let certificate = Certificate::parse(&text).unwrap();
    let certified = certificate.check(&phi, &domain(), Norm::L1).unwrap();
    assert_eq!(certified.lower, Rational::zero());
}

/// t·(s₁ − s₂) with s₁, s₂ the states of ϱ(x) − 1/2 and 1/2 − ϱ(x): the gradient is 0, −1, 1 on (−1, 0), (0, 1/2), (1/2, 1).
const BENT: &str = "net(([[1]], [0]), ([[1],[-1]], [-1/2,1/2]), ([[1,1]], [0]))";

fn check_bent(steps: &[&str]) -> Result<(), Refused> {
    let phi: Network = BENT.parse().unwrap();
    let text =
        file("l1", "1", "3/4", steps).replace(&network_sha256(&network()), &network_sha256(&phi));
    let certificate = Certificate::parse(&text)?;
    assert_eq!(
        Certificate::parse(&certificate.text()).as_ref(),
        Ok(&certificate)
    );
    certificate.check(&phi, &domain(), Norm::L1).map(|_| ())
}

#[test]
fn rows_for_sums_bound_products_share_by_share() {
    // The shares are s₁ ∈ [0, 1] and −s₂ ∈ [−1, 0]. Each set with what it shows on the side s₁ = 0 and on the side s₂ = 0.
    for (label, holds, fails) in [
        // p ≤ s₁ + (1 − s₂ − t), p ≤ t + (1 − s₂ − t), p ≤ s₁, p ≤ t.
        ("0j0", "split 1;g 0 <= 1", "split 1;g 0 <= 0"),
        ("0j1", "split 2;g 0 <= 1", "split 1;g 0 <= 0"),
        ("0j2", "split 1;g 0 <= 0", "split 1;g 0 <= -1/8"),
        ("0j3", "split 1;g 0 <= 1", "split 1;g 0 <= 0"),
        // p ≥ (s₁ + t − 1) − s₂, p ≥ −s₂, p ≥ −t + (s₁ + t − 1), p ≥ −t.
        ("0k0", "split 2;g 0 >= -1", "split 2;g 0 >= 0"),
        ("0k1", "split 2;g 0 >= 0", "split 2;g 0 >= 1/8"),
        ("0k2", "split 2;g 0 >= -1", "split 2;g 0 >= 0"),
        ("0k3", "split 2;g 0 >= -1", "split 2;g 0 >= 0"),
    ] {
        let steps = |claim: &str| {
            let (split, lemma) = claim.split_once(';').unwrap();
            let lemma = format!("{lemma} @0 {label}:1");
            check_bent(&[split, "interval", "frame 1", &lemma, "interval"])
        };
        assert_eq!(steps(holds), Ok(()), "{label} {holds}");
        let refused = steps(fails).unwrap_err().to_string();
        assert!(refused.contains("lemma on g 0"), "{label}: {refused}");
    }
}

#[test]
fn rows_for_sums_that_are_not_there_are_refused() {
    for (label, part) in [
        // The derivative is constant in the last hidden layer, so that there is no flow.
        ("1j0", "not in it: 1j0"),
        ("3j0", "not in it: 3j0"),
        ("0a1", "not a certificate"),
        ("0j", "not a certificate"),
        ("0jg", "not a certificate"),
        ("0j-1", "not a certificate"),
    ] {
        let lemma = format!("g 0 <= 1 @0 {label}:1");
        let refused = check_bent(&["frame 1", &lemma, "interval"]).unwrap_err();
        assert!(refused.to_string().contains(part), "{label}: {refused}");
    }
    // On the side where the first neuron is off nothing is left to multiply.
    let steps = ["split 0", "interval", "frame 0", "frame 1"];
    let steps = [&steps[..], &["g 0 <= 0 @0 0j2:1", "interval"]].concat();
    let refused = check_bent(&steps).unwrap_err().to_string();
    assert!(refused.contains("not in it: 0j2"), "{refused}");
}

#[test]
fn the_gradient_is_split_at_values_and_both_sides_are_needed() {
    let half = ["slope 0 1/2", "interval", "interval"];
    assert_eq!(check_bent(&half), Ok(()));
    let claim = |steps: &[&str], upper: &str| check(&file("l1", upper, "1/2", steps));
    assert!(claim(&["slope 0 1", "interval", "interval"], "2").is_ok());
    refuses(
        &file("l1", "1", "1/2", &["slope 0 1", "interval", "interval"]),
        "step 1: expected a bound of at most 1, got 2",
    );
    // The side ∂ ≤ 1 is closed by its own value, the side ∂ ≥ 1 by the pattern.
    let upper = [&["slope 0 1"], &STEPS[..], &["interval"]].concat();
    assert!(claim(&upper, "1").is_ok());
    let framed = ["frame 0", "bound @0 0i:1"];
    let framed = [&["slope 0 1"], &STEPS[..], &framed].concat();
    assert!(check(&file("l2-squared", "1", "1/2", &framed)).is_ok());
    let unframed = [&["slope 0 1"], &STEPS[..], &["bound @0"]].concat();
    refuses(&file("l1", "1", "1/2", &unframed), "at most 1, got 2");
    let one_side = [&["slope 0 1"], &STEPS[..]].concat();
    refuses(&file("l1", "1", "1/2", &one_side), "1 more subtrees");
    refuses(
        &file("l1", "1", "1/2", &["slope 1 1", "interval", "interval"]),
        "expected a coordinate there is, got 1",
    );
    refuses(
        &file("l1", "1", "1/2", &["slope 0", "interval", "interval"]),
        "not a certificate",
    );
}

#[test]
fn squares_are_bounded_by_secants_on_each_side_of_a_sign() {
    // ∂ is −1, 0 or 1, enclosed in [−1, 1]: h² ≤ 1·h, and h ≤ 1.
    let phi: Network = BENT.parse().unwrap();
    let squared = |upper: &str, steps: &[&str]| {
        let text = file("l2-squared", upper, "3/4", steps)
            .replace(&network_sha256(&network()), &network_sha256(&phi));
        Certificate::parse(&text)
            .unwrap()
            .check(&phi, &domain(), Norm::L2Squared)
            .map(|_| ())
    };
    assert_eq!(squared("1", &["bound @0"]), Ok(()));
    assert_eq!(squared("1", &["sign 0", "bound @0", "bound @0"]), Ok(()));
    for steps in [
        &["sign 0", "bound @0"][..],
        &["sign 1", "bound @0", "bound @0"],
    ] {
        assert!(squared("1", steps).is_err());
    }
    // On [1/2, 1] the secant is 3/2·g − 1/2; on [−1, 1/2] it is h.
    let steps = ["slope 0 1/2", "frame 0", "bound @0", "frame 0", "bound @0"];
    assert_eq!(squared("1", &steps), Ok(()));
}
