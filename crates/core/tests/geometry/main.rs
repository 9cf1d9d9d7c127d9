//! Laws and independent oracles for the geometry and the parameter derivatives.

#![allow(clippy::unwrap_used)]

mod adjacency;
mod derivatives;
mod faces;
mod limits;
mod line;
mod line_tables;
mod null_sets;
mod parameters;
mod support;
