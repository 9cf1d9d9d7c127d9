//! Fully connected ReLU networks in double precision, with all parameters in one list.
//!
//! Only sums, products and comparisons in a fixed order, so that equal parameters give equal values on every machine.

/// The widths d, N₁, …, N_L. The parameters go layer by layer and neuron by neuron, the bias after the weights of the neuron.
#[derive(Clone, Debug)]
pub(super) struct Shape(pub Vec<usize>);

impl Shape {
    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        self.layers()
            .map(|(before, here)| (before + 1) * here)
            .sum()
    }

    /// Inputs and neurons of every layer.
    pub fn layers(&self) -> impl DoubleEndedIterator<Item = (usize, usize)> + ExactSizeIterator {
        self.0.windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// The values of all layers, the input first, after the ReLU in hidden ones.
    pub fn trace(&self, parameters: &[f64], x: &[f64]) -> Vec<Vec<f64>> {
        let depth = self.0.len() - 1;
        let mut values = Vec::with_capacity(depth + 1);
        values.push(x.to_vec());
        let mut rest = parameters;
        for (number, (before, here)) in self.layers().enumerate() {
            let (layer, later) = rest.split_at((before + 1) * here);
            rest = later;
            let input = &values[number];
            let neurons = layer.chunks_exact(before + 1).map(|neuron| {
                let products = neuron.iter().zip(input).map(|(w, x)| w * x);
                let sum = neuron[before] + products.sum::<f64>();
                match number + 1 < depth {
                    true => sum.max(0.0),
                    false => sum,
                }
            });
            let next = neurons.collect();
            values.push(next);
        }
        values
    }

    /// The first output.
    pub fn value(&self, parameters: &[f64], x: &[f64]) -> f64 {
        let values = self.trace(parameters, x);
        values[values.len() - 1][0]
    }

    /// Adds the derivative of ½(u(x) − target)² in all parameters.
    pub fn add_gradient(&self, parameters: &[f64], x: &[f64], target: f64, sums: &mut [f64]) {
        let values = self.trace(parameters, x);
        let depth = self.0.len() - 1;
        let mut slopes = vec![values[depth][0] - target];
        let mut end = parameters.len();
        for (number, (before, here)) in self.layers().enumerate().rev() {
            let start = end - (before + 1) * here;
            let input = &values[number];
            let mut earlier = vec![0.0; before];
            for (i, slope) in slopes.iter().enumerate() {
                let at = start + i * (before + 1);
                for j in 0..before {
                    sums[at + j] += slope * input[j];
                    earlier[j] += slope * parameters[at + j];
                }
                sums[at + before] += slope;
            }
            // Where a ReLU gave 0, nothing goes back.
            for (slope, value) in earlier.iter_mut().zip(input) {
                if number > 0 && *value <= 0.0 {
                    *slope = 0.0;
                }
            }
            slopes = earlier;
            end = start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::random::Random;
    use super::*;

    #[test]
    fn gradients_are_quotients_of_differences() {
        let shape = Shape(vec![2, 3, 3, 1]);
        let mut random = Random::new(5);
        let parameters: Vec<f64> = (0..shape.parameters())
            .map(|_| 2.0 * random.unit() - 1.0)
            .collect();
        assert_eq!(parameters.len(), 9 + 12 + 4);
        let (x, target) = ([0.3, 0.8], 0.25);
        let mut sums = vec![0.0; parameters.len()];
        shape.add_gradient(&parameters, &x, target, &mut sums);
        let loss = |parameters: &[f64]| (shape.value(parameters, &x) - target).powi(2) / 2.0;
        let mut some = false;
        for (i, slope) in sums.iter().enumerate() {
            let moved = |by: f64| {
                let mut moved = parameters.clone();
                moved[i] += by;
                loss(&moved)
            };
            let quotient = (moved(1e-6) - moved(-1e-6)) / 2e-6;
            assert!((quotient - slope).abs() < 1e-6, "{i}: {slope} {quotient}");
            some |= slope.abs() > 1e-3 && i < 9;
        }
        assert!(some, "nothing reached the first layer");
    }
}
