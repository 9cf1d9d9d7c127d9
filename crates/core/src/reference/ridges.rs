//! Networks with two inputs that are a sum of two functions of one variable each: their error against a quadratic polynomial.
//!
//! Functions of one variable are kept as the list of their corners, so that nothing of the networks with one input is used
//! that the fast backend splits such a network into.

mod graph;

use crate::activation::Activation;
use crate::failure::Failure;
use crate::field::Sign;
use crate::geometry::{Domain, Side};
use crate::network::Network;
use crate::number::enclosure::Enclosure;
use crate::number::polynomial::Polynomial;
use crate::number::rational::Rational;
use graph::Graph;

/// Where the lower bounds are said to be attained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RidgeWitness {
    /// A point of the box for the value.
    pub value_at: Option<[Rational; 2]>,
    /// A corner of a cell for the derivative, and a point inside that cell.
    pub derivative_at: Option<[[Rational; 2]; 2]>,
}

/// A function x ↦ Σ_j g_j(a_j·x) on the box.
type Sum = [Graph; 2];

/// The two directions and the box.
struct Plane {
    directions: [[Rational; 2]; 2],
    sides: [[Rational; 2]; 2],
}

impl RidgeWitness {
    /// Enclosures of sup|RΦ − p| and of the largest |∂_i(RΦ − p)|, if Φ and p split along two directions.
    ///
    /// # Definition
    /// Every neuron is computed as a sum Σ_j g_j(a_j·x) on the box, the graphs of g_j by their corners; ReLU of a sum is such a
    /// sum again if one of the g_j is constant, or the sum has one sign on the box. That is so by the ranges of g₁ and g₂, or if one
    /// of them is monotone and the sum has that sign on the four edges: moving x so that only that a_j·x changes, one ends on an
    /// edge with a smaller value, and with a larger one. The upper bounds are sums of the extreme values of g_j − q_j and of the
    /// products of a_ji with its slopes. The lower bounds are |RΦ − p| at the given point, and |∂_i(RΦ − p)| at the given corner
    /// with the slopes of the cell of the given point inside.
    ///
    /// Errors ([`Failure::Unknown`]): Φ or p does not split so; ([`Failure::Undefined`]) a place that is not what it is said to be.
    pub fn check(
        &self,
        phi: &Network,
        p: &Polynomial,
        domain: &Domain,
    ) -> Result<(Enclosure, Enclosure), Failure> {
        let plane = Plane::new(phi, p, domain)?;
        let sum = plane.follow(phi)?;
        let targets = plane.split(p)?;
        let errors = [0, 1].map(|j| sum[j].error(&targets[j]));
        let mut value = Rational::zero();
        for k in 0..2 {
            value = value.max((&errors[0].values[k] + &errors[1].values[k]).abs());
        }
        let mut derivative = Rational::zero();
        for i in 0..2 {
            let [mut least, mut greatest] = [Rational::zero(), Rational::zero()];
            for (error, direction) in errors.iter().zip(&plane.directions) {
                let ends = [0, 1].map(|k| &direction[i] * &error.slopes[k]);
                least = &least + ends.iter().min().expect("two ends");
                greatest = &greatest + ends.iter().max().expect("two ends");
            }
            derivative = derivative.max(least.abs()).max(greatest.abs());
        }
        Ok((
            bounded(self.value(&plane, phi, p)?, value)?,
            bounded(self.derivative(&plane, &sum, &targets)?, derivative)?,
        ))
    }

    fn value(&self, plane: &Plane, phi: &Network, p: &Polynomial) -> Result<Rational, Failure> {
        let Some(x) = &self.value_at else {
            return Ok(Rational::zero());
        };
        if !plane.contains(x, false) {
            return Err(wrong("a point outside the box"));
        }
        let value = super::realize(phi, x)?;
        Ok((&value[0] - &p.evaluate(x)?).abs())
    }

    fn derivative(
        &self,
        plane: &Plane,
        sum: &Sum,
        targets: &[[Rational; 3]; 2],
    ) -> Result<Rational, Failure> {
        let Some([corner, inside]) = &self.derivative_at else {
            return Ok(Rational::zero());
        };
        if !plane.contains(corner, false) || !plane.contains(inside, true) {
            return Err(wrong("a corner or a point inside its cell outside the box"));
        }
        let mut partial = [Rational::zero(), Rational::zero()];
        for j in 0..2 {
            let [at, near] = [corner, inside].map(|x| plane.coordinate(j, x));
            let slope = sum[j]
                .slope_near(&near, &at)
                .ok_or_else(|| wrong("a corner that is not one of the cell of the point inside"))?;
            // q′(t) = q₁ + 2q₂t.
            let target = &targets[j][1] + &(&(&targets[j][2] + &targets[j][2]) * &at);
            let difference = &slope - &target;
            for (i, partial) in partial.iter_mut().enumerate() {
                *partial = &*partial + &(&plane.directions[j][i] * &difference);
            }
        }
        let [first, second] = partial.map(|x| x.abs());
        Ok(first.max(second))
    }
}

/// Between an attained number and a bound. Errors: the bound is smaller, so that one of them is wrong.
fn bounded(lower: Rational, upper: Rational) -> Result<Enclosure, Failure> {
    if lower <= upper {
        return Ok(Enclosure { lower, upper });
    }
    Err(wrong(&format!(
        "an error of {lower} above the bound {upper}"
    )))
}

fn wrong(what: &str) -> Failure {
    Failure::Undefined(format!("witness of an error along two directions: {what}"))
}

fn does_not_split(what: &str) -> Failure {
    Failure::Unknown(format!("the error along two directions: {what}"))
}

impl Plane {
    fn new(phi: &Network, p: &Polynomial, domain: &Domain) -> Result<Self, Failure> {
        if (phi.indim(), phi.outdim()) != (2, 1) || *phi.activation() != Activation::Relu {
            return Err(does_not_split(
                "a ReLU network with two inputs and one output is needed",
            ));
        }
        if p.variables() != 2 || p.total_degree() > 2 {
            return Err(does_not_split(
                "a quadratic polynomial of two variables is needed",
            ));
        }
        let mut sides = Vec::new();
        for side in domain.sides(2)? {
            let Side {
                lower: Some(lower),
                upper: Some(upper),
            } = side
            else {
                return Err(does_not_split("a bounded box is needed"));
            };
            if lower == upper {
                return Err(does_not_split("a box with interior points is needed"));
            }
            sides.push([lower, upper]);
        }
        let mut directions: Vec<[Rational; 2]> = Vec::new();
        let weights = phi.layer(0).weights();
        let rows = (0..weights.rows()).map(|i| [0, 1].map(|k| weights.get(i, k).clone()));
        let axes = [[1, 0], [0, 1]].map(|axis| axis.map(Rational::from_integer));
        for (number, row) in rows.chain(axes).enumerate() {
            let is_new = directions.iter().all(|a| !cross(a, &row).is_zero());
            let is_needed = number < weights.rows() || directions.len() < 2;
            if !row.iter().all(Rational::is_zero) && is_new && is_needed {
                directions.push(row);
            }
        }
        match (<[_; 2]>::try_from(directions), <[_; 2]>::try_from(sides)) {
            (Ok(directions), Ok(sides)) => Ok(Self { directions, sides }),
            _ => Err(does_not_split("the first layer has three directions")),
        }
    }

    fn coordinate(&self, j: usize, x: &[Rational; 2]) -> Rational {
        let a = &self.directions[j];
        &(&a[0] * &x[0]) + &(&a[1] * &x[1])
    }

    fn contains(&self, x: &[Rational; 2], strictly: bool) -> bool {
        self.sides
            .iter()
            .zip(x)
            .all(|([low, high], x)| match strictly {
                true => low < x && x < high,
                false => low <= x && x <= high,
            })
    }

    fn corners(&self) -> [[Rational; 2]; 4] {
        [(0, 0), (1, 0), (1, 1), (0, 1)]
            .map(|(i, k)| [self.sides[0][i].clone(), self.sides[1][k].clone()])
    }

    /// The graph of t ↦ slope·t + constant on the range of a_j·x.
    fn line(&self, j: usize, slope: &Rational, constant: &Rational) -> Graph {
        let ends = self.corners().map(|x| self.coordinate(j, &x));
        let ends = [ends.iter().min(), ends.iter().max()].map(|end| end.expect("four corners"));
        Graph::new(ends.map(|t| (t.clone(), &(slope * t) + constant)).to_vec())
    }

    /// The output of Φ as a sum.
    fn follow(&self, phi: &Network) -> Result<Sum, Failure> {
        let zero = Rational::zero();
        let mut values: Vec<Sum> = Vec::new();
        for l in 0..phi.depth() {
            let (layer, weights) = (phi.layer(l), phi.layer(l).weights());
            let mut next = Vec::with_capacity(layer.rows());
            for i in 0..layer.rows() {
                let mut z = [
                    self.line(0, &zero, layer.bias(i)),
                    self.line(1, &zero, &zero),
                ];
                if l == 0 {
                    let row = [0, 1].map(|k| weights.get(i, k).clone());
                    let j = usize::from(!cross(&row, &self.directions[0]).is_zero());
                    let k = usize::from(self.directions[j][0].is_zero());
                    let factor = row[k].over(&self.directions[j][k]);
                    let factor = factor.ok_or_else(|| does_not_split("a direction that is 0"))?;
                    z[j] = z[j].plus(&Rational::one(), &self.line(j, &factor, &zero));
                }
                for (k, value) in values.iter().enumerate() {
                    let weight = weights.get(i, k);
                    if !weight.is_zero() {
                        z = [0, 1].map(|j| z[j].plus(weight, &value[j]));
                    }
                }
                let is_output = l + 1 == phi.depth();
                next.push(if is_output { z } else { self.activated(z)? });
            }
            values = next;
        }
        values
            .pop()
            .ok_or_else(|| does_not_split("a network without output"))
    }

    /// ReLU of a sum.
    fn activated(&self, z: Sum) -> Result<Sum, Failure> {
        for j in 0..2 {
            if let Some(constant) = z[1 - j].constant() {
                let whole = z[j].plus(
                    &Rational::one(),
                    &self.line(j, &Rational::zero(), &constant),
                );
                let mut after = [0, 1].map(|k| self.line(k, &Rational::zero(), &Rational::zero()));
                after[j] = whole.relu();
                return Ok(after);
            }
        }
        let ranges = [z[0].range(), z[1].range()];
        let by_ranges = [0, 1].map(|k| &ranges[0][k] + &ranges[1][k]);
        let bounds = if z.iter().any(Graph::is_monotone) {
            self.on_edges(&z)
        } else {
            by_ranges.clone()
        };
        let [least, greatest] = bounds;
        if by_ranges[0].sign() != Sign::Negative || least.sign() != Sign::Negative {
            return Ok(z);
        }
        if by_ranges[1].sign() != Sign::Positive || greatest.sign() != Sign::Positive {
            return Ok([0, 1].map(|k| self.line(k, &Rational::zero(), &Rational::zero())));
        }
        Err(does_not_split(
            "a neuron of both directions changes its sign",
        ))
    }

    /// The smallest and the largest value of a sum on the four edges: at corners of a graph, or of the box.
    fn on_edges(&self, z: &Sum) -> [Rational; 2] {
        let corners = self.corners();
        let mut values = Vec::new();
        for (k, from) in corners.iter().enumerate() {
            let to = &corners[(k + 1) % 4];
            let mut stops = vec![Rational::zero(), Rational::one()];
            for (j, graph) in z.iter().enumerate() {
                let [start, end] = [from, to].map(|x| self.coordinate(j, x));
                stops.extend(graph.shares(&start, &end));
            }
            for share in stops {
                let x = [0, 1].map(|i| &from[i] + &(&(&to[i] - &from[i]) * &share));
                let [first, second] = [0, 1].map(|j| z[j].at(&self.coordinate(j, &x)));
                values.push(&first + &second);
            }
        }
        let least = values.iter().min().expect("an edge has ends").clone();
        let greatest = values.iter().max().expect("an edge has ends").clone();
        [least, greatest]
    }

    /// The coefficients of q₁ and q₂ with p(x) = q₁(a₁·x) + q₂(a₂·x).
    ///
    /// With b_j the point at which a_j·x = 1 and the other coordinate is 0, q_j(t) = p(t·b_j), up to the constant; p is such a sum
    /// iff p(b₁ + b₂) − p(b₁) − p(b₂) + p(0) = 0.
    fn split(&self, p: &Polynomial) -> Result<[[Rational; 3]; 2], Failure> {
        let [a, b] = &self.directions;
        let determinant = cross(a, b);
        let inverse = determinant
            .recip()
            .ok_or_else(|| does_not_split("dependent directions"))?;
        let first = [&b[1] * &inverse, -(&b[0] * &inverse)];
        let second = [-(&a[1] * &inverse), &a[0] * &inverse];
        let zero = [Rational::zero(), Rational::zero()];
        let constant = p.evaluate(&zero)?;
        let both = [&first[0] + &second[0], &first[1] + &second[1]];
        let mixed =
            &(&p.evaluate(&both)? + &constant) - &(&p.evaluate(&first)? + &p.evaluate(&second)?);
        if !mixed.is_zero() {
            return Err(does_not_split("the polynomial has a mixed term"));
        }
        let mut parts = Vec::with_capacity(2);
        for (base, constant_part) in [(first, constant.clone()), (second, Rational::zero())] {
            let there = &p.evaluate(&base)? - &constant;
            let back = &p.evaluate(&base.map(|x| -x))? - &constant;
            parts.push([
                constant_part,
                (&there - &back).half(),
                (&there + &back).half(),
            ]);
        }
        <[_; 2]>::try_from(parts).map_err(|_| does_not_split("two parts are needed"))
    }
}

fn cross(a: &[Rational; 2], b: &[Rational; 2]) -> Rational {
    &(&a[0] * &b[1]) - &(&a[1] * &b[0])
}
