//! From the text of a configuration file to an experiment.

use toml::de::DeTable;

pub use super::table::Problem;
use super::table::{Reader, Table};
use super::{Batch, Config, Evaluation, Precision, Rate, Samples, Schedule, Students, Teachers};

/// The format of configuration files.
const FORMAT: u64 = 1;

/// Largest number of inputs, of entries of a list, and so on.
const MOST_DIMENSIONS: u64 = 16;
const MOST_WIDTH: u64 = 1 << 14;
const MOST_LAYERS: u64 = 64;
const MOST_COUNT: u64 = 1 << 20;
const MOST_SAMPLES: u64 = 1 << 28;

impl Config {
    /// Reads a configuration file.
    ///
    /// Errors: everything that is wrong with it, by line.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::new(text);
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            reader.problem(at, error.message().to_owned());
        }
        if !reader.problems.is_empty() {
            reader.problems.sort();
            return Err(reader.problems);
        }
        let known = [
            "format",
            "title",
            "dimensions",
            "half_width",
            "teachers",
            "samples",
            "students",
            "schedule",
            "rate",
            "evaluation",
        ];
        let top = reader.table(document.get_ref(), "", 0, &known);
        reader.whole(top, "format", FORMAT..=FORMAT);
        let title = reader.text(top, "title");
        let dimensions = reader.sizes(top, "dimensions", 1..=MOST_DIMENSIONS, true);
        let half_width = reader.positive(top, "half_width", 1e6);
        let teachers = teachers(&mut reader, top);
        let samples = samples(&mut reader, top);
        let students = students(&mut reader, top);
        let schedules = schedules(&mut reader, top);
        let rate = rate(&mut reader, top);
        let evaluation = evaluation(&mut reader, top, schedules.as_deref());
        let config = || {
            Some(Self {
                title: title?,
                dimensions: dimensions?,
                half_width: half_width?,
                teachers: teachers?,
                samples: samples?,
                students: students?,
                schedules: schedules?,
                rate: rate?,
                evaluation: evaluation?,
            })
        };
        let config = config();
        reader.problems.sort();
        config
            .filter(|_| reader.problems.is_empty())
            .ok_or(reader.problems)
    }
}

fn teachers<'a>(reader: &mut Reader<'a>, top: Table<'a>) -> Option<Teachers> {
    let table = reader.inner(
        top,
        "teachers",
        &["first_seed", "count", "hidden", "entries"],
    )?;
    let first_seed = reader.whole(table, "first_seed", 0..=u64::MAX >> 2);
    let count = reader.whole(table, "count", 1..=MOST_COUNT);
    let hidden = reader.sizes(table, "hidden", 1..=MOST_WIDTH, false);
    let entries = reader.positive(table, "entries", 1e6);
    Some(Teachers {
        first_seed: first_seed?,
        count: count?,
        hidden: hidden?,
        entries: entries?,
    })
}

fn samples<'a>(reader: &mut Reader<'a>, top: Table<'a>) -> Option<Samples> {
    let table = reader.inner(top, "samples", &["counts", "first_seed", "runs"])?;
    let counts = reader.sizes(table, "counts", 1..=MOST_SAMPLES, true);
    let first_seed = reader.whole(table, "first_seed", 0..=u64::MAX >> 2);
    let runs = reader.whole(table, "runs", 1..=MOST_COUNT);
    Some(Samples {
        counts: counts?,
        first_seed: first_seed?,
        runs: runs?,
    })
}

fn students<'a>(reader: &mut Reader<'a>, top: Table<'a>) -> Option<Students> {
    let table = reader.inner(top, "students", &["widths", "hidden_layers", "precision"])?;
    let widths = reader.sizes(table, "widths", 1..=MOST_WIDTH, true);
    let hidden_layers = reader.size(table, "hidden_layers", 1..=MOST_LAYERS);
    let precision = match reader.text(table, "precision")?.as_str() {
        "single" => Some(Precision::Single),
        "double" => Some(Precision::Double),
        other => {
            let message = format!("expected single or double, got {other}");
            reader.at(table, "precision", &message);
            None
        }
    };
    Some(Students {
        widths: widths?,
        hidden_layers: hidden_layers?,
        precision: precision?,
    })
}

fn schedules<'a>(reader: &mut Reader<'a>, top: Table<'a>) -> Option<Vec<Schedule>> {
    let tables = reader.list(top, "schedule", &["batch_share", "batch_size", "epochs"]);
    let schedules: Vec<Option<Schedule>> = tables
        .into_iter()
        .map(|table| {
            let batch = match ["batch_share", "batch_size"].map(|key| reader.has(table, key)) {
                [true, false] => reader.positive(table, "batch_share", 1.0).map(Batch::Share),
                [false, true] => reader
                    .size(table, "batch_size", 1..=MOST_SAMPLES)
                    .map(Batch::Size),
                _ => {
                    reader.about(table, "expected either batch_share or batch_size");
                    None
                }
            };
            let epochs = reader.size(table, "epochs", 1..=MOST_SAMPLES);
            Some(Schedule {
                batch: batch?,
                epochs: epochs?,
            })
        })
        .collect();
    let schedules: Option<Vec<Schedule>> = schedules.into_iter().collect();
    schedules.filter(|schedules| !schedules.is_empty())
}

fn rate<'a>(reader: &mut Reader<'a>, top: Table<'a>) -> Option<Rate> {
    let table = reader.inner(top, "rate", &["first", "last"])?;
    let first = reader.positive(table, "first", 1e3);
    let last = reader.positive(table, "last", 1e3);
    let (first, last) = (first?, last?);
    if last > first {
        let message = format!("expected at most the first rate {first}, got {last}");
        reader.at(table, "last", &message);
        return None;
    }
    Some(Rate { first, last })
}

fn evaluation<'a>(
    reader: &mut Reader<'a>,
    top: Table<'a>,
    schedules: Option<&[Schedule]>,
) -> Option<Evaluation> {
    let known = ["checkpoints", "points", "seed", "exact_up_to_width"];
    let table = reader.inner(top, "evaluation", &known)?;
    let checkpoints = reader.size(table, "checkpoints", 1..=MOST_COUNT);
    let points = reader.size(table, "points", 1..=MOST_SAMPLES);
    let seed = reader.whole(table, "seed", 0..=u64::MAX >> 2);
    let exact_up_to_width = reader.size(table, "exact_up_to_width", 0..=MOST_WIDTH);
    let fewest = schedules?.iter().map(|schedule| schedule.epochs).min()?;
    let checkpoints = checkpoints?;
    if checkpoints > fewest {
        let message = format!("expected at most the {fewest} epochs, got {checkpoints}");
        reader.at(table, "checkpoints", &message);
        return None;
    }
    Some(Evaluation {
        checkpoints,
        points: points?,
        seed: seed?,
        exact_up_to_width: exact_up_to_width?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::DEFAULT;

    fn problems(text: &str) -> Vec<String> {
        let problems = Config::parse(text).unwrap_err();
        problems.iter().map(Problem::to_string).collect()
    }

    /// The default with a line replaced, and the number of the line.
    fn with(from: &str, to: &str) -> (String, usize) {
        let at = DEFAULT.find(from).unwrap();
        let line = 1 + DEFAULT[..at].matches('\n').count();
        (DEFAULT.replacen(from, to, 1), line)
    }

    #[test]
    fn every_problem_is_found_with_its_line() {
        let (text, title) = with("title = ", "titel = ");
        let text = text.replacen("count = 8", "count = -8", 1);
        let text = text.replacen("widths = [32]", "widths = [32, 16]", 1);
        let text = text.replacen("batch_share = 0.2", "batch_share = 1.5", 1);
        let found = problems(&text);
        assert_eq!(found.len(), 5, "{found:?}");
        assert_eq!(found[0], "1: title: missing");
        assert!(found[1].starts_with(&format!("{title}: titel: expected one of format, ")));
        assert!(
            found[2].ends_with("teachers.count: expected a whole number from 1 to 1048576, got -8")
        );
        assert!(found[3].ends_with(
            "students.widths: expected a list of ascending whole numbers from 1 to 16384, got [32, 16]"
        ));
        assert!(
            found[4].ends_with(
                "schedule.batch_share: expected a number above 0 and at most 1, got 1.5"
            )
        );
    }

    #[test]
    fn values_have_to_fit_each_other() {
        let (text, line) = with("checkpoints = 5", "checkpoints = 5000");
        assert_eq!(
            problems(&text),
            [format!(
                "{line}: evaluation.checkpoints: expected at most the 1000 epochs, got 5000"
            )]
        );
        let (text, line) = with("last = 1e-6", "last = 1.0");
        assert_eq!(
            problems(&text),
            [format!(
                "{line}: rate.last: expected at most the first rate 0.001, got 1"
            )]
        );
        let (text, _) = with("epochs = 1000", "epochs = 1000\nbatch_size = 10");
        assert!(
            problems(&text)[0].ends_with("schedule: expected either batch_share or batch_size")
        );
        let (text, _) = with("precision = \"single\"", "precision = \"half\"");
        assert!(
            problems(&text)[0].contains("students.precision: expected single or double, got half")
        );
    }

    #[test]
    fn other_texts_are_refused() {
        assert!(
            problems("")
                .iter()
                .all(|line| line.starts_with("1: ") && line.ends_with("missing"))
        );
        let shown = problems("title = \"x\ny = ");
        assert!(shown[0].starts_with("1: "), "{shown:?}");
        let shown = problems("schedule = 3").join("\n");
        assert!(
            shown.contains("1: schedule: expected at least one table, got 3"),
            "{shown}"
        );
        let (text, _) = with("format = 1", "format = 2");
        assert!(problems(&text)[0].contains("format: expected a whole number from 1 to 1, got 2"));
    }
}
