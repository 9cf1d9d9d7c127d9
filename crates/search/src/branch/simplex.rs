//! A dense dual simplex method with bounded variables, in floats: it proposes multipliers.
//!
//! Maximise c·x with low ≤ x ≤ high, A·x ≤ b. Every structural variable has finite bounds, so setting it to the end its cost prefers
//! is dual feasible, and any change of bounds keeps dual feasibility: a child starts where its parent ended.

mod shape;

/// Violations of bounds below this are none.
const FEASIBLE: f64 = 1e-9;
/// Entries below this are zero.
const PIVOT: f64 = 1e-9;

/// x_B = T·x_N with the reduced costs of x_N; variables 0.. are structural, then one per row for its activity.
#[derive(Clone, Debug)]
pub(super) struct Tableau {
    structural: usize,
    columns: usize,
    cells: Vec<f64>,
    basic: Vec<u32>,
    values: Vec<f64>,
    nonbasic: Vec<u32>,
    at: Vec<f64>,
    costs: Vec<f64>,
    constant: f64,
    low: Vec<f64>,
    high: Vec<f64>,
    pivots: u64,
}

/// How the method ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outcome {
    /// All bounds hold.
    Optimal,
    /// The bound fell to the cutoff.
    Cutoff,
    /// The row with this index cannot be brought within its bounds.
    Infeasible(usize),
    /// Too many steps; the bound reached is still a bound.
    Stopped,
}

/// A row Σ a·x ≤ right.
pub(super) type Row = (Vec<(u32, f64)>, f64);

impl Tableau {
    pub(super) fn new(
        low: &[f64],
        high: &[f64],
        rows: &[Row],
        costs: &[f64],
        constant: f64,
    ) -> Self {
        let columns = low.len();
        let at: Vec<f64> = costs
            .iter()
            .zip(low.iter().zip(high))
            .map(|(&cost, (&low, &high))| if cost > 0.0 { high } else { low })
            .collect();
        let mut cells = vec![0.0; rows.len() * columns];
        let mut values = vec![0.0; rows.len()];
        for ((terms, _), (line, value)) in rows
            .iter()
            .zip(cells.chunks_mut(columns.max(1)).zip(&mut values))
        {
            for &(j, a) in terms {
                line[j as usize] = a;
                *value += a * at[j as usize];
            }
        }
        let size = columns + rows.len();
        let index = |range: std::ops::Range<usize>| {
            range
                .map(|i| u32::try_from(i).expect("a relaxation has fewer than 2³² variables"))
                .collect()
        };
        Self {
            structural: columns,
            columns,
            cells,
            basic: index(columns..size),
            values,
            nonbasic: index(0..columns),
            at,
            costs: costs.to_vec(),
            constant,
            low: low
                .iter()
                .copied()
                .chain(rows.iter().map(|_| f64::NEG_INFINITY))
                .collect(),
            high: high
                .iter()
                .copied()
                .chain(rows.iter().map(|row| row.1))
                .collect(),
            pivots: 0,
        }
    }

    /// Steps made so far.
    pub(super) fn pivots(&self) -> u64 {
        self.pivots
    }

    /// The upper bound of the objective that the reduced costs show.
    pub(super) fn objective(&self) -> f64 {
        self.constant
            + self
                .costs
                .iter()
                .zip(&self.at)
                .map(|(&d, &x)| if d == 0.0 { 0.0 } else { d * x })
                .sum::<f64>()
    }

    /// Narrows the range of a variable.
    pub(super) fn set_range(&mut self, variable: usize, low: f64, high: f64) {
        self.low[variable] = low;
        self.high[variable] = high;
        if let Some(j) = self
            .nonbasic
            .iter()
            .position(|&other| other as usize == variable)
        {
            let target = match self.costs[j] {
                d if d > 0.0 => high,
                d if d < 0.0 => low,
                _ => self.at[j].clamp(low, high),
            };
            self.move_to(j, target);
        }
    }

    fn move_to(&mut self, j: usize, target: f64) {
        let step = target - self.at[j];
        if step != 0.0 {
            self.at[j] = target;
            for (line, value) in self.cells.chunks(self.columns).zip(&mut self.values) {
                *value += line[j] * step;
            }
        }
    }

    /// The values of the structural variables.
    pub(super) fn solution(&self) -> Vec<f64> {
        let mut x = self.low[..self.structural].to_vec();
        for (&variable, &value) in self
            .nonbasic
            .iter()
            .chain(&self.basic)
            .zip(self.at.iter().chain(&self.values))
        {
            if (variable as usize) < self.structural {
                x[variable as usize] = value;
            }
        }
        x
    }

    /// Row multipliers that show the bound: the reduced costs of the rows.
    pub(super) fn multipliers(&self) -> Vec<(usize, f64)> {
        self.nonbasic
            .iter()
            .zip(&self.costs)
            .filter(|&(&variable, &d)| variable as usize >= self.structural && d > 0.0)
            .map(|(&variable, &d)| (variable as usize - self.structural, d))
            .collect()
    }

    /// Row multipliers that show the contradiction in row `r` of the tableau.
    pub(super) fn contradiction(&self, r: usize) -> Vec<(usize, f64)> {
        let variable = self.basic[r] as usize;
        let below = self.values[r] < self.low[variable];
        let sign = if below { 1.0 } else { -1.0 };
        let line = &self.cells[r * self.columns..(r + 1) * self.columns];
        let mut multipliers: Vec<(usize, f64)> = self
            .nonbasic
            .iter()
            .zip(line)
            .filter(|&(&other, &a)| other as usize >= self.structural && sign * a > 0.0)
            .map(|(&other, &a)| (other as usize - self.structural, sign * a))
            .collect();
        if variable >= self.structural {
            multipliers.push((variable - self.structural, 1.0));
        }
        multipliers
    }

    /// Goes on until all bounds hold, a contradiction is met, the bound is at most `cutoff`, or after `steps` steps.
    pub(super) fn solve(&mut self, cutoff: f64, steps: u64) -> Outcome {
        let end = self.pivots + steps;
        let mut candidates = Vec::new();
        loop {
            if self.objective() <= cutoff {
                return Outcome::Cutoff;
            }
            let Some(r) = self.leaving() else {
                return Outcome::Optimal;
            };
            if self.pivots >= end {
                return Outcome::Stopped;
            }
            self.pivots += 1;
            let Some(c) = self.entering(r, &mut candidates) else {
                return Outcome::Infeasible(r);
            };
            self.exchange(r, c);
        }
    }

    /// The row whose bound is violated most, against the length of the row.
    fn leaving(&self) -> Option<usize> {
        let mut best = None;
        let mut most = 0.0;
        for (r, (&value, &variable)) in self.values.iter().zip(&self.basic).enumerate() {
            let (low, high) = (self.low[variable as usize], self.high[variable as usize]);
            let excess = (low - value).max(value - high);
            if excess > FEASIBLE * (1.0 + value.abs()) {
                let line = &self.cells[r * self.columns..(r + 1) * self.columns];
                let length = 1.0 + square_length(line);
                let score = excess * excess / length;
                if score > most {
                    (most, best) = (score, Some(r));
                }
            }
        }
        best
    }

    /// The column that enters for row `r`, after the flips of all ranges that are passed; `None` if even all of them do not
    /// suffice.
    fn entering(&mut self, r: usize, candidates: &mut Vec<(f64, f64, usize)>) -> Option<usize> {
        let variable = self.basic[r] as usize;
        let value = self.values[r];
        let below = value < self.low[variable];
        let sign = if below { 1.0 } else { -1.0 };
        let mut excess = if below {
            self.low[variable] - value
        } else {
            value - self.high[variable]
        };
        candidates.clear();
        let line = &self.cells[r * self.columns..(r + 1) * self.columns];
        for (j, &a) in line.iter().enumerate() {
            let a = sign * a;
            if a.abs() <= PIVOT {
                continue;
            }
            let other = self.nonbasic[j] as usize;
            let (low, high) = (self.low[other], self.high[other]);
            // Up from the low end, or down from the high end.
            let movable = if a > 0.0 {
                self.at[j] < high
            } else {
                self.at[j] > low
            };
            if movable && low < high {
                candidates.push(((self.costs[j] / a).abs(), a.abs(), j));
            }
        }
        candidates.sort_unstable_by(|x, y| {
            x.0.total_cmp(&y.0)
                .then(y.1.total_cmp(&x.1))
                .then(x.2.cmp(&y.2))
        });
        let mut chosen = None;
        for (position, &(_, a, j)) in candidates.iter().enumerate() {
            let other = self.nonbasic[j] as usize;
            excess -= a * (self.high[other] - self.low[other]);
            if excess < 0.0 {
                chosen = Some(position);
                break;
            }
        }
        let position = chosen?;
        // Among nearly equal ratios a longer entry is safer.
        let limit = candidates[position].0 + 1e-10;
        let pick = candidates[position..]
            .iter()
            .take_while(|candidate| candidate.0 <= limit)
            .fold(candidates[position], |best, &other| {
                if other.1 > 10.0 * best.1 { other } else { best }
            });
        for &(_, _, j) in &candidates[..position] {
            let other = self.nonbasic[j] as usize;
            let target = if self.at[j] >= self.high[other] {
                self.low[other]
            } else {
                self.high[other]
            };
            self.move_to(j, target);
        }
        Some(pick.2)
    }

    /// Row `r` leaves to the bound it violates, column `c` enters.
    fn exchange(&mut self, r: usize, c: usize) {
        let n = self.columns;
        let leaving = self.basic[r] as usize;
        let target = self.values[r].clamp(self.low[leaving], self.high[leaving]);
        let pivot = self.cells[r * n + c];
        let step = (target - self.values[r]) / pivot;
        let entered = self.at[c] + step;
        for (line, value) in self.cells.chunks(n).zip(&mut self.values) {
            *value += line[c] * step;
        }
        let inverse = 1.0 / pivot;
        let mut line: Vec<f64> = self.cells[r * n..(r + 1) * n]
            .iter()
            .map(|a| -a * inverse)
            .collect();
        line[c] = inverse;
        for (i, other) in self.cells.chunks_mut(n).enumerate() {
            let factor = other[c];
            if i != r && factor != 0.0 {
                other[c] = 0.0;
                for (cell, &a) in other.iter_mut().zip(&line) {
                    *cell += factor * a;
                }
            }
        }
        let cost = self.costs[c];
        self.costs[c] = 0.0;
        for (d, &a) in self.costs.iter_mut().zip(&line) {
            *d += cost * a;
        }
        self.cells[r * n..(r + 1) * n].copy_from_slice(&line);
        self.values[r] = entered;
        self.basic[r] = self.nonbasic[c];
        self.nonbasic[c] = u32::try_from(leaving).expect("it came from a u32");
        self.at[c] = target;
    }
}

/// Σ a², in eight sums side by side.
fn square_length(line: &[f64]) -> f64 {
    let (chunks, rest) = line.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for chunk in chunks {
        for (sum, a) in sums.iter_mut().zip(chunk) {
            *sum += a * a;
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|a| a * a).sum::<f64>()
}
