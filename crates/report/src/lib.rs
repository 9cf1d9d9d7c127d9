//! Pure functions from a run record to terminal text, HTML, JSON, JUnit, SARIF and a job summary.
//!
//! Nothing here evaluates, reads a file or asks for the time: equal records give equal bytes. Everything that is shown comes from
//! [`kernel::record::RunRecord`] and, for the statements, from the checked trees of the claims ([`CardText`]).

pub mod card_text;
mod experiment_text;
pub mod html;
pub mod json;
pub mod junit;
mod measured;
pub mod number;
pub mod plot;
pub mod sarif;
mod scope;
mod summary;
pub mod terminal;
pub mod text;
mod tightness_text;
pub mod words;

pub use card_text::CardText;
pub use experiment_text::experiment_text;
pub use summary::summary_markdown;
pub use tightness_text::tightness_text;
