//! Signatures of the natives a claim may use, injected by the crate that evaluates them.
//!
//! Nothing here evaluates: a [`Function`] is a name, its types, its definition in words and its printing template.

use crate::expr::Type;

#[cfg(test)]
pub(crate) mod testing;

/// The words a claim file may use: functions, constants, generator families and bibliography keys.
pub trait Vocabulary {
    /// The function of this name, or `None`.
    fn function(&self, name: &str) -> Option<&Function>;
    /// The type of the constant of this name (`true`, `relu`, …), or `None`.
    fn constant(&self, name: &str) -> Option<Type>;
    /// The generator family of this name, or `None`.
    fn family(&self, name: &str) -> Option<&Family>;
    /// Every function name, ascending.
    fn function_names(&self) -> Vec<&str>;
    /// Every family name, ascending.
    fn family_names(&self) -> Vec<&str>;
    /// Every constant name, ascending.
    fn constant_names(&self) -> Vec<&str>;
    /// Whether the bibliography has this key.
    fn source(&self, key: &str) -> bool;
    /// Every bibliography key, ascending.
    fn sources(&self) -> Vec<&str>;
    /// The type of a record field of this name (`kappa`, `C`, …), or `None`; no fields unless overridden.
    fn field(&self, name: &str) -> Option<Type> {
        let _ = name;
        None
    }
    /// Every record field name, ascending; empty unless overridden.
    fn field_names(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// A native: the smallest piece of mathematics a statement can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name written in expressions.
    pub name: &'static str,
    /// The signatures, in order of preference when several fit equally well.
    pub overloads: Vec<Overload>,
    /// Whether the value may be undefined (⊥) on arguments of the right type.
    pub partial: bool,
    /// The definition in words, one paragraph.
    pub definition: &'static str,
    /// Where the definition is taken from: source key and locator.
    pub source: &'static str,
    /// Raised whenever the meaning changes; part of every statement hash.
    pub revision: u32,
    /// Plausible wrong neighbours, `name@twin`, usable in mutants only.
    pub twins: Vec<Twin>,
    /// TeX with `#1`, `#2`, … for the printed arguments, for example `D_{#3}#1(#2)`; `None`: `name(a, b)`.
    pub tex: Option<&'static str>,
    /// The same in Unicode for prose; never used where the text has to parse back.
    pub unicode: Option<&'static str>,
}

impl Function {
    /// Whether a binary overload (T, T) → T is folded over three or more arguments: `min` and `max`.
    pub fn folds(&self) -> bool {
        matches!(self.name, "min" | "max")
    }

    /// The twin of this name, or `None`.
    pub fn twin(&self, name: &str) -> Option<&Twin> {
        self.twins.iter().find(|twin| twin.name == name)
    }
}

/// One signature of a [`Function`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overload {
    /// Parameter types in order.
    pub parameters: Vec<Type>,
    /// Type of the value.
    pub result: Type,
}

impl Overload {
    /// The signature `parameters → result`.
    pub fn new(parameters: Vec<Type>, result: Type) -> Self {
        Self { parameters, result }
    }
}

/// A plausible wrong definition beside a [`Function`]; its value has the type of the function's first overload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// The name after `@`.
    pub name: &'static str,
    /// Parameter types in order; they may differ from the function's.
    pub parameters: Vec<Type>,
    /// What the twin computes.
    pub definition: &'static str,
    /// Which misreading leads to it.
    pub confusion: &'static str,
    /// A known instance on which it differs from the function.
    pub witness: &'static str,
}

/// A named generator of instances, `from = ["kinks(phi)"]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The name written in `from`.
    pub name: &'static str,
    /// Parameter types in order.
    pub parameters: Vec<Type>,
    /// The type of the generated values.
    pub produces: Type,
    /// What is generated, one sentence.
    pub definition: &'static str,
}
