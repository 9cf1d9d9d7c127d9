//! The natives that have a shadow.

use std::rc::Rc;

use super::{Shade, ShadeLayer};

/// The value of a native in double precision; `None` without a shadow, for the wrong shapes, or at a kink value that matters.
pub(super) fn call(name: &str, arguments: &[Shade]) -> Option<Shade> {
    use Shade::{Matrix, Network, Number, Vector};
    Some(match (name, arguments) {
        ("abs", [Number(x)]) => Number(x.abs()),
        ("max", numbers) => Number(extreme(numbers, f64::max)?),
        ("min", numbers) => Number(extreme(numbers, f64::min)?),
        ("value", [Network(phi), Vector(x)]) => Vector(realize(phi, x)?),
        ("deriv", [Network(phi), Vector(x), Number(c)]) => Matrix(derivative(phi, x, *c)?),
        ("compose", [Network(psi), Network(phi)]) => Network(Rc::new(compose(psi, phi)?)),
        ("weights", [Network(phi), Number(l)]) => Matrix(layer(phi, *l)?.0.clone()),
        ("bias", [Network(phi), Number(l)]) => Vector(layer(phi, *l)?.1.clone()),
        ("depth", [Network(phi)]) => count(phi.len()),
        ("indim", [Network(phi)]) => count(phi.first()?.0.first()?.len()),
        ("outdim", [Network(phi)]) => count(phi.last()?.1.len()),
        ("connectivity", [Network(phi)]) => count(entries(phi).filter(|x| *x != 0.0).count()),
        ("weight_bound", [Network(phi)]) => {
            Number(entries(phi).fold(0.0, |best, x| best.max(x.abs())))
        }
        ("norm1", [Vector(x)]) => Number(x.iter().map(|x| x.abs()).sum()),
        ("norm_inf", [Vector(x)]) => Number(x.iter().fold(0.0, |best, x| best.max(x.abs()))),
        ("norm2sq", [Vector(x)]) => Number(x.iter().map(|x| x * x).sum()),
        ("op_norm_inf", [Matrix(rows)]) => Number(largest_row_sum(rows)),
        ("op_norm1", [Matrix(rows)]) => Number(largest_row_sum(&transposed(rows))),
        ("transpose", [Matrix(rows)]) => Matrix(transposed(rows)),
        ("rows", [Matrix(rows)]) => count(rows.len()),
        ("length", [Vector(x)]) => count(x.len()),
        _ => return None,
    })
}

fn count(n: usize) -> Shade {
    Shade::Number(n as f64)
}

fn extreme(numbers: &[Shade], better: fn(f64, f64) -> f64) -> Option<f64> {
    let numbers: Option<Vec<f64>> = numbers
        .iter()
        .map(|number| match number {
            Shade::Number(x) => Some(*x),
            _ => None,
        })
        .collect();
    numbers?.into_iter().reduce(better)
}

fn entries(phi: &[ShadeLayer]) -> impl Iterator<Item = f64> + '_ {
    phi.iter()
        .flat_map(|(rows, bias)| rows.iter().flatten().chain(bias).copied())
}

fn layer(phi: &[ShadeLayer], l: f64) -> Option<&ShadeLayer> {
    (l >= 1.0).then(|| phi.get(l as usize - 1)).flatten()
}

fn transposed(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let columns = rows.first().map_or(0, Vec::len);
    (0..columns)
        .map(|j| rows.iter().map(|row| row[j]).collect())
        .collect()
}

fn largest_row_sum(rows: &[Vec<f64>]) -> f64 {
    rows.iter()
        .map(|row| row.iter().map(|x| x.abs()).sum())
        .fold(0.0, f64::max)
}

/// A·x.
pub(super) fn apply(rows: &[Vec<f64>], x: &[f64]) -> Option<Vec<f64>> {
    rows.iter()
        .map(|row| (row.len() == x.len()).then(|| row.iter().zip(x).map(|(a, x)| a * x).sum()))
        .collect()
}

/// A·B.
pub(super) fn product(a: &[Vec<f64>], b: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let columns = transposed(b);
    a.iter()
        .map(|row| {
            columns
                .iter()
                .map(|column| {
                    (row.len() == column.len())
                        .then(|| row.iter().zip(column).map(|(x, y)| x * y).sum())
                })
                .collect()
        })
        .collect()
}

fn preactivations(phi: &[ShadeLayer], x: &[f64]) -> Option<Vec<Vec<f64>>> {
    let mut input = x.to_vec();
    let mut all = Vec::with_capacity(phi.len());
    for (rows, bias) in phi {
        let z: Vec<f64> = apply(rows, &input)?
            .into_iter()
            .zip(bias)
            .map(|(x, b)| x + b)
            .collect();
        input = z.iter().map(|z| z.max(0.0)).collect();
        all.push(z);
    }
    Some(all)
}

fn realize(phi: &[ShadeLayer], x: &[f64]) -> Option<Vec<f64>> {
    preactivations(phi, x)?.pop()
}

fn derivative(phi: &[ShadeLayer], x: &[f64], kink: f64) -> Option<Vec<Vec<f64>>> {
    let all = preactivations(phi, x)?;
    let mut result = phi.first()?.0.clone();
    for ((rows, _), z) in phi[1..].iter().zip(&all) {
        for (row, z) in result.iter_mut().zip(z) {
            let slope = if *z > 0.0 {
                1.0
            } else if *z < 0.0 {
                0.0
            } else {
                kink
            };
            row.iter_mut().for_each(|entry| *entry *= slope);
        }
        result = product(rows, &result)?;
    }
    Some(result)
}

fn compose(psi: &[ShadeLayer], phi: &[ShadeLayer]) -> Option<Vec<ShadeLayer>> {
    let ((inner, inner_bias), (outer, outer_bias)) = (phi.last()?, psi.first()?);
    let merged = product(outer, inner)?;
    let bias = apply(outer, inner_bias)?
        .into_iter()
        .zip(outer_bias)
        .map(|(x, b)| x + b)
        .collect();
    let mut layers = phi[..phi.len() - 1].to_vec();
    layers.push((merged, bias));
    layers.extend_from_slice(&psi[1..]);
    Some(layers)
}
