//! Certificate files: TOML with one line per step.
//!
//! ```toml
//! format = 1
//! kind = "gradient-branch"
//! network = "sha256:…"
//! norm = "l1"
//! box = ["0 1", "0 1"]
//! lower = "3/2"
//! upper = "3/2"
//! point = ["1/4", "5/8"]
//! steps = ["frame 1", "z 3 <= 1/2 @4 0b:7 1c:16", "split 0", "interval", "bound @10 0a:1 2c:1024"]
//! ```
//!
//! `@k n₁:a₁ n₂:a₂` are multipliers a/2ᵏ of rows, named by neuron and letter ([`Kind::LETTERS`]), with the set in hexadecimal if there is one. A `frame m` line is followed by its m
//! lemmas.

use std::fmt;
use std::str::FromStr;

use relu_core::number::rational::Rational;
use serde::{Deserialize, Serialize};

use super::{
    Certificate, FORMAT, Facet, Kind, Label, Lemma, Multipliers, Norm, Quantity, Ranges, Refused,
    Step,
};

/// What such a certificate is called in its file.
const KIND: &str = "gradient-branch";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u64,
    kind: String,
    network: String,
    norm: String,
    #[serde(rename = "box")]
    domain: Vec<String>,
    lower: String,
    upper: String,
    point: Vec<String>,
    steps: Vec<String>,
}

/// The ranges of a box on one line.
pub(super) fn of_box(domain: &Ranges) -> String {
    let ranges: Vec<String> = domain
        .iter()
        .map(|(low, high)| format!("[{low},{high}]"))
        .collect();
    ranges.join("x")
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = Kind::LETTERS
            .iter()
            .find(|(kind, _)| *kind == self.kind)
            .map_or('?', |(_, letter)| *letter);
        write!(f, "{}{letter}", self.owner)?;
        match self.kind.has_set() {
            true => write!(f, "{:x}", self.set),
            false => Ok(()),
        }
    }
}

impl fmt::Display for Multipliers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.shift)?;
        for (label, numerator) in &self.entries {
            write!(f, " {label}:{numerator}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preactivation(n) => write!(f, "z {n}"),
            Self::Outer(n) => write!(f, "v {n}"),
            Self::Gradient(j) => write!(f, "g {j}"),
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Low(j) => write!(f, "low{j}"),
            Self::High(j) => write!(f, "high{j}"),
            Self::Neuron(n) => write!(f, "z{n}"),
        }
    }
}

/// The lines of a step.
fn write_step(step: &Step, lines: &mut Vec<String>) {
    lines.push(match step {
        Step::Neuron(n) => format!("split {n}"),
        Step::Sign(j) => format!("sign {j}"),
        Step::Slope(j, value) => format!("slope {j} {value}"),
        Step::Peak => "peak".to_owned(),
        Step::Interval => "interval".to_owned(),
        Step::Bound(multipliers) => format!("bound {multipliers}"),
        Step::Infeasible(multipliers) => format!("infeasible {multipliers}"),
        Step::Flat(facets) => {
            let facets: Vec<String> = facets
                .iter()
                .map(|(facet, multiplier)| format!(" {facet}:{multiplier}"))
                .collect();
            format!("flat{}", facets.concat())
        }
        Step::Frame(lemmas) => {
            lines.push(format!("frame {}", lemmas.len()));
            lines.extend(lemmas.iter().map(|lemma| {
                let relation = if lemma.upper { "<=" } else { ">=" };
                format!(
                    "{} {relation} {} {}",
                    lemma.quantity, lemma.value, lemma.multipliers
                )
            }));
            return;
        }
    });
}

impl Certificate {
    /// The text of the file.
    pub fn text(&self) -> String {
        let numbers = |values: &[Rational]| values.iter().map(Rational::to_string).collect();
        let mut steps = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            write_step(step, &mut steps);
        }
        let file = File {
            format: FORMAT,
            kind: KIND.to_owned(),
            network: format!("sha256:{}", self.network_sha256),
            norm: self.norm.word().to_owned(),
            domain: self
                .domain
                .iter()
                .map(|(low, high)| format!("{low} {high}"))
                .collect(),
            lower: self.lower.to_string(),
            upper: self.upper.to_string(),
            point: numbers(&self.point),
            steps,
        };
        toml::to_string(&file).expect("strings and arrays of strings are TOML")
    }

    /// Reads the text of a file; nothing is checked yet.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let file: File =
            toml::from_str(text).map_err(|error| Refused::Unreadable(error.to_string()))?;
        let expected = |what: &str, expected: &str, got: &str| {
            Refused::Unreadable(format!("{what}: expected {expected}, got {got}"))
        };
        if file.format != FORMAT {
            return Err(expected(
                "format",
                &FORMAT.to_string(),
                &file.format.to_string(),
            ));
        }
        if file.kind != KIND {
            return Err(expected("kind", KIND, &file.kind));
        }
        let norm = [Norm::L1, Norm::L2Squared, Norm::LInfinity]
            .into_iter()
            .find(|norm| norm.word() == file.norm)
            .ok_or_else(|| expected("norm", "l1, l2-squared or linf", &file.norm))?;
        let network_sha256 = file
            .network
            .strip_prefix("sha256:")
            .ok_or_else(|| expected("network", "sha256:…", &file.network))?
            .to_owned();
        let domain = file
            .domain
            .iter()
            .map(|range| {
                let (low, high) = range.split_once(' ')?;
                Some((low.parse().ok()?, high.parse().ok()?))
            })
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| expected("box", "two numbers per range", &file.domain.join(", ")))?;
        let number =
            |text: &String| number(text).ok_or_else(|| expected("number", "a rational", text));
        let mut steps = Vec::with_capacity(file.steps.len());
        let mut lines = file.steps.iter();
        while let Some(line) = lines.next() {
            let step = read_step(line, &mut lines)
                .ok_or_else(|| expected("steps", "a step with its lemmas", line))?;
            steps.push(step);
        }
        Ok(Self {
            network_sha256,
            domain,
            norm,
            lower: number(&file.lower)?,
            upper: number(&file.upper)?,
            point: file.point.iter().map(number).collect::<Result<_, _>>()?,
            steps,
        })
    }
}

fn number(text: &str) -> Option<Rational> {
    text.parse().ok()
}

/// The step that starts on this line; a frame takes its lemmas from the lines after it.
fn read_step<'a>(line: &str, lines: &mut impl Iterator<Item = &'a String>) -> Option<Step> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    Some(match (word, rest) {
        ("split", n) => Step::Neuron(n.parse().ok()?),
        ("sign", j) => Step::Sign(j.parse().ok()?),
        ("slope", rest) => {
            let (j, value) = rest.split_once(' ')?;
            Step::Slope(j.parse().ok()?, number(value)?)
        }
        ("peak", "") => Step::Peak,
        ("interval", "") => Step::Interval,
        ("bound", multipliers) => Step::Bound(multipliers.parse().ok()?),
        ("infeasible", multipliers) => Step::Infeasible(multipliers.parse().ok()?),
        ("flat", facets) => Step::Flat(
            facets
                .split_whitespace()
                .map(read_facet)
                .collect::<Option<_>>()?,
        ),
        ("frame", count) => {
            let count: usize = count.parse().ok()?;
            let mut lemmas = Vec::new();
            for _ in 0..count {
                lemmas.push(read_lemma(lines.next()?)?);
            }
            Step::Frame(lemmas)
        }
        _ => return None,
    })
}

fn read_facet(text: &str) -> Option<(Facet, Rational)> {
    let (name, multiplier) = text.split_once(':')?;
    let index = |prefix: &str| name.strip_prefix(prefix)?.parse().ok();
    let facet = match name.chars().next()? {
        'l' => Facet::Low(index("low")?),
        'h' => Facet::High(index("high")?),
        _ => Facet::Neuron(index("z")?),
    };
    Some((facet, number(multiplier)?))
}

fn read_lemma(line: &str) -> Option<Lemma> {
    let mut parts = line.splitn(5, ' ');
    let letter = parts.next()?;
    let index = parts.next()?.parse().ok()?;
    let quantity = match letter {
        "z" => Quantity::Preactivation(index),
        "v" => Quantity::Outer(index),
        "g" => Quantity::Gradient(index),
        _ => return None,
    };
    let upper = match parts.next()? {
        "<=" => true,
        ">=" => false,
        _ => return None,
    };
    Some(Lemma {
        quantity,
        upper,
        value: number(parts.next()?)?,
        multipliers: parts.next()?.parse().ok()?,
    })
}

fn read_label(name: &str) -> Option<Label> {
    let (owner, rest) = name.split_at(name.find(|c: char| !c.is_ascii_digit())?);
    let mut rest = rest.chars();
    let letter = rest.next()?;
    let kind = Kind::LETTERS.iter().find(|(_, known)| letter == *known)?.0;
    let set = match kind.has_set() {
        true => u128::from_str_radix(rest.as_str(), 16).ok()?,
        false if rest.as_str().is_empty() => 0,
        false => return None,
    };
    Some(Label {
        owner: owner.parse().ok()?,
        kind,
        set,
    })
}

impl FromStr for Multipliers {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split_whitespace();
        let shift = parts.next().and_then(|part| part.strip_prefix('@'));
        let shift = shift.and_then(|shift| shift.parse().ok()).ok_or(())?;
        let entry = |part: &str| {
            let (name, numerator) = part.split_once(':')?;
            Some((read_label(name)?, numerator.parse().ok()?))
        };
        Ok(Self {
            shift,
            entries: parts.map(entry).collect::<Option<_>>().ok_or(())?,
        })
    }
}
