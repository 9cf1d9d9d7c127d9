//! Frames: a relaxation with its first optimum, and the lemmas that lead to a narrower one.

use kernel::certificate::branch::{Label, Lemma, Norm, Quantity};
use relu_core::number::rational::Rational;

use super::facts::{Choice, Facts, Number, Question};
use super::relaxation::{Choices, Name, Relaxation};
use super::simplex::{Outcome, Tableau};

/// The question in floats and in rationals.
pub(super) struct Problem {
    pub(super) norm: Norm,
    pub(super) floats: Question<f64>,
    pub(super) exact: Question<Rational>,
}

/// A relaxation with what is known exactly, and the tableau below which nodes start.
pub(super) struct Frame {
    pub(super) relaxation: Relaxation,
    pub(super) exact: Facts<Rational>,
    pub(super) objective: Vec<f64>,
    pub(super) program: Program,
}

/// A tableau with the rows for sums that were added to those of the relaxation.
#[derive(Clone)]
pub(super) struct Program {
    pub(super) tableau: Tableau,
    pub(super) sums: Vec<Label>,
}

impl Program {
    /// Solves, and adds rows that the optimum violates as long as that pays.
    pub(super) fn solve(&mut self, relaxation: &Relaxation, cutoff: f64) -> Outcome {
        let mut outcome = self.tableau.solve(cutoff, STEPS);
        for _ in 0..SEPARATIONS {
            if outcome != Outcome::Optimal {
                break;
            }
            let before = self.tableau.objective();
            let labels = relaxation.separated(&self.tableau.solution());
            if labels.is_empty() {
                break;
            }
            for label in &labels {
                self.tableau.add_row(&relaxation.sum_row(label));
            }
            self.sums.extend(labels);
            outcome = self.tableau.solve(cutoff, STEPS);
            let after = self.tableau.objective();
            if before - after < PAYS * (before - cutoff.max(0.0)) {
                break;
            }
        }
        outcome
    }

    /// Multipliers of the bound.
    pub(super) fn multipliers(&self, relaxation: &Relaxation) -> Vec<(Name, f64)> {
        relaxation.named(&self.tableau.multipliers(), &self.sums)
    }
}

/// Steps allowed for one linear program at most.
pub(super) const STEPS: u64 = 3000;
/// Rounds of rows for sums at a node.
const SEPARATIONS: usize = 10;
/// Share of the distance to the cutoff that a round has to gain for another one.
const PAYS: f64 = 0.02;
/// Values of lemmas are multiples of 2⁻²⁴.
const GRID: f64 = 16_777_216.0;

impl Frame {
    /// The frame of these facts; `None` before the peak of ℓ∞ is chosen has the objective 0.
    pub(super) fn new(
        problem: &Problem,
        exact: Facts<Rational>,
        peak: Option<(usize, bool)>,
    ) -> Self {
        let facts = Facts {
            z: exact.z.iter().map(floats).collect(),
            outer: exact.outer.iter().map(floats).collect(),
            gradient: exact.gradient.iter().map(floats).collect(),
            states: exact.states.clone(),
            signs: exact.signs.clone(),
        };
        let relaxation = Relaxation::new(&problem.floats, facts, peak);
        let objective = relaxation
            .objective(problem.norm)
            .unwrap_or_else(|| relaxation.zero());
        let mut program = Program {
            tableau: relaxation.tableau(&objective),
            sums: Vec::new(),
        };
        program.solve(&relaxation, f64::NEG_INFINITY);
        Self {
            relaxation,
            exact,
            objective,
            program,
        }
    }

    /// The facts of the frame under choices, in floats.
    pub(super) fn facts_at(&self, choices: &Choices) -> Facts<f64> {
        let mut facts = self.relaxation.facts.clone();
        facts.states.clone_from(&choices.states);
        facts.signs.clone_from(&choices.signs);
        if let Some((j, upper, value)) = &choices.slope {
            facts.narrow(
                Quantity::Gradient(*j),
                *upper,
                &Number::from_rational(value),
            );
        }
        facts
    }

    /// As [`Frame::facts_at`], exactly.
    pub(super) fn exact_at(&self, choices: &Choices) -> Facts<Rational> {
        let mut facts = self.exact.clone();
        facts.states.clone_from(&choices.states);
        facts.signs.clone_from(&choices.signs);
        if let Some((j, upper, value)) = &choices.slope {
            facts.narrow(Quantity::Gradient(*j), *upper, value);
        }
        facts
    }

    /// Enclosures that the relaxation narrows, with the facts they lead to; `None` if these are empty.
    pub(super) fn tightened(
        &self,
        problem: &Problem,
        quantities: &[Quantity],
        pivots: &mut u64,
    ) -> Option<(Vec<Lemma>, Facts<Rational>)> {
        let mut facts = self.exact.clone();
        let mut lemmas = Vec::new();
        let known = &self.relaxation.facts;
        let choices = &self.relaxation.root;
        for &quantity in quantities {
            let (low, high) = match quantity {
                Quantity::Preactivation(n) => known.z[n],
                Quantity::Outer(n) => known.outer[n],
                Quantity::Gradient(j) => known.gradient[j],
            };
            for upper in [true, false] {
                let objective = self.relaxation.quantity(quantity, upper);
                let mut tableau = self.relaxation.tableau(&objective);
                tableau.solve(f64::NEG_INFINITY, STEPS);
                *pivots += tableau.pivots();
                let multipliers = self.relaxation.named(&tableau.multipliers(), &[]);
                let bound = self
                    .relaxation
                    .bound(Some(&objective), &multipliers, choices);
                // The bound is one of ±quantity; it is rounded away from it.
                let slack = 1e-4 * (high - low);
                let value = ((bound + slack) * GRID).ceil() / GRID;
                let before = if upper { high } else { -low };
                if value >= before - 20.0 * slack || value.abs() >= 1e9 {
                    continue;
                }
                let Some(multipliers) =
                    self.relaxation
                        .rounded(Some(&objective), &multipliers, choices, value)
                else {
                    continue;
                };
                let exact = Rational::new((value * GRID) as i64, GRID as i64)
                    .expect("the denominator is positive");
                let value = if upper { exact } else { -exact };
                facts.narrow(quantity, upper, &value);
                lemmas.push(Lemma {
                    quantity,
                    upper,
                    value,
                    multipliers,
                });
            }
        }
        facts.propagate(&problem.exact).then_some((lemmas, facts))
    }

    /// What a lemma may be about: open pre-activations and derivatives after the first layer, and the gradient.
    pub(super) fn quantities(&self, problem: &Problem) -> Vec<Quantity> {
        let facts = &self.relaxation.facts;
        let open = |n: &usize| facts.states[*n] == Choice::Open;
        let neurons = problem.floats.neurons();
        (0..neurons)
            .filter(open)
            .map(Quantity::Preactivation)
            .chain(
                (0..neurons)
                    .filter(open)
                    .filter(|&n| facts.outer[n].0 < facts.outer[n].1)
                    .map(Quantity::Outer),
            )
            .chain((0..problem.floats.indim()).map(Quantity::Gradient))
            .collect()
    }
}

/// Both ends in floats.
fn floats((low, high): &(Rational, Rational)) -> (f64, f64) {
    (crate::shadow::shade_of(low), crate::shadow::shade_of(high))
}
