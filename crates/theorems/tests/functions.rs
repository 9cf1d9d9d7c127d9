//! Functions, polynomials and irrational numbers as values.
#![allow(clippy::unwrap_used)]

mod support;

use claim_language::expr::{Scope, Tree, check};
use relu_core::Failure;
use support::{shown, value};
use theorems::assignment;
use theorems::machine::Memory;
use theorems::program::{Names, compile};
use theorems::statement::evaluate;
use theorems::value::{Backend, Value};
use theorems::vocabulary::Words;

#[test]
fn functions_and_polynomials_are_values() {
    for (text, expected) in [
        ("fn(x) x^2", "fn(x) x^2"),
        ("coeffs(fn(t) (t - 1)^3)", "[-1, 3, -3, 1]"),
        ("nnz(coeffs(fn(x) x[0]*x[1] - x[0]*x[1]))", "0"),
        ("norm1(coeffs(poly([1,-2,0,1])))", "4"),
        ("norm_inf(coeffs(poly([0])))", "0"),
        ("total_degree(fn(x) dot(x, [1,2]))", "1"),
        ("coeffs(fn(x) abs(x))", "undefined"),
        ("coeffs(fn(x) 1/x)", "undefined"),
        ("coeffs(fn(x) if x < 0 then 0 else x)", "undefined"),
        ("poly([0,1]) == poly([0,1,0])", "true"),
        ("sup(net(([[1,1]],[0])), [0,1])", "ill-shaped"),
        ("sup(net(([[2]],[1])), Rd)", "undefined"),
        ("sup_error(hat(), fn(x) x^2, Rd)", "undefined"),
        (
            "sup_error(hat(), fn(x) 1/x, [0,1])",
            "not decidable: a function that is not piecewise polynomial",
        ),
        ("w1inf_error(hat(), fn(x) x, [1/2,1/2])", "undefined"),
        (
            "w1inf_error(hat(), fn(x) if x < 1/2 then 0 else 1, [0,1])",
            "undefined",
        ),
        (
            "sup_error(hat(), fn(x) if x < 1/2 then 0 else 1, [0,1])",
            "1",
        ),
        ("sup_error(hat(), fn(x) value(hat(), [x])[0], Rd)", "0"),
        ("sup_error(hat(), fn(x) x[0], [0,1])", "1"),
        ("w1inf_error@value(square(1), fn(x) x^2, [0,1])", "1/16"),
        ("sup_error@nodes(square(1), fn(x) x^2, [0,1])", "0"),
        ("pieces@activation(identity_net(1,2), [-1,1])", "2"),
        (
            "every(m, 1, 5: sup_error(square(m), fn(x) x^2, [0,1]) == 4^(-m-1))",
            "true",
        ),
        (
            "every(m, 1, 5: w1inf_error(square(m), fn(x) x^2, [0,1]) == 2^-m)",
            "true",
        ),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
    for text in [
        "coeffs(fn(x) x^1000000)",
        "coeffs(fn(x) x^5000)",
        "coeffs(fn(x) (x^1000)^1000)",
        "coeffs(fn(x) (x[0] + x[1] + x[2])^1000)",
        "sup_error(hat(), fn(x) x^500, [0,1])",
        "ceil_log(1 + 2^-40, 1000)",
    ] {
        let found = value(text, Backend::Fast);
        assert!(matches!(found, Value::Absent(Failure::Limit(_))), "{text}");
    }
}

/// 1/(3√6), the largest value of |x³ − x/2| on [0, 1/2].
const IRRATIONAL: &str = "sup_error(net(([[0]],[0])), fn(x) x^3 - x/2, [0,1/2])";

#[test]
fn irrational_numbers_are_compared_and_computed_with() {
    for (text, expected) in [
        ("ERROR <= 7/50", "true"),
        ("ERROR < 17/125", "false"),
        ("ERROR == 1/7", "false"),
        ("ERROR == ERROR", "true"),
        ("ERROR - ERROR", "0"),
        ("ERROR / ERROR", "1"),
        ("54 * ERROR^2", "1"),
        ("(ERROR + 1)^2 - ERROR^2 == 1 + 2 * ERROR", "true"),
        ("ERROR + 2 * ERROR > 0", "undecided"),
        ("54 * (1 - ERROR - 1)^2", "1"),
        ("1 / (54 * ERROR) == ERROR", "true"),
        ("max(ERROR, 1/10) == ERROR", "true"),
        ("min(0, -ERROR) == -ERROR", "true"),
        ("abs(-ERROR) == ERROR", "true"),
        ("sign(-ERROR)", "-1"),
        ("max(i, 1, 3: i * ERROR) > 2/5", "true"),
        ("ERROR / 0", "undefined"),
    ] {
        let text = text.replace("ERROR", IRRATIONAL);
        if expected == "undecided" {
            let found = value(&text, Backend::Fast);
            assert!(
                matches!(found, Value::Absent(Failure::Unknown(_))),
                "{text}"
            );
        } else {
            assert_eq!(shown(&text), expected, "{text}");
        }
    }
}

#[test]
fn functions_capture_and_apply() {
    let words = Words::default();
    let mut names = Names::new();
    let mut scope = Scope::new();
    for (name, text) in [
        ("a", "3"),
        ("f", "fn(x) a*x^2"),
        ("g", "fn(x) f(f(x)) + sum(i, 1, 3, f(i))"),
        ("p", "poly([1,1])"),
        ("w", "fn(v) v[0] + f(v[1])"),
    ] {
        let typed = check(Tree::parse(text).unwrap(), &scope, &words).unwrap();
        scope.insert(name, typed.result().clone());
        names.define_let(name, typed);
    }
    for (text, expected) in [
        ("f(2)", "12"),
        ("p(ROOT) == ROOT + 1", "true"),
        ("f(ROOT)", "1/18"),
        ("f([2])", "12"),
        ("f([2, 3])", "ill-shaped"),
        ("g(1)", "69"),
        ("p(1/2)", "3/2"),
        ("w([1,2])", "13"),
        ("f", "fn(x) (3)*x^2"),
        ("coeffs(g)", "[42, 27]"),
        ("sup_error(hat(), f, [0,1])", "3"),
    ] {
        let text = text.replace("ROOT", IRRATIONAL);
        let typed = check(Tree::parse(&text).unwrap(), &scope, &words).unwrap();
        let program = compile(&typed, &names).unwrap();
        let found = evaluate(&program, &[], Backend::Fast, &mut Memory::default());
        let found = match found {
            Value::Absent(Failure::Shape(_)) => "ill-shaped".to_owned(),
            found => assignment::text(&found, &[]).unwrap(),
        };
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_number_between_bounds_decides_what_holds_for_all_of_them() {
    // The largest value is 0.769…, in the interior of the edge z₁ = 1.
    let error = "sup_error(net(([[0,0]],[0])), fn(z) z[0]*(1-z[0])*(1+z[1])*(2-z[0]), [0,1]^2)";
    for (text, expected) in [
        ("ERROR", "between 1575/2048 and 6313/8192"),
        ("-ERROR", "between -6313/8192 and -1575/2048"),
        ("ERROR <= 4/5", "true"),
        ("ERROR < 3/4", "false"),
        ("ERROR != 1", "true"),
        ("2 * ERROR + 1 <= 13/5", "true"),
        ("max(ERROR, 1)", "1"),
        ("max(i, 0, 1: if i == 0 then ERROR else 1)", "1"),
        ("min(ERROR, 0)", "0"),
        ("1 / ERROR <= 2", "true"),
        ("abs(-ERROR) == ERROR", "not decidable"),
        ("ERROR <= 10/13", "not decidable"),
        ("floor(ERROR)", "0"),
        ("ceil(13/10 * ERROR)", "not decidable"),
        ("ERROR and true", "ill-typed"),
    ] {
        let text = text.replace("ERROR", error);
        let tree = Tree::parse(&text).unwrap();
        let Ok(typed) = check(tree, &Scope::new(), &Words::default()) else {
            assert_eq!(expected, "ill-typed", "{text}");
            continue;
        };
        let program = compile(&typed, &Names::new()).unwrap();
        let found = match evaluate(&program, &[], Backend::Fast, &mut Memory::default()) {
            Value::Absent(Failure::Unknown(_)) => "not decidable".to_owned(),
            found => assignment::text(&found, &[]).unwrap(),
        };
        assert_eq!(found, expected, "{text}");
        // The reference backend has other bounds, and never the opposite answer.
        let reference = evaluate(&program, &[], Backend::Reference, &mut Memory::default());
        if let Value::Bool(truth) = reference {
            assert!(expected == "not decidable" || truth.to_string() == expected);
        }
    }
}
