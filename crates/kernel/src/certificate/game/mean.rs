//! Errors in L^p.

use relu_core::number::rational::Rational;

use super::rules::natural;
use super::{Certificate, Refused, claimed, share_without};

/// Largest p.
pub const MOST_EXPONENT: u32 = 100;

/// A claim on the error in L^p(\[0,1\]ᵈ), by powers, which are rational.
///
/// # Definition
/// φ = h·f_y with f_y(x) = max(0, 1 − 2K‖x − y‖₁), whose support lies in the cube, and
///
/// ‖f_y‖_p^p = K^{−d} / ((p + 1)⋯(p + d)).
///
/// A run that does not hit gives one g for both signs, and ½(‖g − φ‖_p + ‖g + φ‖_p) ≥ ‖φ‖_p; so the average error over the seeds is at least
/// ‖φ‖_p·(1 − r/R) for φ or for −φ. The general bound of the theorem, for q = ∞, s = d and B = 3d, is
///
/// ε = c^L·(3d)^{L−1}/48 · (32d)^{−1−d/p} · m^{−1/p−1/d}.
///
/// # Source
/// Claims `bump-lp-norm`, `lower-general`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InMean {
    /// p.
    pub exponent: u32,
    /// ‖φ‖_p^p.
    pub norm_power: Rational,
    /// The p-th power of ‖φ‖_p·(1 − r/R).
    pub error_power: Rational,
    /// ε^{pd}.
    pub bound_power: Rational,
}

impl InMean {
    /// Computes the claim from the rules, K, h, r and R.
    fn of(certificate: &Certificate, height: &Rational, exponent: u32) -> Result<Self, Refused> {
        let rules = &certificate.rules;
        if !(1..=MOST_EXPONENT).contains(&exponent) {
            return Err(Refused::Rules(format!(
                "p: expected 1 to {MOST_EXPONENT}, got {exponent}"
            )));
        }
        let small = |n: usize| u32::try_from(n).expect("the rules were checked");
        let d = small(rules.dimension);
        let over = |x: &Rational, y: &Rational| x.over(y).expect("a product of positive numbers");
        let product = (1..=d).fold(natural(certificate.cells).pow(d), |product, i| {
            &product * &natural(u64::from(exponent) + u64::from(i))
        });
        let norm_power = over(&height.pow(exponent), &product);
        let share = share_without(certificate.hits, certificate.runs.len());
        let error_power = &norm_power * &share.pow(exponent);
        let width = natural(rules.width() as u64);
        let steepest = &rules.bound.pow(small(rules.depth)) * &width.pow(small(rules.depth - 1));
        // ε^{pd} = (c^L·(3d)^{L−1}/48)^{pd} / ((32d)^{pd + d²}·m^{p + d}).
        let (p, d) = (u64::from(exponent), u64::from(d));
        let power = |x: &Rational, n: u64| match u32::try_from(n) {
            Ok(n) if n <= 1 << 16 => Ok(x.pow(n)),
            _ => Err(Refused::Rules(format!(
                "p: expected (p + d)·d at most {}, got {n}",
                1 << 16
            ))),
        };
        let divisor =
            &power(&natural(32 * d), (p + d) * d)? * &power(&natural(rules.samples), p + d)?;
        let bound_power = over(&power(&over(&steepest, &natural(48)), p * d)?, &divisor);
        if power(&error_power, d)? < bound_power {
            return Err(Refused::Below(format!(
                "error in L^{exponent}: expected at least the general bound of the theorem, got less: its power p is {error_power}"
            )));
        }
        Ok(Self {
            exponent,
            norm_power,
            error_power,
            bound_power,
        })
    }

    pub(super) fn check(
        &self,
        certificate: &Certificate,
        height: &Rational,
    ) -> Result<(), Refused> {
        let expected = Self::of(certificate, height, self.exponent)?;
        claimed(
            "norm of φ to the power p",
            &expected.norm_power,
            &self.norm_power,
        )?;
        claimed(
            "error to the power p",
            &expected.error_power,
            &self.error_power,
        )?;
        claimed(
            "general bound of the theorem to the power pd",
            &expected.bound_power,
            &self.bound_power,
        )
    }
}

impl Certificate {
    /// The certificate with the claim on the error in L^p.
    ///
    /// Errors: as [`Certificate::check`], for a p that is 0 or above [`MOST_EXPONENT`], and for an error below the general bound.
    pub fn in_mean(self, exponent: u32) -> Result<Self, Refused> {
        let in_mean = InMean::of(&self, &self.height, exponent)?;
        Ok(Self {
            in_mean: Some(in_mean),
            ..self
        })
    }
}
