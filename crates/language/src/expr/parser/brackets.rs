//! Brackets: what waits for one, and what closes with one.

use std::ops::Range;

use super::frame::{Frame, Operand};
use super::heads::{NET_USAGE, usage};
use super::{Parser, Position, Step, Stop};
use crate::expr::lexer::{Bracket, TokenKind};
use crate::expr::problem::{BAD_FORM, Problem, UNBALANCED, UNEXPECTED};
use crate::expr::{NodeId, NodeKind, RangeOperator, SetQuantifier};

impl Frame {
    /// The opening bracket that the frame waits to see closed, or `None` for a construct without brackets.
    pub(super) fn opener(&self) -> Option<(Bracket, Range<usize>)> {
        match self {
            Frame::Group { open }
            | Frame::Call { open, .. }
            | Frame::Network { open, .. }
            | Frame::Layer { open, .. }
            | Frame::ForSet { open, .. }
            | Frame::ForRange { open, .. } => Some((Bracket::Round, open.clone())),
            Frame::List { open, .. } | Frame::Index { open, .. } => {
                Some((Bracket::Square, open.clone()))
            }
            Frame::Prefix { .. }
            | Frame::Infix { .. }
            | Frame::If { .. }
            | Frame::Lambda { .. } => None,
        }
    }
}

/// A bracket without its partner.
pub(super) fn unclosed(bracket: Bracket, open: Range<usize>) -> Problem {
    let (open_text, close_text) = (bracket.open(), bracket.close());
    Problem::new(
        UNBALANCED,
        open,
        format!("`{open_text}` is never closed"),
        format!("its `{close_text}` is missing"),
    )
}

impl Parser<'_> {
    /// `)` or `]`.
    pub(super) fn close(&mut self, bracket: Bracket, operand: Operand) -> Step {
        let operand = self.down_to_bracket(operand)?;
        let closer = self.span();
        let Some((expected, open)) = self.stack.last().and_then(Frame::opener) else {
            self.advance();
            let text = bracket.close();
            self.report(Problem::new(
                UNBALANCED,
                closer,
                format!("`{text}` closes nothing"),
                format!("no `{}` is open here", bracket.open()),
            ));
            return Ok(Position::After(operand));
        };
        if expected == bracket {
            self.advance();
        } else {
            // If an outer bracket waits for this closer, the inner one was forgotten; else the closer is a slip.
            let outer = self
                .stack
                .iter()
                .rev()
                .filter_map(Frame::opener)
                .any(|(other, _)| other == bracket);
            let label = format!("expected `{}`, got `{}`", expected.close(), bracket.close());
            let message = format!("`{}` is closed by `{}`", expected.open(), bracket.close());
            self.report(Problem::new(UNBALANCED, open, message, label));
            if !outer {
                self.advance();
            }
        }
        self.finish(operand, closer.end)
    }

    /// Builds the node of the bracketed construct on top of the stack, which ends at byte `end`.
    fn finish(&mut self, last: Operand, end: usize) -> Step {
        let (kind, start) = match self.stack.pop() {
            Some(Frame::Group { open }) => {
                return Ok(Position::After(Operand {
                    id: last.id,
                    span: open.start..end,
                }));
            }
            Some(Frame::List { open, mut items }) => {
                items.push(last.id);
                (NodeKind::List(items), open.start)
            }
            Some(Frame::Call {
                start,
                name,
                variant,
                mut arguments,
                ..
            }) => {
                arguments.push(last.id);
                (
                    NodeKind::Call {
                        name,
                        variant,
                        arguments,
                    },
                    start,
                )
            }
            Some(Frame::Index { target, .. }) => {
                (NodeKind::Index(target.id, last.id), target.span.start)
            }
            Some(Frame::Layer { open, weight }) => return self.layer(open, weight, last, end),
            Some(Frame::Network {
                start,
                open,
                layers,
            }) => {
                // An operand directly inside `net(` that is no layer.
                self.stack.push(Frame::Network {
                    start,
                    open,
                    layers,
                });
                return self.not_a_layer(last.span);
            }
            Some(Frame::ForSet {
                start,
                quantifier,
                variable,
                set: Some(set),
                ..
            }) => (
                NodeKind::ForSet {
                    quantifier,
                    variable,
                    set,
                    body: last.id,
                },
                start,
            ),
            Some(Frame::ForRange {
                start,
                operator,
                variable,
                from: Some(from),
                to: Some(to),
                ..
            }) => (
                NodeKind::ForRange {
                    operator,
                    variable,
                    from,
                    to,
                    body: last.id,
                },
                start,
            ),
            Some(Frame::ForSet {
                start, quantifier, ..
            }) => {
                let operator = match quantifier {
                    SetQuantifier::Every => RangeOperator::Every,
                    SetQuantifier::Some => RangeOperator::Some,
                };
                return self.unfinished_binder(start..end, operator, last);
            }
            Some(Frame::ForRange {
                start, operator, ..
            }) => {
                return self.unfinished_binder(start..end, operator, last);
            }
            _ => return Ok(Position::After(last)),
        };
        self.node(kind, start..end).map(Position::After)
    }

    fn unfinished_binder(
        &mut self,
        span: Range<usize>,
        operator: RangeOperator,
        last: Operand,
    ) -> Step {
        let message = format!("`{}` has no body", operator.word());
        self.report(
            Problem::new(BAD_FORM, span.clone(), message, "ends before its body")
                .help(usage(operator)),
        );
        Ok(Position::After(Operand { id: last.id, span }))
    }

    pub(super) fn not_a_layer<T>(&mut self, span: Range<usize>) -> Result<T, Stop> {
        self.stop(
            Problem::new(BAD_FORM, span, "a layer is a pair", "expected `(W, b)`").help(NET_USAGE),
        )
    }

    /// `(W, b)` is closed: another layer follows, or the network ends.
    fn layer(
        &mut self,
        open: Range<usize>,
        weight: Option<NodeId>,
        bias: Operand,
        end: usize,
    ) -> Step {
        let Some(weight) = weight else {
            return self.not_a_layer(open.start..end);
        };
        let Some(Frame::Network {
            layers,
            open: outer,
            start,
        }) = self.stack.last_mut()
        else {
            return Ok(Position::After(bias));
        };
        layers.push((weight, bias.id));
        let (start, outer) = (*start, outer.clone());
        match self.peek() {
            TokenKind::Comma => {
                self.advance();
                if *self.peek() == TokenKind::Open(Bracket::Round) {
                    Ok(Position::Before)
                } else {
                    let span = self.span();
                    self.not_a_layer(span)
                }
            }
            TokenKind::Close(Bracket::Round) => {
                let close = self.advance();
                let Some(Frame::Network { layers, .. }) = self.stack.pop() else {
                    return Ok(Position::After(bias));
                };
                self.node(NodeKind::Network(layers), start..close.end)
                    .map(Position::After)
            }
            TokenKind::End => self.stop(unclosed(Bracket::Round, outer)),
            _ => {
                let (span, text) = (self.span(), self.token_text().to_owned());
                let message = format!("expected `,` or `)` after a layer, got `{text}`");
                self.stop(
                    Problem::new(UNEXPECTED, span, message, "no layer begins here").help(NET_USAGE),
                )
            }
        }
    }
}
