//! The sources that claims cite, `theorems/sources.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Authors, in the order of the source.
    #[serde(default)]
    pub authors: Option<String>,
    /// The title.
    pub title: String,
    /// The year.
    #[serde(default)]
    pub year: Option<i64>,
    /// The arXiv identifier.
    #[serde(default)]
    pub arxiv: Option<String>,
    /// Paper, slides, book, notebook or derived.
    #[serde(default)]
    pub kind: Option<String>,
    /// Where it appeared, or a remark.
    #[serde(default)]
    pub note: Option<String>,
}

/// All sources by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bibliography {
    /// Entries by key.
    pub entries: BTreeMap<String, Entry>,
}

impl Bibliography {
    /// Reads the text of a bibliography file. Errors: the parser's message, with line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        let entries = toml::from_str(text).map_err(|error| error.to_string())?;
        Ok(Self { entries })
    }
}
