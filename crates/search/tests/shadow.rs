//! Shadows agree with exact values up to rounding, and rank; they never decide.
#![allow(clippy::unwrap_used)]

use claim_language::expr::{Scope, Tree, check};
use search::shadow::{self, Shade};
use theorems::machine::Memory;
use theorems::program::{Names, compile};
use theorems::statement::evaluate;
use theorems::value::Backend;
use theorems::vocabulary::Words;

fn close(a: &Shade, b: &Shade) -> bool {
    let near = |x: f64, y: f64| (x - y).abs() <= 1e-12 * (1.0 + y.abs());
    match (a, b) {
        (Shade::Number(x), Shade::Number(y)) => near(*x, *y),
        (Shade::Vector(x), Shade::Vector(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|(x, y)| near(*x, *y))
        }
        (Shade::Matrix(x), Shade::Matrix(y)) => {
            x.len() == y.len()
                && x.iter()
                    .flatten()
                    .zip(y.iter().flatten())
                    .all(|(x, y)| near(*x, *y))
        }
        _ => a == b,
    }
}

#[test]
fn shadows_follow_the_exact_value() {
    let words = Words::default();
    for text in [
        "1/3 + 2^-3 * 5",
        "max(1/3, 2/7, -4)",
        "sum(i, 1, 10, 1/i)",
        "prod(l, 1, depth(NET), op_norm_inf(weights(NET, l)))",
        "value(NET, [1/3])",
        "deriv(NET, [1/3], 0)",
        "deriv(TWO, [0, 1], 1/2)",
        "value(compose(NET, NET), [1/7])",
        "norm1(value(TWO, [1/3, -2])) + norm_inf([1, -3]) - norm2sq([1, 2])",
        "if 1/3 < 1/2 then 5 else 1/0",
        "connectivity(NET) + weight_bound(NET)",
        "transpose([[1, 2], [3, 4]]) * [1, 1]",
    ] {
        let text = text
            .replace("NET", "net(([[1],[1],[-2]], [0,-1/2,1/3]), ([[2,-4,1],[1/7,0,3]], [0,-1]), ([[1,-1/3]], [1/5]))")
            .replace("TWO", "net(([[1,0],[0,1],[1,-1]], [0,-1,0]), ([[1,-1,2],[0,1,-1]], [0,1/3]))");
        let typed = check(Tree::parse(&text).unwrap(), &Scope::new(), &words).unwrap();
        let program = compile(&typed, &Names::new()).unwrap();
        let exact = evaluate(&program, &[], Backend::Fast, &mut Memory::default());
        let found = shadow::run(&program, &[]).unwrap_or_else(|| panic!("no shadow: {text}"));
        assert!(
            close(&found, &shadow::shade(&exact).unwrap()),
            "{text}: {found:?} {exact:?}"
        );
    }
}

#[test]
fn what_has_no_shadow_gives_none() {
    let words = Words::default();
    for text in [
        "clarke(hat(), [0])",
        "value(with_activation(hat(), absolute), [0])",
        "every(i, 1, 2: i > 0)",
    ] {
        let typed = check(Tree::parse(text).unwrap(), &Scope::new(), &words).unwrap();
        assert_eq!(
            shadow::run(&compile(&typed, &Names::new()).unwrap(), &[]),
            None,
            "{text}"
        );
    }
}
