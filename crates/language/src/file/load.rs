//! From bytes to a claim.

use std::sync::Arc;

use toml::de::DeTable;

use super::table::Reader;
use super::{Claim, SourceFile, build, schema};
use crate::diagnostic::{self, Diagnostic, code};
use crate::vocabulary::Vocabulary;

/// The largest claim file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 1 << 20;

/// What was found in a file.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The claim, unless a diagnostic is an error.
    pub claim: Option<Claim>,
    /// Every problem, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The text the diagnostics point into; empty if the file is too large.
    pub file: Arc<SourceFile>,
}

impl Claim {
    /// Reads a claim file, reporting every problem by place; no claim if one of them is an error.
    ///
    /// The file name in `path` must be the id of the claim with an extension.
    pub fn parse(
        path: &str,
        text: &str,
        vocabulary: &dyn Vocabulary,
    ) -> (Option<Claim>, Vec<Diagnostic>) {
        let loaded = Self::from_text(path, text, vocabulary);
        (loaded.claim, loaded.diagnostics)
    }

    /// Reads a claim file from the bytes of the file: as [`Claim::parse`], with C0107 for bytes that are not UTF-8 and
    /// C0108 for more than [`MAX_FILE_BYTES`].
    pub fn from_bytes(path: &str, bytes: &[u8], vocabulary: &dyn Vocabulary) -> Loaded {
        if bytes.len() > MAX_FILE_BYTES {
            return too_large(path, bytes.len());
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::from_text(path, text, vocabulary),
            Err(error) => {
                let file = Arc::new(SourceFile::new(path, String::from_utf8_lossy(bytes)));
                let at = error.valid_up_to();
                let problem = Diagnostic::new(
                    code::NOT_TEXT,
                    &file,
                    at..at + 1,
                    "the file is not UTF-8 text",
                )
                .label(format!("byte {at} is {:#04x}", bytes[at]));
                Loaded {
                    claim: None,
                    diagnostics: vec![problem],
                    file,
                }
            }
        }
    }

    /// Reads a claim file from its text.
    pub fn from_text(path: &str, text: &str, vocabulary: &dyn Vocabulary) -> Loaded {
        if text.len() > MAX_FILE_BYTES {
            return too_large(path, text.len());
        }
        let file = Arc::new(SourceFile::new(path, text));
        let (document, errors) = DeTable::parse_recoverable(&file.text);
        let mut reader = Reader {
            file: &file,
            problems: Vec::new(),
        };
        let mut readable = true;
        for error in errors {
            let problem = syntax(&file, &error);
            // A repeated key leaves the rest of the file readable; anything else would only cause follow-up errors.
            readable &= problem.code == code::DUPLICATE_KEY;
            reader.report(problem);
        }
        if readable && document.get_ref().is_empty() {
            readable = false;
            let problem = reader
                .at(code::EMPTY, 0..0, "the file holds no claim")
                .label("expected `format = 1` and the tables `claim`, `source`, `statement`, `conclusion`");
            reader.report(problem);
        }
        if !readable {
            let mut diagnostics = reader.problems;
            diagnostic::arrange(&mut diagnostics);
            return Loaded {
                claim: None,
                diagnostics,
                file,
            };
        }
        let raw = schema::read(&mut reader, document.get_ref());
        let problems = reader.problems;
        let (claim, mut diagnostics) = build::claim(raw, problems, &file, vocabulary);
        diagnostic::arrange(&mut diagnostics);
        Loaded {
            claim: claim.filter(|_| !diagnostics.iter().any(Diagnostic::is_error)),
            diagnostics,
            file,
        }
    }
}

fn too_large(path: &str, bytes: usize) -> Loaded {
    let file = Arc::new(SourceFile::new(path, ""));
    let message = format!("the file has {bytes} bytes, more than {MAX_FILE_BYTES}");
    let diagnostics = vec![Diagnostic::new(code::TOO_LARGE, &file, 0..0, message)];
    Loaded {
        claim: None,
        diagnostics,
        file,
    }
}

fn syntax(file: &SourceFile, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let message = error.message();
    let at = |code, text: &str| Diagnostic::new(code, file, span.clone(), text);
    if message.starts_with("duplicate key") {
        at(code::DUPLICATE_KEY, "a key is given twice").label("given before")
    } else if message.contains("recurs") {
        at(code::NESTING, "arrays and tables are nested too deeply").label("deeper than 80 levels")
    } else {
        at(code::SYNTAX, "the file is not TOML").label(message)
    }
}
