//! One task: a part of the tree below an open node, depth first, with a fixed allowance.

mod branching;

use std::sync::Arc;

use kernel::certificate::branch::Step;
use relu_core::number::rational::Rational;

use super::ascent::{Stream, height};
use super::decided::{Decided, decide};
use super::facts::Choice;
use super::frame::{Frame, Problem, Program};
use super::relaxation::{Binary, Choices, Name};
use super::simplex::{Outcome, Tableau};

/// Relative distance below the target that counts as below.
pub(super) const MARGIN: f64 = 1e-9;
/// Choices after which a relaxation is built again.
const REFRAMED: usize = 4;

/// A node that waits: its choices and the bound known for it with multipliers.
#[derive(Clone)]
pub(super) struct Waiting {
    pub(super) frame: Arc<Frame>,
    pub(super) choices: Choices,
    pub(super) bound: f64,
    pub(super) multipliers: Vec<(Name, f64)>,
}

/// What has become of a node.
pub(super) enum Fate {
    /// Still open.
    Open(Waiting),
    /// Closed by these steps, of which the last is a leaf and the others have one child.
    Closed(Vec<Step>),
    /// The relaxation is built again from the facts; the index of the only child.
    Framed(usize),
    /// Split; the indices of the sides {≥ 0} and {≤ 0} in the list.
    Split(Binary, [usize; 2]),
    /// Split at a value of a coordinate of the gradient; the indices of the sides {≥ value} and {≤ value}.
    Slope(usize, Rational, [usize; 2]),
}

/// The part of the tree that a task grew; node 0 is the one it was given.
pub(super) struct Grown {
    pub(super) nodes: Vec<Fate>,
    /// Points that promise a larger norm, best first.
    pub(super) points: Vec<Vec<f64>>,
    /// Exact points of decided cells.
    pub(super) exact: Vec<Vec<Rational>>,
    pub(super) pivots: u64,
}

/// A node on the stack of a task.
struct Task {
    index: usize,
    choices: Choices,
    program: Program,
    bound: f64,
    multipliers: Vec<(Name, f64)>,
}

/// Explores below a node until `allowance` nodes are dealt with; the rest stays open.
pub(super) fn explore(
    problem: &Problem,
    start: &Waiting,
    lower: &Rational,
    allowance: usize,
) -> Grown {
    let mut grown = Grown {
        nodes: vec![Fate::Open(start.clone())],
        points: Vec::new(),
        exact: Vec::new(),
        pivots: 0,
    };
    let mut waiting = start.clone();
    let mut index = 0;
    if let Some(narrower) = reframed(problem, start, &mut grown.pivots) {
        grown.nodes = vec![Fate::Framed(1), Fate::Open(narrower.clone())];
        (waiting, index) = (narrower, 1);
    }
    let frame = &waiting.frame;
    let mut explorer = Explorer {
        problem,
        frame,
        lower: lower.clone(),
        target: super::facts::Number::from_rational(lower),
        best: super::facts::Number::from_rational(lower),
        stream: Stream(2),
    };
    let mut program = frame.program.clone();
    apply(frame, &mut program.tableau, &waiting.choices);
    let mut stack = vec![Task {
        index,
        choices: waiting.choices.clone(),
        program,
        bound: waiting.bound,
        multipliers: waiting.multipliers.clone(),
    }];
    for _ in 0..allowance {
        let Some(task) = stack.pop() else { break };
        let index = task.index;
        match explorer.step(task, &mut grown) {
            Next::Closed(steps) => grown.nodes[index] = Fate::Closed(steps),
            Next::Split(binary, sides) => {
                let first = grown.nodes.len();
                grown.nodes[index] = Fate::Split(binary, [first, first + 1]);
                let [mut on, mut off] = *sides;
                on.index = first;
                off.index = first + 1;
                for side in [&on, &off] {
                    grown.nodes.push(Fate::Open(Waiting {
                        frame: Arc::clone(frame),
                        choices: side.choices.clone(),
                        bound: side.bound,
                        multipliers: side.multipliers.clone(),
                    }));
                }
                // The more promising side is explored first.
                let on_first = on.bound >= off.bound;
                let (first, second) = if on_first { (on, off) } else { (off, on) };
                stack.push(second);
                stack.push(first);
            }
            Next::Slope(j, value, parent) => {
                let first = grown.nodes.len();
                for upper in [false, true] {
                    let mut side = (*parent).clone();
                    side.choices.slope = Some((j, upper, value.clone()));
                    grown.nodes.push(Fate::Open(side));
                }
                grown.nodes[index] = Fate::Slope(j, value, [first, first + 1]);
            }
            Next::Open => {}
        }
    }
    grown
}

/// The node in a relaxation that is built from its own facts, if enough choices were made since the last one.
fn reframed(problem: &Problem, start: &Waiting, pivots: &mut u64) -> Option<Waiting> {
    let root = &start.frame.relaxation.root;
    let changed =
        |before: &[Choice], now: &[Choice]| before.iter().zip(now).filter(|(a, b)| a != b).count();
    let changed =
        changed(&root.states, &start.choices.states) + changed(&root.signs, &start.choices.signs);
    if changed < REFRAMED && start.choices.slope.is_none() {
        return None;
    }
    let mut exact = start.frame.exact_at(&start.choices);
    if !exact.propagate(&problem.exact) {
        return None;
    }
    let frame = Frame::new(problem, exact, root.peak);
    *pivots += frame.program.tableau.pivots();
    let choices = frame.relaxation.root.clone();
    let multipliers = frame.program.multipliers(&frame.relaxation);
    let bound = frame
        .relaxation
        .bound(Some(&frame.objective), &multipliers, &choices);
    Some(Waiting {
        frame: Arc::new(frame),
        choices,
        bound,
        multipliers,
    })
}

/// Gives all variables their ranges under the choices.
fn apply(frame: &Frame, tableau: &mut Tableau, choices: &Choices) {
    for binary in open_binaries(frame) {
        for (variable, low, high) in frame.relaxation.ranges_of(binary, choices) {
            tableau.set_range(variable, low, high);
        }
    }
}

/// The binaries of a frame that are open there.
fn open_binaries(frame: &Frame) -> Vec<Binary> {
    let root = &frame.relaxation.root;
    let neurons = (0..root.states.len())
        .filter(|&n| root.states[n] == Choice::Open)
        .map(Binary::Neuron);
    let signs = (0..root.signs.len())
        .filter(|&j| root.signs[j] == Choice::Open)
        .map(Binary::Sign);
    neurons
        .chain(signs)
        .filter(|&binary| frame.relaxation.switch(binary).is_some())
        .collect()
}

enum Next {
    Closed(Vec<Step>),
    Split(Binary, Box<[Task; 2]>),
    Slope(usize, Rational, Box<Waiting>),
    Open,
}

struct Explorer<'a> {
    problem: &'a Problem,
    frame: &'a Arc<Frame>,
    lower: Rational,
    /// `lower` in floats.
    target: f64,
    /// The best norm seen in floats.
    best: f64,
    stream: Stream,
}

impl Explorer<'_> {
    /// Bounds below this close a node.
    fn cutoff(&self) -> f64 {
        self.target - MARGIN * self.target.abs()
    }

    fn step(&mut self, mut task: Task, grown: &mut Grown) -> Next {
        if let Some(steps) = self.by_intervals(&task.choices, grown) {
            return Next::Closed(steps);
        }
        let relaxation = &self.frame.relaxation;
        let before = task.program.tableau.pivots();
        let outcome = task.program.solve(relaxation, self.cutoff());
        grown.pivots += task.program.tableau.pivots() - before;
        match outcome {
            Outcome::Infeasible(r) => {
                let multipliers = task.program.tableau.contradiction(r);
                let multipliers = relaxation.named(&multipliers, &task.program.sums);
                if let Some(multipliers) =
                    relaxation.rounded(None, &multipliers, &task.choices, 0.0)
                {
                    return Next::Closed(vec![Step::Infeasible(multipliers)]);
                }
            }
            Outcome::Cutoff | Outcome::Optimal | Outcome::Stopped => {
                let multipliers = task.program.multipliers(relaxation);
                let bound =
                    relaxation.bound(Some(&self.frame.objective), &multipliers, &task.choices);
                if bound < self.cutoff()
                    && let Some(multipliers) = relaxation.rounded(
                        Some(&self.frame.objective),
                        &multipliers,
                        &task.choices,
                        self.cutoff(),
                    )
                {
                    return Next::Closed(vec![Step::Bound(multipliers)]);
                }
                if bound < task.bound {
                    task.bound = bound;
                    task.multipliers = multipliers;
                }
            }
        }
        let solution = task.program.tableau.solution();
        self.look_around(&solution, grown);
        if let Some((j, value)) = self.slope(&task, &solution) {
            let parent = Waiting {
                frame: Arc::clone(self.frame),
                choices: task.choices,
                bound: task.bound,
                multipliers: task.multipliers,
            };
            return Next::Slope(j, value, Box::new(parent));
        }
        self.split(task, &solution, grown)
    }

    /// Closes a node by intervals, or by deciding a pattern without open neurons.
    fn by_intervals(&mut self, choices: &Choices, grown: &mut Grown) -> Option<Vec<Step>> {
        let mut facts = self.frame.facts_at(choices);
        let peak = self.frame.relaxation.root.peak;
        let norm = self.problem.norm;
        let limit = self.target + MARGIN * self.target.abs();
        let possible = facts.propagate(&self.problem.floats);
        let decided = facts.states.iter().all(|&state| state != Choice::Open);
        if possible && facts.norm_bound(norm, peak) > limit && !decided {
            return None;
        }
        let mut facts = self.frame.exact_at(choices);
        if !facts.propagate(&self.problem.exact) || facts.norm_bound(norm, peak) <= self.lower {
            return Some(vec![Step::Interval]);
        }
        if facts.states.contains(&Choice::Open) {
            return None;
        }
        match decide(&self.problem.exact, &facts.states)? {
            Decided::Flat(facets) => Some(vec![Step::Frame(Vec::new()), Step::Flat(facets)]),
            Decided::Inside(point) => {
                // The norm of this cell becomes a lower bound, so that intervals close the node.
                self.lower = facts.norm_bound(norm, peak);
                self.target = super::facts::Number::from_rational(&self.lower);
                grown.exact.push(point);
                Some(vec![Step::Interval])
            }
        }
    }

    /// Tries points near the optimum of the relaxation.
    fn look_around(&mut self, solution: &[f64], grown: &mut Grown) {
        let question = &self.problem.floats;
        for scale in [1e-4, 1e-2] {
            let x: Vec<f64> = solution
                .iter()
                .zip(&question.domain)
                .map(|(x, (low, high))| {
                    let width = high - low;
                    (x + scale * width * (self.stream.next() - 0.5))
                        .clamp(low + 1e-6 * width, high - 1e-6 * width)
                })
                .collect();
            let height = height(question, &x);
            if height > self.best * (1.0 + 1e-9) {
                self.best = height;
                grown.points.push(x);
            }
        }
    }
}
