//! Cones against linear programming, Euler's relation and hand cases.

use super::*;
use crate::field::RationalOrder;
use crate::linear::simplex::strict_direction;
use crate::number::rational::Rational;

type Cell = (Vec<Sign>, Cone<Rational>);

fn form(entries: &[i64]) -> Vec<Rational> {
    entries.iter().map(|&n| n.into()).collect()
}

/// Cuts ℝᵈ by all forms in turn.
fn arrangement(dimension: usize, forms: &[Vec<Rational>]) -> Vec<Cell> {
    let mut cells = vec![(Vec::new(), Cone::whole(dimension))];
    for form in forms {
        let mut next = Vec::new();
        for (signs, cone) in cells {
            let split = cone.split(form, &RationalOrder).unwrap();
            for (side, part) in [
                (Sign::Positive, split.positive),
                (Sign::Zero, split.zero),
                (Sign::Negative, split.negative),
            ] {
                if let Some(part) = part {
                    let mut signs: Vec<Sign> = signs.clone();
                    signs.push(side);
                    next.push((signs, part));
                }
            }
        }
        cells = next;
    }
    cells
}

/// Arrangements with parallel, repeated, zero and concurrent forms in one to four dimensions.
fn arrangements() -> Vec<(usize, Vec<Vec<Rational>>)> {
    let lists: [(usize, &[&[i64]]); 11] = [
        (1, &[&[0], &[2], &[-1]]),
        (2, &[&[1, 0], &[0, 1]]),
        (2, &[&[1, 0], &[1, 0], &[-2, 0]]),
        (2, &[&[0, 0], &[1, -1], &[0, 0]]),
        (2, &[&[1, 2], &[2, 1], &[1, 1], &[-1, -1], &[1, -1]]),
        (
            2,
            &[&[0, 1], &[1, 3], &[1, -3], &[5, 1], &[5, -1], &[0, -2]],
        ),
        (3, &[&[1, -1, 0], &[0, 1, -1], &[1, 0, -1]]),
        (
            3,
            &[
                &[1, 0, 0],
                &[0, 1, 0],
                &[0, 0, 1],
                &[1, 1, 1],
                &[1, 1, 0],
                &[1, -1, 1],
            ],
        ),
        // Eight planes tangent to one cone: polygonal cones with many rays.
        (
            3,
            &[
                &[1, 0, 2],
                &[0, 1, 2],
                &[-1, 0, 2],
                &[0, -1, 2],
                &[1, 1, 3],
                &[1, -1, 3],
            ],
        ),
        (
            4,
            &[
                &[1, 0, 0, 0],
                &[0, 1, 0, 0],
                &[1, 1, 0, 0],
                &[0, 0, 1, -1],
                &[1, 1, 1, 1],
            ],
        ),
        (
            4,
            &[
                &[1, 1, 1, 1],
                &[1, -1, 1, -1],
                &[1, 0, 1, 0],
                &[0, 1, 0, 1],
                &[1, 2, 3, 4],
            ],
        ),
    ];
    let rows = |list: &[&[i64]]| list.iter().map(|entries| form(entries)).collect();
    lists
        .iter()
        .map(|(dimension, list)| (*dimension, rows(list)))
        .collect()
}

#[test]
fn exactly_the_feasible_signs_occur() {
    for (dimension, forms) in arrangements() {
        let cells = arrangement(dimension, &forms);
        let count = 3_usize.pow(u32::try_from(forms.len()).unwrap());
        let mut feasible = 0;
        for code in 0..count {
            let mut rest = code;
            let (mut positive, mut zero, mut signs) = (Vec::new(), Vec::new(), Vec::new());
            for row in &forms {
                match rest % 3 {
                    0 => zero.push(row.clone()),
                    1 => positive.push(row.clone()),
                    _ => positive.push(negated(row)),
                }
                signs.push([Sign::Zero, Sign::Positive, Sign::Negative][rest % 3]);
                rest /= 3;
            }
            let found = cells.iter().filter(|cell| cell.0 == signs).count();
            let exists = strict_direction(&positive, &zero, dimension, &RationalOrder)
                .unwrap()
                .is_some();
            assert_eq!(found, usize::from(exists), "{signs:?} of {forms:?}");
            feasible += found;
        }
        assert_eq!(cells.len(), feasible);
    }
}

#[test]
fn directions_have_the_signs_of_their_cones() {
    for (dimension, forms) in arrangements() {
        for (signs, cone) in arrangement(dimension, &forms) {
            let direction = cone.direction();
            let found: Vec<Sign> = forms
                .iter()
                .map(|form| dot(form, &direction).sign())
                .collect();
            assert_eq!(found, signs);
        }
    }
}

#[test]
fn dimensions_satisfy_eulers_relation() {
    // Σ (−1)^dim over a complete fan in ℝᵈ is (−1)ᵈ.
    for (dimension, forms) in arrangements() {
        let cells = arrangement(dimension, &forms);
        let even = cells
            .iter()
            .filter(|(_, cone)| cone.dimension() % 2 == 0)
            .count();
        let odd = cells.len() - even;
        let (same, other) = if dimension % 2 == 0 {
            (even, odd)
        } else {
            (odd, even)
        };
        assert_eq!(same, other + 1, "{forms:?}");
    }
}

#[test]
fn lines_and_points() {
    let split = Cone::<Rational>::whole(1)
        .split(&form(&[0]), &RationalOrder)
        .unwrap();
    assert!(split.positive.is_none() && split.negative.is_none());
    assert_eq!(split.zero.unwrap().dimension(), 1);
    let split = Cone::<Rational>::whole(1)
        .split(&form(&[-2]), &RationalOrder)
        .unwrap();
    assert_eq!(split.positive.unwrap().direction(), form(&[-1]));
    assert_eq!(split.zero.unwrap().dimension(), 0);
    assert_eq!(split.negative.unwrap().direction(), form(&[1]));
    let split = Cone::<Rational>::origin(3)
        .split(&form(&[1, 2, 3]), &RationalOrder)
        .unwrap();
    assert!(split.positive.is_none() && split.negative.is_none());
    assert_eq!(split.zero.unwrap().direction(), form(&[0, 0, 0]));
}

#[test]
fn a_form_that_vanishes_on_a_face_does_not_cut_it() {
    let space = Cone::<Rational>::whole(3);
    let plane = space
        .split(&form(&[1, -1, 0]), &RationalOrder)
        .unwrap()
        .zero
        .unwrap();
    assert_eq!(plane.dimension(), 2);
    let again = plane.split(&form(&[-3, 3, 0]), &RationalOrder).unwrap();
    assert!(again.positive.is_none() && again.negative.is_none());
    // On the plane x₁ = x₂ the forms x₁ and x₂ agree.
    let half = plane
        .split(&form(&[1, 0, 0]), &RationalOrder)
        .unwrap()
        .positive
        .unwrap();
    let same = half.split(&form(&[0, 1, 0]), &RationalOrder).unwrap();
    assert!(same.positive.is_some() && same.zero.is_none() && same.negative.is_none());
}
