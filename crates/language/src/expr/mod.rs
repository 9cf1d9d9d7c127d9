//! Expressions: text → tokens → tree → typed tree.

pub mod check;
pub(crate) mod lexer;
pub(crate) mod names;
pub mod node;
pub(crate) mod parser;
pub(crate) mod precedence;
pub mod problem;
pub mod tree;
pub mod types;

pub use check::{Scope, Typed, check, check_as};
pub(crate) use names::BIG_O;
pub use node::{BinaryOp, Node, NodeId, NodeKind, RangeOperator, SetQuantifier, UnaryOp};
pub use problem::{Problem, suggestion};
pub use tree::{MAX_BYTES, MAX_NODES, Tree};
pub use types::Type;
