//! Claim files: text → tables → claim.
//!
//! `schema` reads tables and keys with their places, `build` reads words and formulas, [`Claim`] is the result.
//! Every problem of a file is reported, never only the first.

mod build;
mod claim;
mod domain;
mod load;
mod mutate;
mod parts;
mod schema;
mod source;
mod table;
mod textmap;
mod words;

#[cfg(test)]
pub(crate) mod tests;

pub use crate::print::Binder;
pub(crate) use build::Statement;
pub use claim::{
    Claim, Erratum, Implication, Mutant, OwnStatement, RawEntry, RawTable, Reduction, Repair,
    Source,
};
pub use domain::Domain;
pub use load::{Loaded, MAX_FILE_BYTES};
pub use parts::{
    Conclusion, Constant, Cover, FamilyCall, Hypothesis, Let, Quantifier, Search, SearchRange,
    Share,
};
pub use source::SourceFile;
pub use textmap::TextMap;
pub use words::{Area, ErratumClass, Expect, Kind, MutantExpect, Needed, Rung, Tight};
