//! Medians, slopes, and the ratio of norms of a bump.

use super::Spread;

/// The least, the median and the largest of the finite ones among some numbers.
pub(super) fn spread(mut values: Vec<f64>) -> Option<Spread> {
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    let (least, largest) = (*values.first()?, *values.last()?);
    let middle = values.len() / 2;
    let median = match values.len() % 2 {
        0 => (values[middle - 1] + values[middle]) / 2.0,
        _ => values[middle],
    };
    Some(Spread {
        least,
        median,
        largest,
    })
}

/// The slope of the least-squares line through some points.
pub(super) fn slope(points: &[(f64, f64)]) -> Option<f64> {
    let count = points.len() as f64;
    let x_mean = points.iter().map(|(x, _)| x).sum::<f64>() / count;
    let y_mean = points.iter().map(|(_, y)| y).sum::<f64>() / count;
    let covariance: f64 = points
        .iter()
        .map(|(x, y)| (x - x_mean) * (y - y_mean))
        .sum();
    let variance: f64 = points.iter().map(|(x, _)| (x - x_mean).powi(2)).sum();
    Some(covariance / variance).filter(|slope| slope.is_finite())
}

/// L^∞/L² of the bump that fits between any m points: √(Kᵈ·(d+2)!/2) with the least K such that Kᵈ > m.
///
/// # Definition
/// The cube of side 1 has Kᵈ cells of side 1/K, one of which holds no point. The bump x ↦ max(0, 1 − 2K·‖x − y‖₁) around its
/// centre y vanishes outside of it, has height 1, and the mean of its square is 2/(Kᵈ·(d+2)!).
///
/// # Source
/// Derived from the exact L² norm of the bump, claim `bump-lp-norm`.
pub fn bump_ratio(dimension: usize, samples: usize) -> f64 {
    let power = |k: usize| (k as f64).powi(dimension as i32);
    let start = (samples as f64).powf(1.0 / dimension as f64) as usize;
    let cells = (start.saturating_sub(1).max(1)..).find(|k| power(*k) > samples as f64);
    let factorial: f64 = (1..=dimension + 2).map(|k| k as f64).product();
    (power(cells.unwrap_or(start)) * factorial / 2.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_slopes_by_hand() {
        assert_eq!(spread(vec![4.0, 1.0, 2.0]).unwrap().median, 2.0);
        assert_eq!(spread(vec![4.0, 1.0, 2.0, 3.0]).unwrap().median, 2.5);
        assert_eq!(spread(vec![f64::NAN]), None);
        // For three equally spaced points the slope is that between the outer ones.
        assert!((slope(&[(0.0, 1.0), (1.0, 7.0), (2.0, 2.0)]).unwrap() - 0.5).abs() < 1e-15);
        assert_eq!(slope(&[(1.0, 1.0)]), None);
    }

    #[test]
    fn bumps_between_samples_have_their_exact_ratios() {
        // Radius 1/M with M = 2K: √(M^d·(d+2)!/2^(d+1)).
        for (dimension, cells, expected) in [(1, 8, 24.0_f64), (2, 8, 768.0), (3, 8, 30720.0)] {
            let samples = 8_usize.pow(dimension as u32) - 1;
            assert_eq!(bump_ratio(dimension, samples), expected.sqrt(), "{cells}");
        }
        // A thousand samples fill the 10³ cells; 11³ leave one free.
        assert_eq!(bump_ratio(3, 1000), (1331.0_f64 * 60.0).sqrt());
        assert_eq!(bump_ratio(1, 1), 6.0_f64.sqrt());
    }
}
