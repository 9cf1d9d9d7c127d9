//! Statements about numbers in logarithms: bounds with products, powers and roots on whole boxes of parameters.
//!
//! # Definition
//! A positive expression is turned into a [`Form`] Σ Pⱼ·ln aⱼ, where the aⱼ are primes, variables and sums, and the Pⱼ are polynomials in
//! the variables (with negative powers). `a <= b` is then the goal ln b − ln a ≥ 0. What occurs on both sides cancels in ℚ, before anything is
//! enclosed, and so it does not matter over which range it varies. What is left is enclosed on boxes.
//!
//! Steps that are more than arithmetic, each valid for the reason given:
//! * ⌈x⌉ = θ·x and ⌈x^{1/n}⌉ = θ·x^{1/n} with 1 ≤ θ ≤ 2, where x ≥ 1/2, resp. x^{1/n} ≥ 1/2: ⌈t⌉ = 1 ≤ 2t for t ≤ 1, else ⌈t⌉ < t + 1 ≤ 2t. θ = 1 where n = 1 and x is
//!   an integer.
//! * ⌊x⌋ = θ·x with 1/2 ≤ θ ≤ 1, where x ≥ 1: t < ⌊t⌋ + 1 ≤ 2⌊t⌋. max(1, ⌊x⌋) = θ·max(1, x) for every x > 0.
//! * `if`, `max` and `min` are decided case by case; a case keeps the condition under which it arises.
//! * A condition a ≤ b with a variable x that occurs in it as a power of constant exponent is solved for x: ln b − ln a = ln y with y ≥ 1, and y takes
//!   the place of x. The range of x is forgotten, so that a stronger statement is decided.
//!
//! # What is assumed on the way
//! A reading is right only where the expression is defined, where the sums whose logarithm was taken are positive, and where the conditions of its roundings hold. Every number
//! carries these needs, and they are goals of every comparison it stands in, and of every decision it was part of. Of an `if` only the branch of the case is read. That a construction
//! exists and lies in its range is a case of its own, in which only the quantifiers before it are known. Conditions that a hypothesis states hold where it is true, and so
//! are defined there; the readings that solve them for a variable have goals too.
//!
//! Comparisons of linear expressions, and of polynomials without logarithms, stay as they are: a polynomial has to be ≥ 0 where other polynomials, the conditions, are.
//!
//! # Exactness
//! Forms are exact; enclosures are rational and rounded outwards. A goal that is not certified says nothing.

mod case;
mod conditions;
mod enclose;
mod form;
mod goal;
mod laurent;
mod linear;
mod meaning;
mod natives;
mod quantified;
mod reader;
mod span;
mod substitute;

pub use case::{Case, Problem, Role, Unknown, problem};
pub use enclose::{Region, Shortfall, shortfall, unsettled};
pub use goal::{Goal, Relation};
pub use span::Span;
