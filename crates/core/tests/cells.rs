//! Cells, regions, extremes and gradient norms of the benchmark networks against exact answers found by other means.
#![allow(clippy::unwrap_used)]

use relu_core::Failure;
use relu_core::activation::Activation;
use relu_core::geometry::cells::{
    Complex, GradientNorm, Standing, count, deviation, enclosing_box, extremes, steepest,
};
use relu_core::geometry::line::{Curve, sup_error, w1inf_error};
use relu_core::geometry::{Domain, Side};
use relu_core::network::{Layer, Network};
use relu_core::number::enclosure::Enclosure;
use relu_core::number::multipoly::MultiPoly;
use relu_core::number::polynomial::Polynomial;
use relu_core::number::rational::Rational;
use relu_core::number::roots::Algebraic;
use relu_core::reference::{CellCertificate, ClaimedCell, ReferenceCells};
use serde_json::Value;

const MOST: usize = 1_000_000;

fn data(name: &str) -> Value {
    let path = format!("{}/benches/data/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn integer(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

fn network(net: &Value) -> Network {
    let den = integer(&net["den"]);
    let ratio = |value: &Value| Rational::new(integer(value), den).unwrap();
    let layers = net["layers"].as_array().unwrap().iter().map(|layer| {
        let rows: Vec<Vec<(usize, Rational)>> = layer["w"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                row.as_array()
                    .unwrap()
                    .iter()
                    .map(ratio)
                    .enumerate()
                    .collect()
            })
            .collect();
        let cols = rows[0].len();
        let bias = layer["b"].as_array().unwrap().iter().map(ratio).collect();
        Layer::from_sparse_rows(cols, rows, bias).unwrap()
    });
    Network::relu(layers.collect()).unwrap()
}

fn unit(d: usize) -> Domain {
    Domain::interval(Rational::zero(), Rational::one())
        .unwrap()
        .power(d)
        .unwrap()
}

fn rational(value: &Value) -> Rational {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn benchmark_networks_have_the_known_answers() {
    let answers = data("answers");
    for name in ["regions", "degenerate", "ladder"] {
        let nets = data(name);
        for (net, answer) in nets["nets"]
            .as_array()
            .unwrap()
            .iter()
            .zip(answers[name].as_array().unwrap())
        {
            let id = net["id"].as_str().unwrap();
            assert_eq!(net["id"], answer["id"]);
            let phi = network(net);
            let domain = unit(phi.indim());
            let cells = count(&phi, &domain, MOST).unwrap();
            assert_eq!(cells as i64, integer(&answer["cells"]), "cells of {id}");
            for (key, norm) in [
                ("l1", GradientNorm::L1),
                ("l2sq", GradientNorm::L2Squared),
                ("linf", GradientNorm::LInf),
            ] {
                let found = steepest(&phi, &domain, norm, MOST).unwrap();
                assert_eq!(found.value, rational(&answer[key]), "{key} of {id}");
            }
            let (least, greatest) = extremes(&phi, &domain, MOST).unwrap();
            assert_eq!(least.value, rational(&answer["min"]), "min of {id}");
            assert_eq!(greatest.value, rational(&answer["max"]), "max of {id}");
            if cells < 5000 {
                let complex = Complex::new(&phi, &domain, &[], MOST).unwrap();
                assert_eq!(
                    complex.affine_functions() as i64,
                    integer(&answer["pieces"]),
                    "affine functions of {id}"
                );
            }
        }
    }
}

fn net(text: &str) -> Network {
    text.parse().unwrap()
}

/// f(x) = Σ ±σ(a·x + b) as a shallow network.
fn shallow(rows: &[[i64; 3]], weights: &[i64]) -> Network {
    let first = rows
        .iter()
        .map(|row| {
            row[1..]
                .iter()
                .map(|&a| Rational::from(a))
                .enumerate()
                .collect()
        })
        .collect();
    let bias = rows.iter().map(|row| row[0].into()).collect();
    let last = vec![
        weights
            .iter()
            .map(|&a| Rational::from(a))
            .enumerate()
            .collect(),
    ];
    Network::relu(vec![
        Layer::from_sparse_rows(2, first, bias).unwrap(),
        Layer::from_sparse_rows(rows.len(), last, vec![Rational::zero()]).unwrap(),
    ])
    .unwrap()
}

#[test]
fn regions_of_plane_arrangements_on_the_whole_plane() {
    let generic = [[0, 1, 0], [0, 0, 1], [-1, 1, 1], [2, 1, -1]];
    let five = [[0, 1, 0], [0, 0, 1], [-1, 1, 1], [2, 1, -1], [7, 2, 1]];
    // Lines, output weights, cells, linear regions, affine functions.
    type Row<'a> = (&'a [[i64; 3]], &'a [i64], [usize; 2]);
    let table: &[Row] = &[
        (&generic, &[1, 1, 1, 1], [11, 11]),
        (&five, &[1, 1, 1, 1, 1], [16, 16]),
        (
            &[[0, 1, 0], [0, 0, 1], [0, 1, 1], [0, 1, -1]],
            &[1, 1, 1, 1],
            [8, 8],
        ),
        (
            &[[0, 1, 0], [1, 1, 0], [2, 1, 0], [3, 1, 0]],
            &[1, 1, 1, 1],
            [5, 5],
        ),
        (
            &[[0, 1, 0], [1, 1, 0], [0, 0, 1], [1, 0, 1]],
            &[1, 1, 1, 1],
            [9, 9],
        ),
        (&[[0, 1, 0], [0, 0, 1], [0, 1, -1]], &[1, 1, 1], [6, 6]),
        (
            &[[0, 1, 0], [0, 0, 1], [0, 1, -1], [1, 1, 1]],
            &[1, 1, 1, 1],
            [10, 10],
        ),
        // σ(x) − σ(−x) = x, σ(x) + σ(−x) = |x|.
        (&[[0, 1, 0], [0, -1, 0]], &[1, -1], [2, 1]),
        (&[[0, 1, 0], [0, -1, 0]], &[1, 1], [2, 2]),
        // 2σ(x) − σ(2x) + σ(y): the kink of the coinciding lines is zero.
        (&[[0, 1, 0], [0, 2, 0], [0, 0, 1]], &[2, -1, 1], [4, 2]),
        (&generic, &[1, 1, 1, 0], [11, 7]),
        // Vanishing neurons.
        (&[[0, 0, 0], [3, 0, 0], [-3, 0, 0]], &[1, 1, 1], [1, 1]),
    ];
    for (rows, weights, [cells, regions]) in table {
        let phi = shallow(rows, weights);
        let complex = Complex::new(&phi, &Domain::whole(), &[], MOST).unwrap();
        assert_eq!(complex.cells.len(), *cells, "cells of {phi}");
        assert_eq!(complex.linear_regions(), *regions, "regions of {phi}");
        let reference = ReferenceCells::new(&phi, &Domain::whole()).unwrap();
        assert_eq!(reference.list.len(), *cells);
        assert_eq!(reference.linear_regions().unwrap(), *regions);
    }
}

#[test]
fn equal_maps_that_meet_in_a_corner_only_are_different_regions() {
    // σ(x) + σ(y) − σ(x + y) is 0 on two opposite quadrants.
    let phi = shallow(&[[0, 1, 0], [0, 0, 1], [0, 1, 1]], &[1, 1, -1]);
    let complex = Complex::new(&phi, &Domain::whole(), &[], MOST).unwrap();
    assert_eq!(complex.cells.len(), 6);
    assert_eq!(complex.linear_regions(), 6);
    assert_eq!(complex.affine_functions(), 5);
}

#[test]
fn sums_of_hats_in_the_plane() {
    let saw = |s| relu_core::constructions::sawtooth(s).unwrap();
    for (s, regions, functions) in [(2, 36, 21), (3, 100, 45)] {
        // h_s(x₁) + h_s(x₂).
        let both = relu_core::operations::parallelize_separate(&[&saw(s), &saw(s)]).unwrap();
        let sum = net("net(([[1,1]], [0]))");
        let phi = relu_core::operations::compose(&sum, &both).unwrap();
        let complex = Complex::new(&phi, &Domain::whole(), &[], MOST).unwrap();
        assert_eq!(complex.linear_regions(), regions);
        assert_eq!(complex.affine_functions(), functions);
    }
}

/// Every facet lies on the boundary or belongs to two cells, the map is RΦ at all vertices, and each cell has interior.
fn check_complex(phi: &Network, domain: &Domain, complex: &Complex) {
    let sides = domain.sides(phi.indim()).unwrap();
    for (i, cell) in complex.cells.iter().enumerate() {
        let map = &complex.maps[cell.map];
        for v in &cell.vertices {
            let x = &complex.vertices[*v];
            let value = relu_core::evaluate::realize(phi, x, &relu_core::RationalOrder).unwrap();
            for ((row, constant), value) in map.gradient.iter().zip(&map.constant).zip(&value) {
                let sum = row
                    .iter()
                    .zip(x)
                    .map(|(a, b)| a * b)
                    .fold(constant.clone(), |s, t| &s + &t);
                assert_eq!(sum, *value);
            }
        }
        assert!(cell.vertices.len() > phi.indim());
        assert!(cell.facets.len() > phi.indim() || phi.indim() == 1);
        for facet in &cell.facets {
            let on_boundary = sides.iter().enumerate().any(|(k, side)| {
                [&side.lower, &side.upper].into_iter().flatten().any(|end| {
                    facet
                        .vertices
                        .iter()
                        .all(|v| complex.vertices[*v][k] == *end)
                })
            });
            match facet.neighbour {
                None => assert!(on_boundary, "a free facet of {phi}"),
                Some(other) => {
                    assert!(!on_boundary);
                    let back = complex.cells[other]
                        .facets
                        .iter()
                        .find(|back| back.vertices == facet.vertices)
                        .unwrap();
                    assert_eq!(back.neighbour, Some(i));
                }
            }
        }
    }
}

/// A network with small entries from a stream of bytes; many coincidences.
fn small_network(widths: &[usize], mut next: impl FnMut() -> i64) -> Network {
    let layers = widths.windows(2).map(|pair| {
        let rows = (0..pair[1])
            .map(|_| {
                (0..pair[0])
                    .map(|j| (j, Rational::new(next(), 2).unwrap()))
                    .collect()
            })
            .collect();
        let bias = (0..pair[1])
            .map(|_| Rational::new(next(), 2).unwrap())
            .collect();
        Layer::from_sparse_rows(pair[0], rows, bias).unwrap()
    });
    Network::relu(layers.collect()).unwrap()
}

#[test]
fn the_walk_agrees_with_the_reference() {
    let activations = [
        Activation::Relu,
        Activation::Absolute,
        Activation::HardTanh,
        "leaky(1/4)".parse().unwrap(),
    ];
    let mut state = 1u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        i64::try_from(state >> 33).unwrap() % 5 - 2
    };
    let shapes: [&[usize]; 6] = [
        &[1, 4, 3, 1],
        &[2, 3, 1],
        &[2, 4, 3, 1],
        &[2, 3, 3, 2, 1],
        &[3, 3, 2, 1],
        &[3, 4, 1],
    ];
    for round in 0..36 {
        for shape in shapes {
            let activation = activations[round % 4].clone();
            if round % 4 == 2 && shape[0] == 3 {
                continue; // two kinks a neuron: too many cases for the elimination
            }
            let phi = small_network(shape, &mut next).with_activation(activation);
            let cube = Domain::interval((-1).into(), 2.into())
                .unwrap()
                .power(shape[0])
                .unwrap();
            for domain in [&cube, &Domain::whole()] {
                let complex = Complex::new(&phi, domain, &[], MOST).unwrap();
                let reference = ReferenceCells::new(&phi, domain).unwrap();
                assert_eq!(complex.cells.len(), reference.list.len(), "cells of {phi}");
                assert_eq!(complex.affine_functions(), reference.affine_functions());
                assert_eq!(
                    complex.linear_regions(),
                    reference.linear_regions().unwrap(),
                    "regions of {phi}"
                );
                let slope = |g: &[Rational]| g.iter().fold(Rational::zero(), |s, t| &s + &t.abs());
                let steepest = steepest(&phi, domain, GradientNorm::L1, MOST).unwrap();
                assert_eq!(steepest.value, reference.largest_slope(slope));
            }
            let whole = enclosing_box(&phi, &Domain::whole()).unwrap();
            assert_eq!(enclosing_box(&phi, &cube), Ok(cube.clone()));
            let listed = Complex::new(&phi, &whole, &[], MOST).unwrap();
            let checked = CellCertificate::from(&listed).check(&phi, &whole).unwrap();
            let reference = ReferenceCells::new(&phi, &Domain::whole()).unwrap();
            assert_eq!(checked.list.len(), reference.list.len());
            assert_eq!(
                checked.linear_regions(),
                reference.linear_regions().unwrap()
            );
            let complex = Complex::new(&phi, &cube, &[], MOST).unwrap();
            check_complex(&phi, &cube, &complex);
            let reference = ReferenceCells::new(&phi, &cube).unwrap();
            let (least, greatest) = extremes(&phi, &cube, MOST).unwrap();
            assert_eq!((least.value, greatest.value), reference.range().unwrap());
            if shape[0] == 1 {
                let line = relu_core::geometry::pieces(&phi).unwrap();
                let whole = Complex::new(&phi, &Domain::whole(), &[], MOST).unwrap();
                assert_eq!(line.len(), whole.linear_regions());
            }
        }
    }
}

#[test]
fn a_polygon_with_many_sides_is_one_cell() {
    // 100 tangents of the circle at rational points, far more than 64 facets.
    let rows: Vec<[i64; 3]> = (0..100i64)
        .map(|i| {
            let t = 2 * i - 99;
            [-(10_000 + t * t), 200 * t, 10_000 - t * t]
        })
        .collect();
    let phi = shallow(&rows, &[1; 100]);
    let square = Domain::interval((-3).into(), 3.into())
        .unwrap()
        .power(2)
        .unwrap();
    let complex = Complex::new(&phi, &square, &[], MOST).unwrap();
    assert!(complex.cells.iter().any(|cell| cell.facets.len() > 64));
    check_complex(&phi, &square, &complex);
    // Euler: V − E + F = 1 for the bounded faces of a planar complex.
    let edges: std::collections::BTreeSet<&Vec<usize>> = complex
        .cells
        .iter()
        .flat_map(|cell| cell.facets.iter().map(|facet| &facet.vertices))
        .collect();
    assert_eq!(
        complex.vertices.len() + complex.cells.len(),
        edges.len() + 1
    );
}

#[test]
fn half_spaces_cut_the_domain() {
    let phi = net("net(([[1,0],[0,1]], [0,0]), ([[1,1]], [0]))");
    let square = Domain::interval((-1).into(), 1.into())
        .unwrap()
        .power(2)
        .unwrap();
    let row = |entries: [i64; 3]| entries.map(Rational::from).to_vec();
    // x + y ≥ 1 leaves three of the four quadrants.
    let cells =
        |cuts: &[Vec<Rational>]| Complex::new(&phi, &square, cuts, MOST).unwrap().cells.len();
    assert_eq!(cells(&[]), 4);
    assert_eq!(cells(&[row([0, 1, 1])]), 3);
    assert_eq!(cells(&[row([-1, 1, 1])]), 1);
    assert_eq!(cells(&[row([-3, 1, 1])]), 0);
    assert!(matches!(
        Complex::new(&phi, &square, &[vec![Rational::one()]], MOST),
        Err(Failure::Shape(_))
    ));
}

#[test]
fn what_has_no_cells_is_an_error() {
    let phi = net("net(([[1,0],[0,1]], [0,0]), ([[1,1]], [0]))");
    let unit = unit(2);
    let segment = unit1()
        .times(&Domain::interval(Rational::one(), Rational::one()).unwrap())
        .unwrap();
    assert!(matches!(
        count(&phi, &segment, MOST),
        Err(Failure::Undefined(_))
    ));
    assert!(matches!(
        count(&phi, &unit1(), MOST),
        Err(Failure::Shape(_))
    ));
    assert!(matches!(
        count(&phi, &Domain::whole(), 3),
        Err(Failure::Limit(_))
    ));
    assert_eq!(count(&phi, &unit, 1), Ok(1));
    assert!(matches!(
        extremes(&phi, &Domain::whole(), MOST),
        Err(Failure::Undefined(_))
    ));
    let step = phi.with_activation(Activation::Heaviside);
    assert!(matches!(
        count(&step, &unit, MOST),
        Err(Failure::Unknown(_))
    ));
    let curved = phi.with_activation(Activation::KinkedSquare);
    assert!(matches!(
        count(&curved, &unit, MOST),
        Err(Failure::Unknown(_))
    ));
    let wide = relu_core::constructions::identity_network(7, 2).unwrap();
    assert!(matches!(
        count(&wide, &Domain::whole(), MOST),
        Err(Failure::Limit(_))
    ));
    let two = net("net(([[1],[2]], [0,0]))");
    assert!(matches!(
        steepest(&two, &unit1(), GradientNorm::L1, MOST),
        Err(Failure::Shape(_))
    ));
}

fn unit1() -> Domain {
    unit(1)
}

#[test]
fn lists_of_cells_are_checked() {
    let answers = data("answers");
    let slope = |g: &[Rational]| g.iter().fold(Rational::zero(), |s, t| &s + &t.abs());
    for name in ["regions", "degenerate"] {
        let nets = data(name);
        for (net, answer) in nets["nets"]
            .as_array()
            .unwrap()
            .iter()
            .zip(answers[name].as_array().unwrap())
        {
            if integer(&answer["cells"]) > 450 {
                continue;
            }
            let phi = network(net);
            let domain = unit(phi.indim());
            let complex = Complex::new(&phi, &domain, &[], MOST).unwrap();
            let checked = CellCertificate::from(&complex)
                .check(&phi, &domain)
                .unwrap();
            assert_eq!(checked.affine_functions(), complex.affine_functions());
            assert_eq!(checked.linear_regions(), complex.linear_regions());
            assert_eq!(checked.largest_slope(slope), rational(&answer["l1"]));
            let range = (rational(&answer["min"]), rational(&answer["max"]));
            assert_eq!(checked.range(), range);
        }
    }
}

#[test]
fn a_cell_without_interior_points_is_rejected() {
    // x as σ(x) − σ(−x): at 0 both neurons may be said to be active, and the volumes still add up.
    let phi = net("net(([[1],[-1]], [0,0]), ([[1,-1]], [0]))");
    let domain = Domain::interval((-1).into(), 1.into()).unwrap();
    let complex = Complex::new(&phi, &domain, &[], MOST).unwrap();
    let good = CellCertificate::from(&complex);
    assert_eq!(good.check(&phi, &domain).unwrap().affine_functions(), 1);
    let origin = good
        .vertices
        .iter()
        .position(|point| point[0].is_zero())
        .unwrap();
    for vertices in [vec![origin], vec![]] {
        let mut flat = good.clone();
        flat.cells.push(ClaimedCell {
            vertices,
            pattern: vec![Standing::Piece(1); 2],
        });
        assert!(matches!(
            flat.check(&phi, &domain),
            Err(Failure::Undefined(_))
        ));
    }
}

#[test]
fn tampered_lists_of_cells_are_rejected() {
    let phi = net(
        "net(([[1,0,1],[0,1,-1],[1,1,1]], [0,0,-1]), ([[1,-2,1],[1,1,-1]], [0,1/3]), ([[1,-1]], [0]))",
    );
    let domain = Domain::interval((-1).into(), 2.into())
        .unwrap()
        .power(3)
        .unwrap();
    let complex = Complex::new(&phi, &domain, &[], MOST).unwrap();
    let good = CellCertificate::from(&complex);
    assert!(good.check(&phi, &domain).is_ok());
    let rejected = |certificate: &CellCertificate, phi: &Network, domain: &Domain| {
        assert!(matches!(
            certificate.check(phi, domain),
            Err(Failure::Undefined(_))
        ));
    };
    // A gap: one cell less.
    for i in 0..good.cells.len() {
        let mut gap = good.clone();
        gap.cells.remove(i);
        rejected(&gap, &phi, &domain);
    }
    // An overlap: a cell twice, with the same pattern or with that of another cell.
    let mut twice = good.clone();
    twice.cells.push(good.cells[0].clone());
    rejected(&twice, &phi, &domain);
    let mut swapped = good.clone();
    let other = swapped.cells[1].pattern.clone();
    swapped.cells[1].pattern = std::mem::replace(&mut swapped.cells[0].pattern, other);
    rejected(&swapped, &phi, &domain);
    // A vertex forgotten, moved, or not there.
    let mut short = good.clone();
    short.cells[0].vertices.pop();
    rejected(&short, &phi, &domain);
    for v in 0..good.vertices.len() {
        let mut moved = good.clone();
        moved.vertices[v][0] = &moved.vertices[v][0] + &Rational::new(1, 1000).unwrap();
        rejected(&moved, &phi, &domain);
    }
    let mut lost = good.clone();
    lost.cells[0].vertices[0] = good.vertices.len();
    rejected(&lost, &phi, &domain);
    // Another network, another box, patterns of another length.
    let nudged = net(
        "net(([[1,0,1],[0,1,-1],[1,1,1]], [0,0,-1]), ([[1,-2,1],[1,1,-1]], [0,1/4]), ([[1,-1]], [0]))",
    );
    rejected(&good, &nudged, &domain);
    let larger = Domain::interval((-1).into(), 3.into())
        .unwrap()
        .power(3)
        .unwrap();
    rejected(&good, &phi, &larger);
    rejected(&good, &phi, &Domain::whole());
    let mut short = good.clone();
    short.cells[2].pattern.pop();
    rejected(&short, &phi, &domain);
    let mut long = good.clone();
    long.cells[2].pattern.push(Standing::Piece(0));
    rejected(&long, &phi, &domain);
    // A place that a neuron cannot have.
    for place in [Standing::Piece(2), Standing::Kink(0), Standing::Kink(7)] {
        let mut wrong = good.clone();
        wrong.cells[0].pattern[0] = place;
        rejected(&wrong, &phi, &domain);
    }
}

#[test]
fn a_constant_neuron_on_a_kink_stands_there() {
    // z₁ ≡ 0: neither active nor inactive will do.
    let phi = net("net(([[0],[1]], [0,0]), ([[1,1]], [0]))");
    let domain = Domain::interval((-1).into(), 1.into()).unwrap();
    let good = CellCertificate::from(&Complex::new(&phi, &domain, &[], MOST).unwrap());
    assert!(
        good.cells
            .iter()
            .all(|cell| cell.pattern[0] == Standing::Kink(0))
    );
    assert!(good.check(&phi, &domain).is_ok());
    for place in [Standing::Piece(0), Standing::Piece(1)] {
        let mut wrong = good.clone();
        for cell in &mut wrong.cells {
            cell.pattern[0] = place;
        }
        assert!(wrong.check(&phi, &domain).is_err());
    }
}

/// A polynomial in d variables from (exponents, coefficient).
fn polynomial(d: usize, terms: &[(&[u32], i64)]) -> Polynomial {
    let sum = terms
        .iter()
        .fold(MultiPoly::default(), |sum, (exponents, coefficient)| {
            &sum + &MultiPoly::monomial(exponents.to_vec(), (*coefficient).into())
        });
    Polynomial::new(d, sum).unwrap()
}

#[test]
fn products_miss_the_product_by_the_derived_amount() {
    let product = polynomial(2, &[(&[1, 1], 1)]);
    for m in 1..=4 {
        let power = |e: usize| Rational::new(1, 1 << e).unwrap();
        let unit_product = relu_core::constructions::multiply_unit(m).unwrap();
        let found = deviation(&unit_product, &product, &unit(2), MOST).unwrap();
        for (enclosure, expected) in [
            (found.value, power(2 * m + 2)),
            (found.derivative, power(m)),
        ] {
            assert_eq!(enclosure.lower, expected);
            assert_eq!(enclosure.upper, expected);
        }
        if m <= 3 {
            let complex = Complex::new(&unit_product, &unit(2), &[], MOST).unwrap();
            let checked = CellCertificate::from(&complex)
                .check(&unit_product, &unit(2))
                .unwrap();
            let expected = [power(2 * m + 2), power(m)].map(Enclosure::exactly);
            assert_eq!(<[_; 2]>::from(checked.error(&product).unwrap()), expected);
        }
        // The symmetric product on [−3,3]²: 9·4⁻ᵐ⁻¹ and 3·2⁻ᵐ.
        let three = Rational::from_integer(3);
        let symmetric = relu_core::constructions::multiply(m, &three).unwrap();
        let square = Domain::interval((-3).into(), 3.into())
            .unwrap()
            .power(2)
            .unwrap();
        let found = deviation(&symmetric, &product, &square, MOST).unwrap();
        assert_eq!(
            found.value.upper,
            &power(2 * m + 2) * &Rational::from_integer(9)
        );
        assert_eq!(found.value.lower, found.value.upper);
        assert_eq!(found.derivative.upper, &power(m) * &three);
        assert_eq!(found.derivative.lower, found.derivative.upper);
    }
}

#[test]
fn errors_in_one_variable_agree_with_the_analysis_of_the_line() {
    let side = Side {
        lower: Some((-1).into()),
        upper: Some(2.into()),
    };
    let domain = Domain::new(vec![side.clone()]).unwrap();
    for (coefficients, exact) in [(vec![0, 0, 1], true), (vec![1, -1, 0, 2], false)] {
        let terms: Vec<(Vec<u32>, i64)> = coefficients
            .iter()
            .enumerate()
            .map(|(e, c)| (vec![e as u32], *c))
            .collect();
        let terms: Vec<(&[u32], i64)> = terms.iter().map(|(e, c)| (&e[..], *c)).collect();
        let p = polynomial(1, &terms);
        let curve = Curve::from(p.as_univariate().unwrap());
        for m in 1..=4 {
            let phi = relu_core::constructions::square(m).unwrap();
            let found = deviation(&phi, &p, &domain, MOST).unwrap();
            let sup = sup_error(&phi, &curve, &side).unwrap().value;
            let both = w1inf_error(&phi, &curve, &side).unwrap().value;
            let encloses = |enclosure: &Enclosure, number: &Algebraic| {
                assert!(number.compare_rational(&enclosure.lower).is_ge());
                assert!(number.compare_rational(&enclosure.upper).is_le());
                assert!(!exact || enclosure.lower == enclosure.upper);
            };
            encloses(&found.value, &sup);
            encloses(&found.value.max(&found.derivative), &both);
            // The reference encloses the same numbers by other means.
            let complex = Complex::new(&phi, &domain, &[], MOST).unwrap();
            let checked = CellCertificate::from(&complex).check(&phi, &domain);
            let (value, derivative) = checked.unwrap().error(&p).unwrap();
            encloses(&value, &sup);
            encloses(&value.max(&derivative), &both);
            let sixteenth = Rational::new(17, 16).unwrap();
            assert!(value.upper <= &value.lower * &sixteenth);
        }
    }
}
