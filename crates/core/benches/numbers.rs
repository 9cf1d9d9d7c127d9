//! Costs of the number types: rational multiply-adds, small polynomials, signs over cells, and a symbolic matrix chain of
//! the size of one chain-rule trial.
#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use relu_core::linear::{Matrix, strict_direction};
use relu_core::number::{
    Algebraic, Others, Poly, Rational, RealCell, RealContext, Scalar, real_roots,
};
use relu_core::{Field, Order, RationalOrder};

fn number(p: i64, q: i64) -> Rational {
    Rational::new(p, q).expect("the denominator is not zero")
}

fn poly(coefficients: &[i64]) -> Poly {
    Poly::from_coefficients(coefficients.iter().map(|&a| a.into()).collect())
}

/// One multiply-add, averaged over a dot product of length 64.
fn dot_product(c: &mut Criterion, name: &str, entry: impl Fn(i64) -> Rational) {
    let a: Vec<Rational> = (0..64).map(&entry).collect();
    let b: Vec<Rational> = (0..64).map(|i| entry(i * 5 + 3)).collect();
    c.bench_function(&format!("rational/dot64/{name}"), |bencher| {
        bencher.iter(|| {
            let mut sum = Rational::zero();
            for (x, y) in black_box(&a).iter().zip(&b) {
                sum.add_product(x, y);
            }
            sum
        });
    });
}

fn rationals(c: &mut Criterion) {
    dot_product(c, "integers", |i| Rational::from(i % 17 - 8));
    dot_product(c, "dyadic", |i| number(i % 17 - 8, 1 << (i % 4)));
    dot_product(c, "twelfths", |i| {
        number(i % 17 - 8, [1, 2, 3, 4, 6, 12][i as usize % 6])
    });
    dot_product(c, "thousandths", |i| number(i * 37 % 1999 - 999, 1000));
    let (x, y) = (number(355, 113), number(-22, 7));
    c.bench_function("rational/add", |b| b.iter(|| black_box(&x) + black_box(&y)));
    c.bench_function("rational/mul", |b| b.iter(|| black_box(&x) * black_box(&y)));
    c.bench_function("rational/cmp", |b| {
        b.iter(|| black_box(&x).cmp(black_box(&y)))
    });
    let big = number(i64::MAX, 3).pow(3);
    c.bench_function("rational/add big", |b| {
        b.iter(|| black_box(&big) + black_box(&y))
    });
    c.bench_function("rational/mul big", |b| {
        b.iter(|| black_box(&big) * black_box(&y))
    });
}

fn polynomials(c: &mut Criterion) {
    let (p, q) = (poly(&[1, -2]), poly(&[3, 5]));
    c.bench_function("poly/add 1+1", |b| b.iter(|| black_box(&p) + black_box(&q)));
    c.bench_function("poly/mul 1*1", |b| b.iter(|| black_box(&p) * black_box(&q)));
    let cubic = poly(&[1, 2, -3, 4]);
    c.bench_function("poly/mul 3*3", |b| {
        b.iter(|| black_box(&cubic) * black_box(&cubic))
    });
    c.bench_function("poly/evaluate 3", |b| {
        b.iter(|| black_box(&cubic).evaluate(&number(1, 2)))
    });
    let (f, g) = (&cubic * &p, &cubic * &q);
    c.bench_function("poly/gcd 4,4", |b| {
        b.iter(|| black_box(&f).gcd(black_box(&g)))
    });
    let quintic = poly(&[1, -3, -1, 4, 0, 1]);
    c.bench_function("poly/real_roots 5", |b| {
        b.iter(|| real_roots(black_box(&quintic)))
    });
    let root_two = Algebraic::root(&poly(&[-2, 0, 1]), 1.into(), 2.into()).expect("one root");
    c.bench_function("algebraic/sign_of 3", |b| {
        b.iter(|| root_two.sign_of(black_box(&cubic)))
    });
    let above = RealCell::open(Some(Algebraic::from(number(1, 2))), None).expect("not empty");
    c.bench_function("cell/sign degree 1", |b| {
        b.iter(|| above.sign_of(black_box(&q)))
    });
    c.bench_function("cell/sign degree 3", |b| {
        b.iter(|| above.sign_of(black_box(&cubic)))
    });
}

fn scalars(c: &mut Criterion) {
    let (x, y) = (Scalar::from(number(3, 4)), Scalar::from(number(-5, 2)));
    let order = RealContext::new(RealCell::line(), Others::EquationOnly);
    c.bench_function("scalar/add_product rational", |b| {
        b.iter(|| {
            let mut sum = Scalar::one();
            sum.add_product(black_box(&x), black_box(&y));
            sum
        });
    });
    c.bench_function("scalar/sign rational", |b| {
        b.iter(|| order.sign(black_box(&x)))
    });
    // Two 3-layer networks of width 3: six weight matrices with slope diagonals between them, c in two of the diagonals.
    let weights = |seed: i64| {
        let entries =
            (0..9).map(|i| Scalar::from(number((i * 7 + seed * 5) % 9 - 4, 1 + seed % 2)));
        Matrix::new(3, 3, entries.collect()).expect("9 entries")
    };
    let matrices: Vec<_> = (0..6).map(weights).collect();
    let slopes: Vec<Vec<Scalar>> = (0..6)
        .map(|l| {
            (0..3)
                .map(|i| {
                    if l % 3 == 0 && i == 0 {
                        Scalar::symbol(0)
                    } else {
                        Scalar::from((l + i) % 2)
                    }
                })
                .collect()
        })
        .collect();
    c.bench_function("scalar/chain of 6 layers 3x3", |b| {
        b.iter(|| {
            let mut product = black_box(&matrices[0]).clone();
            for (matrix, diagonal) in matrices.iter().zip(&slopes).skip(1) {
                let scaled =
                    (0..3).flat_map(|i| product.row(i).iter().map(move |v| diagonal[i].times(v)));
                let scaled = Matrix::new(3, 3, scaled.collect()).expect("9 entries");
                product = matrix.times(&scaled).expect("3x3");
            }
            product
        });
    });
}

fn systems(c: &mut Criterion) {
    let row = |i: i64| {
        (0..4)
            .map(|j| Rational::from((i * 5 + j * 3 + i * j) % 7 - 2))
            .collect::<Vec<_>>()
    };
    let rows: Vec<_> = (0..8).map(row).collect();
    c.bench_function("linear/strict_direction 8x4", |b| {
        b.iter(|| strict_direction(black_box(&rows), &[], 4, &RationalOrder));
    });
}

criterion_group!(benches, rationals, polynomials, scalars, systems);
criterion_main!(benches);
