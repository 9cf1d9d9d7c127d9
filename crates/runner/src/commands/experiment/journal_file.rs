//! A journal on disk, to which one process at a time appends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use training::config::Config;
use training::journal::{self, Journal, Unusable};
use training::run::Finished;

/// An open journal. Nothing is written before [`JournalFile::begin`].
pub struct JournalFile {
    path: PathBuf,
    /// The file and the bytes of it that are whole lines; nothing if there was no file.
    file: Option<(File, u64)>,
}

impl JournalFile {
    /// Reads what is there, if anything.
    ///
    /// Errors: what is wrong with it, and what can be done.
    pub fn open(path: &Path, config: &Config) -> Result<(Self, Journal), String> {
        let opened = OpenOptions::new().read(true).write(true).open(path);
        let mut file = match opened {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let journal = Self {
                    path: path.to_owned(),
                    file: None,
                };
                return Ok((journal, Journal::default()));
            }
            Err(error) => return Err(error.to_string()),
        };
        lock(&file)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .map_err(|error| error.to_string())?;
        let journal = journal::read(&bytes, config).map_err(|unusable| {
            let advice = match unusable {
                Unusable::Line(..) => {
                    "remove the line to train it again, or the file to start anew"
                }
                Unusable::Other(_) => {
                    "name another folder with --out DIR, or remove the file to start anew"
                }
            };
            format!("{unusable}\n  help: {advice}")
        })?;
        let open = Self {
            path: path.to_owned(),
            file: Some((file, journal.whole as u64)),
        };
        Ok((open, journal))
    }

    /// Makes the file ready for appending: what is no whole line is cut off, and a new file gets its first line.
    pub fn begin(&mut self, config: &Config) -> Result<(), String> {
        let text = |error: std::io::Error| error.to_string();
        if self.file.is_none() {
            if let Some(folder) = self.path.parent() {
                std::fs::create_dir_all(folder).map_err(text)?;
            }
            let file = File::create_new(&self.path).map_err(text)?;
            lock(&file)?;
            self.file = Some((file, 0));
        }
        if let Some((file, whole)) = &mut self.file {
            file.set_len(*whole).map_err(text)?;
            file.seek(SeekFrom::End(0)).map_err(text)?;
            if *whole == 0 {
                file.write_all(journal::head(config).as_bytes())
                    .map_err(text)?;
            }
            file.sync_all().map_err(text)?;
        }
        Ok(())
    }

    /// Appends a training; it is on disk when this returns.
    pub fn append(&mut self, finished: &Finished) -> std::io::Result<()> {
        let Some((file, _)) = &mut self.file else {
            return Err(std::io::Error::other("the journal is not open"));
        };
        file.write_all(journal::entry(finished).as_bytes())?;
        file.sync_data()
    }
}

fn lock(file: &File) -> Result<(), String> {
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => "another run is writing to it".to_owned(),
        TryLockError::Error(error) => error.to_string(),
    })
}
