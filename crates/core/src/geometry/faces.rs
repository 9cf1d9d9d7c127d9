//! Faces of the activation arrangement on all of ℝ¹ or ℝ².

mod polytope;

use std::rc::Rc;

use crate::failure::Failure;
use crate::field::Sign;
use crate::geometry::standing::Profile;
use crate::network::{Layer, Network};
use crate::number::poly::Poly;
use crate::number::rational::Rational;
use polytope::Polytope;

/// A relatively open face, by one of its points.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Face {
    /// 0 for a vertex, 1 for an edge (bounded or not), 2 for a cell.
    pub dimension: usize,
    /// A point in the relative interior.
    pub point: Vec<Rational>,
}

/// One relatively interior point of every face of a common refinement of the activation arrangements of the
/// networks, on all of ℝᵈ, d = 1 or 2; the faces partition ℝᵈ.
///
/// # Definition
/// On a face every pre-activation of every network is affine and lies on one side of, or on, every kink of its
/// activation. The refinement also separates the orthants of ℝᵈ, so that every face has a vertex; hence a cell of
/// the arrangement may be listed in several parts. Starting from the orthants and their faces, every face is cut by
/// every pre-activation minus every kink, layer after layer, network after network. A face is kept as the cone over
/// its vertices and rays in homogeneous coordinates; the points are sums of these, normalised.
///
/// # Exactness
/// Exact, no linear programs. Parallel, coincident and concurrent kink lines and unbounded faces need no special
/// care.
///
/// # Degenerate cases
/// No networks: the Shape error below, as d is not known. Depth 1: the faces of the orthants. `heaviside` is
/// allowed: its value on a face is that of its kink side.
///
/// Errors: [`Failure::Shape`] for no network or different input dimensions; [`Failure::Limit`] for more than two
/// inputs; [`Failure::Unknown`] for activations that are not piecewise linear.
pub fn faces(networks: &[&Network]) -> Result<Vec<Face>, Failure> {
    let Some(first) = networks.first() else {
        return Err(Failure::Shape(
            "networks sharing an input: expected at least 1, got 0".into(),
        ));
    };
    let dimension = first.indim();
    if let Some(other) = networks.iter().find(|phi| phi.indim() != dimension) {
        return Err(Failure::Shape(format!(
            "input dimension of networks that share their input: expected {dimension}, got {}",
            other.indim()
        )));
    }
    if dimension > 2 {
        return Err(Failure::Limit(format!(
            "inputs of an arrangement: expected at most 2, got {dimension}"
        )));
    }
    let mut found = polytope::orthants(dimension);
    for phi in networks {
        let profile = Profile::piecewise_linear(phi.activation(), "the set of faces")?;
        found = refined(found, phi, &profile);
    }
    Ok(found
        .iter()
        .map(|face| Face {
            dimension: face.dimension(),
            point: face.interior_point(),
        })
        .collect())
}

/// An affine form x ↦ f₀ + f₁x₁ + … + f_d·x_d.
type Form = Vec<Rational>;

/// Cuts the faces by all hidden pre-activations of one network.
fn refined(faces: Vec<Polytope>, phi: &Network, profile: &Profile) -> Vec<Polytope> {
    let dimension = phi.indim();
    let identity: Rc<Vec<Form>> = Rc::new((1..=dimension).map(|i| unit(i, dimension)).collect());
    let mut found: Vec<(Polytope, Rc<Vec<Form>>)> = faces
        .into_iter()
        .map(|face| (face, Rc::clone(&identity)))
        .collect();
    let hidden = &phi.layers()[..phi.depth() - 1];
    for layer in hidden {
        let mut next = Vec::with_capacity(found.len());
        for (face, inputs) in found {
            let z = preactivation_forms(layer, &inputs, dimension);
            let mut parts = vec![(face, Vec::with_capacity(z.len()))];
            for form in &z {
                parts = cut_at_kinks(parts, form, profile);
            }
            for (part, outputs) in parts {
                next.push((part, Rc::new(outputs)));
            }
        }
        found = next;
    }
    found.into_iter().map(|(face, _)| face).collect()
}

/// Cuts every part by `form` minus each kink and appends the form of ϱ(z) on the piece.
fn cut_at_kinks(
    parts: Vec<(Polytope, Vec<Form>)>,
    form: &Form,
    profile: &Profile,
) -> Vec<(Polytope, Vec<Form>)> {
    let mut done = Vec::with_capacity(parts.len());
    for (part, outputs) in parts {
        let mut finish = |part: Polytope, output: Form| {
            let mut outputs = outputs.clone();
            outputs.push(output);
            done.push((part, outputs));
        };
        // From the largest kink down; what lies below is cut further.
        let mut below = Some(part);
        for (i, kink) in profile.kinks().iter().enumerate().rev() {
            let Some(part) = below.take() else { break };
            let mut shifted = form.clone();
            shifted[0] = &shifted[0] - kink;
            for (side, piece) in part.split(&shifted) {
                match side {
                    Sign::Positive => finish(piece, applied(profile.piece(i + 1), form)),
                    Sign::Zero => finish(piece, constant(profile.kink_value(i), form.len())),
                    Sign::Negative => below = Some(piece),
                }
            }
        }
        if let Some(part) = below {
            finish(part, applied(profile.piece(0), form));
        }
    }
    done
}

fn unit(i: usize, dimension: usize) -> Form {
    (0..=dimension)
        .map(|j| {
            if i == j {
                Rational::one()
            } else {
                Rational::zero()
            }
        })
        .collect()
}

fn constant(value: &Rational, length: usize) -> Form {
    let mut form = vec![Rational::zero(); length];
    form[0] = value.clone();
    form
}

/// The form p(form) for an affine p.
fn applied(p: &Poly, form: &Form) -> Form {
    let slope = p.coefficient(1);
    let mut output: Form = form.iter().map(|value| value * &slope).collect();
    output[0] = &output[0] + &p.coefficient(0);
    output
}

fn preactivation_forms(layer: &Layer, inputs: &[Form], dimension: usize) -> Vec<Form> {
    (0..layer.rows())
        .map(|i| {
            let mut form = constant(layer.bias(i), dimension + 1);
            for (j, weight) in layer.entries(i) {
                for (sum, value) in form.iter_mut().zip(&inputs[j]) {
                    sum.add_product(weight, value);
                }
            }
            form
        })
        .collect()
}
