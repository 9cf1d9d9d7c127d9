//! The journal of an experiment: a line for the configuration, then a line for each finished training, in the order of their ends.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::config::Config;
use crate::plan::Key;
use crate::run::Finished;

/// The format of journals.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Head {
    format: u32,
    experiment: String,
    hash: String,
    configuration: Value,
}

/// What a journal holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    /// The finished trainings.
    pub finished: BTreeMap<Key, Finished>,
    /// Bytes at the beginning that are whole lines; 0 if there is not even a first line.
    pub whole: usize,
    /// Bytes of a last line that was not written to its end.
    pub cut: usize,
}

/// Why a journal cannot be continued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// A line, counted from 1, is not what is expected.
    Line(usize, String),
    /// It belongs to another configuration: the values that differ, as path, there, here.
    Other(Vec<(String, String, String)>),
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line, what) => write!(f, "line {line}: {what}"),
            Self::Other(values) if values.is_empty() => {
                f.write_str("holds results of another version of the program")
            }
            Self::Other(values) => {
                f.write_str("holds results of another configuration:")?;
                values.iter().try_for_each(|(path, there, here)| {
                    write!(f, "\n  {path}: {there} there, {here} here")
                })
            }
        }
    }
}

/// The first line.
pub fn head(config: &Config) -> String {
    line(&Head {
        format: FORMAT,
        experiment: "student-teacher".to_owned(),
        hash: config.hash(),
        configuration: value(config),
    })
}

/// The line of a training.
pub fn entry(finished: &Finished) -> String {
    line(finished)
}

/// Reads a journal that is to be continued with a configuration. What follows the last line break is left out.
pub fn read(bytes: &[u8], config: &Config) -> Result<Journal, Unusable> {
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let text = std::str::from_utf8(&bytes[..whole]).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        Unusable::Line(line, "expected UTF-8 text".to_owned())
    })?;
    let mut journal = Journal {
        finished: BTreeMap::new(),
        whole,
        cut: bytes.len() - whole,
    };
    for (index, line) in text.lines().enumerate() {
        let unusable = |what: &str, error: serde_json::Error| {
            Unusable::Line(index + 1, format!("expected {what}, got: {error}"))
        };
        if index == 0 {
            let head: Head = serde_json::from_str(line)
                .map_err(|error| unusable("the configuration of an experiment", error))?;
            if head.format != FORMAT || head.hash != config.hash() {
                let mut values = Vec::new();
                compare("", &head.configuration, &value(config), &mut values);
                return Err(Unusable::Other(values));
            }
            continue;
        }
        let finished: Finished =
            serde_json::from_str(line).map_err(|error| unusable("a finished training", error))?;
        journal.finished.insert(finished.key, finished);
    }
    Ok(journal)
}

fn value(config: &Config) -> Value {
    let mut value = serde_json::to_value(config).expect("string keys and finite numbers");
    if let Some(fields) = value.as_object_mut() {
        fields.remove("title");
    }
    value
}

fn line(content: &impl Serialize) -> String {
    let text = serde_json::to_string(content).expect("string keys and finite numbers");
    text + "\n"
}

/// The places where two values differ, as path, first, second.
fn compare(path: &str, there: &Value, here: &Value, found: &mut Vec<(String, String, String)>) {
    match (there, here) {
        (Value::Object(first), Value::Object(second)) => {
            let keys = first
                .keys()
                .chain(second.keys().filter(|key| !first.contains_key(*key)));
            for key in keys {
                let inner = match path {
                    "" => key.clone(),
                    path => format!("{path}.{key}"),
                };
                let value =
                    |of: &serde_json::Map<String, Value>| of.get(key).cloned().unwrap_or_default();
                compare(&inner, &value(first), &value(second), found);
            }
        }
        _ if there == here => {}
        _ => found.push((path.to_owned(), there.to_string(), here.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::one;
    use crate::run::tests::{Lazy, small};
    use std::sync::atomic::AtomicBool;

    fn written() -> (Config, String) {
        let config = small();
        let stop = AtomicBool::new(false);
        let keys = config.trainings();
        let entries = keys[..3].iter().map(|key| {
            entry(
                &one(
                    &config,
                    *key,
                    &Lazy {
                        spoiled: *key == keys[1],
                    },
                    &stop,
                )
                .unwrap(),
            )
        });
        let text = head(&config) + &entries.collect::<String>();
        (config, text)
    }

    #[test]
    fn what_was_written_is_read_back_to_the_bit() {
        let (config, text) = written();
        let journal = read(text.as_bytes(), &config).unwrap();
        assert_eq!((journal.whole, journal.cut), (text.len(), 0));
        let again: String = journal.finished.values().map(entry).collect();
        assert_eq!(head(&config) + &again, text);
    }

    #[test]
    fn a_line_that_was_cut_is_left_out() {
        let (config, text) = written();
        let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        for length in 0..text.len() {
            let journal = read(&text.as_bytes()[..length], &config).unwrap();
            let whole = lines.iter().filter(|end| **end <= length).count();
            assert_eq!(journal.finished.len(), whole.saturating_sub(1));
            assert_eq!(journal.whole + journal.cut, length);
        }
        let mut bytes = text.into_bytes();
        bytes.extend([0xff, 0xfe]);
        assert_eq!(read(&bytes, &config).unwrap().cut, 2);
    }

    #[test]
    fn another_configuration_is_refused_with_what_differs() {
        let (mut config, text) = written();
        config.title = "another title".to_owned();
        assert!(read(text.as_bytes(), &config).is_ok());
        config.samples.counts = vec![5, 20];
        config.rate.first = 0.5;
        let refused = read(text.as_bytes(), &config).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "holds results of another configuration:\n  rate.first: 0.001 there, 0.5 here\n  samples.counts: [5,10] there, [5,20] here"
        );
        let other = text.replacen(&small().hash(), "0", 1);
        let refused = read(other.as_bytes(), &small()).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "holds results of another version of the program"
        );
    }

    #[test]
    fn damage_in_the_middle_is_refused_with_its_line() {
        let (config, text) = written();
        let damaged = text.replacen("{\"key\"", "{\"kez\"", 1);
        let refused = read(damaged.as_bytes(), &config).unwrap_err().to_string();
        assert!(
            refused.starts_with("line 2: expected a finished training, got: "),
            "{refused}"
        );
        let refused = read(b"# notes\n", &config).unwrap_err().to_string();
        assert!(
            refused.starts_with("line 1: expected the configuration of an experiment"),
            "{refused}"
        );
        assert!(matches!(
            read(b"\xff\n", &config),
            Err(Unusable::Line(1, _))
        ));
    }
}
