//! Small statements, true and false, with the verdict a sceptical reader would accept: a wrong one here would be a wrong one
//! in a report.
#![allow(clippy::unwrap_used)]

#[path = "support/trial.rs"]
mod support;

use kernel::record::{Outcome, Status};
use search::examine::Examined;
use support::trial;

fn verdict(quantify: &str, expr: &str, more: &str) -> Examined {
    trial("identity", quantify, expr, more)
}

/// Statements in which something is chosen, and what may be said about them.
#[test]
fn existence() {
    let n = r#"{ all = "n", in = "nat", min = 0, max = 3 }"#;
    let cases = [
        // A choice that may depend on the point, after an almost-all variable.
        (
            r#"{ almost-all = "x", in = "vec(1)", from = ["zero", "small"] }, { some = "r", in = "real", symbolic = true, where = 'r > 0' }"#,
            "x[0]^2 * r >= 1",
            Status::Incomplete,
        ),
        (
            r#"{ almost-all = "x", in = "vec(1)", from = ["zero"] }, { some = "r", in = "real", symbolic = true, where = '0 < r and r < 1' }"#,
            "r <= x[0]^2",
            Status::Incomplete,
        ),
        // No admissible choice at n = 0.
        (
            &format!(r#"{n}, {{ some = "y", in = "int", where = 'y <= n', among = ['1', '2'] }}"#),
            "y <= n",
            Status::Refuted,
        ),
        (
            &format!(
                r#"{n}, {{ some = "r", in = "real", symbolic = true, where = '0 < r and r < n' }}"#
            ),
            "r < n",
            Status::Refuted,
        ),
        // A construction that leaves its domain, and one that fails everywhere, refute nothing.
        (
            &format!(r#"{n}, {{ some = "y", in = "nat", by = 'n - 2' }}"#),
            "y + 2 == n",
            Status::Incomplete,
        ),
        (
            r#"{ all = "x", in = "real" }, { some = "y", in = "real", by = 'x + 1' }"#,
            "y == x",
            Status::Incomplete,
        ),
        // One value for every x, and one value for each.
        (
            r#"{ some = "r", in = "real", symbolic = true }, { all = "x", in = "real" }"#,
            "r == x",
            Status::Incomplete,
        ),
        (
            r#"{ all = "y", in = "real" }, { some = "r", in = "real", symbolic = true }"#,
            "r == y",
            Status::Sampled,
        ),
        // No construction at all.
        (
            r#"{ some = "y", in = "real" }, { all = "n", in = "nat", max = 3 }"#,
            "y > n",
            Status::Incomplete,
        ),
        // A finite choice that works, and one that does not.
        (
            &format!(r#"{n}, {{ some = "y", in = "int", among = ['0', '3'] }}"#),
            "y <= n",
            Status::Instance,
        ),
        (
            &format!(r#"{n}, {{ some = "y", in = "int", among = ['1', '3'] }}"#),
            "y <= n",
            Status::Refuted,
        ),
    ];
    for (quantify, expr, expected) in cases {
        let found = verdict(quantify, expr, "").record;
        assert_eq!(
            found.status, expected,
            "{quantify}: {expr}: {:?}",
            found.messages
        );
    }
}

/// Symbols: what one of them means does not change when another is ordered, and every real number counts.
#[test]
fn symbols() {
    let c = r#"{ all = "c", in = "real", symbolic = true }"#;
    let v = r#"{ all = "v", in = "real", symbolic = true }"#;
    let cases = [
        (
            format!(r#"{c}, {v}, {{ all = "y", in = "real", among = ['c'] }}"#),
            "y == v",
            Status::Refuted,
        ),
        (format!(r#"{c}, {v}"#), "c == v", Status::Refuted),
        (
            format!(r#"{c}, {v}"#),
            "(c + v)^2 == c^2 + 2 * c * v + v^2",
            Status::Instance,
        ),
        (c.to_owned(), "c^2 >= 0", Status::Instance),
        (c.to_owned(), "c^2 > 0", Status::Refuted),
        (c.to_owned(), "c^2 != 2", Status::Refuted),
        (c.to_owned(), "abs(c) == max(c, -c)", Status::Instance),
        (
            format!(
                r#"{c}, {{ all = "phi", in = "network", where = 'indim(phi) == 1 and outdim(phi) == 1', from = ["named(net(([[c]], [1])))"] }}"#
            ),
            "value(phi, [0]) == [0]",
            Status::Refuted,
        ),
        (
            format!(
                r#"{v}, {{ all = "n", in = "nat", min = 0, max = 3, where = 'n > 0 or 2^200000 > 0 or 1/n == 1' }}"#
            ),
            "n >= 1",
            Status::Incomplete,
        ),
    ];
    for (quantify, expr, expected) in cases {
        let found = verdict(&quantify, expr, "").record;
        assert_eq!(
            found.status, expected,
            "{quantify}: {expr}: {:?}",
            found.messages
        );
    }
}

/// Faces are claimed only where the conclusion is constant on the faces that were enumerated.
#[test]
fn faces() {
    let x = r#"{ all = "x", in = "vec(1)", from = ["small"] }"#;
    let phi =
        r#"{ all = "phi", in = "network", where = 'activation(phi) == relu and indim(phi) == 1' }"#;
    let named = "[search]\nnamed = 10\ndraws = 100\n";
    // A network that is no variable has kinks of its own.
    let with_let = format!("{named}[let]\nlambda = 'net(([[1]], [12345/678]), ([[1]], [0]))'\n");
    let found = verdict(
        &format!("{phi}, {x}"),
        "deriv(lambda, x, 0) == deriv(lambda, x, 1)",
        &with_let,
    )
    .record;
    assert_eq!(found.status, Status::Refuted, "{:?}", found.messages);
    // A range that depends on the point.
    let c =
        r#"{ all = "c", in = "real", symbolic = true, min = 'x[0] - 1000', max = 'x[0] + 1000' }"#;
    let found = verdict(
        &format!("{phi}, {x}, {c}"),
        "deriv(phi, x, c) == deriv(phi, x, c) and c <= 50000",
        named,
    )
    .record;
    assert_eq!(found.status, Status::Sampled, "{:?}", found.messages);
    // Two activations.
    let psi = r#"{ all = "psi", in = "network", where = 'activation(psi) == hard_tanh and indim(psi) == outdim(phi)' }"#;
    let found = verdict(
        &format!("{phi}, {psi}, {x}"),
        "rows(deriv(psi, value(phi, x), 0)) == outdim(psi)",
        named,
    )
    .record;
    assert!(
        found
            .scope
            .iter()
            .all(|row| row.engine != "named" || !row.detail.contains("faces")),
        "{:?}",
        found.scope
    );
    // A true identity of the right shape is decided on all faces.
    let same = r#"{ all = "psi", in = "network", where = 'activation(psi) == relu and indim(psi) == outdim(phi)' }"#;
    let chain =
        "deriv(compose(psi, phi), x, 1/3) == deriv(psi, value(phi, x), 1/3) * deriv(phi, x, 1/3)";
    let found = verdict(&format!("{phi}, {same}, {x}"), chain, named).record;
    assert_eq!(
        (found.status, found.green),
        (Status::Instance, false),
        "{:?}",
        found.messages
    );
}

/// Points of a null set are no evidence about almost all points, for or against.
#[test]
fn exceptional_points() {
    for (expr, families, expected) in [
        ("x[0] > 0", r#"["zero"]"#, Status::Vacuous),
        ("x[0] == 0", r#"["zero"]"#, Status::Vacuous),
        ("x[0] != 0", r#"["zero", "small"]"#, Status::Sampled),
        ("x[0] > 0", r#"["zero", "small"]"#, Status::Refuted),
    ] {
        let quantify = format!(r#"{{ almost-all = "x", in = "vec(1)", from = {families} }}"#);
        let found = verdict(&quantify, expr, "").record;
        assert_eq!(
            found.status, expected,
            "{expr} from {families}: {:?}",
            found.messages
        );
    }
}

/// Where the unmutated conclusion has no value, a mutant is not killed.
#[test]
fn kills_need_a_value_of_the_original() {
    let quantify = r#"{ all = "x", in = "vec(1)", where = 'x[0] >= 0', from = ["small", "zero"] }"#;
    let mutant = "[[mutant]]\nid = \"m\"\nexpect = \"killed\"\nedits = ['main: 1/x[0] => x[0]']\n";
    let found = verdict(quantify, "1/x[0] > 0 and defined(x)", mutant).record;
    assert_eq!(found.mutants[0].outcome, Outcome::Unresolved);
    let quantify = r#"{ all = "x", in = "vec(1)", where = 'x[0] > 0', from = ["small"] }"#;
    let mutant =
        "[[mutant]]\nid = \"m\"\nexpect = \"killed\"\nedits = ['main: 1/x[0] => x[0] - 10']\n";
    let found = verdict(quantify, "1/x[0] > 0", mutant).record;
    assert_eq!(found.mutants[0].outcome, Outcome::Killed);
}

/// A choice that is known by bounds only is not passed over: what is false at π is not shown as decided on the whole range.
#[test]
fn numbers_known_by_bounds_are_no_values_of_variables() {
    let chosen = |among: &str| {
        let quantify = format!("{{ all = \"x\", in = \"real\", among = [{among}] }}");
        verdict(&quantify, "x <= 3", "").record
    };
    let decided = chosen("\"3\", \"2\"");
    assert_eq!((decided.status, decided.green), (Status::Instance, true));
    let open = chosen("\"3\", \"pi()\"");
    assert!(!open.green, "{:?}", open.messages);
    assert_eq!(open.status, Status::Incomplete, "{:?}", open.messages);
}
