//! The referee's side of the oracle: answers, checks every query, writes down what is said.

use std::sync::Arc;
use std::time::Instant;

use kernel::certificate::game::Rules;

use super::exact::nearest;
use super::learner::Forfeit;
use super::target::Target;

/// A query and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// What was asked.
    pub query: Vec<f64>,
    /// What was answered.
    pub value: f64,
}

/// Whether two transcripts agree bit by bit.
pub fn same(a: &[Exchange], b: &[Exchange]) -> bool {
    let bits = |x: &[f64]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| {
            a.value.to_bits() == b.value.to_bits() && bits(&a.query) == bits(&b.query)
        })
}

/// The function behind the oracle.
#[derive(Clone)]
pub(super) enum Hidden {
    Zero,
    Plus(Arc<Target>),
    Minus(Arc<Target>),
}

impl Hidden {
    /// The value as a float. A zero is always +0: the sign of −0, which a negated network may give, would tell φ from −φ.
    fn value(&self, x: &[f64]) -> f64 {
        let exact = match self {
            Self::Zero => None,
            Self::Plus(target) => target.value(x),
            Self::Minus(target) => target.value(x).map(|value| -value),
        };
        exact.map_or(0.0, |value| nearest(&value))
    }

    /// Its name in messages.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Zero => "0",
            Self::Plus(_) => "φ",
            Self::Minus(_) => "−φ",
        }
    }
}

/// The oracle of one run.
pub(super) struct Arbiter {
    rules: Rules,
    /// How many queries this run may make.
    left: u64,
    hidden: Hidden,
    pub transcript: Vec<Exchange>,
    /// The first rule broken, also if the learner goes on.
    pub fault: Option<Forfeit>,
    /// When the learner was last heard of.
    pub heard: Instant,
}

impl Arbiter {
    pub fn new(rules: Rules, left: u64, hidden: Hidden) -> Self {
        Self {
            rules,
            left,
            hidden,
            transcript: Vec::new(),
            fault: None,
            heard: Instant::now(),
        }
    }

    fn broken(&self, x: &[f64]) -> Option<Forfeit> {
        if let Some(fault) = &self.fault {
            return Some(fault.clone());
        }
        if x.len() != self.rules.dimension {
            return Some(Forfeit::Dimension {
                expected: self.rules.dimension,
                got: x.len(),
            });
        }
        // Not in the range, or NaN.
        let outside = x.iter().position(|x| !(0.0..=1.0).contains(x));
        if let Some(coordinate) = outside {
            let value = x[coordinate];
            return Some(Forfeit::Outside { coordinate, value });
        }
        let full = self.transcript.len() as u64 >= self.left;
        full.then_some(Forfeit::Budget { left: self.left })
    }

    /// Answers a query and writes it down, or notes the rule that it breaks.
    pub fn answer(&mut self, x: &[f64]) -> Result<f64, Forfeit> {
        if let Some(forfeit) = self.broken(x) {
            self.fault = Some(forfeit.clone());
            return Err(forfeit);
        }
        let value = self.hidden.value(x);
        self.transcript.push(Exchange {
            query: x.to_vec(),
            value,
        });
        self.heard = Instant::now();
        Ok(value)
    }
}
