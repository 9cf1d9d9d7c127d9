//! Loads a folder of claim files: every claim and every problem of every file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use std::sync::Arc;

use claim_language::diagnostic::{Diagnostic, Sources};
use claim_language::file::{Claim, SourceFile};

use crate::bibliography::Bibliography;
use crate::vocabulary::Words;

/// What was found in a folder or a list of files.
#[derive(Debug, Default)]
pub struct Registry {
    /// The vocabulary with the bibliography that was read.
    pub words: Words,
    /// The claims without errors, ascending by area and id.
    pub claims: Vec<Claim>,
    /// All problems of all files, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that were read, for rendering the problems.
    pub files: Vec<Arc<SourceFile>>,
    /// Files that could not be read.
    pub unreadable: Vec<String>,
}

impl Registry {
    /// Reads `sources.toml` and every claim file one folder deep.
    pub fn load(folder: &Path) -> io::Result<Self> {
        let mut paths = Vec::new();
        for area in sorted(folder)? {
            if area.is_dir() && area.file_name().is_some_and(|name| name != "witnesses") {
                paths.extend(
                    sorted(&area)?
                        .into_iter()
                        .filter(|path| path.extension().is_some_and(|e| e == "toml")),
                );
            }
        }
        let mut registry = Self::with_bibliography(folder);
        for path in paths {
            registry.read(&path);
        }
        registry
            .claims
            .sort_by(|a, b| (&a.area, &a.id).cmp(&(&b.area, &b.id)));
        Ok(registry)
    }

    /// A registry without claims, with the bibliography of a folder if it has a readable one.
    pub fn with_bibliography(folder: &Path) -> Self {
        let mut registry = Self::default();
        let path = folder.join("sources.toml");
        match fs::read_to_string(&path) {
            Ok(text) => match Bibliography::parse(&text) {
                Ok(bibliography) => registry.words = Words::new(bibliography),
                Err(error) => registry
                    .unreadable
                    .push(format!("{}: {error}", path.display())),
            },
            Err(error) => registry
                .unreadable
                .push(format!("{}: {error}", path.display())),
        }
        registry
    }

    /// The texts that the diagnostics point into.
    pub fn sources(&self) -> Sources {
        self.files.iter().cloned().collect()
    }

    /// Reads one claim file.
    pub fn read(&mut self, path: &Path) {
        let shown = path.to_string_lossy().replace('\\', "/");
        match fs::read(path) {
            Ok(bytes) => {
                let loaded = Claim::from_bytes(&shown, &bytes, &self.words);
                self.claims.extend(loaded.claim);
                self.diagnostics.extend(loaded.diagnostics);
                self.files.push(loaded.file);
            }
            Err(error) => self.unreadable.push(format!("{shown}: {error}")),
        }
    }
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
