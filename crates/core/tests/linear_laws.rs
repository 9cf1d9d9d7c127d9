//! Linear algebra and inequalities: two methods agree, and every answer carries its own check.
#![allow(clippy::unwrap_used)]

mod number_support;

use number_support::Short;
use quickcheck::{Arbitrary, Gen, QuickCheck};
use relu_core::linear::matrix::dot;
use relu_core::linear::{
    Matrix, Nonnegative, bareiss, fourier_motzkin, nonnegative_solution, strict_direction,
};
use relu_core::number::{Germ, GermOrder, Others, Rational, RealCell, RealContext, Scalar};
use relu_core::{Failure, Field, Order, RationalOrder, Sign};

fn check<T: quickcheck::Testable>(law: T, tests: u64) {
    QuickCheck::new().tests(tests).quickcheck(law);
}

/// A system of up to 4 × 6 short numbers, with a right-hand side; entries are often zero, rows often dependent.
#[derive(Clone, Debug)]
struct System {
    a: Matrix<Rational>,
    b: Vec<Rational>,
}

fn entry(g: &mut Gen) -> Rational {
    if u8::arbitrary(g) % 3 == 0 {
        Rational::zero()
    } else {
        Short::arbitrary(g).0
    }
}

fn rows(g: &mut Gen, most: u8, cols: usize) -> Vec<Vec<Rational>> {
    let count = usize::from(u8::arbitrary(g) % (most + 1));
    let mut rows: Vec<Vec<Rational>> = Vec::new();
    for _ in 0..count {
        let row: Vec<_> = match rows.len() {
            n if n > 1 && u8::arbitrary(g) % 3 == 0 => {
                let factor = Short::arbitrary(g).0;
                rows[n - 1]
                    .iter()
                    .zip(&rows[n - 2])
                    .map(|(x, y)| x - &(y * &factor))
                    .collect()
            }
            _ => (0..cols).map(|_| entry(g)).collect(),
        };
        rows.push(row);
    }
    rows
}

impl Arbitrary for System {
    fn arbitrary(g: &mut Gen) -> Self {
        let cols = usize::from(u8::arbitrary(g) % 7);
        let rows = rows(g, 4, cols);
        let b = match bool::arbitrary(g) {
            true => rows.iter().map(|_| entry(g)).collect(),
            false => {
                let x: Vec<_> = (0..cols).map(|_| entry(g).abs()).collect();
                rows.iter().map(|row| dot(row, &x)).collect()
            }
        };
        let data: Vec<_> = rows.iter().flatten().cloned().collect();
        Self {
            a: Matrix::new(rows.len(), cols, data).unwrap(),
            b,
        }
    }
}

/// Strict conditions and equations in at most 4 unknowns.
#[derive(Clone, Debug)]
struct Conditions {
    positive: Vec<Vec<Rational>>,
    zero: Vec<Vec<Rational>>,
    dimension: usize,
}

impl Arbitrary for Conditions {
    fn arbitrary(g: &mut Gen) -> Self {
        let dimension = usize::from(u8::arbitrary(g) % 4) + 1;
        Self {
            positive: rows(g, 6, dimension),
            zero: rows(g, 2, dimension),
            dimension,
        }
    }
}

fn solves<S: Field, O: Order<S>>(v: &[S], positive: &[Vec<S>], zero: &[Vec<S>], order: &O) -> bool {
    positive
        .iter()
        .all(|row| order.sign(&dot(row, v)) == Ok(Sign::Positive))
        && zero
            .iter()
            .all(|row| order.sign(&dot(row, v)) == Ok(Sign::Zero))
}

#[test]
fn the_simplex_method_and_elimination_agree() {
    fn law(system: Conditions) -> bool {
        let Conditions {
            positive,
            zero,
            dimension,
        } = system;
        let simplex = strict_direction(&positive, &zero, dimension, &RationalOrder).unwrap();
        let reference = fourier_motzkin::strict_direction(&positive, &zero, dimension).unwrap();
        [&simplex, &reference]
            .into_iter()
            .flatten()
            .all(|v| solves(v, &positive, &zero, &RationalOrder))
            && simplex.is_some() == reference.is_some()
    }
    check(law as fn(Conditions) -> bool, 2000);
}

#[test]
fn both_answers_occur() {
    let mut g = Gen::from_size_and_seed(10, 7);
    let answers = (0..300).map(|_| {
        let system = Conditions::arbitrary(&mut g);
        strict_direction(
            &system.positive,
            &system.zero,
            system.dimension,
            &RationalOrder,
        )
        .unwrap()
        .is_some()
    });
    let found = answers.filter(|found| *found).count();
    assert!((60..240).contains(&found), "{found} of 300");
}

#[test]
fn outcomes_of_the_simplex_method_are_true() {
    fn law(system: System) -> bool {
        let System { a, b } = system;
        match nonnegative_solution(&a, &b, &RationalOrder).unwrap() {
            Nonnegative::Solution(x) => {
                x.iter().all(|value| value.sign() != Sign::Negative) && a.apply(&x).unwrap() == b
            }
            Nonnegative::Farkas(y) => {
                let products = a.transpose().apply(&y).unwrap();
                products.iter().all(|value| value.sign() != Sign::Negative)
                    && dot(&y, &b).sign() == Sign::Negative
            }
        }
    }
    check(law as fn(System) -> bool, 2000);
}

#[test]
fn other_fields_agree_with_the_rational_numbers() {
    fn law(system: Conditions) -> bool {
        let Conditions {
            positive,
            zero,
            dimension,
        } = system;
        let rational = strict_direction(&positive, &zero, dimension, &RationalOrder).unwrap();
        let lift = |rows: &[Vec<Rational>]| -> Vec<Vec<Scalar>> {
            rows.iter()
                .map(|row| row.iter().map(|value| value.clone().into()).collect())
                .collect()
        };
        let order = RealContext::new(RealCell::line(), Others::EquationOnly);
        let (positive, zero) = (lift(&positive), lift(&zero));
        let scalar = strict_direction(&positive, &zero, dimension, &order).unwrap();
        scalar.is_some() == rational.is_some()
            && scalar.is_none_or(|v| solves(&v, &positive, &zero, &order))
    }
    check(law as fn(Conditions) -> bool, 300);
}

#[test]
fn a_symbolic_entry_decides_by_its_cell() {
    // (1, c)·v > 0 and (−1, −1)·v > 0: solvable iff c ≠ 1.
    let c = Scalar::symbol(0);
    let rows = [
        vec![Scalar::one(), c.clone()],
        vec![Scalar::one().negated(), Scalar::one().negated()],
    ];
    let one = relu_core::number::Algebraic::from(Rational::one());
    let cells = [
        (RealCell::open(None, Some(one.clone())).unwrap(), true),
        (RealCell::Point(one.clone()), false),
        (RealCell::open(Some(one), None).unwrap(), true),
    ];
    for (cell, solvable) in cells {
        // The simplex method may compare further polynomials in c on its way.
        let mut open = vec![cell];
        while let Some(cell) = open.pop() {
            let order = RealContext::new(cell, Others::EquationOnly);
            match strict_direction(&rows, &[], 2, &order) {
                Err(Failure::Split(poly)) => open.extend(order.cell.split(&poly)),
                found => assert_eq!(found.map(|v| v.is_some()), Ok(solvable), "{}", order.cell),
            }
        }
    }
}

#[test]
fn germs_fail_instead_of_dividing() {
    let t = Germ::variable_from(Rational::zero(), Rational::one());
    let a = Matrix::from_rows(vec![vec![t]]).unwrap();
    let order = GermOrder(&RationalOrder);
    assert!(nonnegative_solution(&a, &[Germ::one()], &order).is_err());
}

#[test]
fn solutions_ranks_and_null_spaces_fit_together() {
    fn law(system: System) -> bool {
        let System { a, b } = system;
        let rank = bareiss::rank(&a);
        let rows: Vec<Vec<_>> = (0..a.rows()).map(|i| a.row(i).to_vec()).collect();
        let basis = bareiss::null_space(&rows, a.cols(), &RationalOrder).unwrap();
        let column = Matrix::new(b.len(), 1, b.clone()).unwrap();
        let consistent = bareiss::rank(&a.beside(&column).unwrap()) == rank;
        rank + basis.len() == a.cols()
            && rank == bareiss::rank(&a.transpose())
            && basis
                .iter()
                .all(|v| a.apply(v).unwrap().iter().all(Rational::is_zero))
            && match bareiss::solve(&a, &b).unwrap() {
                Some(x) => consistent && a.apply(&x).unwrap() == b,
                None => !consistent,
            }
    }
    check(law as fn(System) -> bool, 1000);
}

/// The determinant by expansion over all permutations, for at most 4 rows.
fn leibniz(a: &Matrix<Rational>) -> Rational {
    let n = a.rows();
    let mut sum = Rational::zero();
    for code in 0..n.pow(n as u32) {
        let columns: Vec<usize> = (0..n).map(|i| code / n.pow(i as u32) % n).collect();
        if (0..n).any(|i| columns[..i].contains(&columns[i])) {
            continue;
        }
        let inversions = (0..n)
            .map(|i| columns[..i].iter().filter(|j| **j > columns[i]).count())
            .sum::<usize>();
        let mut term = Rational::from(if inversions % 2 == 0 { 1 } else { -1 });
        for (i, &j) in columns.iter().enumerate() {
            term *= a.get(i, j);
        }
        sum += &term;
    }
    sum
}

#[test]
fn determinants_agree_with_the_permutation_sum() {
    fn law(size: u8, entries: Vec<Short>) -> bool {
        let n = usize::from(size % 5);
        let mut entries = entries.into_iter().map(|value| value.0).cycle();
        let data: Vec<_> = (0..n * n)
            .map(|_| entries.next().unwrap_or_default())
            .collect();
        let a = Matrix::new(n, n, data).unwrap();
        let determinant = bareiss::determinant(&a).unwrap();
        determinant == leibniz(&a) && determinant.is_zero() == (bareiss::rank(&a) < n)
    }
    check(law as fn(u8, Vec<Short>) -> bool, 500);
}

#[test]
fn large_entries_stay_exact() {
    // Products of different primes in the denominators leave 64 bits at once.
    fn law(entries: Vec<i64>) -> bool {
        let primes = [1_000_003_i64, 1_000_033, 1_000_037, 1_000_039];
        let value = |k: usize| entries.get(k).copied().unwrap_or(k as i64 * k as i64 - 3);
        let data = (0..16)
            .map(|k| Rational::new(value(k) | 1, primes[k % 4]).unwrap())
            .collect();
        let a = Matrix::new(4, 4, data).unwrap();
        let b: Vec<_> = (0..4)
            .map(|k| Rational::new(value(k + 16), primes[k]).unwrap())
            .collect();
        bareiss::determinant(&a).unwrap() == leibniz(&a)
            && bareiss::solve(&a, &b)
                .unwrap()
                .is_none_or(|x| a.apply(&x).unwrap() == b)
    }
    check(law as fn(Vec<i64>) -> bool, 200);
}

#[test]
fn matrix_products_are_associative_and_transpose() {
    fn law(left: System, right: System) -> bool {
        let a = left.a;
        let b = Matrix::new(
            a.cols(),
            right.a.rows(),
            vec![Rational::one(); a.cols() * right.a.rows()],
        )
        .unwrap();
        let ab = a.times(&b).unwrap();
        let abc = ab.times(&right.a).unwrap();
        abc == a.times(&b.times(&right.a).unwrap()).unwrap()
            && ab.transpose() == b.transpose().times(&a.transpose()).unwrap()
            && a.times(&Matrix::identity(a.cols())).unwrap() == a
    }
    check(law as fn(System, System) -> bool, 300);
}
