//! The scope tables of a claim: grouped by engine, and the one that decides.

use kernel::record::{ClaimRecord, How, Rung, ScopeRow};

/// The rows of one engine for one conclusion, in the order of the prefix.
pub(crate) struct Table<'a> {
    pub(crate) engine: &'a str,
    pub(crate) conclusion: &'a str,
    pub(crate) rows: Vec<&'a ScopeRow>,
}

impl Table<'_> {
    /// The rung the rows allow: a sampled row gives SAMPLED, otherwise an interval or an argument gives BOX, otherwise INSTANCE.
    fn rung(&self) -> Rung {
        let has = |how: How| self.rows.iter().any(|row| row.how == how);
        if has(How::Sampled) {
            Rung::Sampled
        } else if has(How::Interval) || has(How::Argument) {
            Rung::Box
        } else {
            Rung::Instance
        }
    }

    fn narrower(&self) -> usize {
        self.rows.iter().filter(|row| row.narrower).count()
    }
}

/// The scope tables, in the order in which their first rows occur.
pub(crate) fn tables(claim: &ClaimRecord) -> Vec<Table<'_>> {
    let mut tables: Vec<Table<'_>> = Vec::new();
    for row in &claim.scope {
        match tables
            .iter_mut()
            .find(|table| table.engine == row.engine && table.conclusion == row.conclusion)
        {
            Some(table) => table.rows.push(row),
            None => tables.push(Table {
                engine: &row.engine,
                conclusion: &row.conclusion,
                rows: vec![row],
            }),
        }
    }
    tables
}

/// The rows that decide: for every conclusion the table of the highest rung, and among those the one with the fewest narrower rows.
pub(crate) fn deciding(claim: &ClaimRecord) -> Vec<&ScopeRow> {
    let tables = tables(claim);
    let mut seen: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for table in &tables {
        if seen.contains(&table.conclusion) {
            continue;
        }
        seen.push(table.conclusion);
        let best = tables
            .iter()
            .filter(|other| other.conclusion == table.conclusion)
            .reduce(|best, other| {
                let better = (other.rung(), best.narrower()) > (best.rung(), other.narrower());
                if better { other } else { best }
            })
            .unwrap_or(table);
        rows.extend(&best.rows);
    }
    rows
}

/// How the variables in the deciding rows are covered, variables in the same manner together, weakest manner first.
pub(crate) fn in_words(rows: &[&ScopeRow]) -> Vec<(How, Vec<String>)> {
    How::ALL
        .iter()
        .rev()
        .filter_map(|&how| {
            let mut variables: Vec<String> = Vec::new();
            for row in rows.iter().filter(|row| row.how == how) {
                if !variables.contains(&row.var) {
                    variables.push(row.var.clone());
                }
            }
            (!variables.is_empty()).then_some((how, variables))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::record::Kind;

    fn row(engine: &str, conclusion: &str, var: &str, how: How, narrower: bool) -> ScopeRow {
        ScopeRow {
            engine: engine.to_owned(),
            conclusion: conclusion.to_owned(),
            var: var.to_owned(),
            how,
            detail: String::new(),
            narrower,
        }
    }

    fn claim(rows: Vec<ScopeRow>) -> ClaimRecord {
        let mut claim = ClaimRecord::new("a", "networks", "A", Kind::Bound, None);
        claim.scope = rows;
        claim
    }

    #[test]
    fn the_table_of_the_highest_rung_decides_and_never_the_sampled_one() {
        let claim = claim(vec![
            row("draws", "main", "d", How::Sampled, true),
            row("exhaustive", "main", "d", How::Exhausted, true),
            row("interval", "main", "d", How::Interval, true),
        ]);
        let rows = deciding(&claim);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].how, How::Interval);
    }

    #[test]
    fn at_the_same_rung_the_wider_table_decides() {
        let claim = claim(vec![
            row("named", "main", "d", How::Named, true),
            row("exhaustive", "main", "d", How::Exhausted, false),
            row("named", "size", "d", How::Named, true),
        ]);
        let decided: Vec<_> = deciding(&claim)
            .iter()
            .map(|row| (row.conclusion.as_str(), row.how))
            .collect();
        assert_eq!(decided, [("main", How::Exhausted), ("size", How::Named)]);
    }

    #[test]
    fn variables_are_grouped_by_manner_weakest_first() {
        let claim = claim(vec![
            row("draws", "main", "phi", How::Sampled, true),
            row("draws", "main", "c", How::Symbolic, false),
            row("draws", "main", "x", How::Sampled, true),
        ]);
        let words = in_words(&deciding(&claim));
        assert_eq!(
            words[0],
            (How::Sampled, vec!["phi".to_owned(), "x".to_owned()])
        );
        assert_eq!(words[1], (How::Symbolic, vec!["c".to_owned()]));
    }

    #[test]
    fn no_rows_decide_nothing() {
        assert!(deciding(&claim(Vec::new())).is_empty());
    }
}
