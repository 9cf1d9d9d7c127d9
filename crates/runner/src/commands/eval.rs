//! `eval`: an exact calculator for the vocabulary of the claims.

use std::path::Path;
use std::sync::Arc;

use claim_language::diagnostic::{Diagnostic, Sources, render};
use claim_language::expr::{Scope, Tree, Type, check};
use claim_language::file::{SourceFile, TextMap};
use relu_core::failure::Failure;
use relu_core::file::NetworkFile;
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use serde_json::json;
use theorems::assignment;
use theorems::machine::Memory;
use theorems::program::{Meaning, Names, compile};
use theorems::statement::evaluate;
use theorems::value::{Backend, Value};
use theorems::vocabulary::Words;

/// Evaluates an expression with named values.
pub fn eval(expression: &str, bindings: &[String], as_json: bool) -> u8 {
    match value(expression, bindings) {
        Ok(value) => {
            if matches!(&value, Value::Absent(Failure::Limit(_))) && expression.contains("lip") {
                anstream::eprintln!("help: `runner lipschitz` bounds gradients in more inputs");
            }
            print(&value, as_json)
        }
        Err(message) => {
            anstream::eprint!("{message}");
            2
        }
    }
}

fn value(expression: &str, bindings: &[String]) -> Result<Value, String> {
    let words = Words::default();
    let mut scope = Scope::new();
    scope.twins_allowed = true;
    let mut names = Names::new();
    for binding in bindings {
        let (name, text) = binding.split_once('=').ok_or_else(|| {
            format!("error: `--let {binding}`: expected name=value or name=file\n")
        })?;
        let value = if Path::new(text).is_file() {
            Value::Network(Arc::new(network(text)?))
        } else {
            typed_value(text, &Scope::new(), &Names::new(), &words)?
        };
        scope.insert(name, type_of(&value));
        names.define(name, Meaning::Known(value));
    }
    typed_value(expression, &scope, &names, &words)
}

/// The network in a file, in JSON or TOML.
pub(super) fn network(path: &str) -> Result<Network, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("error: {path}: {error}\n"))?;
    let (format, parsed): (_, Result<NetworkFile, String>) = if path.ends_with(".toml") {
        let parsed = toml::from_str(&text).map_err(|error| error.to_string());
        ("TOML", parsed)
    } else {
        let parsed = serde_json::from_str(&text).map_err(|error| error.to_string());
        ("JSON", parsed)
    };
    let file = parsed
        .map_err(|error| format!("error: {path}: expected a network in {format}: {error}\n"))?;
    Network::try_from(file).map_err(|error| format!("error: {path}: {error}\n"))
}

/// The value of an expression without names.
pub(super) fn constant(text: &str) -> Result<Value, String> {
    typed_value(text, &Scope::new(), &Names::new(), &Words::default())
}

fn typed_value(text: &str, scope: &Scope, names: &Names, words: &Words) -> Result<Value, String> {
    let file = Arc::new(SourceFile::new("expression", text));
    let shown = |problems: Vec<claim_language::expr::Problem>| {
        let diagnostics: Vec<Diagnostic> = problems
            .into_iter()
            .map(|problem| {
                Diagnostic::from_problem(problem, &file, &TextMap::verbatim(0..text.len()))
            })
            .collect();
        render(&diagnostics, &Sources::from(Arc::clone(&file)), false)
    };
    let tree = Tree::parse(text).map_err(&shown)?;
    let typed = check(tree, scope, words).map_err(&shown)?;
    let program = compile(&typed, names).map_err(|problem| format!("error: {problem}\n"))?;
    Ok(evaluate(
        &program,
        &[],
        Backend::Fast,
        &mut Memory::default(),
    ))
}

fn type_of(value: &Value) -> Type {
    match value {
        Value::Bool(_) => Type::Bool,
        Value::Scalar(_) | Value::Algebraic(_) | Value::Enclosed(_) => Type::Real,
        Value::Vector(_) => Type::Vec,
        Value::Matrix(_) => Type::Matrix,
        Value::Network(_) | Value::Symbolic(_) => Type::Network,
        Value::Template(_) => Type::Template,
        Value::Activation(_) => Type::Activation,
        Value::Exponent(_) => Type::Exponent,
        Value::Learner(_) => Type::Opaque("learner"),
        Value::Class(_) => Type::Opaque("class"),
        Value::Box(_) => Type::Box_,
        Value::Poly(_) => Type::Poly,
        Value::Function(_) => Type::Function,
        Value::Set(_) => Type::Set(Box::new(Type::Matrix)),
        Value::Absent(_) => Type::Real,
    }
}

fn print(value: &Value, as_json: bool) -> u8 {
    if let Value::Absent(failure) = value {
        anstream::eprintln!("{failure}");
        return 4;
    }
    let text = assignment::text(value, &[]).unwrap_or_else(|| value.kind().to_owned());
    if as_json {
        let shown = match value {
            Value::Bool(value) => json!(value),
            Value::Vector(_) | Value::Matrix(_) => entries(value),
            _ => json!(text),
        };
        let enclosure = match value {
            Value::Algebraic(number) => {
                let narrow = number.refined(&width());
                json!([narrow.lower().to_string(), narrow.upper().to_string()])
            }
            Value::Enclosed(number) => {
                json!([number.lower.to_string(), number.upper.to_string()])
            }
            _ => serde_json::Value::Null,
        };
        let is_exact = !matches!(value, Value::Enclosed(_));
        anstream::println!(
            "{}",
            json!({ "value": shown, "exact": is_exact, "enclosure": enclosure })
        );
    } else {
        anstream::println!("{text}");
    }
    0
}

/// The width of the enclosure of an irrational number.
fn width() -> Rational {
    Rational::from(2)
        .power(-64)
        .expect("2 is not 0 and has all powers")
}

fn entries(value: &Value) -> serde_json::Value {
    match value {
        Value::Vector(_) | Value::Matrix(_) => value.choices().iter().map(entries).collect(),
        other => json!(assignment::text(other, &[]).unwrap_or_default()),
    }
}
