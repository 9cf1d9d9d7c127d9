//! Logarithms of positive expressions, and sums of such expressions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use relu_core::Sign;
use relu_core::number::rational::Rational;

use super::laurent::{Laurent, Monomial};

/// What a logarithm is taken of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    /// A number ≥ 2: a prime, or what is left of a number without small prime factors.
    Prime(UBig),
    /// A variable.
    Variable(usize),
    /// A sum of at least two terms.
    Sum(Sum),
    /// Π_{i=1}^{s} (1/v + i)^{−v}, continued by 1 to v = 0: the L^p norm of the bump without its powers of 2 and M, v = 1/p.
    BumpNorm(Laurent, Laurent),
}

/// Σ Pⱼ·ln aⱼ, without zero coefficients.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form(pub(super) BTreeMap<Atom, Laurent>);

/// Σ c·exp(F), the c ≠ 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum(pub(super) BTreeMap<Form, Rational>);

/// Largest prime that is looked for.
const MOST_PRIME: u32 = 10_000;

/// Most binary digits of a power of a number that is multiplied out.
const MOST_BITS: u64 = 1 << 14;

/// Largest number of parts of a sum.
const MOST_PARTS: usize = 2048;

/// The primes up to [`MOST_PRIME`].
fn small_primes() -> &'static [u32] {
    static PRIMES: LazyLock<Vec<u32>> = LazyLock::new(|| {
        let mut primes: Vec<u32> = Vec::new();
        for n in 2..=MOST_PRIME {
            let mut smaller = primes.iter().take_while(|p| **p * **p <= n);
            if smaller.all(|p| n % p != 0) {
                primes.push(n);
            }
        }
        primes
    });
    &PRIMES
}

impl Form {
    pub fn of(atom: Atom) -> Self {
        Self(BTreeMap::from([(atom, Laurent::constant(Rational::one()))]))
    }

    /// ln x for a rational x > 0; `None` otherwise.
    pub fn number(x: &Rational) -> Option<Self> {
        (x.sign() == Sign::Positive).then_some(())?;
        let mut form = Self::default();
        form.add_integer(x.numerator().into_parts().1, &Rational::one());
        form.add_integer(x.denominator(), &-Rational::one());
        Some(form)
    }

    fn add_integer(&mut self, mut rest: UBig, exponent: &Rational) {
        for &prime in small_primes() {
            // Machine integers are divided much faster.
            let small = u64::try_from(&rest).ok();
            let over = match small {
                Some(small) => u64::from(prime) * u64::from(prime) > small,
                None => false,
            };
            if over {
                break;
            }
            let divides = |rest: &UBig| match u64::try_from(rest) {
                Ok(small) => small % u64::from(prime) == 0,
                Err(_) => rest % prime == 0,
            };
            let mut count = 0;
            while divides(&rest) {
                rest /= prime;
                count += 1;
            }
            if count > 0 {
                let exponent = &Rational::from_integer(count) * exponent;
                self.add(Atom::Prime(prime.into()), &Laurent::constant(exponent));
            }
        }
        if rest > UBig::ONE {
            self.add(Atom::Prime(rest), &Laurent::constant(exponent.clone()));
        }
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    pub fn add(&mut self, atom: Atom, exponent: &Laurent) {
        let sum = self.0.remove(&atom).unwrap_or_default().plus(exponent);
        if !sum.is_zero() {
            self.0.insert(atom, sum);
        }
    }

    pub fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (atom, exponent) in &other.0 {
            sum.add(atom.clone(), exponent);
        }
        sum
    }

    /// P·F.
    pub fn times(&self, factor: &Laurent) -> Option<Self> {
        let mut product = Self::default();
        for (atom, exponent) in &self.0 {
            product.add(atom.clone(), &exponent.times(factor)?);
        }
        Some(product)
    }

    pub fn minus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (atom, exponent) in &other.0 {
            sum.add(atom.clone(), &exponent.scaled(&-Rational::one()));
        }
        sum
    }

    /// exp(F) = number · exp(rest), where the number collects integral powers of numbers.
    pub fn split(&self) -> (Rational, Self) {
        let (mut number, mut rest) = (Rational::one(), Self::default());
        for (atom, exponent) in &self.0 {
            let Atom::Prime(base) = atom else {
                rest.add(atom.clone(), exponent);
                continue;
            };
            let constant = exponent.0.get(&Vec::new());
            let whole = constant
                .map(Rational::floor)
                .and_then(|floor| i64::try_from(&floor).ok())
                .filter(|whole| {
                    whole.unsigned_abs().saturating_mul(base.bit_len() as u64) <= MOST_BITS
                })
                .unwrap_or(0);
            let base =
                Rational::from_parts(IBig::from(base.clone()), UBig::ONE).expect("1 is not 0");
            let power = base.power(whole).expect("the base is not 0");
            number = &number * &power;
            let whole = Laurent::constant(Rational::from_integer(-whole));
            rest.add(atom.clone(), &exponent.plus(&whole));
        }
        (number, rest)
    }

    /// The variables that occur, in sums and exponents too.
    pub fn variables(&self) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(form) = open.pop() {
            for (atom, exponent) in &form.0 {
                found.extend(exponent.variables());
                match atom {
                    Atom::Prime(_) => {}
                    Atom::Variable(x) => found.push(*x),
                    Atom::Sum(sum) => open.extend(sum.0.keys()),
                    Atom::BumpNorm(s, v) => found.extend(s.variables().chain(v.variables())),
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether x occurs in an exponent or inside of a sum or norm: not only as itself.
    pub fn depends_otherwise(&self, x: usize) -> bool {
        self.0.iter().any(|(atom, exponent)| {
            exponent.variables().any(|y| y == x)
                || match atom {
                    Atom::Prime(_) | Atom::Variable(_) => false,
                    Atom::Sum(sum) => sum.0.keys().any(|inner| inner.variables().contains(&x)),
                    Atom::BumpNorm(s, v) => s.variables().chain(v.variables()).any(|y| y == x),
                }
        })
    }

    /// Divides by the largest power of x that occurs in an exponent, or by the smallest one.
    pub fn divide_by_power(&mut self, x: usize, largest: bool) {
        let power_of = |monomial: &Monomial| {
            monomial
                .iter()
                .find_map(|(y, power)| (*y == x).then_some(*power))
                .unwrap_or(0)
        };
        let monomials = self.0.values().flat_map(|exponent| exponent.0.keys());
        let powers = monomials.map(power_of);
        let found = if largest { powers.max() } else { powers.min() };
        let Some(power) = found.filter(|power| *power != 0) else {
            return;
        };
        let inverse = Laurent(BTreeMap::from([(vec![(x, -power)], Rational::one())]));
        if let Some(divided) = self.times(&inverse) {
            *self = divided;
        }
    }

    /// How deep sums are nested.
    pub fn depth(&self) -> usize {
        let (mut deepest, mut open) = (0, vec![(self, 0)]);
        while let Some((form, depth)) = open.pop() {
            deepest = deepest.max(depth);
            for atom in form.0.keys() {
                if let Atom::Sum(sum) = atom {
                    open.extend(sum.0.keys().map(|inner| (inner, depth + 1)));
                }
            }
        }
        deepest
    }
}

impl Sum {
    /// exp(F).
    pub fn exp(form: &Form) -> Self {
        let (number, rest) = form.split();
        Self(BTreeMap::from([(rest, number)]))
    }

    pub fn number(x: Rational) -> Self {
        let mut terms = BTreeMap::new();
        if !x.is_zero() {
            terms.insert(Form::default(), x);
        }
        Self(terms)
    }

    pub fn plus(&self, other: &Self, sign: &Rational) -> Self {
        let mut terms = self.0.clone();
        for (form, coefficient) in &other.0 {
            let before = terms.remove(form).unwrap_or_else(Rational::zero);
            let sum = &before + &(coefficient * sign);
            if !sum.is_zero() {
                terms.insert(form.clone(), sum);
            }
        }
        Self(terms)
    }

    /// Whether it has few enough parts, those inside of its sums counted, and few enough digits.
    pub fn is_small(&self) -> bool {
        let (mut parts, mut open) = (0, vec![self]);
        while let Some(sum) = open.pop() {
            for (form, coefficient) in &sum.0 {
                parts += 1 + form.0.len() + coefficient.bits() / 1024;
                if parts > MOST_PARTS {
                    return false;
                }
                open.extend(form.0.keys().filter_map(|atom| match atom {
                    Atom::Sum(inner) => Some(inner),
                    _ => None,
                }));
            }
        }
        true
    }

    pub fn has_several_terms(&self) -> bool {
        self.0.len() > 1
    }

    /// The sign and the logarithm of the size; `None` for 0. The sign of a sum of several terms counts as positive: that it
    /// is has to be certified where it is enclosed.
    pub fn logarithm(&self) -> Option<(bool, Form)> {
        match self.0.len() {
            0 => None,
            1 => {
                let (form, coefficient) = self.0.iter().next()?;
                let size = Form::number(&coefficient.abs())?;
                Some((coefficient.sign() == Sign::Positive, form.plus(&size)))
            }
            _ => Some((true, Form::of(Atom::Sum(self.clone())))),
        }
    }
}
