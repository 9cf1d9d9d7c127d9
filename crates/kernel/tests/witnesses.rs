//! Candidates and witnesses: what is accepted, and above all what is not.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use claim_language::file::Claim;
use kernel::check::{Constructions, Rejection, check_candidate};
use kernel::kill::{NoKill, check_kill};
use kernel::witness::{Refused, WitnessFile};
use theorems::assignment::Assignment;
use theorems::registry::Registry;
use theorems::statement::Statement;

fn registry() -> Registry {
    Registry::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theorems")).unwrap()
}

fn claim<'a>(registry: &'a Registry, id: &str) -> &'a Claim {
    registry.claims.iter().find(|claim| claim.id == id).unwrap()
}

fn assignment(values: &[(&str, &str)]) -> Assignment {
    values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

const IDENTITY: &str = "net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))";
const RELU: &str = "net(([[1]], [0]), ([[1]], [0]))";

/// The claim with one of its mutants applied, and the claim itself.
fn mutated(registry: &Registry, id: &str, mutant: &str) -> (Statement, Statement, Claim) {
    let original = claim(registry, id);
    let changed = original
        .mutated(original.mutant(mutant).unwrap(), &registry.words)
        .unwrap();
    (
        Statement::compile(original).unwrap(),
        Statement::compile(&changed).unwrap(),
        changed,
    )
}

#[test]
fn a_kink_refutes_the_everywhere_form_and_not_the_almost_everywhere_form() {
    let registry = registry();
    let (original, everywhere, _) = mutated(&registry, "nn-derivative-ae", "everywhere");
    let at_kink = assignment(&[("phi", IDENTITY), ("c", "0"), ("x", "[0]")]);
    let refutation =
        check_candidate(&everywhere, "main", &at_kink, Constructions::RefuteNothing).unwrap();
    assert_eq!(
        refutation.sides,
        Some(("[[0]]".to_owned(), "[[1]]".to_owned()))
    );
    let rejected = check_candidate(&original, "main", &at_kink, Constructions::RefuteNothing);
    assert_eq!(rejected, Err(Rejection::NotGeneric));
    assert!(check_kill(&original, &everywhere, None, "main", &at_kink).is_ok());
}

#[test]
fn a_true_instance_is_rejected() {
    let registry = registry();
    let statement = Statement::compile(claim(&registry, "nn-chain-rule")).unwrap();
    let values = assignment(&[("phi", RELU), ("psi", IDENTITY), ("x", "[0]"), ("c", "1/2")]);
    let found = check_candidate(&statement, "main", &values, Constructions::RefuteNothing);
    assert_eq!(found, Err(Rejection::Holds));
}

#[test]
fn values_outside_the_ranges_are_vacuous() {
    let registry = registry();
    let statement = Statement::compile(claim(&registry, "nn-chain-rule")).unwrap();
    let two_inputs = "net(([[1,1]], [0]))";
    for (psi, x) in [(two_inputs, "[0]"), (RELU, "[0,0]")] {
        let values = assignment(&[("phi", RELU), ("psi", psi), ("x", x), ("c", "0")]);
        let found = check_candidate(&statement, "main", &values, Constructions::RefuteNothing);
        assert_eq!(found, Err(Rejection::Vacuous), "{psi} {x}");
    }
}

#[test]
fn unreadable_values_are_rejected() {
    let registry = registry();
    let statement = Statement::compile(claim(&registry, "nn-derivative-ae")).unwrap();
    let complete = [("phi", RELU), ("c", "0"), ("x", "[0]")];
    for (name, value) in [
        ("x", "[0"),
        ("x", "[1/0]"),
        ("x", "[nan]"),
        ("x", "[1e5]"),
        ("c", "root(c^2 - 1, -2, 2)"),
        ("c", "root(c^2 + 1, 0, 1)"),
        ("phi", "net(([[1],[1,2]], [0,0]))"),
        ("phi", ""),
    ] {
        let mut values = assignment(&complete);
        values.insert(name.to_owned(), value.to_owned());
        let found = check_candidate(&statement, "main", &values, Constructions::RefuteNothing);
        assert!(
            matches!(found, Err(Rejection::Unreadable(_) | Rejection::Vacuous)),
            "{name} = {value}: {found:?}"
        );
    }
    let mut missing = assignment(&complete);
    missing.remove("x");
    let mut extra = assignment(&complete);
    extra.insert("y".to_owned(), "0".to_owned());
    for values in [missing, extra] {
        let found = check_candidate(&statement, "main", &values, Constructions::RefuteNothing);
        assert!(matches!(found, Err(Rejection::Unreadable(_))), "{found:?}");
    }
    let nowhere = check_candidate(
        &statement,
        "side",
        &assignment(&complete),
        Constructions::RefuteNothing,
    );
    assert_eq!(nowhere, Err(Rejection::NoConclusion("side".to_owned())));
}

#[test]
fn an_irrational_kink_value_kills_where_every_rational_one_does_not() {
    let registry = registry();
    let (original, changed, _) = mutated(&registry, "subdiff-no-c-strong", "irrational-c");
    let root = "root(3*c^2 - 1, 1/2, 1)";
    assert!(
        check_kill(
            &original,
            &changed,
            None,
            "main",
            &assignment(&[("c", root)])
        )
        .is_ok()
    );
    for rational in ["0", "1/2", "577/1000", "1"] {
        let found = check_kill(
            &original,
            &changed,
            None,
            "main",
            &assignment(&[("c", rational)]),
        );
        assert_eq!(
            found,
            Err(NoKill::MutantStands(Rejection::Holds)),
            "{rational}"
        );
    }
}

#[test]
fn a_failing_construction_refutes_nothing() {
    let registry = registry();
    let (_, changed, _) = mutated(&registry, "subdiff-no-c-strong", "irrational-c");
    let values = assignment(&[("c", "root(3*c^2 - 1, 1/2, 1)")]);
    let found = check_candidate(&changed, "main", &values, Constructions::RefuteNothing);
    assert_eq!(found, Err(Rejection::ConstructionOnly));
}

#[test]
fn a_witness_that_refutes_the_original_too_kills_nothing() {
    let registry = registry();
    let original = Statement::compile(claim(&registry, "classical-chain-rule")).unwrap();
    let values = assignment(&[("phi", "net(([[0]], [0]))"), ("psi", RELU), ("x", "[1]")]);
    assert!(check_candidate(&original, "main", &values, Constructions::RefuteNothing).is_ok());
    assert_eq!(
        check_kill(&original, &original, None, "main", &values),
        Err(NoKill::OriginalFalls)
    );
}

#[test]
fn a_kill_on_another_conclusion_does_not_count() {
    let registry = registry();
    let (original, changed, _) = mutated(&registry, "subdiff-depth2-half", "depth-3");
    let values = assignment(&[("phi", RELU), ("x", "[0]")]);
    let found = check_kill(&original, &changed, Some("hull"), "average", &values);
    assert_eq!(found, Err(NoKill::WrongConclusion("average".to_owned())));
}

/// Every stored witness replays; the same file with one change does not.
#[test]
fn stored_witnesses_replay_and_tampered_ones_do_not() {
    let registry = registry();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theorems/witnesses");
    let mut replayed = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let file = WitnessFile::parse(&text).unwrap();
        assert_eq!(
            WitnessFile::parse(&file.text()).unwrap(),
            file,
            "{}",
            path.display()
        );
        let (id, mutant) = file
            .claim
            .split_once('/')
            .map_or((file.claim.as_str(), None), |(a, b)| (a, Some(b)));
        let original = claim(&registry, id);
        let (subject, constructions) = match mutant {
            None => (original.clone(), Constructions::RefuteNothing),
            Some(mutant) => (
                original
                    .mutated(original.mutant(mutant).unwrap(), &registry.words)
                    .unwrap(),
                Constructions::Count,
            ),
        };
        let statement = Statement::compile(&subject).unwrap();
        let sha = subject.statement_sha256(&registry.words);
        assert!(
            file.replay(&statement, &sha, constructions).is_ok(),
            "{}",
            path.display()
        );
        replayed += 1;

        let mut other = file.clone();
        other.statement.replace_range(
            10..11,
            if &other.statement[10..11] == "0" {
                "1"
            } else {
                "0"
            },
        );
        assert!(matches!(
            other.replay(&statement, &sha, constructions),
            Err(Refused::Stale { .. })
        ));
        if let Some(value) = file.values.get("lhs") {
            let mut wrong = file.clone();
            wrong.values.insert("lhs".to_owned(), format!("{value}1"));
            let found = wrong.replay(&statement, &sha, constructions);
            assert!(
                matches!(found, Err(Refused::WrongValue { .. })),
                "{}",
                path.display()
            );
            let mut missing = file.clone();
            missing.values.remove("lhs");
            assert!(missing.replay(&statement, &sha, constructions).is_err());
        }
    }
    assert!(replayed > 100, "{replayed} stored witnesses");
}

#[test]
fn damaged_witness_files_are_refused() {
    let good = "format = 1\nclaim = \"a\"\nstatement = \"sha256:0\"\nkind = \"refutation\"\nconclusion = \"main\"\n[assign]\nx = \"1\"\n";
    assert!(WitnessFile::parse(good).is_ok());
    for (from, to) in [
        ("format = 1", "format = 2"),
        ("kind = \"refutation\"", "kind = \"proof\""),
        ("conclusion = \"main\"\n", ""),
        ("[assign]", "[assigned]"),
        ("x = \"1\"", "x = 1"),
        ("claim", "seed = 3\nclaim"),
    ] {
        assert!(
            matches!(
                WitnessFile::parse(&good.replacen(from, to, 1)),
                Err(Refused::Unreadable(_))
            ),
            "{to}"
        );
    }
    assert!(WitnessFile::parse("").is_err());
    assert!(WitnessFile::parse("\u{0}\u{1}").is_err());
}
