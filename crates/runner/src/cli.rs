//! Arguments.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use relu_core::number::rational::Rational;

/// Puts the theory of ReLU networks on trial: searches for counterexamples, re-checks everything exactly, writes a report.
#[derive(Debug, Parser)]
#[command(name = "runner", version, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// The folder with claim files, `sources.toml` and `witnesses/`.
    #[arg(long, global = true, value_name = "DIR")]
    pub theorems: Option<PathBuf>,
    /// Colours.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// When to print colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Makes it the choice of every stream.
    pub fn apply(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }

    /// Whether text for standard output is coloured.
    pub fn on_stdout(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
            }
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Examine every claim and write the reports.
    All(RunArgs),
    /// Examine some claims: ids, globs, or claim files anywhere.
    Run {
        /// Ids, globs such as `compose-*`, or paths of claim files.
        #[arg(required = true)]
        what: Vec<String>,
        /// Options of the run.
        #[command(flatten)]
        args: RunArgs,
    },
    /// Read and type claim files and look for an instance of their hypotheses; no search.
    Check {
        /// Claim files; all claims if none is given.
        files: Vec<PathBuf>,
    },
    /// List the claims.
    List {
        /// Only claims of this area.
        #[arg(long)]
        only_area: Option<String>,
    },
    /// Show one claim as it is checked.
    Show {
        /// The id.
        id: String,
    },
    /// Re-check stored witnesses, and certificates of boxes, with the kernel alone.
    Replay {
        /// Witness files, or certificates `….box`.
        files: Vec<PathBuf>,
        /// Every stored witness.
        #[arg(long)]
        all: bool,
        /// Claim files outside the registry that the witnesses are about.
        #[arg(long = "claim", value_name = "FILE")]
        claims: Vec<PathBuf>,
    },
    /// Move the constants of claims: the furthest that is certified and the nearest that is refuted, among the numbers 2^(k/8).
    Tighten {
        /// Ids, globs such as `lower-*`, or paths of claim files; claims that have `[constants]`.
        #[arg(required = true)]
        what: Vec<String>,
        /// Options of the search.
        #[command(flatten)]
        args: TightenArgs,
    },
    /// Evaluate an expression exactly.
    Eval {
        /// The expression.
        #[arg(allow_hyphen_values = true)]
        expression: String,
        /// A named value: `name=expression`, or `name=file` for a network file.
        #[arg(long = "let", value_name = "NAME=VALUE")]
        bindings: Vec<String>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Enclose the largest norm of the gradient of a network over a box, exactly, with a certificate.
    Lipschitz(LipschitzArgs),
    /// Play against a learner: find two networks on one of which its error is large, with a certificate; or find its worst case on one network.
    Game(GameArgs),
    /// Carry out an experiment that takes minutes or more and is evidence for its own runs only.
    Experiment(ExperimentArgs),
    /// Explain a diagnostic code, a status, a function, or `functions`, `families`, `fuel`.
    Explain {
        /// What to explain.
        word: String,
    },
    /// Write a new claim file from an existing claim.
    New {
        /// The id of the new claim.
        id: String,
        /// The claim to start from.
        #[arg(long)]
        from: String,
    },
}

/// Which norm of the gradient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GradientNorm {
    /// Σ|∂_j|.
    #[value(name = "1")]
    One,
    /// Σ∂_j², the square of the Euclidean norm.
    #[value(name = "2")]
    Two,
    /// max|∂_j|.
    #[value(name = "inf")]
    Infinity,
}

/// Options of `lipschitz`.
#[derive(Clone, Debug, Args)]
pub struct LipschitzArgs {
    /// A network file with one output.
    pub network: String,
    /// The box, as an expression: `[-1,1]^8`.
    #[arg(long = "box", value_name = "BOX", allow_hyphen_values = true)]
    pub domain: String,
    /// The norm of the gradient; 2 bounds its square.
    #[arg(long, value_enum)]
    pub norm: GradientNorm,
    /// Nodes to deal with; when they are used up, the bounds may not meet.
    #[arg(long, default_value_t = 100_000)]
    pub fuel: u64,
    /// Write the certificate here.
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Check this certificate against the network, box and norm instead of searching.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["certificate", "fuel"])]
    pub check: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// A finite p, or none for ∞.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exponent(pub Option<u32>);

fn exponent(text: &str) -> Result<Exponent, String> {
    if text == "inf" {
        return Ok(Exponent(None));
    }
    let number = text.parse().ok().filter(|p| *p >= 1);
    number
        .map(|p| Exponent(Some(p)))
        .ok_or_else(|| format!("expected a whole number at least 1, or inf, got {text}"))
}

/// Options of `game`.
#[derive(Clone, Debug, Args)]
pub struct GameArgs {
    /// A shipped learner, or a command that answers JSON lines: `'python3 my_learner.py'`.
    #[arg(long, value_name = "NAME|COMMAND", required_unless_present = "check")]
    pub learner: Option<String>,
    /// Inputs of the networks.
    #[arg(long = "d", value_name = "N", required_unless_present_any = ["check", "against"])]
    pub dimension: Option<usize>,
    /// Affine maps of the networks, at least 3.
    #[arg(long = "L", value_name = "N", required_unless_present_any = ["check", "against"])]
    pub depth: Option<usize>,
    /// Largest size of a weight or a bias, a rational number.
    #[arg(long = "c", value_name = "C", value_parser = rational, required_unless_present_any = ["check", "against"], allow_negative_numbers = true)]
    pub bound: Option<Rational>,
    /// Queries on average over the seeds.
    #[arg(long, value_name = "M", required_unless_present = "check")]
    pub samples: Option<u64>,
    /// The first seed.
    #[arg(long, default_value_t = 20190)]
    pub seed: u64,
    /// Number of seeds; by default what the learner declares, and 1 for a command.
    #[arg(long, value_name = "R")]
    pub seeds: Option<u64>,
    /// Cells per axis; by default a power of 2 that leaves a cell free.
    #[arg(long, value_name = "K")]
    pub cells: Option<u64>,
    /// Also certify the error in L^p, for a whole number p; `inf` is always certified.
    #[arg(long, value_name = "P", value_parser = exponent, default_value = "inf")]
    pub p: Exponent,
    /// Seconds that a learner may neither ask nor answer.
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0)]
    pub patience: f64,
    /// Instead of playing, find the largest error of `piecewise` on this network: a file, or `full` for the one with all weights c.
    #[arg(long, value_name = "NETWORK|full", conflicts_with_all = ["check", "certificate", "transcript", "cells", "seeds", "p"])]
    pub against: Option<String>,
    /// Write the certificate here.
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Write the transcript of a run that forfeits here.
    #[arg(long, value_name = "FILE")]
    pub transcript: Option<PathBuf>,
    /// Check this certificate instead of playing; d, L, c and samples have to agree where they are given.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["learner", "certificate", "transcript", "cells", "seeds"])]
    pub check: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// The experiments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Experiment {
    /// Networks trained on samples of random networks, and how far they are from them.
    StudentTeacher,
}

/// Options of `experiment`.
#[derive(Clone, Debug, Args)]
pub struct ExperimentArgs {
    /// Which one.
    #[arg(value_enum)]
    pub name: Experiment,
    /// The configuration; a scaled one if not given.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where results go, and where those of an earlier run are continued.
    #[arg(long, default_value = "reports/experiments/student-teacher")]
    pub out: PathBuf,
    /// Trainings at the same time; the number of cores if not given.
    #[arg(long)]
    pub jobs: Option<usize>,
    /// Print no line for each training.
    #[arg(long)]
    pub quiet: bool,
}

fn rational(text: &str) -> Result<Rational, String> {
    text.parse()
        .map_err(|failure: relu_core::Failure| failure.to_string())
}

/// How much is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// A tenth of the default.
    Quick,
    /// What the claim files ask for.
    Default,
    /// Ten times the default.
    Deep,
}

/// How to search.
#[derive(Clone, Debug, Args)]
pub struct SearchArgs {
    /// How much is searched.
    #[arg(long, value_enum, default_value_t = Profile::Default)]
    pub profile: Profile,
    /// The root seed.
    #[arg(long, default_value_t = 20190)]
    pub seed: u64,
    /// Worker threads; the number of cores if not given.
    #[arg(long)]
    pub jobs: Option<usize>,
}

/// Options of `tighten`.
#[derive(Clone, Debug, Args)]
pub struct TightenArgs {
    /// How much is searched for witnesses at each number.
    #[command(flatten)]
    pub search: SearchArgs,
    /// Where tightness.json, witnesses and certificates go.
    #[arg(long, default_value = "reports/tightness")]
    pub out: PathBuf,
}

/// Options of `all` and `run`.
#[derive(Clone, Debug, Args)]
pub struct RunArgs {
    /// How much is searched.
    #[command(flatten)]
    pub search: SearchArgs,
    /// Where reports and witnesses go.
    #[arg(long, default_value = "reports/latest")]
    pub out: PathBuf,
    /// Also write run.json here.
    #[arg(long)]
    pub json: Option<PathBuf>,
    /// Also write junit.xml here.
    #[arg(long)]
    pub junit: Option<PathBuf>,
    /// Also write claims.sarif here.
    #[arg(long)]
    pub sarif: Option<PathBuf>,
    /// Append a summary in Markdown to this file.
    #[arg(long)]
    pub summary: Option<PathBuf>,
    /// Also write report.html here.
    #[arg(long)]
    pub html: Option<PathBuf>,
    /// Show in report.html the experiment whose summary.json is in this folder.
    #[arg(long, value_name = "DIR")]
    pub experiment: Option<PathBuf>,
    /// Show on the cards of report.html what `tighten` found, from the tightness.json in this folder.
    #[arg(long, value_name = "DIR")]
    pub tightness: Option<PathBuf>,
    /// Print unexpected lines and the exit line only.
    #[arg(long)]
    pub quiet: bool,
    /// Only claims of this area.
    #[arg(long)]
    pub only_area: Option<String>,
}
