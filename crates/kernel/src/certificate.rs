//! Certificates: evidence *for* a claim that is checked without repeating the search that found it.

pub mod branch;
pub mod cells;
pub mod game;
pub mod parameters;
