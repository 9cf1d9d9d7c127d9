//! Training with Adam on `burn`.

use burn::module::{Module, Param};
use burn::nn::Linear;
use burn::optim::{AdamConfig, GradientsParams};
use burn::tensor::activation::relu;
use burn::tensor::{DType, Device, Tensor, TensorData};

use crate::config::Precision;
use crate::dense::{Affine, Dense};
use crate::trainer::{Lesson, Stopped, Trainer};

/// The number that keeps Adam's denominators away from 0, as in the common frameworks.
const EPSILON: f32 = 1e-8;

/// Adam with β₁ = 0.9 and β₂ = 0.999 on one thread of the processor; batches are cut from a new random order of the samples in every epoch.
#[derive(Clone, Copy, Debug, Default)]
pub struct Adam;

#[derive(Module, Debug)]
struct Student {
    layers: Vec<Linear>,
}

impl Student {
    fn from(phi: &Dense, place: &Place) -> Self {
        let layers = phi.layers.iter().map(|layer| {
            let (inputs, outputs) = (layer.inputs(), layer.biases.len());
            // The library multiplies rows by matrices, so its matrix is the transpose.
            let transposed = (0..inputs)
                .flat_map(|j| (0..outputs).map(move |i| layer.weights[i * inputs + j]))
                .collect();
            let weight = place.tensor::<2>(transposed, [inputs, outputs]);
            let bias = place.tensor::<1>(layer.biases.clone(), [outputs]);
            Linear {
                weight: Param::from_tensor(weight),
                bias: Some(Param::from_tensor(bias)),
            }
        });
        Self {
            layers: layers.collect(),
        }
    }

    fn forward(&self, inputs: Tensor<2>) -> Tensor<2> {
        let last = self.layers.len() - 1;
        let layers = self.layers.iter().enumerate();
        layers.fold(inputs, |x, (index, layer)| match index == last {
            true => layer.forward(x),
            false => relu(layer.forward(x)),
        })
    }

    fn dense(&self) -> Dense {
        let layers = self.layers.iter().map(|layer| {
            let weight = layer.weight.val().transpose();
            let bias = layer.bias.as_ref().map(Param::val);
            Affine {
                weights: numbers(weight.into_data()),
                biases: bias
                    .map(|bias| numbers(bias.into_data()))
                    .unwrap_or_default(),
            }
        });
        Dense {
            layers: layers.collect(),
        }
    }
}

/// Where tensors live, and their type.
struct Place {
    device: Device,
    dtype: DType,
}

impl Place {
    fn tensor<const D: usize>(&self, numbers: Vec<f64>, shape: [usize; D]) -> Tensor<D> {
        Tensor::from_data(TensorData::new(numbers, shape), (&self.device, self.dtype))
    }
}

fn numbers(data: TensorData) -> Vec<f64> {
    data.iter::<f64>().collect()
}

impl Trainer for Adam {
    fn train(
        &self,
        lesson: &Lesson<'_>,
        checkpoint: &mut dyn FnMut(usize, Dense),
    ) -> Result<(), Stopped> {
        let place = Place {
            device: Device::flex().autodiff(),
            dtype: match lesson.precision {
                Precision::Single => DType::F32,
                Precision::Double => DType::F64,
            },
        };
        let count = lesson.targets.len();
        let dimension = lesson.inputs.len() / count;
        let batch = lesson.batch.size(count);
        let mut student = Student::from(&lesson.start, &place);
        let mut adam = AdamConfig::new().with_epsilon(EPSILON).init();
        let mut stream = lesson.order.clone();
        let mut order: Vec<usize> = (0..count).collect();
        for epoch in 0..lesson.epochs {
            let rate = lesson.rate.at(epoch, lesson.epochs);
            stream.shuffle(&mut order);
            for chosen in order.chunks(batch) {
                if lesson.is_stopped() {
                    return Err(Stopped);
                }
                let point = |&i: &usize| &lesson.inputs[i * dimension..(i + 1) * dimension];
                let inputs = chosen.iter().flat_map(point).copied().collect();
                let targets = chosen.iter().map(|&i| lesson.targets[i]).collect();
                let inputs = place.tensor::<2>(inputs, [chosen.len(), dimension]);
                let targets = place.tensor::<2>(targets, [chosen.len(), 1]);
                let difference = student.forward(inputs) - targets;
                let loss = (difference.clone() * difference).mean();
                let gradients = GradientsParams::from_grads(loss.backward(), &student);
                student = adam.step(rate, student, gradients);
            }
            if lesson.checkpoints.contains(&(epoch + 1)) {
                checkpoint(epoch + 1, student.dense());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Batch, Config, DEFAULT};
    use crate::measure::root_mean_square;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn lesson(stop: &AtomicBool, precision: Precision) -> Lesson<'_> {
        let mut config = Config::parse(DEFAULT).unwrap();
        config.students.hidden_layers = 2;
        let mut key = config.trainings()[0];
        (key.samples, key.width) = (40, 8);
        let points = config.sample_points(key);
        Lesson {
            start: config.start(key),
            targets: points.iter().map(|x| x.abs()).collect(),
            inputs: points.iter().map(|x| x * config.input_scale()).collect(),
            batch: Batch::Size(10),
            epochs: 60,
            rate: crate::config::Rate {
                first: 1e-2,
                last: 1e-3,
            },
            order: config.order(key),
            precision,
            checkpoints: vec![1, 60],
            stop,
        }
    }

    fn trained(lesson: &Lesson<'_>) -> Vec<(usize, Dense)> {
        let mut found = Vec::new();
        Adam.train(lesson, &mut |epoch, student| found.push((epoch, student)))
            .unwrap();
        found
    }

    #[test]
    fn the_loss_falls_and_equal_lessons_give_equal_students() {
        let stop = AtomicBool::new(false);
        for precision in [Precision::Single, Precision::Double] {
            let lesson = lesson(&stop, precision);
            let students = trained(&lesson);
            let loss = |student: &Dense| {
                root_mean_square(&student.values(&lesson.inputs), &lesson.targets)
            };
            assert_eq!([students[0].0, students[1].0], [1, 60]);
            let (before, after) = (loss(&lesson.start), loss(&students[1].1));
            assert!(after < before / 5.0, "{before} {after}");
            // Another thread at the same time changes nothing.
            let again = std::thread::scope(|scope| {
                let other = scope.spawn(|| trained(&lesson));
                let here = trained(&lesson);
                assert_eq!(here, students);
                other.join().unwrap()
            });
            assert_eq!(again, students);
        }
    }

    #[test]
    fn without_a_step_the_network_is_unchanged() {
        let stop = AtomicBool::new(false);
        let lesson = lesson(&stop, Precision::Single);
        let place = Place {
            device: Device::flex().autodiff(),
            dtype: DType::F32,
        };
        let student = Student::from(&lesson.start, &place);
        assert_eq!(student.dense().architecture(), lesson.start.architecture());
        let there = numbers(
            student
                .forward(place.tensor::<2>(vec![0.25, -1.0], [2, 1]))
                .into_data(),
        );
        for (a, b) in there.iter().zip(lesson.start.values(&[0.25, -1.0])) {
            assert!((a - b).abs() < 1e-6);
        }
    }

    #[test]
    fn a_training_can_be_stopped() {
        let stop = AtomicBool::new(false);
        let lesson = lesson(&stop, Precision::Single);
        let result = Adam.train(&lesson, &mut |_, _| stop.store(true, Ordering::Relaxed));
        assert_eq!(result, Err(Stopped));
    }
}
