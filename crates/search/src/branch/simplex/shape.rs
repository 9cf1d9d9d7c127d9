//! Rows that come and go, and columns that go: what a tableau does not need slows every step down.

use super::{FEASIBLE, Row, Tableau};

/// Where a structural variable is; compacted columns have one value.
#[derive(Clone, Copy)]
enum Place {
    Fixed,
    Column(usize),
    Row(usize),
}

impl Tableau {
    /// Adds a row over the structural variables.
    pub(in super::super) fn add_row(&mut self, (terms, right): &Row) {
        let n = self.columns;
        let mut line = vec![0.0; n];
        let mut value = 0.0;
        let mut place = vec![Place::Fixed; self.structural];
        for (j, &variable) in self.nonbasic.iter().enumerate() {
            if (variable as usize) < self.structural {
                place[variable as usize] = Place::Column(j);
            }
        }
        for (r, &variable) in self.basic.iter().enumerate() {
            if (variable as usize) < self.structural {
                place[variable as usize] = Place::Row(r);
            }
        }
        for &(variable, a) in terms {
            match place[variable as usize] {
                Place::Fixed => value += a * self.low[variable as usize],
                Place::Column(j) => {
                    line[j] += a;
                    value += a * self.at[j];
                }
                Place::Row(r) => {
                    value += a * self.values[r];
                    for (sum, cell) in line.iter_mut().zip(&self.cells[r * n..(r + 1) * n]) {
                        *sum += a * cell;
                    }
                }
            }
        }
        let index =
            u32::try_from(self.low.len()).expect("a relaxation has fewer than 2³² variables");
        self.cells.extend(line);
        self.values.push(value);
        self.basic.push(index);
        self.low.push(f64::NEG_INFINITY);
        self.high.push(*right);
    }

    /// Drops what cannot change any more: columns of fixed variables, and basic rows that `redundant` names or that were added and do not bind.
    pub(in super::super) fn compacted(&self, redundant: &[bool]) -> Self {
        let kept: Vec<usize> = (0..self.columns)
            .filter(|&j| {
                let variable = self.nonbasic[j] as usize;
                self.low[variable] < self.high[variable]
            })
            .collect();
        let dropped: f64 = (0..self.columns)
            .filter(|&j| {
                let variable = self.nonbasic[j] as usize;
                self.low[variable] >= self.high[variable]
            })
            .map(|j| self.costs[j] * self.at[j])
            .sum();
        let mut cells = Vec::with_capacity(self.values.len() * kept.len());
        let (mut basic, mut values) = (Vec::new(), Vec::new());
        for (r, &variable) in self.basic.iter().enumerate() {
            let row = (variable as usize).checked_sub(self.structural);
            let idle = |row: usize| match redundant.get(row) {
                Some(&redundant) => redundant,
                None => self.values[r] < self.high[variable as usize] - FEASIBLE,
            };
            if row.is_some_and(idle) {
                continue;
            }
            let line = &self.cells[r * self.columns..(r + 1) * self.columns];
            cells.extend(kept.iter().map(|&j| line[j]));
            basic.push(variable);
            values.push(self.values[r]);
        }
        // A fixed column moved no more: its share stays in the values.
        Self {
            structural: self.structural,
            columns: kept.len(),
            cells,
            basic,
            values,
            nonbasic: kept.iter().map(|&j| self.nonbasic[j]).collect(),
            at: kept.iter().map(|&j| self.at[j]).collect(),
            costs: kept.iter().map(|&j| self.costs[j]).collect(),
            constant: self.constant + dropped,
            low: self.low.clone(),
            high: self.high.clone(),
            pivots: self.pivots,
        }
    }
}
