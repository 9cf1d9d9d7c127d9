//! Values of closed expressions, for the tests.

use claim_language::expr::{Scope, Tree, check};
use relu_core::Failure;
use theorems::assignment;
use theorems::machine::Memory;
use theorems::program::{Names, compile};
use theorems::statement::evaluate;
use theorems::value::{Backend, Value};
use theorems::vocabulary::Words;

/// The value of an expression.
pub fn value(text: &str, backend: Backend) -> Value {
    let words = Words::default();
    let mut scope = Scope::new();
    scope.twins_allowed = true;
    let typed = check(Tree::parse(text).unwrap(), &scope, &words).unwrap_or_else(|problems| {
        panic!("{text}: {}", problems[0].message);
    });
    evaluate(
        &compile(&typed, &Names::new()).unwrap(),
        &[],
        backend,
        &mut Memory::default(),
    )
}

/// The text of the value, the same with both backends.
pub fn shown(text: &str) -> String {
    let [fast, reference] =
        [Backend::Fast, Backend::Reference].map(|backend| match value(text, backend) {
            Value::Absent(Failure::Undefined(_)) => "undefined".to_owned(),
            Value::Absent(Failure::Shape(_)) => "ill-shaped".to_owned(),
            Value::Absent(other) => other.to_string(),
            value => assignment::text(&value, &[]).unwrap(),
        });
    assert_eq!(fast, reference, "{text}");
    fast
}
