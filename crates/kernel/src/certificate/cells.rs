//! All cells of a network on a box, with the quantities read off them: certificates by lists.
//!
//! # Definition
//! A certificate lists the vertices and the cells of Φ on a bounded box with interior, each cell by its vertices and by where
//! every hidden neuron stands, and claims the values of quantities of these cells. It is checked by
//! [`CellCertificate::check`]: patterns distinct and consistent with the network, vertices inside their cells, volumes that
//! add up to that of the box. Then every quantity is computed again from the checked cells.
//!
//! # File
//! ```toml
//! format = 1
//! kind = "cells"
//! network = "sha256:…"
//! box = ["0 1", "0 1"]
//! quantities = ["cells 3", "largest 3/2", "l1 2"]
//! vertices = ["0 0", "1/2 0", "1/2 1"]
//! cells = ["01a: 0 1 2"]
//! ```
//! A digit i is piece i of the activation, a letter the kink with that index; one character per hidden neuron.

use std::fmt;
use std::str::FromStr;

use relu_core::geometry::cells::{Complex, Standing};
use relu_core::geometry::{Domain, Side};
use relu_core::network::Network;
use relu_core::number::rational::Rational;
use relu_core::reference::{CellCertificate, CheckedCells, ClaimedCell};
use serde::{Deserialize, Serialize};

use super::branch::network_sha256;

/// The number of the certificate format that is written, and the only one that is read.
pub const FORMAT: u64 = 1;

const KIND: &str = "cells";

/// What is read off the cells of a network; all but the counts are for one output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quantity {
    /// Number of cells.
    Cells,
    /// Number of linear regions.
    Regions,
    /// Number of distinct affine functions.
    Functions,
    /// The smallest value.
    Smallest,
    /// The largest value.
    Largest,
    /// The largest ℓ1 norm of the gradient.
    L1,
    /// The largest squared Euclidean norm of the gradient.
    L2Squared,
    /// The largest ℓ∞ norm of the gradient.
    LInf,
}

impl Quantity {
    /// All of them, in the order they are written.
    pub const ALL: [Self; 8] = [
        Self::Cells,
        Self::Regions,
        Self::Functions,
        Self::Smallest,
        Self::Largest,
        Self::L1,
        Self::L2Squared,
        Self::LInf,
    ];

    /// The word in certificate files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Cells => "cells",
            Self::Regions => "regions",
            Self::Functions => "functions",
            Self::Smallest => "smallest",
            Self::Largest => "largest",
            Self::L1 => "l1",
            Self::L2Squared => "l2-squared",
            Self::LInf => "linf",
        }
    }

    fn is_count(self) -> bool {
        matches!(self, Self::Cells | Self::Regions | Self::Functions)
    }

    fn of(self, cells: &CheckedCells) -> Rational {
        let count = |n: usize| {
            Rational::from(i64::try_from(n).expect("counts of objects in memory fit 63 bits"))
        };
        let sum = |terms: &mut dyn Iterator<Item = Rational>| {
            terms.fold(Rational::zero(), |total, term| &total + &term)
        };
        match self {
            Self::Cells => count(cells.list.len()),
            Self::Regions => count(cells.linear_regions()),
            Self::Functions => count(cells.affine_functions()),
            Self::Smallest => cells.range().0,
            Self::Largest => cells.range().1,
            Self::L1 => cells.largest_slope(|g| sum(&mut g.iter().map(Rational::abs))),
            Self::L2Squared => cells.largest_slope(|g| sum(&mut g.iter().map(|x| x * x))),
            Self::LInf => cells.largest_slope(|g| {
                g.iter()
                    .map(Rational::abs)
                    .max()
                    .expect("a network has an input")
            }),
        }
    }
}

/// A list of cells with claimed values, for one network and one box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// SHA-256 of the network's text.
    pub network_sha256: String,
    /// The box, as its closed ranges.
    pub domain: Vec<(Rational, Rational)>,
    /// The claimed values.
    pub quantities: Vec<(Quantity, Rational)>,
    /// The cells.
    pub cells: CellCertificate,
}

/// Why a certificate proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not a certificate file.
    Unreadable(String),
    /// Made for another network.
    Network {
        /// The network it is checked for.
        expected: String,
        /// The network it was made for.
        got: String,
    },
    /// The list is not that of the cells.
    List(String),
    /// A claimed value is not that of the cells.
    Value {
        /// Which value.
        quantity: Quantity,
        /// The value of the checked cells.
        expected: Rational,
        /// The claimed value.
        got: Rational,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => write!(f, "not a certificate of cells: {reason}"),
            Self::Network { expected, got } => {
                write!(f, "network: expected sha256:{expected}, got sha256:{got}")
            }
            Self::List(reason) => f.write_str(reason),
            Self::Value {
                quantity,
                expected,
                got,
            } => write!(f, "{}: expected {expected}, got {got}", quantity.word()),
        }
    }
}

impl std::error::Error for Refused {}

impl Certificate {
    /// The certificate of a complex of cells, as it was found; nothing is checked but the quantities are read off.
    ///
    /// Errors: the box is not bounded; the complex is not that of the network on the box (found when the values are computed).
    pub fn of(phi: &Network, domain: &Domain, complex: &Complex) -> Result<Self, Refused> {
        let list = |failure: relu_core::Failure| Refused::List(failure.to_string());
        let sides = domain.sides(phi.indim()).map_err(list)?;
        let ranges = sides
            .into_iter()
            .map(|side| side.lower.zip(side.upper))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| {
                Refused::List("a certificate of cells: expected a bounded box".into())
            })?;
        let cells = CellCertificate::from(complex);
        let checked = cells.check(phi, domain).map_err(list)?;
        let quantities = Quantity::ALL
            .into_iter()
            .filter(|quantity| quantity.is_count() || phi.outdim() == 1)
            .map(|quantity| (quantity, quantity.of(&checked)))
            .collect();
        Ok(Self {
            network_sha256: network_sha256(phi),
            domain: ranges,
            quantities,
            cells,
        })
    }

    /// Checks that the certificate is for this network, that its list is that of all cells on its box, and every value.
    pub fn check(&self, phi: &Network) -> Result<CheckedCells, Refused> {
        let expected = network_sha256(phi);
        if self.network_sha256 != expected {
            return Err(Refused::Network {
                expected,
                got: self.network_sha256.clone(),
            });
        }
        let list = |failure: relu_core::Failure| Refused::List(failure.to_string());
        let sides = self.domain.iter().map(|(lower, upper)| Side {
            lower: Some(lower.clone()),
            upper: Some(upper.clone()),
        });
        let domain = Domain::new(sides.collect()).map_err(list)?;
        let checked = self.cells.check(phi, &domain).map_err(list)?;
        for (quantity, got) in &self.quantities {
            if !quantity.is_count() && phi.outdim() != 1 {
                return Err(Refused::List(format!(
                    "{}: expected a network with 1 output, got {}",
                    quantity.word(),
                    phi.outdim()
                )));
            }
            let expected = quantity.of(&checked);
            if expected != *got {
                return Err(Refused::Value {
                    quantity: *quantity,
                    expected,
                    got: got.clone(),
                });
            }
        }
        Ok(checked)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u64,
    kind: String,
    network: String,
    #[serde(rename = "box")]
    domain: Vec<String>,
    quantities: Vec<String>,
    vertices: Vec<String>,
    cells: Vec<String>,
}

fn spaced<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    let words: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    words.join(" ")
}

fn letter(standing: Standing) -> char {
    match standing {
        Standing::Piece(i) => char::from(b'0' + i),
        Standing::Kink(i) => char::from(b'a' + i),
    }
}

impl fmt::Display for Certificate {
    /// The certificate as a file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = File {
            format: FORMAT,
            kind: KIND.to_owned(),
            network: format!("sha256:{}", self.network_sha256),
            domain: self
                .domain
                .iter()
                .map(|(a, b)| format!("{a} {b}"))
                .collect(),
            quantities: self
                .quantities
                .iter()
                .map(|(quantity, value)| format!("{} {value}", quantity.word()))
                .collect(),
            vertices: self.cells.vertices.iter().map(spaced).collect(),
            cells: self
                .cells
                .cells
                .iter()
                .map(|cell| {
                    let pattern: String = cell.pattern.iter().map(|s| letter(*s)).collect();
                    format!("{pattern}: {}", spaced(&cell.vertices))
                })
                .collect(),
        };
        f.write_str(&toml::to_string(&file).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Certificate {
    type Err = Refused;

    fn from_str(text: &str) -> Result<Self, Refused> {
        let unreadable = |reason: String| Refused::Unreadable(reason);
        let file: File = toml::from_str(text).map_err(|error| unreadable(error.to_string()))?;
        if file.format != FORMAT || file.kind != KIND {
            return Err(unreadable(format!(
                "expected format {FORMAT} and kind {KIND}, got format {} and kind {}",
                file.format, file.kind
            )));
        }
        let number = |word: &str| -> Result<Rational, Refused> {
            word.parse()
                .map_err(|error: relu_core::Failure| unreadable(error.to_string()))
        };
        let hash = file.network.strip_prefix("sha256:");
        let network_sha256 = hash
            .ok_or_else(|| unreadable(format!("network: expected sha256:…, got {}", file.network)))?
            .to_owned();
        let mut domain = Vec::new();
        for range in &file.domain {
            let ends = range.split_once(' ');
            let (lower, upper) =
                ends.ok_or_else(|| unreadable(format!("range: expected `a b`, got `{range}`")))?;
            domain.push((number(lower)?, number(upper)?));
        }
        let mut quantities = Vec::new();
        for line in &file.quantities {
            let found = line.split_once(' ').and_then(|(word, value)| {
                let quantity = Quantity::ALL.into_iter().find(|q| q.word() == word)?;
                Some((quantity, value))
            });
            let (quantity, value) =
                found.ok_or_else(|| unreadable(format!("unknown quantity `{line}`")))?;
            quantities.push((quantity, number(value)?));
        }
        let mut vertices = Vec::new();
        for line in &file.vertices {
            vertices.push(line.split(' ').map(number).collect::<Result<_, _>>()?);
        }
        let mut cells = Vec::new();
        for line in &file.cells {
            let (pattern, indices) = line.split_once(": ").ok_or_else(|| {
                unreadable(format!("cell: expected `pattern: vertices`, got `{line}`"))
            })?;
            let pattern = pattern.bytes().map(|byte| match byte {
                b'0'..=b'9' => Ok(Standing::Piece(byte - b'0')),
                b'a'..=b'z' => Ok(Standing::Kink(byte - b'a')),
                _ => Err(unreadable(format!("pattern `{pattern}`"))),
            });
            let indices = indices.split(' ').map(|word| {
                word.parse()
                    .map_err(|_| unreadable(format!("vertex `{word}` of a cell")))
            });
            cells.push(ClaimedCell {
                pattern: pattern.collect::<Result<_, _>>()?,
                vertices: indices.collect::<Result<_, _>>()?,
            });
        }
        Ok(Self {
            network_sha256,
            domain,
            quantities,
            cells: CellCertificate { vertices, cells },
        })
    }
}
