//! Students trained on samples of teachers: how far a trained network is from the network that its samples came from.
//!
//! A *teacher* is a random network, a *student* a network trained on finitely many samples of it. Measured are the distances in L¹,
//! L² and L^∞ over a cube, for growing numbers of samples. Everything but the training itself is here without further
//! dependencies; the training is behind the feature `train`. What comes out is evidence for the runs that were made and for
//! nothing else.
//!
//! Nothing here reads files or clocks: texts come in, texts and records go out.

#[cfg(feature = "train")]
mod adam;
pub mod config;
pub mod dense;
pub mod journal;
pub mod measure;
pub mod plan;
pub mod random;
pub mod run;
pub mod summary;
pub mod trainer;

#[cfg(feature = "train")]
pub use adam::Adam;
pub use config::Config;
pub use summary::Summary;
