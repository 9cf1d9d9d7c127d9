//! The natives: the smallest pieces of mathematics a statement can name, with their exact implementation.
//!
//! Every native has a name, its types, a definition with its source and a `revision`, and one function that computes it
//! exactly with the backend the context asks for. False twins `f@name` are plausible wrong definitions for mutants.

use std::sync::{Arc, LazyLock};

use claim_language::expr::Type;
use claim_language::vocabulary::{Function, Overload, Twin};
use relu_core::Failure;
use relu_core::activation::Activation;
use relu_core::geometry::Domain;
use relu_core::number::rational::Rational;

use crate::value::{Context, Value};

mod analysis;
mod arguments;
mod bumps;
mod classes;
mod constructions;
mod cosines;
mod dense;
mod derivatives;
mod functions;
mod geometry;
mod learners;
mod linear;
mod networks;
mod numbers;
mod operations;
mod parameters;
mod polynomials;
mod recovery;
mod twins;

/// The implementation of a native; arguments have been checked to be present.
pub(crate) type Call = fn(&[&Value], &Context) -> Result<Value, Failure>;

/// A native with its implementation and those of its twins.
pub struct Native {
    /// Name, types, definition, source, revision.
    pub function: Function,
    call: Call,
    twins: Vec<Call>,
}

/// A resolved call: which native, and which of its twins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NativeCall {
    pub(crate) native: usize,
    pub(crate) twin: Option<usize>,
}

impl NativeCall {
    /// The name of the native; `None` for a twin.
    pub fn name(self) -> Option<&'static str> {
        self.twin
            .is_none()
            .then(|| table()[self.native].function.name)
    }
}

/// All natives, ascending by name.
pub fn table() -> &'static [Native] {
    static TABLE: LazyLock<Vec<Native>> = LazyLock::new(|| {
        let mut table = Vec::new();
        table.extend(numbers::natives());
        table.extend(learners::natives());
        table.extend(linear::natives());
        table.extend(bumps::natives());
        table.extend(classes::natives());
        table.extend(constructions::natives());
        table.extend(cosines::natives());
        table.extend(polynomials::natives());
        table.extend(operations::natives());
        table.extend(networks::natives());
        table.extend(derivatives::natives());
        table.extend(geometry::natives());
        table.extend(parameters::natives());
        table.extend(recovery::natives());
        table.extend(analysis::natives());
        table.extend(functions::natives());
        table.sort_by_key(|native: &Native| native.function.name);
        table
    });
    &TABLE
}

/// The native of this name, or `None`.
pub fn by_name(name: &str) -> Option<&'static Native> {
    position(name).map(|index| &table()[index])
}

fn position(name: &str) -> Option<usize> {
    table()
        .binary_search_by(|native| native.function.name.cmp(name))
        .ok()
}

/// The native, or its twin, that a call names.
pub(crate) fn find(name: &str, variant: Option<&str>) -> Option<NativeCall> {
    let native = position(name)?;
    let twin = match variant {
        None => None,
        Some(variant) => Some(
            table()[native]
                .function
                .twins
                .iter()
                .position(|twin| twin.name == variant)?,
        ),
    };
    Some(NativeCall { native, twin })
}

/// The value of a call.
pub(crate) fn call(
    call: NativeCall,
    arguments: &[&Value],
    context: &Context,
) -> Result<Value, Failure> {
    let native = &table()[call.native];
    match call.twin {
        None => (native.call)(arguments, context),
        Some(twin) => (native.twins[twin])(arguments, context),
    }
}

/// The constants a claim may use, with their values.
pub(crate) const CONSTANTS: [&str; 11] = [
    "Rd",
    "absolute",
    "binary_to_ternary",
    "false",
    "hard_tanh",
    "heaviside",
    "identity_activation",
    "inf",
    "kinked_square",
    "relu",
    "svc_gaps",
];

/// The value of a constant, or `None`.
pub fn constant(name: &str) -> Option<Value> {
    Some(match name {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "inf" => Value::Exponent(Rational::zero()),
        "Rd" => Value::Box(Arc::new(Domain::whole())),
        "relu" => Value::Activation(Activation::Relu),
        "absolute" => Value::Activation(Activation::Absolute),
        "hard_tanh" => Value::Activation(Activation::HardTanh),
        "kinked_square" => Value::Activation(Activation::KinkedSquare),
        "heaviside" => Value::Activation(Activation::Heaviside),
        "identity_activation" => Value::Activation(Activation::Identity),
        "binary_to_ternary" => Value::Activation(Activation::BinaryToTernary),
        "svc_gaps" => Value::Activation(Activation::SvcGaps),
        _ => return None,
    })
}

/// The type of a constant, or `None`.
pub fn constant_type(name: &str) -> Option<Type> {
    constant(name).map(|value| match value {
        Value::Bool(_) => Type::Bool,
        Value::Box(_) => Type::Box_,
        Value::Exponent(_) => Type::Exponent,
        _ => Type::Activation,
    })
}

/// Starts the definition of a native.
fn native(
    name: &'static str,
    parameters: &[Type],
    result: Type,
    definition: &'static str,
    source: &'static str,
    call: Call,
) -> Native {
    Native {
        function: Function {
            name,
            overloads: vec![Overload::new(parameters.to_vec(), result)],
            partial: false,
            definition,
            source,
            revision: 1,
            twins: Vec::new(),
            tex: None,
            unicode: None,
        },
        call,
        twins: Vec::new(),
    }
}

impl Native {
    fn or(mut self, parameters: &[Type], result: Type) -> Self {
        self.function
            .overloads
            .push(Overload::new(parameters.to_vec(), result));
        self
    }

    fn partial(mut self) -> Self {
        self.function.partial = true;
        self
    }

    /// The meaning has changed: golden values and stored witnesses belong to this revision.
    fn revised(mut self, revision: u32) -> Self {
        self.function.revision = revision;
        self
    }

    fn tex(mut self, template: &'static str) -> Self {
        self.function.tex = Some(template);
        self
    }

    fn twin(
        mut self,
        name: &'static str,
        parameters: &[Type],
        definition: &'static str,
        confusion: &'static str,
        witness: &'static str,
        call: Call,
    ) -> Self {
        self.function.twins.push(Twin {
            name,
            parameters: parameters.to_vec(),
            definition,
            confusion,
            witness,
        });
        self.twins.push(call);
        self
    }
}
