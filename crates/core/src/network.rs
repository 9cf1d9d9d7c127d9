//! Networks as parameter lists Φ = ((A₁,b₁),…,(A_L,b_L)): sparse layers whose shapes chain.
//!
//! Equality, order of layers and hashing are those of the *parameters*, not of the realization: two networks that
//! compute the same function are different values here.

use crate::activation::Activation;
use crate::failure::Failure;
use crate::field::Field;
use crate::linear::matrix::Matrix;
use crate::number::rational::Rational;
use crate::number::scalar::Scalar;

/// An affine map x ↦ A·x + b with A ∈ Sᵐˣⁿ, b ∈ Sᵐ, m, n ≥ 1; the rows of A keep their non-zero entries only.
///
/// Canonical: no stored entry is zero and the columns of a row ascend, so equal maps are equal values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layer<S = Rational> {
    cols: usize,
    /// Row i owns `columns[starts[i]..starts[i + 1]]` and the values beside them.
    starts: Vec<usize>,
    columns: Vec<usize>,
    values: Vec<S>,
    bias: Vec<S>,
}

impl<S: Field> Layer<S> {
    /// The layer x ↦ A·x + b.
    ///
    /// Errors ([`Failure::Shape`]): A without a row or a column, or a bias whose length is not the number of rows.
    pub fn new(weights: Matrix<S>, bias: Vec<S>) -> Result<Self, Failure> {
        let rows = (0..weights.rows())
            .map(|i| weights.row(i).iter().cloned().enumerate().collect())
            .collect();
        Self::from_sparse_rows(weights.cols(), rows, bias)
    }

    /// The layer with the given sparse rows: pairs (column, entry), columns strictly ascending; zeros are dropped.
    ///
    /// Errors ([`Failure::Shape`]): no row, no column, a bias of another length, a column out of range or out of order.
    pub fn from_sparse_rows(
        cols: usize,
        rows: Vec<Vec<(usize, S)>>,
        bias: Vec<S>,
    ) -> Result<Self, Failure> {
        if rows.is_empty() || cols == 0 {
            let shape = format!("{}x{cols}", rows.len());
            return Err(Failure::Shape(format!(
                "layer of shape {shape}: expected at least 1x1, got {shape}"
            )));
        }
        if bias.len() != rows.len() {
            return Err(Failure::Shape(format!(
                "bias of a layer with {} rows: expected length {}, got {}",
                rows.len(),
                rows.len(),
                bias.len()
            )));
        }
        let mut starts = Vec::with_capacity(rows.len() + 1);
        starts.push(0);
        let stored = rows.iter().map(Vec::len).sum();
        let mut columns: Vec<usize> = Vec::with_capacity(stored);
        let mut values = Vec::with_capacity(stored);
        for (i, row) in rows.into_iter().enumerate() {
            let mut least = 0;
            for (j, value) in row {
                if j < least || j >= cols {
                    return Err(Failure::Shape(format!(
                        "row {i} of a layer with {cols} columns: expected ascending columns below {cols}, got column {j}"
                    )));
                }
                least = j + 1;
                if !value.is_zero() {
                    columns.push(j);
                    values.push(value);
                }
            }
            starts.push(columns.len());
        }
        Ok(Self {
            cols,
            starts,
            columns,
            values,
            bias,
        })
    }

    /// Number of rows of A, the output width.
    pub fn rows(&self) -> usize {
        self.bias.len()
    }

    /// Number of columns of A, the input width.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// The non-zero entries of row `i` as (column, entry), columns ascending.
    ///
    /// # Panics
    /// If `i` is not below the number of rows.
    pub fn entries(&self, i: usize) -> impl ExactSizeIterator<Item = (usize, &S)> + Clone {
        let range = self.starts[i]..self.starts[i + 1];
        self.columns[range.clone()]
            .iter()
            .copied()
            .zip(&self.values[range])
    }

    /// The entry A_{ij} (zero-based), zero where nothing is stored.
    ///
    /// # Panics
    /// If `i` is not below the number of rows.
    pub fn weight(&self, i: usize, j: usize) -> S {
        let range = self.starts[i]..self.starts[i + 1];
        match self.columns[range.clone()].binary_search(&j) {
            Ok(position) => self.values[range.start + position].clone(),
            Err(_) => S::zero(),
        }
    }

    /// The bias b_i (zero-based).
    ///
    /// # Panics
    /// If `i` is not below the number of rows.
    pub fn bias(&self, i: usize) -> &S {
        &self.bias[i]
    }

    /// The bias vector b.
    pub fn biases(&self) -> &[S] {
        &self.bias
    }

    /// The stored (non-zero) entries of A, row by row.
    pub fn stored(&self) -> &[S] {
        &self.values
    }

    /// The matrix A, dense.
    pub fn weights(&self) -> Matrix<S> {
        let mut data = vec![S::zero(); self.rows() * self.cols];
        for i in 0..self.rows() {
            for (j, value) in self.entries(i) {
                data[i * self.cols + j] = value.clone();
            }
        }
        Matrix::new(self.rows(), self.cols, data).expect("rows·cols entries were written")
    }

    /// The layer with `f` applied to every stored entry and every bias; f must send zero to zero.
    pub fn map<T: Field>(&self, mut f: impl FnMut(&S) -> T) -> Layer<T> {
        let rows = (0..self.rows())
            .map(|i| self.entries(i).map(|(j, value)| (j, f(value))).collect())
            .collect();
        let bias = self.bias.iter().map(&mut f).collect();
        Layer::from_sparse_rows(self.cols, rows, bias).expect("the shape is that of a valid layer")
    }

    /// A·x + b; entries of x that are zero cost nothing.
    ///
    /// # Panics
    /// If `x` is shorter than the number of columns.
    pub fn apply(&self, x: &[S]) -> Vec<S> {
        (0..self.rows())
            .map(|i| {
                let mut sum = self.bias[i].clone();
                for (j, value) in self.entries(i) {
                    if !x[j].is_zero() {
                        sum.add_product(value, &x[j]);
                    }
                }
                sum
            })
            .collect()
    }
}

/// A network Φ = ((A₁,b₁),…,(A_L,b_L)) with its activation ϱ, applied componentwise after every layer but the last.
///
/// Invariants: L ≥ 1, every width ≥ 1, and layer l+1 has as many columns as layer l has rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Network<S = Rational> {
    activation: Activation,
    layers: Vec<Layer<S>>,
}

impl<S: Field> Network<S> {
    /// The network with these layers.
    ///
    /// Errors ([`Failure::Shape`]): no layer, or two neighbouring layers that do not chain.
    pub fn new(activation: Activation, layers: Vec<Layer<S>>) -> Result<Self, Failure> {
        if layers.is_empty() {
            return Err(Failure::Shape(
                "network: expected at least 1 layer, got 0".into(),
            ));
        }
        for (l, pair) in layers.windows(2).enumerate() {
            if pair[1].cols() != pair[0].rows() {
                return Err(Failure::Shape(format!(
                    "layer {} of a network: expected {} columns (the rows of layer {}), got {}",
                    l + 2,
                    pair[0].rows(),
                    l + 1,
                    pair[1].cols()
                )));
            }
        }
        Ok(Self { activation, layers })
    }

    /// The ReLU network with these layers; errors as [`Network::new`].
    pub fn relu(layers: Vec<Layer<S>>) -> Result<Self, Failure> {
        Self::new(Activation::Relu, layers)
    }

    /// Input dimension N₀.
    pub fn indim(&self) -> usize {
        self.layers[0].cols()
    }

    /// Output dimension N_L.
    pub fn outdim(&self) -> usize {
        self.layers[self.layers.len() - 1].rows()
    }

    /// Depth L: the number of affine maps.
    pub fn depth(&self) -> usize {
        self.layers.len()
    }

    /// All layers, first to last.
    pub fn layers(&self) -> &[Layer<S>] {
        &self.layers
    }

    /// The layer with zero-based index `l`.
    ///
    /// # Panics
    /// If `l` is not below the depth.
    pub fn layer(&self, l: usize) -> &Layer<S> {
        &self.layers[l]
    }

    /// The widths (N₀,…,N_L).
    pub fn architecture(&self) -> Vec<usize> {
        std::iter::once(self.indim())
            .chain(self.layers.iter().map(Layer::rows))
            .collect()
    }

    /// The activation ϱ.
    pub fn activation(&self) -> &Activation {
        &self.activation
    }

    /// The same parameters with another activation.
    pub fn with_activation(&self, activation: Activation) -> Self {
        Self {
            activation,
            layers: self.layers.clone(),
        }
    }

    /// The network with `f` applied to every entry; f must send zero to zero.
    pub fn map<T: Field>(&self, mut f: impl FnMut(&S) -> T) -> Network<T> {
        Network {
            activation: self.activation.clone(),
            layers: self.layers.iter().map(|layer| layer.map(&mut f)).collect(),
        }
    }

    /// Checks the length of an input vector; the error names both lengths.
    pub(crate) fn check_input(&self, length: usize) -> Result<(), Failure> {
        if length == self.indim() {
            return Ok(());
        }
        Err(Failure::Shape(format!(
            "input vector: expected length {} (the input dimension), got {length}",
            self.indim()
        )))
    }
}

impl Network<Rational> {
    /// The same network with its entries seen in ℚ(c,…).
    pub fn lifted(&self) -> Network<Scalar> {
        self.map(|value| Scalar::from(value.clone()))
    }
}
