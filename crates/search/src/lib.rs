//! Untrusted search: draws, mutants, climbing and shrinking. Everything found is a candidate that the kernel decides.

pub mod branch;
pub mod climb;
pub mod draws;
pub mod examine;
pub mod game;
pub mod mutants;
pub mod parameters;
pub mod probe;
pub mod shadow;
pub mod shrinking;
pub mod tighten;
