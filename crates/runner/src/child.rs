//! A learner in another language: a child process that speaks JSON, one object per line.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel, sync_channel};
use std::time::{Duration, Instant};

use search::game::{Forfeit, Learner, Oracle, Output};
use serde_json::{Value, json};

use crate::run::interrupted;

/// Longest line of an answer, in bytes.
const MOST_LINE: u64 = 1 << 20;

/// Lines of answers that are read ahead.
const MOST_AHEAD: usize = 1024;

/// How much of the standard error is shown, in bytes.
const MOST_ERROR: usize = 2000;

/// How long a child may take to end after `done`.
const GRACE: Duration = Duration::from_secs(2);

/// How often a wait looks for an interruption.
const GLANCE: Duration = Duration::from_millis(100);

/// A command that is started for every run.
pub struct CommandLearner {
    /// As a shell reads it.
    pub command: String,
    /// The number of seeds.
    pub seeds: u64,
    /// How long an answer may take.
    pub patience: Duration,
}

impl Learner for CommandLearner {
    fn name(&self) -> &str {
        &self.command
    }

    fn seeds(&self) -> u64 {
        self.seeds
    }

    /// The output stays with the child.
    fn run(&self, oracle: &mut dyn Oracle, seed: u64) -> Result<Option<Output>, Forfeit> {
        let mut talk = Talk::start(&self.command, self.patience)?;
        talk.say(&json!({"dim": oracle.dim(), "budget": oracle.budget(), "seed": seed}));
        loop {
            match talk.hear()? {
                Answer::Query(x) => {
                    let value = oracle.query(&x)?;
                    talk.say(&json!({ "value": value }));
                }
                Answer::Done => return Ok(None),
            }
        }
    }
}

enum Answer {
    Query(Vec<f64>),
    Done,
}

/// A running child; it is ended when this is dropped.
struct Talk {
    child: Child,
    /// What is to be said; written by a thread, so that a child that does not read cannot hold up the referee. Gone when the talk is over.
    words: Option<Sender<String>>,
    lines: Receiver<std::io::Result<String>>,
    /// The last bytes of the standard error, once all that could write to it have ended.
    errors: Receiver<String>,
    patience: Duration,
    /// Whether its group was ended; the number of a group may be given again.
    ended: bool,
}

impl Talk {
    fn start(command: &str, patience: Duration) -> Result<Self, Forfeit> {
        let gave_up = |error: std::io::Error| {
            Forfeit::GaveUp(format!("`{command}` could not be started: {error}"))
        };
        // A group of its own, so that all that the command starts can be ended.
        let mut child = Command::new("sh")
            .args(["-c", command])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(gave_up)?;
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        let stdout = child.stdout.take().expect("standard output is a pipe");
        let stderr = child.stderr.take().expect("standard error is a pipe");
        let (words, said) = channel::<String>();
        std::thread::spawn(move || {
            // A child that reads no more may still have something to say.
            while let Ok(line) = said.recv() {
                if stdin.write_all(line.as_bytes()).is_err() || stdin.flush().is_err() {
                    break;
                }
            }
        });
        let (sender, lines) = sync_channel(MOST_AHEAD);
        std::thread::spawn(move || {
            let mut reader = BufReader::new(stdout);
            loop {
                let mut line = String::new();
                let read = reader.by_ref().take(MOST_LINE).read_line(&mut line);
                let over = !matches!(read, Ok(n) if n > 0);
                let sent = match read {
                    Ok(0) => break,
                    Ok(_) => sender.send(Ok(line)),
                    Err(error) => sender.send(Err(error)),
                };
                if over || sent.is_err() {
                    break;
                }
            }
        });
        let (last, errors) = channel();
        std::thread::spawn(move || last.send(tail(stderr)));
        Ok(Self {
            child,
            words: Some(words),
            lines,
            errors,
            patience,
            ended: false,
        })
    }

    fn say(&self, message: &Value) {
        if let Some(words) = &self.words {
            // If the writer has ended, the child reads no more, and the next answer tells.
            words.send(format!("{message}\n")).ok();
        }
    }

    fn hear(&mut self) -> Result<Answer, Forfeit> {
        let line = match self.line() {
            Ok(Ok(line)) if line.len() as u64 == MOST_LINE => {
                return Err(Forfeit::GaveUp(format!(
                    "expected a line of less than {MOST_LINE} bytes, got a longer one"
                )));
            }
            Ok(Ok(line)) => line,
            Ok(Err(error)) => {
                return Err(Forfeit::GaveUp(format!(
                    "expected a line of JSON, got bytes that are no text: {error}"
                )));
            }
            Err(RecvTimeoutError::Timeout) if interrupted().load(Ordering::Relaxed) => {
                return Err(Forfeit::GaveUp("interrupted".to_owned()));
            }
            Err(RecvTimeoutError::Timeout) => {
                return Err(Forfeit::GaveUp(format!(
                    "expected an answer within {} s, got none",
                    self.patience.as_secs_f64()
                )));
            }
            Err(RecvTimeoutError::Disconnected) => return Err(self.died()),
        };
        parse(line.trim())
    }

    /// The next line; the wait ends early when the referee is interrupted.
    fn line(&self) -> Result<std::io::Result<String>, RecvTimeoutError> {
        let start = Instant::now();
        loop {
            let left = self.patience.saturating_sub(start.elapsed());
            match self.lines.recv_timeout(left.min(GLANCE)) {
                Err(RecvTimeoutError::Timeout)
                    if left > GLANCE && !interrupted().load(Ordering::Relaxed) => {}
                found => return found,
            }
        }
    }

    /// The child has closed its output.
    fn died(&mut self) -> Forfeit {
        self.words = None;
        let status = self.end();
        // What the child leaves behind may hold its standard error open.
        self.end_group();
        let errors = self.errors.recv_timeout(GRACE).ok();
        let said = match errors.as_deref().map(str::trim) {
            None | Some("") => String::new(),
            Some(errors) => format!("; its standard error ends with:\n{errors}"),
        };
        Forfeit::GaveUp(format!(
            "expected a query or done, got the end of the output ({status}){said}"
        ))
    }

    /// Waits for the end of the child, not for long.
    fn end(&mut self) -> String {
        let start = Instant::now();
        while start.elapsed() < GRACE {
            match self.child.try_wait() {
                Ok(Some(status)) => return status.to_string(),
                Ok(None) => std::thread::sleep(Duration::from_millis(2)),
                Err(error) => return error.to_string(),
            }
        }
        self.end_group();
        "ended by the referee".to_owned()
    }

    /// Ends the child and all that it has started; some may have ended just now, and then there is nothing to end.
    fn end_group(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        let group = format!("kill -s KILL -- -{}", self.child.id());
        Command::new("sh")
            .args(["-c", &group])
            .stderr(Stdio::null())
            .status()
            .ok();
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.words = None;
        self.end_group();
    }
}

/// The last bytes of a stream.
fn tail(mut stream: impl Read) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(n @ 1..) = stream.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..n]);
        let surplus = kept.len().saturating_sub(MOST_ERROR);
        kept.drain(..surplus);
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// `{"query":[…]}` or `{"done":true}`, and nothing else.
fn parse(line: &str) -> Result<Answer, Forfeit> {
    let shown: String = line.chars().take(200).collect();
    let nonsense = || {
        Forfeit::GaveUp(format!(
            "expected {{\"query\":[numbers]}} or {{\"done\":true}} on a line, got `{shown}`"
        ))
    };
    let value: Value = serde_json::from_str(line).map_err(|_| nonsense())?;
    let object = value.as_object().filter(|object| object.len() == 1);
    let (key, value) = object
        .and_then(|object| object.iter().next())
        .ok_or_else(nonsense)?;
    match (key.as_str(), value) {
        ("done", Value::Bool(true)) => Ok(Answer::Done),
        ("query", Value::Array(numbers)) => {
            let numbers = numbers.iter().map(Value::as_f64);
            numbers
                .collect::<Option<_>>()
                .map(Answer::Query)
                .ok_or_else(nonsense)
        }
        _ => Err(nonsense()),
    }
}
