//! The error of a sum of two functions of one variable each against a polynomial that is one, too.

use super::RidgeSum;
use super::frame::Frame;
use super::profile::{End, Profile};
use crate::failure::Failure;
use crate::geometry::cells::Deviation;
use crate::geometry::domain::Domain;
use crate::network::Network;
use crate::number::enclosure::Enclosure;
use crate::number::multipoly::MultiPoly;
use crate::number::poly::Poly;
use crate::number::polynomial::Polynomial;
use crate::number::rational::Rational;
use crate::reference::RidgeWitness;

/// The largest errors, with the places where they are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RidgeDeviation {
    /// sup|RΦ − p| and the largest |∂_i(RΦ − p)|.
    pub deviation: Deviation,
    /// Where the lower bound of the value is attained; `None` if it is 0 for want of such a place.
    pub value_at: Option<[Rational; 2]>,
    /// A corner of a cell where the lower bound of the derivative is attained, and a point inside that cell.
    pub derivative_at: Option<[[Rational; 2]; 2]>,
}

impl RidgeDeviation {
    /// Whether both errors are known exactly.
    pub fn is_exact(&self) -> bool {
        let Deviation { value, derivative } = &self.deviation;
        value.to_rational().is_some() && derivative.to_rational().is_some()
    }

    /// The places, for the reference backend.
    pub fn witness(self) -> RidgeWitness {
        RidgeWitness {
            value_at: self.value_at,
            derivative_at: self.derivative_at,
        }
    }
}

/// The largest errors of Φ against a quadratic polynomial p on a bounded box of the plane, in value and in derivative, or `None`
/// where Φ and p do not split along the same two directions.
///
/// # Definition
/// Where RΦ = Σ_j g_j(a_j·x) and p = Σ_j q_j(a_j·x), the error is Σ_j e_j(a_j·x) with e_j = g_j − q_j. It is at most the sum of the
/// largest e_j, and its partial derivative ∂_i at most Σ_j of the largest a_ji·e_j′. The bound is reached if there is a point of the
/// box, or for derivatives a corner of a cell, at which all of these are attained together.
///
/// # Exactness
/// Exact rational arithmetic; where a bound is not seen to be reached, the enclosure stays open.
///
/// Errors: as for [`pieces_on`](crate::geometry::pieces_on); [`Failure::Shape`] for a domain of another dimension.
pub fn deviation(
    phi: &Network,
    p: &Polynomial,
    domain: &Domain,
) -> Result<Option<RidgeDeviation>, Failure> {
    if p.variables() != 2 || p.total_degree() > 2 {
        return Ok(None);
    }
    let Some(sum) = RidgeSum::new(phi, domain)? else {
        return Ok(None);
    };
    let frame = &sum.frame;
    let Some(targets) = split(p, frame) else {
        return Ok(None);
    };
    let [first, second] = [0, 1].map(|j| Profile::new(&sum.parts[j], &targets[j], &frame.range(j)));
    let profiles = [first?, second?];
    let value = value(frame, &profiles);
    let derivative = derivative(frame, &profiles);
    Ok(Some(RidgeDeviation {
        deviation: Deviation {
            value: value.enclosure,
            derivative: derivative.enclosure,
        },
        value_at: value.place.map(|t| frame.point(&t)),
        derivative_at: derivative.place.map(|t| t.map(|t| frame.point(&t))),
    }))
}

/// The largest of some numbers, each with an upper bound and a place where that bound is reached, or none.
struct Best<P> {
    enclosure: Enclosure,
    place: Option<P>,
}

impl<P> Best<P> {
    fn new() -> Self {
        Self {
            enclosure: Enclosure::exactly(Rational::zero()),
            place: None,
        }
    }

    fn offer(&mut self, bound: Rational, place: Option<P>) {
        if place.is_some() && bound > self.enclosure.lower {
            self.enclosure.lower = bound.clone();
            self.place = place;
        }
        self.enclosure.upper = self.enclosure.upper.clone().max(bound);
    }
}

/// p as q₁(t₁) + q₂(t₂), if it is such a sum.
fn split(p: &Polynomial, frame: &Frame) -> Option<[Poly; 2]> {
    let coordinates = [0, 1].map(|i| {
        let [first, second] = [0, 1].map(|j| MultiPoly::symbol(j).scaled(&frame.columns[j][i]));
        &first + &second
    });
    let mut parts = [0, 1].map(|_| vec![Rational::zero(); 3]);
    let mut image = MultiPoly::default();
    for (exponents, coefficient) in p.terms().terms() {
        let mut term = MultiPoly::constant(coefficient.clone());
        for (coordinate, power) in coordinates.iter().zip(exponents) {
            term = &term * &coordinate.pow(*power);
        }
        image = &image + &term;
    }
    for (exponents, coefficient) in image.terms() {
        let power = |j: usize| exponents.get(j).copied().unwrap_or(0) as usize;
        match (power(0), power(1)) {
            (k, 0) => parts[0][k] = coefficient.clone(),
            (0, k) => parts[1][k] = coefficient.clone(),
            _ => return None,
        }
    }
    Some(parts.map(Poly::from_coefficients))
}

fn value(frame: &Frame, profiles: &[Profile; 2]) -> Best<[Rational; 2]> {
    let mut best = Best::new();
    for k in 0..2 {
        let [first, second] = [0, 1].map(|j| &profiles[j].values[k]);
        let place = first.places.iter().find_map(|t| {
            let [low, high] = frame.across(0, t)?;
            let from = second.places.partition_point(|s| *s < low);
            let s = second.places.get(from).filter(|s| **s <= high)?;
            Some([t.clone(), s.clone()])
        });
        best.offer((&first.value + &second.value).abs(), place);
    }
    best
}

/// Places that are compared for one end.
const TRIED: usize = 8;

/// The largest |∂_i| of the error, with a corner and a point inside its cell.
fn derivative(frame: &Frame, profiles: &[Profile; 2]) -> Best<[[Rational; 2]; 2]> {
    let mut best = Best::new();
    for i in 0..2 {
        for largest in [false, true] {
            // Along a negative entry the largest product has the smallest slope; along 0 every slope will do.
            let mut bound = Rational::zero();
            let mut places: Vec<Vec<&End>> = Vec::with_capacity(2);
            for (profile, direction) in profiles.iter().zip(&frame.directions) {
                let entry = &direction[i];
                let is_positive = *entry > Rational::zero();
                let extreme = &profile.slopes[usize::from(largest == is_positive)];
                bound.add_product(entry, &extreme.value);
                let mut ends: Vec<&End> = match entry.is_zero() {
                    true => profile.slopes.iter().flat_map(|s| &s.places).collect(),
                    false => extreme.places.iter().collect(),
                };
                ends.sort_by(|a, b| a.at.cmp(&b.at));
                places.push(ends);
            }
            let place = places[0].iter().find_map(|t| {
                let [low, high] = frame.across(0, &t.at)?;
                let from = places[1].partition_point(|s| s.at < low);
                let until = places[1].partition_point(|s| s.at <= high);
                let among = &places[1][from..until];
                let tried = among.iter().take(TRIED);
                let tried = tried.chain(among.iter().rev().take(TRIED));
                tried.into_iter().find_map(|s| corner(frame, [t, s]))
            });
            best.offer(bound.abs(), place);
        }
    }
    best
}

/// The corner of a cell at two ends of pieces, and a point inside the cell: in both pieces, and in the interior of the box. The
/// segment between them stays in the cell.
fn corner(frame: &Frame, ends: [&End; 2]) -> Option<[[Rational; 2]; 2]> {
    let quarter = Rational::new(1, 4).expect("a positive denominator");
    let shares = [Rational::one(), quarter];
    shares.iter().find_map(|a| {
        shares.iter().find_map(|b| {
            let inside = [
                &ends[0].at + &(&ends[0].inwards * a),
                &ends[1].at + &(&ends[1].inwards * b),
            ];
            let corner = [ends[0].at.clone(), ends[1].at.clone()];
            frame.has_inside(&inside).then_some([corner, inside])
        })
    })
}
