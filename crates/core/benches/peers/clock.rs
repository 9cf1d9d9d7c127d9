//! Medians of repeated runs.

use std::fs::read_to_string;
use std::time::{Duration, Instant};

const RUNS: usize = 21;
const FEWEST: usize = 3;
const SECONDS: f64 = 1.0;

/// What the time of this thread is: CPU time where the system tells it, wall time elsewhere.
pub fn name() -> &'static str {
    if cpu().is_some() { "CPU" } else { "wall" }
}

/// The result and the median time of repeated runs after a warm-up, in milliseconds.
pub fn median<T>(run: impl Fn() -> T) -> (T, f64) {
    let result = run();
    let mut times: Vec<f64> = Vec::new();
    while times.len() < FEWEST || (times.len() < RUNS && times.iter().sum::<f64>() < SECONDS) {
        let start = Instant::now();
        let before = cpu();
        std::hint::black_box(run());
        let passed = match (before, cpu()) {
            (Some(before), Some(after)) => after - before,
            _ => start.elapsed(),
        };
        times.push(passed.as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    (result, times[times.len() / 2] * 1e3)
}

/// CPU time of this thread on Linux. The scheduler updates it when the thread yields.
fn cpu() -> Option<Duration> {
    std::thread::yield_now();
    let text = read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
