//! Strict directions by Fourier–Motzkin elimination: the reference for the simplex method.
//!
//! Slow, short and independent of [`super::simplex`]: nothing is shared but the numbers.

use std::collections::BTreeSet;

use super::simplex::check_lengths;
use crate::failure::Failure;
use crate::field::Sign;
use crate::number::poly::content;
use crate::number::rational::Rational;

/// The number of conditions at which the elimination gives up.
pub const CONDITION_CAP: usize = 20_000;

/// A vector v with r·v > 0 for every r in `positive` and r·v = 0 for every r in `zero`; `None` iff there is none.
///
/// # Definition
/// An equation with a coefficient ≠ 0 expresses one coordinate by the others. Then coordinates are eliminated: two conditions with opposite
/// signs at a coordinate give the condition without it that is their positive combination; the system is solvable iff 0 > 0 does not
/// appear. A solution is built backwards, each coordinate strictly between its bounds.
///
/// Errors: [`Failure::Shape`] if a row has not length `dimension`; [`Failure::Limit`] above [`CONDITION_CAP`] conditions.
pub fn strict_direction(
    positive: &[Vec<Rational>],
    zero: &[Vec<Rational>],
    dimension: usize,
) -> Result<Option<Vec<Rational>>, Failure> {
    check_lengths(positive, zero, dimension)?;
    let mut conditions: BTreeSet<Vec<Rational>> =
        positive.iter().map(|row| primitive(row)).collect();
    let mut equations = zero.to_vec();
    // (coordinate, row): v_j = −Σ_{i≠j} row_i·v_i / row_j, in the order of elimination.
    let mut expressed: Vec<(usize, Vec<Rational>)> = Vec::new();
    while let Some(row) = equations.pop() {
        let Some(j) = row.iter().position(|value| !value.is_zero()) else {
            continue;
        };
        let without = |other: &Vec<Rational>| substituted(other, j, &row);
        equations = equations.iter().map(without).collect();
        conditions = conditions
            .iter()
            .map(|other| primitive(&without(other)))
            .collect();
        expressed.push((j, row));
    }
    // Conditions on the coordinates from j on, after the elimination of those below j.
    let mut stages = vec![conditions];
    for j in 0..dimension {
        let next = eliminated(&stages[j], j)?;
        stages.push(next);
    }
    if !stages[dimension].is_empty() {
        return Ok(None);
    }
    let mut solution = vec![Rational::zero(); dimension];
    for j in (0..dimension).rev() {
        solution[j] = between_bounds(&stages[j], j, &solution);
    }
    for (j, row) in expressed.iter().rev() {
        solution[*j] = Rational::zero();
        let rest = value(row, &solution);
        solution[*j] = (-rest)
            .over(&row[*j])
            .expect("the coordinate has a coefficient that is not zero");
    }
    Ok(Some(solution))
}

/// Σ r_i·v_i.
fn value(row: &[Rational], vector: &[Rational]) -> Rational {
    row.iter()
        .zip(vector)
        .map(|(a, b)| a * b)
        .fold(Rational::zero(), |sum, term| sum + term)
}

/// The positive multiple with coprime integer entries, so that equal conditions are equal rows.
fn primitive(row: &[Rational]) -> Vec<Rational> {
    match content(row).recip() {
        Some(inverse) => row.iter().map(|value| value * &inverse).collect(),
        None => row.to_vec(),
    }
}

/// The condition with coordinate j replaced by means of the equation.
fn substituted(row: &[Rational], j: usize, equation: &[Rational]) -> Vec<Rational> {
    let factor = row[j]
        .over(&equation[j])
        .expect("the equation has a coefficient at the coordinate");
    row.iter()
        .zip(equation)
        .map(|(a, b)| a - &(b * &factor))
        .collect()
}

/// The conditions without coordinate j that follow from these.
fn eliminated(
    conditions: &BTreeSet<Vec<Rational>>,
    j: usize,
) -> Result<BTreeSet<Vec<Rational>>, Failure> {
    let with = |sign: Sign| conditions.iter().filter(move |row| row[j].sign() == sign);
    let mut next: BTreeSet<_> = with(Sign::Zero).cloned().collect();
    for low in with(Sign::Positive) {
        for high in with(Sign::Negative) {
            let (p, q) = (-&high[j], &low[j]);
            let combined: Vec<_> = low
                .iter()
                .zip(high)
                .map(|(a, b)| &(a * &p) + &(b * q))
                .collect();
            next.insert(primitive(&combined));
            if next.len() > CONDITION_CAP {
                return Err(Failure::Limit(format!(
                    "more than {CONDITION_CAP} conditions in an elimination"
                )));
            }
        }
    }
    Ok(next)
}

/// A value of coordinate j that meets the conditions, for the later coordinates in `solution`; that of j is still 0.
fn between_bounds(
    conditions: &BTreeSet<Vec<Rational>>,
    j: usize,
    solution: &[Rational],
) -> Rational {
    let (mut low, mut high): (Option<Rational>, Option<Rational>) = (None, None);
    for row in conditions {
        // Coordinates below j do not occur: row_j·v_j > −Σ_{i>j} row_i·v_i.
        let Some(bound) = (-value(row, solution)).over(&row[j]) else {
            continue;
        };
        if row[j].sign() == Sign::Positive {
            low = Some(low.map_or(bound.clone(), |low| low.max(bound)));
        } else {
            high = Some(high.map_or(bound.clone(), |high| high.min(bound)));
        }
    }
    match (low, high) {
        (Some(low), Some(high)) => Rational::simplest_between(&low, &high)
            .expect("the elimination left room between the bounds"),
        (Some(low), None) => low + Rational::one(),
        (None, Some(high)) => high - Rational::one(),
        (None, None) => Rational::zero(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(
        positive: &[&[i64]],
        zero: &[&[i64]],
        dimension: usize,
    ) -> Result<Option<Vec<Rational>>, Failure> {
        let rows = |rows: &[&[i64]]| -> Vec<Vec<Rational>> {
            rows.iter()
                .map(|row| row.iter().map(|&n| n.into()).collect())
                .collect()
        };
        let (positive, zero) = (rows(positive), rows(zero));
        let found = strict_direction(&positive, &zero, dimension)?;
        if let Some(v) = &found {
            assert!(
                positive
                    .iter()
                    .all(|row| value(row, v).sign() == Sign::Positive)
            );
            assert!(zero.iter().all(|row| value(row, v).is_zero()));
        }
        Ok(found)
    }

    #[test]
    fn directions_are_found() {
        assert!(find(&[&[1, 0], &[0, 1]], &[], 2).unwrap().is_some());
        assert!(
            find(&[&[1, -1, 0], &[0, 1, -1], &[0, 0, 1]], &[], 3)
                .unwrap()
                .is_some()
        );
        assert!(
            find(&[&[1, 0, 0]], &[&[1, 1, 0], &[0, 1, 1]], 3)
                .unwrap()
                .is_some()
        );
        assert!(
            find(&[&[0, 0, -2]], &[&[0, 0, 0], &[1, 1, 1], &[2, 2, 2]], 3)
                .unwrap()
                .is_some()
        );
        assert!(find(&[], &[&[1]], 1).unwrap().is_some());
        assert!(find(&[], &[], 0).unwrap().is_some());
    }

    #[test]
    fn contradictions_are_seen() {
        assert_eq!(find(&[&[1], &[-1]], &[], 1), Ok(None));
        assert_eq!(
            find(&[&[1, -1, 0], &[0, 1, -1], &[-1, 0, 1]], &[], 3),
            Ok(None)
        );
        assert_eq!(find(&[&[1, 1]], &[&[1, 1]], 2), Ok(None));
        assert_eq!(find(&[&[0, 0]], &[], 2), Ok(None));
        assert_eq!(find(&[&[1, 0]], &[&[1, 0], &[0, 1]], 2), Ok(None));
        assert_eq!(find(&[&[]], &[], 0), Ok(None));
        assert!(matches!(find(&[&[1]], &[], 2), Err(Failure::Shape(_))));
        assert!(matches!(find(&[], &[&[1]], 2), Err(Failure::Shape(_))));
    }

    #[test]
    fn too_many_conditions_are_refused() {
        // 150 lower and 150 upper bounds with different slopes give 22500 pairs.
        let rows: Vec<Vec<Rational>> = (0..300)
            .map(|i: i64| {
                vec![if i % 2 == 0 { 1 } else { -1 }, i * i * i, i, 1]
                    .into_iter()
                    .map(Rational::from)
                    .collect()
            })
            .collect();
        assert!(matches!(
            strict_direction(&rows, &[], 4),
            Err(Failure::Limit(_))
        ));
    }
}
