//! How many cells there are, and which of them the fewest runs hit.

use std::collections::BTreeMap;

use super::oracle::Exchange;
use super::random::Random;
use super::target::hit_cell;

/// For each cell that is hit, the number of runs that hit it.
pub type Hits = BTreeMap<Vec<u64>, u64>;

/// K: the least power of 2 with Kᵈ ≥ m + 1 for one seed, with Kᵈ ≥ (d + 1)m for more.
///
/// For one seed a cell stays without a hit. For more, (1 − m/Kᵈ)/K is largest near Kᵈ = (d + 1)m. Powers of 2 make the centres floats.
pub fn recommended(dimension: usize, samples: u64, seeds: u64) -> u64 {
    let least = match seeds {
        1 => u128::from(samples) + 1,
        _ => u128::from(samples).saturating_mul(dimension as u128 + 1),
    };
    let mut cells = 1_u64;
    while count(cells, dimension).is_some_and(|count| count < least) {
        cells *= 2;
    }
    cells
}

/// Kᵈ, unless it is 2¹²⁸ or more.
fn count(cells: u64, dimension: usize) -> Option<u128> {
    u128::from(cells).checked_pow(u32::try_from(dimension).ok()?)
}

/// How many of the runs hit each cell, tested exactly.
pub fn hits_by_cell(cells: u64, runs: &[Vec<Exchange>]) -> Hits {
    // The number of the last run is kept, so that a run counts once.
    let mut found: BTreeMap<Vec<u64>, (u64, usize)> = BTreeMap::new();
    for (number, run) in runs.iter().enumerate() {
        for cell in run.iter().filter_map(|asked| hit_cell(cells, &asked.query)) {
            let entry = found.entry(cell).or_insert((0, usize::MAX));
            if entry.1 != number {
                *entry = (entry.0 + 1, number);
            }
        }
    }
    found
        .into_iter()
        .map(|(cell, (count, _))| (cell, count))
        .collect()
}

/// A cell that the fewest runs hit, by draws if at least half of the cells are free, and else by counting through.
pub fn least_hit(cells: u64, dimension: usize, hits: &Hits, seed: u64) -> Vec<u64> {
    let (taken, total) = (hits.len() as u128, count(cells, dimension));
    if total.is_some_and(|total| taken >= total) {
        let least = hits.iter().min_by_key(|(_, count)| **count);
        return least.expect("there are cells, all hit").0.clone();
    }
    if total.is_some_and(|total| total < 2 * taken) {
        let mut cell = vec![0; dimension];
        while hits.contains_key(&cell) {
            advance(&mut cell, cells);
        }
        return cell;
    }
    let mut random = Random::new(seed);
    loop {
        let cell: Vec<u64> = (0..dimension).map(|_| random.below(cells)).collect();
        if !hits.contains_key(&cell) {
            return cell;
        }
    }
}

/// The next cell, the first axis fastest.
fn advance(cell: &mut [u64], cells: u64) {
    for index in cell {
        *index += 1;
        if *index < cells {
            return;
        }
        *index = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_cells() {
        // 16 nodes leave one of 5² cells, 8 is the next power of 2.
        assert_eq!(recommended(2, 16, 1), 8);
        assert_eq!(recommended(3, 27, 1), 4);
        assert_eq!(recommended(1, 10, 16), 32);
        assert_eq!(recommended(10, 100_000, 1), 4);
        assert_eq!(recommended(500, 1, 1), 2);
        assert_eq!(recommended(1, u64::MAX >> 1, 1), 1 << 63);
    }

    #[test]
    fn the_least_hit_cell_is_found_among_few_and_among_many() {
        let all = |skip: usize| -> Hits {
            (0..9_u64)
                .map(|i| (vec![i % 3, i / 3], if i == 4 { 1 } else { 2 }))
                .enumerate()
                .filter(|(i, _)| *i != skip)
                .map(|(_, entry)| entry)
                .collect()
        };
        assert_eq!(least_hit(3, 2, &all(9), 0), [1, 1]);
        for i in 0..9 {
            let expected = vec![i as u64 % 3, i as u64 / 3];
            assert_eq!(least_hit(3, 2, &all(i), 0), expected);
        }
        let cell = least_hit(8, 100, &Hits::new(), 1);
        assert!(cell.len() == 100 && cell.iter().all(|index| *index < 8));
    }

    #[test]
    fn a_run_counts_once() {
        let asked = |x: f64| Exchange {
            query: vec![x],
            value: 0.0,
        };
        let runs = [
            vec![asked(0.25), asked(0.26), asked(0.75)],
            vec![asked(0.26)],
        ];
        let hits = hits_by_cell(2, &runs);
        assert_eq!(hits, Hits::from([(vec![0], 2), (vec![1], 1)]));
    }
}
