//! The vocabulary of the claims, their exact evaluation, generators and shrinkers.
//!
//! A claim is compiled to a [`statement::Statement`]; an instance of it is decided exactly by [`decide`], over every cell
//! of the symbolic kink value. Nothing here searches, and nothing here makes a verdict.

mod algebraic;
pub mod assignment;
pub mod bibliography;
pub mod decide;
pub mod draw;
mod enclosed;
pub mod function;
pub mod generate;
pub mod learner;
pub mod logspace;
pub mod machine;
pub mod native;
mod operators;
pub mod program;
pub mod registry;
pub mod scope;
pub mod shrink;
pub mod statement;
pub mod value;
pub mod vocabulary;
