//! What is begun and not finished, and how it ends.

use std::cmp::Ordering;
use std::ops::Range;

use super::{Parser, Position, Step, Stop};
use crate::expr::lexer::TokenKind;
use crate::expr::precedence::Associativity;
use crate::expr::problem::{Problem, UNEXPECTED};
use crate::expr::{BIG_O, BinaryOp, NodeId, NodeKind, RangeOperator, SetQuantifier, UnaryOp};

/// A finished operand with its bytes, parentheses included.
#[derive(Clone, Debug)]
pub(super) struct Operand {
    pub id: NodeId,
    pub span: Range<usize>,
}

/// A construct waiting for the operand that is being read.
pub(super) enum Frame {
    Prefix {
        op: UnaryOp,
        span: Range<usize>,
    },
    /// `chained`: a comparison whose left operand is one, already reported.
    Infix {
        op: BinaryOp,
        left: Operand,
        span: Range<usize>,
        chained: bool,
    },
    Group {
        open: Range<usize>,
    },
    List {
        open: Range<usize>,
        items: Vec<NodeId>,
    },
    Call {
        start: usize,
        name: String,
        variant: Option<String>,
        open: Range<usize>,
        arguments: Vec<NodeId>,
    },
    Index {
        target: Operand,
        open: Range<usize>,
    },
    Network {
        start: usize,
        open: Range<usize>,
        layers: Vec<(NodeId, NodeId)>,
    },
    /// `(W, b)` directly inside `net(…)`.
    Layer {
        open: Range<usize>,
        weight: Option<NodeId>,
    },
    If {
        word: Range<usize>,
        condition: Option<Operand>,
        then: Option<Operand>,
    },
    Lambda {
        start: usize,
        parameter: String,
    },
    ForSet {
        start: usize,
        open: Range<usize>,
        quantifier: SetQuantifier,
        variable: String,
        set: Option<NodeId>,
    },
    ForRange {
        start: usize,
        open: Range<usize>,
        operator: RangeOperator,
        variable: String,
        from: Option<NodeId>,
        to: Option<NodeId>,
    },
}

impl Parser<'_> {
    /// Applies the prefix or infix operator on top of the stack.
    pub(super) fn reduce(&mut self, right: Operand) -> Result<Operand, Stop> {
        match self.stack.pop() {
            Some(Frame::Prefix { op, span }) => {
                self.node(NodeKind::Unary(op, right.id), span.start..right.span.end)
            }
            Some(Frame::Infix { op, left, .. }) => {
                let (op, id) = self.up_to_constant(op, right.id);
                self.node(
                    NodeKind::Binary(op, left.id, id),
                    left.span.start..right.span.end,
                )
            }
            Some(Frame::Lambda { start, parameter }) => self.node(
                NodeKind::Lambda {
                    parameter,
                    body: right.id,
                },
                start..right.span.end,
            ),
            Some(Frame::If {
                word,
                condition: Some(condition),
                then: Some(then),
            }) => self.node(
                NodeKind::If(condition.id, then.id, right.id),
                word.start..right.span.end,
            ),
            Some(other) => {
                self.stack.push(other);
                Ok(right)
            }
            None => Ok(right),
        }
    }

    /// `a <= O(b)` is another spelling of `a ≲ b`: the call, which is the last node, goes, and its argument stays.
    fn up_to_constant(&mut self, op: BinaryOp, right: NodeId) -> (BinaryOp, NodeId) {
        let argument = match &self.nodes[right as usize].kind {
            NodeKind::Call {
                name,
                variant: None,
                arguments,
            } if op == BinaryOp::Le && name == BIG_O => match arguments.as_slice() {
                [argument] => *argument,
                _ => return (op, right),
            },
            _ => return (op, right),
        };
        debug_assert_eq!(right as usize + 1, self.nodes.len(), "post-order");
        self.nodes.pop();
        (BinaryOp::Lesssim, argument)
    }

    /// Ends everything that reaches as far to the right as it can, down to the innermost bracket or unfinished `if`.
    pub(super) fn reduce_all(&mut self, mut operand: Operand) -> Result<Operand, Stop> {
        while matches!(
            self.stack.last(),
            Some(
                Frame::Prefix { .. }
                    | Frame::Infix { .. }
                    | Frame::Lambda { .. }
                    | Frame::If {
                        condition: Some(_),
                        then: Some(_),
                        ..
                    }
            )
        ) {
            operand = self.reduce(operand)?;
        }
        Ok(operand)
    }

    /// Pushes an infix operator after reducing everything on the left that binds at least as tightly.
    pub(super) fn infix(&mut self, op: BinaryOp, span: Range<usize>, mut left: Operand) -> Step {
        let level = op.level();
        let mut chained = false;
        loop {
            let tighter = match self.stack.last() {
                Some(Frame::Prefix { op: before, .. }) => before.level() >= level,
                Some(Frame::Infix {
                    op: before,
                    chained: reported,
                    ..
                }) => match before.level().cmp(&level) {
                    Ordering::Less => false,
                    Ordering::Greater => true,
                    Ordering::Equal if op.associativity() == Associativity::None => {
                        chained = true;
                        if !reported {
                            self.chain(op, span.clone(), left.span.clone());
                        }
                        true
                    }
                    Ordering::Equal => op.associativity() == Associativity::Left,
                },
                _ => false,
            };
            if !tighter {
                break;
            }
            left = self.reduce(left)?;
        }
        self.stack.push(Frame::Infix {
            op,
            left,
            span,
            chained,
        });
        Ok(Position::Before)
    }

    /// `e.name`.
    pub(super) fn field(&mut self, target: Operand) -> Step {
        let dot = self.advance();
        if let TokenKind::Name(name) = self.peek().clone() {
            let span = self.advance();
            return self
                .node(
                    NodeKind::Field(target.id, name),
                    target.span.start..span.end,
                )
                .map(Position::After);
        }
        self.report(
            Problem::new(
                UNEXPECTED,
                dot,
                "a field name is missing after `.`",
                "expected a name on its right",
            )
            .help("multiplication is written `*`"),
        );
        Ok(Position::After(target))
    }
}
