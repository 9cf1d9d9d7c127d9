//! Where a node is split: a value of the gradient, or the choice whose sides promise most.

use kernel::certificate::branch::Norm;
use relu_core::number::rational::Rational;

use super::super::facts::Choice;
use super::super::frame::Program;
use super::super::relaxation::Binary;
use super::super::simplex::Outcome;
use super::{Explorer, Grown, Next, Task, open_binaries};

/// Secants are worth a split if they cost more than this multiple of the distance to the target.
const SECANTS: f64 = 2.0;
/// Values of splits are multiples of 2⁻¹⁶.
const GRID: f64 = 65_536.0;
/// Choices tried at a node.
const TRIED: usize = 8;
/// Steps for each side of a choice that is tried.
const TRIAL_STEPS: u64 = 6;

impl Explorer<'_> {
    /// Where to split the gradient, if the secants of the squares cost much of the distance to the target.
    pub(super) fn slope(&self, task: &Task, solution: &[f64]) -> Option<(usize, Rational)> {
        if self.problem.norm != Norm::L2Squared
            || task.choices.slope.is_some()
            || task.choices.signs.contains(&Choice::Open)
        {
            return None;
        }
        let losses = self.frame.relaxation.losses(solution);
        let total: f64 = losses.iter().map(|loss| loss.1).sum();
        if total < SECANTS * (task.bound - self.cutoff()) {
            return None;
        }
        let (j, &(g, loss)) = losses
            .iter()
            .enumerate()
            .max_by(|a, b| a.1.1.total_cmp(&b.1.1))?;
        let (low, high) = self.frame.relaxation.facts.gradient[j];
        let inner = 0.2 * (high - low);
        let at = match low + inner < 0.0 && 0.0 < high - inner {
            true => 0.0,
            false => g.clamp(low + inner, high - inner),
        };
        let at = (at * GRID).round();
        if loss <= 0.0 || at.abs() >= 1e14 || at <= low * GRID || at >= high * GRID {
            return None;
        }
        Some((j, Rational::new(at as i64, GRID as i64)?))
    }

    /// Splits on the choice whose two sides promise most.
    pub(super) fn split(&mut self, task: Task, solution: &[f64], grown: &mut Grown) -> Next {
        let relaxation = &self.frame.relaxation;
        let mut options: Vec<(f64, Binary)> = open_binaries(self.frame)
            .into_iter()
            .filter(|binary| match *binary {
                Binary::Neuron(n) => task.choices.states[n] == Choice::Open,
                Binary::Sign(j) => task.choices.signs[j] == Choice::Open,
            })
            .map(|binary| {
                let value = relaxation.switch(binary).map_or(0.0, |v| solution[v]);
                let weight = value.min(1.0 - value).max(1e-6) * relaxation.influence(binary);
                (weight, binary)
            })
            .collect();
        options.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        // While a sign is open, the relaxation takes |∂_j| for as large as it can be; so signs come first.
        if options
            .iter()
            .any(|option| matches!(option.1, Binary::Sign(_)))
        {
            options.retain(|option| matches!(option.1, Binary::Sign(_)));
        }
        options.truncate(TRIED);
        let tableau = &task.program.tableau;
        let base = tableau.compacted(&relaxation.redundant(&task.choices));
        let reach = (task.bound - self.cutoff()).max(1e-12);
        let mut best: Option<(f64, Binary, [Task; 2])> = None;
        for (_, binary) in options {
            let mut score = 1.0;
            let sides = [Choice::On, Choice::Off].map(|choice| {
                let choices = task.choices.with(binary, choice);
                let mut tableau = base.clone();
                for (variable, low, high) in relaxation.ranges_of(binary, &choices) {
                    tableau.set_range(variable, low, high);
                }
                let outcome = tableau.solve(self.cutoff(), TRIAL_STEPS);
                grown.pivots += tableau.pivots() - base.pivots();
                let gain = match outcome {
                    Outcome::Infeasible(_) | Outcome::Cutoff => reach,
                    _ => (task.bound - tableau.objective()).clamp(0.0, reach),
                };
                score *= gain.max(1e-3 * reach);
                Task {
                    index: 0,
                    choices,
                    bound: task.bound,
                    multipliers: task.multipliers.clone(),
                    program: Program {
                        tableau,
                        sums: task.program.sums.clone(),
                    },
                }
            });
            if best.as_ref().is_none_or(|best| score > best.0) {
                best = Some((score, binary, sides));
            }
        }
        match best {
            Some((_, binary, sides)) => Next::Split(binary, Box::new(sides)),
            None => Next::Open,
        }
    }
}
