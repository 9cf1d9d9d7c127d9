//! Claim files: schema, expressions, types, diagnostics, printing and edits.
//!
//! A claim file is read into a [`file::Claim`] whose hypotheses and conclusions are typed expression trees. The functions
//! a claim may use are injected through [`vocabulary::Vocabulary`]; nothing here evaluates an expression.

pub mod diagnostic;
pub mod edit;
pub mod expr;
pub mod file;
pub mod hash;
pub mod print;
pub mod vocabulary;
