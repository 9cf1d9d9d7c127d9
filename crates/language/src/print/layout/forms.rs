//! Names, lists, networks, cases and binders.

use super::Layout;
use crate::expr::precedence::Level;
use crate::expr::{NodeId, NodeKind, RangeOperator, SetQuantifier, Type};
use crate::print::mark::{
    AT_MOST, COLON, COMMA, DOT, DOTS, ELEMENT, EQUALS, EXISTS, FORALL, INFINITY, LEFT, LEFT_BRACE,
    MAPS_TO, MAX, MIN, Mark, PRODUCT, REALS, RIGHT, RIGHT_BRACE, SPACE, SUM, Shape, Symbol,
};

impl<'a> Layout<'a> {
    /// A variable or constant; `Rd` is ℝᵈ, `inf` is ∞.
    pub(super) fn name(&mut self, name: &'a str) {
        match name {
            "Rd" => {
                self.begin(Shape::Superscript { plain: true });
                self.sign(REALS);
                self.next();
                self.mark(Mark::Identifier("d"));
                self.end();
            }
            "inf" => self.sign(INFINITY),
            _ => self.mark(Mark::Identifier(name)),
        }
    }

    pub(super) fn field(&mut self, target: NodeId, name: &'a str) {
        match self.tree.kind(target) {
            NodeKind::Number(_) => {
                self.begin(Shape::Fence(LEFT, RIGHT));
                self.child(target, Level::Open);
                self.end();
            }
            _ => self.child(target, Level::Postfix),
        }
        self.sign(DOT);
        self.mark(Mark::Identifier(name));
    }

    /// The rows of a matrix literal: lists of one length, at least 1.
    fn rows(&self, items: &[NodeId]) -> Option<Vec<&'a [NodeId]>> {
        let tree = self.tree;
        let rows: Option<Vec<&'a [NodeId]>> = items
            .iter()
            .map(|item| match tree.kind(*item) {
                NodeKind::List(entries) => Some(entries.as_slice()),
                _ => None,
            })
            .collect();
        rows.filter(|rows| {
            rows.first().is_some_and(|first| {
                !first.is_empty() && rows.iter().all(|row| row.len() == first.len())
            })
        })
    }

    pub(super) fn list(&mut self, id: NodeId, items: &'a [NodeId]) {
        if self.intervals.contains(&id) {
            return self.interval(items);
        }
        let is_set = self
            .types
            .is_some_and(|types| matches!(types[id as usize], Type::Set(_)));
        if items.is_empty() || is_set {
            let (open, close) = if is_set {
                (LEFT_BRACE, RIGHT_BRACE)
            } else {
                (LEFT, RIGHT)
            };
            self.begin(Shape::Fence(open, close));
            self.separated(items);
            self.end();
            return;
        }
        let rows = self.rows(items);
        self.begin(Shape::Matrix);
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                self.mark(Mark::NextRow);
            }
            match &rows {
                Some(rows) => {
                    for (column, entry) in rows[place].iter().enumerate() {
                        if column > 0 {
                            self.next();
                        }
                        self.child(*entry, Level::Open);
                    }
                }
                None => self.child(*item, Level::Open),
            }
        }
        self.end();
    }

    pub(super) fn network(&mut self, layers: &[(NodeId, NodeId)]) {
        self.begin(Shape::Fence(LEFT, RIGHT));
        for (place, (weight, bias)) in layers.iter().enumerate() {
            if place > 0 {
                self.sign(COMMA);
            }
            self.begin(Shape::Fence(LEFT, RIGHT));
            self.separated(&[*weight, *bias]);
            self.end();
        }
        self.end();
    }

    /// A chain `if … else if … else …` as one block of cases.
    pub(super) fn cases(&mut self, id: NodeId) {
        self.begin(Shape::Cases);
        let mut rest = id;
        while let NodeKind::If(condition, then, otherwise) = self.tree.kind(rest) {
            self.child(*then, Level::Open);
            self.next();
            self.mark(Mark::Words("if "));
            self.child(*condition, Level::Open);
            self.mark(Mark::NextRow);
            rest = *otherwise;
        }
        self.child(rest, Level::Open);
        self.next();
        self.mark(Mark::Words("otherwise"));
        self.end();
    }

    pub(super) fn lambda(&mut self, parameter: &'a str, body: NodeId) {
        self.mark(Mark::Identifier(parameter));
        self.sign(MAPS_TO);
        self.child(body, Level::Open);
    }

    pub(super) fn for_set(
        &mut self,
        quantifier: SetQuantifier,
        variable: &'a str,
        set: NodeId,
        body: NodeId,
    ) {
        self.sign(match quantifier {
            SetQuantifier::Every => FORALL,
            SetQuantifier::Some => EXISTS,
        });
        self.mark(Mark::Identifier(variable));
        self.sign(ELEMENT);
        self.child(set, Level::Sum);
        self.body(body);
    }

    fn body(&mut self, body: NodeId) {
        self.sign(COLON);
        self.sign(SPACE);
        self.child(body, Level::Open);
    }

    pub(super) fn for_range(
        &mut self,
        operator: RangeOperator,
        variable: &'a str,
        from: NodeId,
        to: NodeId,
        body: NodeId,
    ) {
        let large: Symbol = match operator {
            RangeOperator::Every | RangeOperator::Some => {
                self.sign(if operator == RangeOperator::Every {
                    FORALL
                } else {
                    EXISTS
                });
                self.mark(Mark::Identifier(variable));
                self.sign(ELEMENT);
                self.begin(Shape::Fence(LEFT_BRACE, RIGHT_BRACE));
                self.child(from, Level::Open);
                self.sign(COMMA);
                self.sign(DOTS);
                self.sign(COMMA);
                self.child(to, Level::Open);
                self.end();
                return self.body(body);
            }
            RangeOperator::Sum => SUM,
            RangeOperator::Prod => PRODUCT,
            RangeOperator::Max | RangeOperator::Min => {
                self.begin(Shape::Under);
                self.sign(if operator == RangeOperator::Max {
                    MAX
                } else {
                    MIN
                });
                self.next();
                self.child(from, Level::Sum);
                self.sign(AT_MOST);
                self.mark(Mark::Identifier(variable));
                self.sign(AT_MOST);
                self.child(to, Level::Sum);
                self.end();
                return self.operand(body, Level::Product);
            }
        };
        self.begin(Shape::UnderOver);
        self.sign(large);
        self.next();
        self.mark(Mark::Identifier(variable));
        self.sign(EQUALS);
        self.child(from, Level::Sum);
        self.next();
        self.child(to, Level::Open);
        self.end();
        self.operand(body, Level::Product);
    }
}
