//! Lower bounds: gradients at points, and walks to neighbouring cells with larger ones.

use kernel::certificate::branch::Norm;
use relu_core::network::Network;
use relu_core::number::rational::Rational;

use super::facts::Question;

/// Points are multiples of 2⁻³⁶ of the width of the box, a little inside.
const GRID: i64 = 1 << 36;

/// Steps of a random walk, per input.
const WALK: usize = 1000;

/// splitmix64 as numbers in [0, 1).
pub(super) struct Stream(pub(super) u64);

impl Stream {
    pub(super) fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The gradient at a point in floats, with the affine pre-activations of all hidden neurons there, row by row (slope, value).
struct Local {
    gradient: Vec<f64>,
    facets: Vec<(Vec<f64>, f64)>,
}

fn local(question: &Question<f64>, x: &[f64]) -> Local {
    let d = x.len();
    let mut y = x.to_vec();
    let mut slopes: Vec<Vec<f64>> = (0..d)
        .map(|j| (0..d).map(|k| f64::from(u8::from(j == k))).collect())
        .collect();
    let mut facets = Vec::with_capacity(question.neurons());
    let depth = question.layers.len();
    for (l, layer) in question.layers.iter().enumerate() {
        let mut next = Vec::with_capacity(layer.bias.len());
        let mut values = Vec::with_capacity(layer.bias.len());
        for (row, &bias) in layer.weights.iter().zip(&layer.bias) {
            let mut slope = vec![0.0; d];
            let mut value = bias;
            for ((&weight, part), &y) in row.iter().zip(&slopes).zip(&y) {
                value += weight * y;
                for (sum, part) in slope.iter_mut().zip(part) {
                    *sum += weight * part;
                }
            }
            if l + 1 < depth {
                facets.push((slope.clone(), value));
                if value <= 0.0 {
                    slope.fill(0.0);
                }
                value = value.max(0.0);
            }
            next.push(slope);
            values.push(value);
        }
        slopes = next;
        y = values;
    }
    Local {
        gradient: slopes.swap_remove(0),
        facets,
    }
}

/// The norm of a vector in floats.
fn norm_of(norm: Norm, gradient: &[f64]) -> f64 {
    match norm {
        Norm::L1 => gradient.iter().map(|g| g.abs()).sum(),
        Norm::L2Squared => gradient.iter().map(|g| g * g).sum(),
        Norm::LInfinity => gradient.iter().fold(0.0, |most, g| g.abs().max(most)),
    }
}

/// The norm of the gradient at a point, in floats: the pattern forwards, the derivative backwards.
pub(super) fn height(question: &Question<f64>, x: &[f64]) -> f64 {
    let hidden = question.layers.len() - 1;
    let mut layers = Vec::with_capacity(hidden);
    let mut y = x.to_vec();
    for layer in &question.layers[..hidden] {
        let next: Vec<f64> = layer
            .weights
            .iter()
            .zip(&layer.bias)
            .map(|(row, &bias)| {
                let sum: f64 = row.iter().zip(&y).map(|(w, y)| w * y).sum();
                (bias + sum).max(0.0)
            })
            .collect();
        y.clone_from(&next);
        layers.push(next);
    }
    let mut flow = vec![1.0];
    for (l, layer) in question.layers.iter().enumerate().rev() {
        let mut back = vec![0.0; layer.weights[0].len()];
        for (row, &flow) in layer.weights.iter().zip(&flow) {
            if flow != 0.0 {
                for (sum, weight) in back.iter_mut().zip(row) {
                    *sum += weight * flow;
                }
            }
        }
        if l > 0 {
            for (sum, &y) in back.iter_mut().zip(&layers[l - 1]) {
                if y <= 0.0 {
                    *sum = 0.0;
                }
            }
        }
        flow = back;
    }
    norm_of(question.norm, &flow)
}

/// Walks across the facets of cells as long as the norm grows.
pub(super) fn climb(question: &Question<f64>, start: &[f64]) -> (f64, Vec<f64>) {
    let mut x = start.to_vec();
    let mut here = local(question, &x);
    let mut best = norm_of(question.norm, &here.gradient);
    loop {
        let mut next: Option<(f64, Vec<f64>)> = None;
        for (slope, value) in &here.facets {
            let length: f64 = slope.iter().map(|a| a * a).sum();
            if length == 0.0 {
                continue;
            }
            for factor in [1.02, 1.3, 2.0] {
                let candidate: Vec<f64> = x
                    .iter()
                    .zip(slope)
                    .zip(&question.domain)
                    .map(|((x, a), (low, high))| {
                        let margin = 1e-6 * (high - low);
                        (x - factor * value / length * a).clamp(low + margin, high - margin)
                    })
                    .collect();
                let height = height(question, &candidate);
                if height > next.as_ref().map_or(best, |next| next.0) * (1.0 + 1e-12) {
                    next = Some((height, candidate));
                }
            }
        }
        match next {
            None => return (best, x),
            Some((height, candidate)) => {
                best = height;
                x = candidate;
                here = local(question, &x);
            }
        }
    }
}

/// The best point of a walk by random steps, of which worse ones are taken with a falling probability.
fn anneal(question: &Question<f64>, stream: &mut Stream, steps: usize) -> Vec<f64> {
    let d = question.indim();
    let mut x: Vec<f64> = question
        .domain
        .iter()
        .map(|(low, high)| low + (high - low) * stream.next())
        .collect();
    let mut here = height(question, &x);
    let scale = 0.1 * here.max(f64::MIN_POSITIVE);
    let mut best = (here, x.clone());
    for step in 0..steps {
        let left = 1.0 - step as f64 / steps as f64;
        let mut next = x.clone();
        let changed = 1 + (3.0 * stream.next()) as usize;
        let reach = match stream.next() < 0.3 {
            true => 1.0,
            false => 0.05 + 0.3 * left,
        };
        for _ in 0..changed {
            let j = ((stream.next() * d as f64) as usize).min(d - 1);
            let (low, high) = question.domain[j];
            let margin = 1e-4 * (high - low);
            let moved = next[j] + 2.0 * reach * (high - low) * (stream.next() - 0.5);
            next[j] = moved.clamp(low + margin, high - margin);
        }
        let there = height(question, &next);
        let loss = (here - there) / (scale * left * left);
        if there >= here || stream.next() < (-loss).exp() {
            (here, x) = (there, next);
            if here > best.0 {
                best = (here, x.clone());
            }
        }
    }
    best.1
}

/// The best points that climbs from drawn points and from walks reach, best first.
///
/// The best of them is then kicked at random, the more often the more dimensions there are, and climbs again.
pub(super) fn best_points(question: &Question<f64>, draws: usize, starts: usize) -> Vec<Vec<f64>> {
    let mut stream = Stream(1);
    let inside = |x: f64, (low, high): &(f64, f64)| {
        let margin = 1e-3 * (high - low);
        x.clamp(low + margin, high - margin)
    };
    let mut drawn: Vec<(f64, Vec<f64>)> = (0..draws)
        .map(|_| {
            let x: Vec<f64> = question
                .domain
                .iter()
                .map(|range| inside(range.0 + (range.1 - range.0) * stream.next(), range))
                .collect();
            (height(question, &x), x)
        })
        .collect();
    drawn.sort_by(|a, b| b.0.total_cmp(&a.0));
    drawn.truncate(starts);
    let mut reached: Vec<(f64, Vec<f64>)> = drawn.iter().map(|(_, x)| climb(question, x)).collect();
    for _ in 0..question.indim() {
        let x = anneal(question, &mut stream, WALK * question.indim());
        reached.push(climb(question, &x));
    }
    reached.sort_by(|a, b| b.0.total_cmp(&a.0));
    let kicks = 4 * question.indim() * question.indim();
    for kick in 0..kicks {
        let Some((best, x)) = reached.first() else {
            break;
        };
        let scale = [0.1, 0.3, 1.0][kick % 3];
        let kicked: Vec<f64> = x
            .iter()
            .zip(&question.domain)
            .map(|(x, range)| {
                inside(
                    x + scale * (range.1 - range.0) * (stream.next() - 0.5),
                    range,
                )
            })
            .collect();
        let (height, x) = climb(question, &kicked);
        if height > best * (1.0 + 1e-12) {
            reached.insert(0, (height, x));
        }
    }
    reached.into_iter().map(|(_, x)| x).collect()
}

/// The point on the grid of the box near x, strictly inside.
pub(super) fn on_grid(
    domain: &[(Rational, Rational)],
    question: &Question<f64>,
    x: &[f64],
) -> Vec<Rational> {
    domain
        .iter()
        .zip(&question.domain)
        .zip(x)
        .map(|(((low, high), (start, end)), x)| {
            let share = ((x - start) / (end - start) * GRID as f64).round();
            let share = (share as i64).clamp(1, GRID - 1);
            let share = Rational::new(share, GRID).expect("the grid is not empty");
            low + &(&share * &(high - low))
        })
        .collect()
}

/// The norm of the gradient at a point, exactly; `None` on a kink.
pub(super) fn exact_height(phi: &Network, norm: Norm, x: &[Rational]) -> Option<Rational> {
    let mut y = x.to_vec();
    let mut slopes: Vec<Option<Vec<Rational>>> = (0..x.len())
        .map(|j| {
            let mut unit = vec![Rational::zero(); x.len()];
            unit[j] = Rational::one();
            Some(unit)
        })
        .collect();
    for (l, layer) in phi.layers().iter().enumerate() {
        let mut values = layer.apply(&y);
        let mut next = Vec::with_capacity(values.len());
        for (i, value) in values.iter_mut().enumerate() {
            let mut slope = vec![Rational::zero(); x.len()];
            for (k, weight) in layer.entries(i) {
                for (sum, part) in slope.iter_mut().zip(slopes[k].iter().flatten()) {
                    sum.add_product(weight, part);
                }
            }
            if l + 1 == phi.depth() || *value > Rational::zero() {
                next.push(Some(slope));
                continue;
            }
            if value.is_zero() && slope.iter().any(|part| !part.is_zero()) {
                return None;
            }
            *value = Rational::zero();
            next.push(None);
        }
        slopes = next;
        y = values;
    }
    Some(norm.of(&slopes.swap_remove(0)?))
}
