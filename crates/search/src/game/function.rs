//! What a learner answers with.

/// A function on \[0,1\]ᵈ. A closure is one, without a word on continuity.
pub trait Function {
    /// The value at a point of the cube.
    fn value(&self, x: &[f64]) -> f64;

    /// Whether the learner vouches that the function is continuous at this point. Then its error there is one of the essential supremum, too.
    fn is_continuous_at(&self, _: &[f64]) -> bool {
        false
    }
}

/// The answer of a learner.
pub type Output = Box<dyn Function>;

impl<F: Fn(&[f64]) -> f64> Function for F {
    fn value(&self, x: &[f64]) -> f64 {
        self(x)
    }
}

/// A closure that is continuous everywhere.
pub struct Continuous<F>(pub F);

impl<F: Fn(&[f64]) -> f64> Function for Continuous<F> {
    fn value(&self, x: &[f64]) -> f64 {
        (self.0)(x)
    }

    fn is_continuous_at(&self, _: &[f64]) -> bool {
        true
    }
}
