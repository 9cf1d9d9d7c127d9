//! Simpler polynomials.

use relu_core::number::multipoly::MultiPoly;
use relu_core::number::polynomial::Polynomial;

use super::number::rational_candidates;

/// Polynomials in the same variables strictly simpler than p, best first: 0, without one term, with one exponent lowered to 0 or by
/// one, with a simpler coefficient.
///
/// Simpler means fewer terms, then a smaller sum of exponents, then a simpler coefficient.
pub fn polynomial_candidates(p: &Polynomial) -> impl Iterator<Item = Polynomial> + use<> {
    let variables = p.variables();
    let terms = p.terms().clone();
    let mut list: Vec<MultiPoly> = Vec::new();
    if !terms.is_empty() {
        list.push(MultiPoly::default());
    }
    let term = |exponents: &Vec<u32>, value| MultiPoly::monomial(exponents.clone(), value);
    for (exponents, value) in terms.terms() {
        list.push(&terms - &term(exponents, value.clone()));
    }
    for (exponents, value) in terms.terms() {
        let without = &terms - &term(exponents, value.clone());
        for (i, &power) in exponents
            .iter()
            .enumerate()
            .filter(|(_, power)| **power > 0)
        {
            for lower in [0, power - 1] {
                let mut exponents = exponents.clone();
                exponents[i] = lower;
                list.push(&without + &MultiPoly::monomial(exponents, value.clone()));
            }
        }
    }
    for (exponents, value) in terms.terms() {
        let without = &terms - &term(exponents, value.clone());
        for simpler in rational_candidates(value) {
            list.push(&without + &term(exponents, simpler));
        }
    }
    list.into_iter()
        .filter_map(move |terms| Polynomial::new(variables, terms).ok())
}

/// The polynomial without one of its variables, which is 0 or equal to another one; nothing for one variable.
pub fn variable_candidates(p: &Polynomial) -> impl Iterator<Item = Polynomial> + use<> {
    let count = p.variables();
    let terms = p.terms().clone();
    let removed = if count >= 2 { count } else { 0 };
    (0..removed).flat_map(move |i| {
        let other = usize::from(i == 0);
        let smaller = [None, Some(other)].map(|into| {
            let moved = terms.terms().filter_map(|(exponents, value)| {
                let mut exponents = exponents.clone();
                exponents.resize(count, 0);
                match into {
                    Some(other) => exponents[other] = exponents[other].checked_add(exponents[i])?,
                    None if exponents[i] > 0 => return None,
                    None => {}
                }
                exponents.remove(i);
                Some(MultiPoly::monomial(exponents, value.clone()))
            });
            moved.fold(MultiPoly::default(), |sum, term| &sum + &term)
        });
        smaller
            .into_iter()
            .filter_map(move |terms| Polynomial::new(count - 1, terms).ok())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;
    use crate::shrink::minimise;
    use relu_core::number::rational::Rational;

    #[test]
    fn variables_go_or_are_identified() {
        let (x, y, z) = (
            MultiPoly::symbol(0),
            MultiPoly::symbol(1),
            MultiPoly::symbol(2),
        );
        let p = Polynomial::new(3, &(&x * &y) - &(&y * &z.pow(2))).unwrap();
        let found: Vec<String> = variable_candidates(&p).map(|p| p.to_string()).collect();
        let expected = [
            "fn(x) -x[0]*x[1]^2",
            "fn(x) x[0]^2 - x[0]*x[1]^2",
            "fn(x) 0",
            "fn(x) x[0]^2 - x[0]*x[1]^2",
            "fn(x) x[0]*x[1]",
            "fn(x) -x[0]^2*x[1] + x[0]*x[1]",
        ];
        assert_eq!(found, expected);
        let line = Polynomial::new(1, x).unwrap();
        assert_eq!(variable_candidates(&line).count(), 0);
    }

    #[test]
    fn the_smallest_failing_polynomial_is_reached() {
        let (x, y) = (MultiPoly::symbol(0), MultiPoly::symbol(1));
        let terms = &(&(&x.pow(5) * &y.pow(2)).scaled(&(-7).into()) + &y.pow(3))
            + &MultiPoly::constant(Rational::new(5, 3).unwrap());
        let p = Polynomial::new(2, terms).unwrap();
        let least = |keep: &dyn Fn(&Polynomial) -> bool| {
            minimise(p.clone(), polynomial_candidates, |p| keep(p), 1000).to_string()
        };
        assert_eq!(least(&|p| p.total_degree() >= 3), "fn(x) x[0]*x[1]^2");
        assert_eq!(least(&|p| p.terms().len() >= 2), "fn(x) x[1] + 1");
        assert_eq!(least(&|_| true), "fn(x) 0");
        let zero = Polynomial::new(1, MultiPoly::default()).unwrap();
        assert_eq!(polynomial_candidates(&zero).count(), 0);
    }
}
