//! Certificate files: TOML with one line per query.
//!
//! ```toml
//! format = 1
//! kind = "game"
//! dimension = 2
//! layers = 3
//! c = "1"
//! samples = "4"
//! cells = "4"
//! cell = ["0", "3"]
//! network = "sha256:…"
//! height = "3/4"
//! hits = "0"
//! error = "3/4"
//! bound-power = "9/16384"
//!
//! [[run]]
//! seed = "1"
//! queries = ["1/4 1/4", "1/4 3/4", "3/4 1/4", "3/4 3/4"]
//! output = "0"
//! continuous = true
//!
//! [in-mean]
//! p = 2
//! norm-power = "3/1024"
//! error-power = "3/1024"
//! bound-power = "81/18446744073709551616"
//!
//! [named]
//! point = "1/8 7/8"
//! worse = "both"
//! error = "3/4"
//! essential = true
//! ```
//! The last two tables, and with them the outputs, may be missing.

use std::fmt;
use std::str::FromStr;

use relu_core::number::rational::Rational;
use serde::{Deserialize, Serialize};

use super::{Answered, Certificate, FORMAT, InMean, Named, Refused, Rules, Run};

const KIND: &str = "game";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    format: u64,
    kind: String,
    dimension: usize,
    layers: usize,
    c: String,
    samples: String,
    cells: String,
    cell: Vec<String>,
    network: String,
    height: String,
    hits: String,
    error: String,
    bound_power: String,
    run: Vec<FileRun>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_mean: Option<FileMean>,
    #[serde(skip_serializing_if = "Option::is_none")]
    named: Option<FileNamed>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRun {
    seed: String,
    queries: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    continuous: Option<bool>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileMean {
    p: u32,
    norm_power: String,
    error_power: String,
    bound_power: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileNamed {
    point: String,
    worse: String,
    error: String,
    essential: bool,
}

impl fmt::Display for Certificate {
    /// The certificate as a file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let point = |x: &Vec<Rational>| {
            let words: Vec<String> = x.iter().map(Rational::to_string).collect();
            words.join(" ")
        };
        let runs = self.runs.iter().map(|run| FileRun {
            seed: run.seed.to_string(),
            queries: run.queries.iter().map(point).collect(),
            output: run.output.as_ref().map(|output| output.value.to_string()),
            continuous: run.output.as_ref().map(|output| output.continuous),
        });
        let in_mean = self.in_mean.as_ref().map(|mean| FileMean {
            p: mean.exponent,
            norm_power: mean.norm_power.to_string(),
            error_power: mean.error_power.to_string(),
            bound_power: mean.bound_power.to_string(),
        });
        let named = self.named.as_ref().map(|named| FileNamed {
            point: point(&named.point),
            worse: named.worse.to_string(),
            error: named.error.to_string(),
            essential: named.essential,
        });
        let file = File {
            format: FORMAT,
            kind: KIND.to_owned(),
            dimension: self.rules.dimension,
            layers: self.rules.depth,
            c: self.rules.bound.to_string(),
            samples: self.rules.samples.to_string(),
            cells: self.cells.to_string(),
            cell: self.cell.iter().map(u64::to_string).collect(),
            network: format!("sha256:{}", self.network_sha256),
            height: self.height.to_string(),
            hits: self.hits.to_string(),
            error: self.error.to_string(),
            bound_power: self.bound_power.to_string(),
            run: runs.collect(),
            in_mean,
            named,
        };
        f.write_str(&toml::to_string(&file).map_err(|_| fmt::Error)?)
    }
}

/// A word as a value of any kind.
fn read<T: FromStr>(what: &str, word: &str) -> Result<T, Refused> {
    word.parse()
        .map_err(|_| Refused::Unreadable(format!("{what}: expected a number, got `{word}`")))
}

/// The coordinates of a point.
fn point(line: &str) -> Result<Vec<Rational>, Refused> {
    let words = line.split(' ');
    words.map(|word| read("coordinate", word)).collect()
}

impl FileMean {
    fn read(&self) -> Result<InMean, Refused> {
        Ok(InMean {
            exponent: self.p,
            norm_power: read("norm-power", &self.norm_power)?,
            error_power: read("error-power", &self.error_power)?,
            bound_power: read("bound-power", &self.bound_power)?,
        })
    }
}

impl FileNamed {
    fn read(&self) -> Result<Named, Refused> {
        let worse = self.worse.parse().map_err(|()| {
            Refused::Unreadable(format!(
                "worse: expected plus, minus or both, got {}",
                self.worse
            ))
        })?;
        Ok(Named {
            point: point(&self.point)?,
            worse,
            error: read("error", &self.error)?,
            essential: self.essential,
        })
    }
}

impl FromStr for Certificate {
    type Err = Refused;

    fn from_str(text: &str) -> Result<Self, Refused> {
        let file: File =
            toml::from_str(text).map_err(|error| Refused::Unreadable(error.to_string()))?;
        if file.format != FORMAT || file.kind != KIND {
            return Err(Refused::Unreadable(format!(
                "expected format {FORMAT} and kind {KIND}, got format {} and kind {}",
                file.format, file.kind
            )));
        }
        let network_sha256 = file.network.strip_prefix("sha256:").ok_or_else(|| {
            Refused::Unreadable(format!("network: expected sha256:…, got {}", file.network))
        })?;
        let mut runs = Vec::with_capacity(file.run.len());
        for run in &file.run {
            let output = match (&run.output, run.continuous) {
                (None, None) => None,
                (Some(value), Some(continuous)) => Some(Answered {
                    value: read("output", value)?,
                    continuous,
                }),
                _ => {
                    return Err(Refused::Unreadable(format!(
                        "run with seed {}: expected both output and continuous, got one of them",
                        run.seed
                    )));
                }
            };
            runs.push(Run {
                seed: read("seed", &run.seed)?,
                queries: run
                    .queries
                    .iter()
                    .map(|line| point(line))
                    .collect::<Result<_, _>>()?,
                output,
            });
        }
        let in_mean = file.in_mean.as_ref().map(FileMean::read).transpose()?;
        let named = file.named.as_ref().map(FileNamed::read).transpose()?;
        let indices = file.cell.iter().map(|word| read("cell", word));
        Ok(Self {
            rules: Rules {
                dimension: file.dimension,
                depth: file.layers,
                bound: read("c", &file.c)?,
                samples: read("samples", &file.samples)?,
            },
            cells: read("cells", &file.cells)?,
            cell: indices.collect::<Result<_, _>>()?,
            network_sha256: network_sha256.to_owned(),
            height: read("height", &file.height)?,
            hits: read("hits", &file.hits)?,
            error: read("error", &file.error)?,
            bound_power: read("bound-power", &file.bound_power)?,
            in_mean,
            named,
            runs,
        })
    }
}
