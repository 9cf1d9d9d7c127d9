//! Laws and independent oracles for the geometry and the parameter derivatives.

mod adjacency;
mod derivatives;
mod faces;
mod limits;
mod null_sets;
mod parameters;
mod support;
