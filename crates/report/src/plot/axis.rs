//! Logarithmic axes.

/// Positive numbers between two bounds, by their logarithm.
pub(super) struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    /// From the power of ten below the least value to the one above the largest; values that have no logarithm do not count.
    pub fn decades(values: Vec<f64>) -> Self {
        let (least, largest) = bounds(values);
        let low = least.log10().floor();
        let high = largest.log10().ceil().max(low + 1.0);
        Self { low, high }
    }

    /// From the least value to the largest, with some room on both sides.
    pub fn around(values: Vec<f64>) -> Self {
        let (least, largest) = bounds(values);
        let (low, high) = (least.log10(), largest.log10());
        let room = (0.08 * (high - low)).max(0.1);
        Self {
            low: low - room,
            high: high + room,
        }
    }

    /// Where a value lies: 0 at the low end, 1 at the high one.
    pub fn place(&self, value: f64) -> Option<f64> {
        let place = (value.log10() - self.low) / (self.high - self.low);
        Some(place).filter(|place| place.is_finite())
    }

    /// The exponents of the powers of ten on the axis.
    pub fn exponents(&self) -> impl Iterator<Item = i32> {
        let (first, last) = (self.low.ceil() as i32, self.high.floor() as i32);
        first..=last
    }
}

/// The least and the largest of the positive values, 0.1 and 1 if there is none.
fn bounds(values: Vec<f64>) -> (f64, f64) {
    let positive = values
        .into_iter()
        .filter(|value| *value > 0.0 && value.is_finite());
    positive
        .fold(None, |bounds: Option<(f64, f64)>, value| {
            let (least, largest) = bounds.unwrap_or((value, value));
            Some((least.min(value), largest.max(value)))
        })
        .unwrap_or((0.1, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_enclose_the_values() {
        let axis = Axis::decades(vec![0.02, 3.0, 0.0, f64::NAN]);
        assert_eq!(axis.exponents().collect::<Vec<_>>(), [-2, -1, 0, 1]);
        assert_eq!(axis.place(0.01), Some(0.0));
        assert_eq!(axis.place(10.0), Some(1.0));
        assert_eq!(axis.place(0.0), None);
        let lonely = Axis::decades(vec![1.0]);
        assert_eq!(lonely.exponents().collect::<Vec<_>>(), [0, 1]);
        assert_eq!(
            Axis::decades(Vec::new()).exponents().collect::<Vec<_>>(),
            [-1, 0]
        );
    }

    #[test]
    fn values_around_have_room() {
        let axis = Axis::around(vec![100.0, 1000.0]);
        let (low, high) = (axis.place(100.0).unwrap(), axis.place(1000.0).unwrap());
        assert!(low > 0.05 && high < 0.95 && (low + high - 1.0).abs() < 1e-12);
        assert!((Axis::around(vec![5.0]).place(5.0).unwrap() - 0.5).abs() < 1e-12);
    }
}
