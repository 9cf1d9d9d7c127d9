//! Types of expressions and the coercions between them.

use std::fmt;

/// The type of an expression; dimensions are not part of it and are checked per instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// ℕ, with 0.
    Nat,
    /// ℤ.
    Int,
    /// ℚ.
    Rat,
    /// ℝ: rational, algebraic, polynomial in one symbol, or an enclosure.
    Real,
    /// A column vector over ℝ.
    Vec,
    /// A matrix over ℝ.
    Matrix,
    /// A network with its activation.
    Network,
    /// A network with free, frozen and tied entries.
    Template,
    /// An activation function.
    Activation,
    /// A polynomial.
    Poly,
    /// A function ℝᵈ → ℝ with growth data.
    Target,
    /// A finite set of values of one type.
    Set(Box<Type>),
    /// A norm index in [1, ∞], carried as its inverse.
    Exponent,
    /// A product of intervals, or all of ℝᵈ.
    Box_,
    /// A function ℝᵈ → ℝ, written `fn(x) e`.
    Function,
    /// A record with named fields.
    Record,
    /// A word that can be printed but not evaluated: `learner`, `class`, `law`.
    Opaque(&'static str),
}

impl Type {
    /// Position in Nat ⊂ Int ⊂ Rat ⊂ Real, or `None` for a type that is not a number.
    pub fn numeric_rank(&self) -> Option<u8> {
        match self {
            Type::Nat => Some(0),
            Type::Int => Some(1),
            Type::Rat => Some(2),
            Type::Real => Some(3),
            _ => None,
        }
    }

    /// Whether values of this type are real numbers.
    pub fn is_numeric(&self) -> bool {
        self.numeric_rank().is_some()
    }

    /// Whether values of this type are integers: Nat or Int.
    pub fn is_integer(&self) -> bool {
        matches!(self, Type::Nat | Type::Int)
    }

    /// Whether a value of this type may be applied to a point, `f(x)`.
    pub fn is_applicable(&self) -> bool {
        matches!(self, Type::Function | Type::Target | Type::Poly)
    }

    /// Steps of widening from `given` to `self`, or `None` if a value of type `given` may not stand here.
    ///
    /// Numbers widen along Nat ⊂ Int ⊂ Rat ⊂ Real, sets by their elements, Function and Target stand for each other, and for Poly
    /// where the function is a polynomial; a polynomial is a function.
    /// A vector literal where a box is expected is the checker's business, since it depends on the node.
    pub fn distance_from(&self, given: &Type) -> Option<u8> {
        let mut extra = 0;
        let (mut wide, mut narrow) = (self, given);
        while let (Type::Set(a), Type::Set(b)) = (wide, narrow) {
            (wide, narrow) = (a, b);
        }
        if let (Some(to), Some(from)) = (wide.numeric_rank(), narrow.numeric_rank()) {
            return to.checked_sub(from);
        }
        if matches!(
            (wide, narrow),
            (Type::Target, Type::Function)
                | (Type::Function, Type::Target)
                | (Type::Target | Type::Function, Type::Poly)
        ) {
            extra = 1;
        } else if matches!((wide, narrow), (Type::Poly, Type::Function | Type::Target)) {
            extra = 2;
        } else if wide != narrow {
            return None;
        }
        Some(extra)
    }

    /// Whether a value of type `given` may stand where this type is expected.
    pub fn accepts(&self, given: &Type) -> bool {
        self.distance_from(given).is_some()
    }

    /// The smallest type that accepts both, or `None`; a target, a polynomial and a function are all functions.
    pub fn join(&self, other: &Type) -> Option<Type> {
        if matches!((self, other), (Type::Target | Type::Poly, Type::Function)) {
            Some(Type::Function)
        } else if matches!((self, other), (Type::Poly, Type::Target)) {
            Some(Type::Target)
        } else if self.accepts(other) {
            Some(self.clone())
        } else if other.accepts(self) {
            Some(other.clone())
        } else {
            None
        }
    }

    /// The type with its article, for messages: `a network`, `an activation`, `a set of matrices`.
    pub fn with_article(&self) -> String {
        match self {
            Type::Bool => "a truth value".to_owned(),
            Type::Nat => "a natural number".to_owned(),
            Type::Int => "an integer".to_owned(),
            Type::Rat => "a rational number".to_owned(),
            Type::Real => "a real number".to_owned(),
            Type::Vec => "a vector".to_owned(),
            Type::Poly => "a polynomial".to_owned(),
            Type::Target => "a target function".to_owned(),
            Type::Set(element) => format!("a set of {element} values"),
            Type::Activation | Type::Exponent => format!("an {self}"),
            _ => format!("a {self}"),
        }
    }
}

/// The word used in claim files: `nat`, `vec`, `set(matrix)`, ….
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut inner = self;
        let mut closing = 0;
        while let Type::Set(element) = inner {
            f.write_str("set(")?;
            closing += 1;
            inner = element;
        }
        f.write_str(match inner {
            Type::Bool => "bool",
            Type::Nat => "nat",
            Type::Int => "int",
            Type::Rat => "rat",
            Type::Real => "real",
            Type::Vec => "vec",
            Type::Matrix => "matrix",
            Type::Network => "network",
            Type::Template => "template",
            Type::Activation => "activation",
            Type::Poly => "poly",
            Type::Target => "target",
            Type::Exponent => "exponent",
            Type::Box_ => "box",
            Type::Function => "function",
            Type::Record => "record",
            Type::Opaque(word) => word,
            Type::Set(_) => "set",
        })?;
        for _ in 0..closing {
            f.write_str(")")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(element: Type) -> Type {
        Type::Set(Box::new(element))
    }

    #[test]
    fn numbers_widen_and_never_narrow() {
        let chain = [Type::Nat, Type::Int, Type::Rat, Type::Real];
        for (i, wide) in chain.iter().enumerate() {
            for (j, narrow) in chain.iter().enumerate() {
                let expected = i.checked_sub(j).map(|steps| steps as u8);
                assert_eq!(wide.distance_from(narrow), expected, "{wide} from {narrow}");
            }
        }
    }

    #[test]
    fn nothing_else_is_a_number() {
        for other in [
            Type::Bool,
            Type::Vec,
            Type::Exponent,
            Type::Box_,
            set(Type::Real),
            Type::Opaque("law"),
        ] {
            assert!(!Type::Real.accepts(&other), "{other}");
            assert!(!other.accepts(&Type::Nat), "{other}");
        }
    }

    #[test]
    fn sets_follow_their_elements() {
        assert_eq!(set(Type::Real).distance_from(&set(Type::Nat)), Some(3));
        assert!(!set(Type::Nat).accepts(&set(Type::Real)));
        assert!(!set(Type::Real).accepts(&Type::Real));
        assert!(!set(Type::Matrix).accepts(&set(set(Type::Matrix))));
    }

    #[test]
    fn polynomials_are_functions() {
        assert_eq!(Type::Function.distance_from(&Type::Poly), Some(1));
        assert_eq!(Type::Poly.distance_from(&Type::Function), Some(2));
        assert!(!Type::Poly.accepts(&Type::Vec));
    }

    #[test]
    fn joins() {
        assert_eq!(Type::Nat.join(&Type::Rat), Some(Type::Rat));
        assert_eq!(Type::Target.join(&Type::Function), Some(Type::Function));
        assert_eq!(Type::Function.join(&Type::Target), Some(Type::Function));
        assert_eq!(Type::Poly.join(&Type::Function), Some(Type::Function));
        assert_eq!(Type::Target.join(&Type::Poly), Some(Type::Target));
        assert_eq!(Type::Vec.join(&Type::Matrix), None);
        assert_eq!(Type::Opaque("law").join(&Type::Opaque("class")), None);
    }

    #[test]
    fn words() {
        assert_eq!(set(set(Type::Matrix)).to_string(), "set(set(matrix))");
        assert_eq!(Type::Box_.with_article(), "a box");
        assert_eq!(Type::Activation.with_article(), "an activation");
        assert_eq!(set(Type::Matrix).with_article(), "a set of matrix values");
    }
}
