//! Templates that can be edited, and the arithmetic of their entries.

use relu_core::linear::matrix::Matrix;
use relu_core::number::rational::Rational;
use relu_core::parameters::{Entry, Template};

use super::complexity::{Complexity, Measured};

impl Measured for Template {
    /// Constants and coefficients count as entries, the number of parameters as size.
    fn complexity(&self) -> Complexity {
        let mut complexity = Complexity {
            layers: self.depth(),
            size: self.architecture().iter().sum::<usize>() + self.parameters(),
            ..Complexity::default()
        };
        for (weights, bias) in self.layers() {
            for entry in weights.data().iter().chain(bias) {
                if entry.is_frozen() || !entry.constant().is_zero() {
                    complexity.count(entry.constant());
                }
                entry
                    .terms()
                    .iter()
                    .for_each(|(_, coefficient)| complexity.count(coefficient));
            }
        }
        complexity
    }
}

/// A template that can be edited.
#[derive(Clone)]
pub(super) struct Sheet {
    template: Template,
    /// Per layer (columns, rows of weights, biases).
    pub(super) layers: Vec<(usize, Vec<Vec<Entry>>, Vec<Entry>)>,
}

impl Sheet {
    /// The entries of a template.
    pub(super) fn new(template: &Template) -> Self {
        let layer = |(weights, bias): &(Matrix<Entry>, Vec<Entry>)| {
            let rows = (0..weights.rows())
                .map(|i| weights.row(i).to_vec())
                .collect();
            (weights.cols(), rows, bias.clone())
        };
        Self {
            template: template.clone(),
            layers: template.layers().iter().map(layer).collect(),
        }
    }

    /// The edited template with this number of parameters; `None` if the shapes are not legal.
    pub(super) fn finish(self, parameters: usize) -> Option<Template> {
        let layers = self
            .layers
            .into_iter()
            .map(|(cols, rows, bias)| {
                let matrix = Matrix::new(rows.len(), cols, rows.into_iter().flatten().collect());
                matrix.ok().map(|matrix| (matrix, bias))
            })
            .collect::<Option<_>>()?;
        Template::new(self.template.activation().clone(), parameters, layers).ok()
    }

    /// All entries, layer by layer, weights first.
    pub(super) fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.layers
            .iter_mut()
            .flat_map(|(_, rows, bias)| rows.iter_mut().flatten().chain(bias))
    }

    /// Drops column `j` of layer `l`.
    pub(super) fn remove_column(&mut self, l: usize, j: usize) {
        let (cols, rows, _) = &mut self.layers[l];
        *cols -= 1;
        for row in rows {
            row.remove(j);
        }
    }
}

/// Σ aᵢ·bᵢ; `None` if a product of two parameters occurs.
pub(super) fn sum_of_products<'a>(
    left: &[Entry],
    right: impl Iterator<Item = &'a Entry>,
) -> Option<Entry> {
    let mut total = Entry::frozen(Rational::zero());
    for (a, b) in left.iter().zip(right) {
        let product = match (a.is_frozen(), b.is_frozen()) {
            (true, _) => scaled(b, a.constant()),
            (_, true) => scaled(a, b.constant()),
            _ => return None,
        };
        total = sum(&total, &product);
    }
    Some(total)
}

/// factor · entry
pub(super) fn scaled(entry: &Entry, factor: &Rational) -> Entry {
    let terms = entry
        .terms()
        .iter()
        .map(|(t, coefficient)| (*t, coefficient * factor));
    Entry::new(entry.constant() * factor, terms.collect())
}

/// a + b
pub(super) fn sum(a: &Entry, b: &Entry) -> Entry {
    let terms = a.terms().iter().chain(b.terms()).cloned();
    Entry::new(a.constant() + b.constant(), terms.collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    fn entry(constant: i64, terms: &[(usize, i64)]) -> Entry {
        let terms = terms
            .iter()
            .map(|&(t, factor)| (t, Rational::from_integer(factor)));
        Entry::new(Rational::from_integer(constant), terms.collect())
    }

    #[test]
    fn entries_add_and_multiply_while_they_stay_affine() {
        let (a, b) = (entry(1, &[(0, 2)]), entry(3, &[(0, -2), (1, 1)]));
        assert_eq!(sum(&a, &b), entry(4, &[(1, 1)]));
        assert_eq!(
            scaled(&b, &Rational::from_integer(-1)),
            entry(-3, &[(0, 2), (1, -1)])
        );
        let frozen = entry(5, &[]);
        assert_eq!(
            sum_of_products(std::slice::from_ref(&a), [&frozen].into_iter()),
            Some(entry(5, &[(0, 10)]))
        );
        assert_eq!(sum_of_products(&[a], [&b].into_iter()), None);
    }

    #[test]
    fn a_sheet_reads_back_and_refuses_what_is_no_template() {
        let text = "template(relu, 2, ([[t0, 2], [1 + t1, 0]], [0, -3]), ([[1, t0]], [t1]))";
        let template: Template = text.parse().unwrap();
        assert_eq!(Sheet::new(&template).finish(2), Some(template.clone()));
        assert_eq!(Sheet::new(&template).finish(1), None);
        let mut broken = Sheet::new(&template);
        broken.remove_column(1, 0);
        assert_eq!(broken.finish(2), None);
    }
}
