//! Boxes that are halved where it seems to pay.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::super::function::{Function, Output};
use super::super::learner::{Forfeit, Learner, Oracle};

/// Halves, along its longest side, the box with the largest volume·(1 + |value|), and asks at the centres of the halves; constant on boxes.
pub struct Adaptive;

#[derive(Clone)]
struct Part {
    low: Vec<f64>,
    high: Vec<f64>,
    value: f64,
    /// Volume·(1 + |value|).
    weight: f64,
    /// Older boxes first among equals.
    number: usize,
}

impl Part {
    fn ask(
        oracle: &mut dyn Oracle,
        low: Vec<f64>,
        high: Vec<f64>,
        number: usize,
    ) -> Result<Self, Forfeit> {
        let centre: Vec<f64> = low.iter().zip(&high).map(|(a, b)| (a + b) / 2.0).collect();
        let value = oracle.query(&centre)?;
        let volume: f64 = low.iter().zip(&high).map(|(a, b)| b - a).product();
        Ok(Self {
            low,
            high,
            value,
            weight: volume * (1.0 + value.abs()),
            number,
        })
    }

    fn contains(&self, x: &[f64]) -> bool {
        let sides = self.low.iter().zip(&self.high);
        x.iter().zip(sides).all(|(x, (a, b))| a <= x && x <= b)
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Part {}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.weight.total_cmp(&other.weight);
        order.then_with(|| other.number.cmp(&self.number))
    }
}

impl Learner for Adaptive {
    fn name(&self) -> &str {
        "adaptive"
    }

    fn run(&self, oracle: &mut dyn Oracle, _: u64) -> Result<Option<Output>, Forfeit> {
        let dimension = oracle.dim();
        let mut asked = 1;
        let whole = Part::ask(oracle, vec![0.0; dimension], vec![1.0; dimension], 0)?;
        let mut parts = BinaryHeap::from([whole]);
        while asked + 2 <= oracle.budget() {
            let part = parts.pop().expect("the boxes cover the cube");
            let longest = (0..dimension)
                .max_by(|i, j| {
                    let side = |i: usize| part.high[i] - part.low[i];
                    side(*i).total_cmp(&side(*j)).then(j.cmp(i))
                })
                .expect("d is at least 1");
            let middle = (part.low[longest] + part.high[longest]) / 2.0;
            let (mut high, mut low) = (part.high.clone(), part.low.clone());
            high[longest] = middle;
            low[longest] = middle;
            for (low, high) in [(part.low.clone(), high), (low, part.high.clone())] {
                let number = usize::try_from(asked).expect("queries are in memory");
                parts.push(Part::ask(oracle, low, high, number)?);
                asked += 1;
            }
        }
        Ok(Some(Box::new(Boxes(parts.into_vec()))))
    }
}

/// Constant on each box.
struct Boxes(Vec<Part>);

impl Function for Boxes {
    fn value(&self, x: &[f64]) -> f64 {
        let part = self.0.iter().find(|part| part.contains(x));
        part.map_or(0.0, |part| part.value)
    }

    /// All boxes that the point belongs to have one value.
    fn is_continuous_at(&self, x: &[f64]) -> bool {
        let mut values = self.0.iter().filter(|part| part.contains(x));
        let first = values.next().map(|part| part.value);
        values.all(|part| Some(part.value) == first)
    }
}
