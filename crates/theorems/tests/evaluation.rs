//! Evaluation of trees: three values and undefined, laziness, symbols, and the two backends.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use claim_language::expr::{Scope, Tree, Type, check};
use claim_language::file::Claim;
use relu_core::number::cell::RealCell;
use relu_core::number::scalar::Scalar;
use relu_core::{Failure, Field};
use theorems::assignment;
use theorems::decide::Ranges;
use theorems::draw::Limits;
use theorems::generate::Stream;
use theorems::machine::{Memory, run};
use theorems::program::{Meaning, Names, compile};
use theorems::registry::Registry;
use theorems::statement::{Statement, equations};
use theorems::value::{Backend, Value};
use theorems::vocabulary::Words;

mod support;

use support::{shown, value};

#[test]
fn arithmetic_is_exact() {
    for (text, expected) in [
        ("0.1 + 0.2", "3/10"),
        ("2^10 / 3", "1024/3"),
        ("-2^2", "-4"),
        ("2^-2", "1/4"),
        ("0^0", "1"),
        ("1/0", "undefined"),
        ("0^-1", "undefined"),
        ("floor(-1/2)", "-1"),
        ("ceil(-1/2)", "0"),
        ("floor_log2(8)", "3"),
        ("floor_log2(7)", "2"),
        ("ceil_log2(9)", "4"),
        ("ceil_log2(1/8)", "-3"),
        ("floor_log2(0)", "undefined"),
        ("binom(5, 2)", "10"),
        ("binom(2, 5)", "0"),
        ("max(1, 3, 2)", "3"),
        ("min(1, -1/3)", "-1/3"),
        ("sum(i, 1, 4, i^2)", "30"),
        ("sum(i, 2, 1, i)", "0"),
        ("prod(i, 2, 1, i)", "1"),
        ("max(i, 1, 0: i)", "undefined"),
        ("max(i, 1, 3: i * (3 - i))", "2"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn connectives_are_lazy_and_undefined_absorbs() {
    for (text, expected) in [
        ("false and 1/0 == 1", "false"),
        ("true or 1/0 == 1", "true"),
        ("1/0 == 1 or true", "undefined"),
        ("1/0 == 1 and false", "undefined"),
        ("if 1 == 1 then 2 else 1/0", "2"),
        ("if 1/0 == 1 then 2 else 3", "undefined"),
        ("implies(1 == 2, 1/0 == 1)", "true"),
        ("implies(1 == 1, 1/0 == 1)", "undefined"),
        ("not defined(1/0)", "true"),
        ("defined(1/0) and 1/0 == 1", "false"),
        ("every(i, 1, 3: i < 3)", "false"),
        ("some(i, 1, 3: i == 3)", "true"),
        ("every(i, 1, 0: false)", "true"),
        ("some(i, 1, 0: true)", "false"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn ill_shaped_operands_are_no_value() {
    for text in [
        "[1, 2] + [1]",
        "[[1, 2]] * [1]",
        "[[1]] * [[1], [2]]",
        "[1] == [1, 2]",
        "value(hat(), [1, 2])",
    ] {
        assert_eq!(shown(text), "ill-shaped", "{text}");
    }
    assert_eq!(shown("[1, 2][2]"), "undefined");
    assert_eq!(shown("[1, 2][-1]"), "undefined");
}

#[test]
fn boxes_are_values() {
    for (text, expected) in [
        ("[0,1]^1", "[0, 1]"),
        ("[0,1]^2", "[0, 1]x[0, 1]"),
        ("[0,1]x[-1,2]", "[0, 1]x[-1, 2]"),
        ("([0,1]x[-1,2])^2", "[0, 1]x[-1, 2]x[0, 1]x[-1, 2]"),
        ("[1/2, 1/2]^1", "[1/2, 1/2]"),
        ("[-2^-3, 1/3]^indim(hat())", "[-1/8, 1/3]"),
        ("Rd", "Rd"),
        ("Rd^3", "Rd"),
        ("[1,0]^1", "undefined"),
        ("[0,1]^0", "undefined"),
        ("[0,1]^-1", "undefined"),
        ("[0,1/0]^1", "undefined"),
        ("[0,1] × Rd", "ill-shaped"),
        ("pieces(hat(), [1/4,3/4])", "2"),
        ("pieces(hat(), [1/4,1/2])", "1"),
        ("pieces(hat(), [1/2,1/2])", "1"),
        ("pieces(hat(), [1,0])", "undefined"),
        ("pieces(hat(), [0,1]^2)", "ill-shaped"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
    let limit = value("[0,1]^100000", Backend::Fast);
    assert!(matches!(limit, Value::Absent(Failure::Limit(_))));
}

#[test]
fn natives_have_their_values() {
    for (text, expected) in [
        ("value(square(3), [1/3])", "[11/96]"),
        ("deriv(identity_net(1, 3), [0], 1/2)", "[[1/2]]"),
        ("deriv(identity_net(1, 3), [1], 1/2)", "[[1]]"),
        ("jacobian(identity_net(1, 2), [0])", "[[1]]"),
        ("jacobian(hat(), [1/2])", "undefined"),
        ("in_hull([[0]], clarke(hat(), [1/2]))", "true"),
        ("in_hull([[3]], clarke(hat(), [1/2]))", "false"),
        ("connectivity(sawtooth(3))", "30"),
        ("connectivity(square(2))", "25"),
        ("weight_bound(square(2))", "4"),
        ("width(hat())", "3"),
        ("depth(compose(hat(), hat()))", "3"),
        ("pieces(sawtooth(4))", "18"),
        ("dims(hat())", "[1, 3, 1]"),
        ("has_zero_preactivation(hat(), [1/2])", "true"),
        ("is_generic(hat(), [1/3])", "true"),
        ("op_norm_inf([[1, -2], [3, 0]])", "3"),
        ("op_norm1([[1, -2], [3, 0]])", "4"),
        ("act(binary_to_ternary, 1/3) >= 0", "true"),
        ("act_slope(binary_to_ternary, 2/3, 0)", "3/8"),
        ("act_slope(binary_to_ternary, 1/5, 0)", "1/20"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

/// Every false twin differs from its native somewhere simple.
#[test]
fn twins_differ() {
    for (twin, native) in [
        (
            "value(compose@activated(net(([[1]],[0])), net(([[1]],[0]))), [-1])",
            "[-1]",
        ),
        (
            "value(compose@no_bias(net(([[2]],[0])), net(([[1]],[1]))), [0])",
            "[2]",
        ),
        (
            "value(pad@single_channel(net(([[1]],[0])), 2), [-1])",
            "[-1]",
        ),
        ("deriv@post(net(([[1]],[0]),([[1]],[0])), [-1], 1)", "[[0]]"),
        (
            "slope_bound@lipschitz(net(([[1]],[0]),([[1]],[1]),([[1]],[0])), [-1], 1, 2)",
            "1",
        ),
        ("value(hat@two_neurons(), [2])", "[0]"),
        ("value(multiply@clamped(1, 1), [0, 1])", "[0]"),
        ("value(cutoff@unclamped(1, 1), [100])", "[0]"),
        (
            "weight_bound(polynomial_at@unscaled(fn(x) 100*x, 1, 1))",
            "4",
        ),
        ("width(polynomial_at@unshared(fn(x) x^3 + x^4, 4, 1))", "12"),
        ("value(sobolev@leaking(fn(x) x^3, 2, 8, 2), [0])", "[0]"),
        (
            "value(global_net@clamped(net(([[1]],[0])), 1, 3, 1), [3])",
            "[0]",
        ),
        (
            "deriv@tolerance(net(([[1000000000]],[0]),([[1]],[0])), [-10^-16], 1, 10^-6)",
            "[[0]]",
        ),
        ("in_class@operator(net(([[1,1]],[0])), 1, 1, 1, 0)", "true"),
        ("in_class@operator(net(([[1,1]],[0])), 1, 1, 1, 1)", "false"),
        ("perturbation_constant@no_bias(1, 3, 3, 1)", "61"),
    ] {
        let shown = shown(twin);
        assert!(
            !["undefined", "ill-shaped", native].contains(&shown.as_str()),
            "{twin}: {shown}"
        );
    }
}

/// abs(c) splits the line at 0; the two sides have different polynomials.
#[test]
fn order_of_a_symbol_splits_the_line() {
    let words = Words::default();
    let mut scope = Scope::new();
    scope.insert("c", Type::Real);
    let typed = check(Tree::parse("abs(c) + c == 2 * c").unwrap(), &scope, &words).unwrap();
    let mut names = Names::new();
    names.define("c", Meaning::Known(Value::Scalar(Scalar::symbol(0))));
    let program = compile(&typed, &names).unwrap();
    let at = |cell: RealCell| {
        run(
            &program,
            &[],
            &equations(Backend::Fast, cell),
            &mut Memory::default(),
        )
    };
    let Err(Failure::Split(poly)) = at(RealCell::line()) else {
        panic!("a split")
    };
    let found: Vec<String> = RealCell::line()
        .split(&poly)
        .into_iter()
        .map(|cell| match at(cell).unwrap() {
            Value::Bool(value) => value.to_string(),
            other => other.kind().to_owned(),
        })
        .collect();
    assert_eq!(found, ["false", "true", "true"]);
    assert!(Scalar::symbol(0).minus(&Scalar::symbol(0)).is_zero());
}

/// Whatever is drawn for a registered claim, both backends say the same about every conclusion.
#[test]
fn backends_agree_on_every_claim() {
    let registry =
        Registry::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theorems")).unwrap();
    assert!(registry.diagnostics.is_empty() && registry.claims.len() >= 52);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(claim) = registry.claims.get(next.fetch_add(1, Ordering::Relaxed)) {
                    backends_agree_on(claim);
                }
            });
        }
    });
}

fn backends_agree_on(claim: &Claim) {
    let mut memory = Memory::default();
    let statement = Statement::compile(claim).unwrap();
    for index in 0..20 {
        let mut stream = Stream::for_instance(7, &claim.id, "backends", index);
        let Some(instance) = statement.draw(&mut stream, Limits::default(), &mut memory) else {
            continue;
        };
        for conclusion in 0..statement.conclusions.len() {
            let [fast, reference] = [Backend::Fast, Backend::Reference].map(|backend| {
                let mut environment = instance.environment.clone();
                let outcomes = statement.over_cells(
                    conclusion,
                    &mut environment,
                    Ranges::Check,
                    backend,
                    &mut memory,
                );
                outcomes
                    .into_iter()
                    .map(|(cell, outcome)| (cell.to_string(), outcome))
                    .collect::<Vec<_>>()
            });
            assert_eq!(fast, reference, "{} draw {index}", claim.id);
        }
    }
}

/// What an assignment says is what is read back.
#[test]
fn assignments_round_trip() {
    let registry =
        Registry::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../theorems")).unwrap();
    let mut memory = Memory::default();
    let mut read = 0;
    for claim in &registry.claims {
        let statement = Statement::compile(claim).unwrap();
        for index in 0..10 {
            let mut stream = Stream::for_instance(3, &claim.id, "text", index);
            let Some(instance) = statement.draw(&mut stream, Limits::default(), &mut memory) else {
                continue;
            };
            for conclusion in 0..statement.conclusions.len() {
                let Some(assignment) =
                    statement.assignment(conclusion, &instance.environment, &RealCell::line())
                else {
                    continue;
                };
                let bound = statement.bind(conclusion, &assignment).unwrap();
                let again = statement
                    .assignment(conclusion, &bound.environment, &bound.cell)
                    .unwrap();
                assert_eq!(again, assignment, "{}", claim.id);
                read += 1;
            }
        }
    }
    assert!(read > 300, "{read}");
}

/// Every native has golden values, for its present revision: a change of meaning without a new revision fails here.
#[test]
fn natives_keep_their_meaning() {
    let sorted = |text: &str| {
        let mut parts: Vec<&str> = text
            .trim_matches(|c| c == '{' || c == '}')
            .split("]], ")
            .collect();
        parts.sort_unstable();
        parts
            .iter()
            .map(|part| part.trim_end_matches("]]").to_owned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    let mut covered = std::collections::BTreeSet::new();
    for line in include_str!("golden/natives.txt").lines() {
        let [name, expression, expected] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (name, revision) = name.split_once('#').unwrap();
        let native = theorems::native::by_name(name).unwrap_or_else(|| panic!("no native {name}"));
        assert_eq!(
            native.function.revision.to_string(),
            revision,
            "{name}: write new golden values"
        );
        assert!(expression.contains(&format!("{name}(")), "{line}");
        for backend in [Backend::Fast, Backend::Reference] {
            let found = assignment::text(&value(expression, backend), &[])
                .unwrap_or_else(|| panic!("{line}"));
            if expected.starts_with('{') {
                assert_eq!(sorted(&found), sorted(expected), "{expression}");
            } else {
                assert_eq!(found, expected, "{expression}");
            }
        }
        covered.insert(name.to_owned());
    }
    // The one native without values.
    covered.insert("O".to_owned());
    for native in theorems::native::table() {
        assert!(
            covered.contains(native.function.name),
            "{} has no golden value",
            native.function.name
        );
        assert!(
            !native.function.definition.is_empty() && native.function.source.contains(": "),
            "{}",
            native.function.name
        );
        if let Some(template) = native.function.tex {
            let arity = native.function.overloads[0].parameters.len();
            assert_eq!(
                claim_language::print::template_problem(template, arity),
                None,
                "{}",
                native.function.name
            );
        }
    }
}
