//! Block certificates: which are accepted, and that tampered ones are not.

use relu_core::Failure;
use relu_core::constructions::{Certificate, Operand, polynomial_at};
use relu_core::network::{Layer, Network};
use relu_core::number::{MultiPoly, Rational};
use relu_core::reference::check_polynomial;

fn x(i: usize) -> MultiPoly {
    MultiPoly::symbol(i)
}

fn number(n: i64) -> MultiPoly {
    MultiPoly::constant(n.into())
}

fn sample() -> (Network, MultiPoly, Certificate) {
    let p = &(&(&x(0).pow(3) * &x(1)).scaled(&30.into()) - &(&x(1).pow(2) * &x(2))) + &number(5);
    let (phi, certificate) = polynomial_at(&p, 3, 4, 2).unwrap();
    check_polynomial(&phi, &p, &certificate).unwrap();
    (phi, p, certificate)
}

fn assert_rejected(phi: &Network, p: &MultiPoly, certificate: &Certificate) {
    match check_polynomial(phi, p, certificate) {
        Err(Failure::Shape(reason)) => {
            assert!(
                reason.contains("expected") && reason.contains("got"),
                "{reason}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn tampered_certificates_are_rejected() {
    let (phi, p, good) = sample();
    let tiny = Rational::one().half().pow(100);
    let change = |edit: &dyn Fn(&mut Certificate)| {
        let mut bad = good.clone();
        edit(&mut bad);
        assert_ne!(bad, good);
        assert_rejected(&phi, &p, &bad);
    };
    change(&|bad| bad.bound.value += &tiny);
    change(&|bad| bad.bound.value -= &tiny);
    change(&|bad| bad.bound.derivative[1] -= &tiny);
    change(&|bad| bad.bound.derivative.truncate(2));
    change(&|bad| bad.stages[1].blocks[2].accuracy.value -= &tiny);
    change(&|bad| bad.stages[0].blocks[0].accuracy.derivative[0] -= &tiny);
    change(&|bad| bad.stages[0].blocks[0].accuracy.slopes[1] += &Rational::one());
    change(&|bad| bad.stages[0].blocks[0].accuracy.slopes.truncate(1));
    for stage in 0..good.stages.len() {
        for block in 0..good.stages[stage].blocks.len() {
            change(&|bad| drop(bad.stages[stage].blocks.remove(block)));
        }
    }
    change(&|bad| drop(bad.stages.pop()));
    change(&|bad| bad.stages.swap(0, 1));
    change(&|bad| bad.stages[1].carried.truncate(1));
    change(&|bad| bad.stages[1].carried.push(Operand::Input(0)));
    change(&|bad| bad.stages[1].blocks[0].left = Operand::Input(7));
    change(&|bad| bad.stages[1].blocks[0].left = Operand::Product(1000));
    change(&|bad| {
        let block = &mut bad.stages[1].blocks[0];
        std::mem::swap(&mut block.left, &mut block.right);
    });
    change(&|bad| bad.precision += 1);
    change(&|bad| bad.precision = 0);
    change(&|bad| bad.dimension = 0);
    change(&|bad| bad.dimension = 2);
    change(&|bad| bad.quadruplings += 1);
    change(&|bad| drop(bad.monomials.pop_first()));
    change(&|bad| bad.monomials.extend([(vec![9], Operand::Input(0))]));
    change(&|bad| {
        for operand in bad.monomials.values_mut() {
            *operand = Operand::Input(0);
        }
    });
}

#[test]
fn a_certificate_belongs_to_one_network_and_one_polynomial() {
    let (phi, p, certificate) = sample();
    assert_rejected(&phi, &(&p + &number(1)), &certificate);
    assert_rejected(&phi, &(&p + &x(2)), &certificate);
    assert_rejected(&phi, &(&p + &x(3)), &certificate);
    assert_rejected(&phi, &p.scaled(&2.into()), &certificate);
    let (finer, _) = polynomial_at(&p, 3, 4, 3).unwrap();
    assert_rejected(&finer, &p, &certificate);
    let absolute = phi.with_activation(relu_core::activation::Activation::Absolute);
    assert_rejected(&absolute, &p, &certificate);
    for l in 0..phi.depth() {
        let mut layers = phi.layers().to_vec();
        let mut bias = layers[l].biases().to_vec();
        bias[0] += &Rational::one();
        layers[l] = Layer::new(layers[l].weights(), bias).unwrap();
        assert_rejected(&Network::relu(layers).unwrap(), &p, &certificate);
    }
}
