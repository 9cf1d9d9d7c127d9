//! Forms that begin with a word: calls, `net`, `fn`, and the binders over sets and ranges.

use std::ops::Range;

use super::frame::Frame;
use super::{Parser, Position, Step};
use crate::expr::lexer::{Bracket, TokenKind, range_operator};
use crate::expr::problem::{BAD_FORM, BAD_HOLE, Problem, UNEXPECTED};
use crate::expr::{NodeKind, RangeOperator, SetQuantifier};

const ROUND: TokenKind = TokenKind::Open(Bracket::Round);

impl Parser<'_> {
    /// A name: a variable, or the head of a call or a form.
    pub(super) fn name(&mut self, name: String) -> Step {
        match self.peek_ahead(1) {
            TokenKind::At => self.twin(name),
            kind if *kind == ROUND => self.applied(name),
            _ => {
                let span = self.advance();
                self.node(NodeKind::Name(name), span).map(Position::After)
            }
        }
    }

    /// `f@twin(…)`.
    fn twin(&mut self, name: String) -> Step {
        let start = self.advance().start;
        let at = self.advance();
        let TokenKind::Name(variant) = self.peek().clone() else {
            return self.stop(
                Problem::new(
                    BAD_FORM,
                    at,
                    "a twin has no name",
                    "expected a name on its right",
                )
                .help(format!("write `{name}@twin(…)`")),
            );
        };
        let span = self.advance();
        if *self.peek() != ROUND {
            return self.stop(
                Problem::new(
                    BAD_FORM,
                    start..span.end,
                    "a twin is not applied",
                    "expected arguments after it",
                )
                .help(format!("write `{name}@{variant}(…)`")),
            );
        }
        self.call(start, name, Some(variant))
    }

    /// `word(…`.
    fn applied(&mut self, name: String) -> Step {
        let range = range_operator(&name);
        let colon = self.has_colon[self.at + 1];
        let start = self.advance().start;
        match (name.as_str(), range) {
            ("net", _) => {
                let open = self.advance();
                if *self.peek() == TokenKind::Close(Bracket::Round) {
                    let close = self.span();
                    return self.stop(no_layers(start..close.end));
                }
                self.stack.push(Frame::Network {
                    start,
                    open,
                    layers: Vec::new(),
                });
                Ok(Position::Before)
            }
            (_, Some(operator))
                if colon || !matches!(operator, RangeOperator::Max | RangeOperator::Min) =>
            {
                self.binder(start, operator)
            }
            _ => self.call(start, name, None),
        }
    }

    fn call(&mut self, start: usize, name: String, variant: Option<String>) -> Step {
        let open = self.advance();
        if *self.peek() == TokenKind::Close(Bracket::Round) {
            let close = self.advance();
            let kind = NodeKind::Call {
                name,
                variant,
                arguments: Vec::new(),
            };
            return self.node(kind, start..close.end).map(Position::After);
        }
        self.stack.push(Frame::Call {
            start,
            name,
            variant,
            open,
            arguments: Vec::new(),
        });
        Ok(Position::Before)
    }

    /// `every(G in` or `sum(i,`: the bound variable and what follows it.
    fn binder(&mut self, start: usize, operator: RangeOperator) -> Step {
        let open = self.advance();
        let quantifier = match operator {
            RangeOperator::Every => Some(SetQuantifier::Every),
            RangeOperator::Some => Some(SetQuantifier::Some),
            _ => None,
        };
        let usage = usage(operator);
        let TokenKind::Name(variable) = self.peek().clone() else {
            let message = format!("`{}` binds no variable", operator.word());
            return self.stop(
                Problem::new(
                    BAD_FORM,
                    start..open.end,
                    message,
                    "expected a name after it",
                )
                .help(usage),
            );
        };
        let span = self.advance();
        self.check_variable(&variable, span.clone());
        match (self.peek(), quantifier) {
            (TokenKind::In, Some(quantifier)) => {
                self.advance();
                self.stack.push(Frame::ForSet {
                    start,
                    open,
                    quantifier,
                    variable,
                    set: None,
                });
                Ok(Position::Before)
            }
            (TokenKind::Comma, _) => {
                self.advance();
                self.stack.push(Frame::ForRange {
                    start,
                    open,
                    operator,
                    variable,
                    from: None,
                    to: None,
                });
                Ok(Position::Before)
            }
            _ => {
                let message = format!(
                    "`{}` does not say where `{variable}` ranges",
                    operator.word()
                );
                let label = if quantifier.is_some() {
                    "expected `in` or `,` after it"
                } else {
                    "expected `,` after it"
                };
                self.stop(Problem::new(BAD_FORM, span, message, label).help(usage))
            }
        }
    }

    /// `fn(x)` before its body.
    pub(super) fn lambda(&mut self) -> Step {
        let word = self.advance();
        let opened = *self.peek() == ROUND;
        let parameter = match (opened, self.peek_ahead(1).clone(), self.peek_ahead(2)) {
            (true, TokenKind::Name(parameter), TokenKind::Close(Bracket::Round)) => parameter,
            _ => {
                let several = opened && *self.peek_ahead(2) == TokenKind::Comma;
                let problem = Problem::new(
                    BAD_FORM,
                    word,
                    "`fn` does not name its variable",
                    "expected `(x)` with one name after it",
                )
                .help("write `fn(x) x^2`");
                return self.stop(if several {
                    problem.note(
                        "a function has one variable, which may be a vector: `fn(x) x[0] + x[1]`",
                    )
                } else {
                    problem
                });
            }
        };
        self.advance();
        let span = self.advance();
        self.advance();
        self.check_variable(&parameter, span);
        self.stack.push(Frame::Lambda {
            start: word.start,
            parameter,
        });
        Ok(Position::Before)
    }

    /// `(`: a layer directly inside `net(`, else a group.
    pub(super) fn round(&mut self) -> Step {
        let open = self.advance();
        if matches!(self.stack.last(), Some(Frame::Network { .. })) {
            self.stack.push(Frame::Layer { open, weight: None });
            return Ok(Position::Before);
        }
        if *self.peek() == TokenKind::Close(Bracket::Round) {
            let close = self.advance();
            let span = open.start..close.end;
            self.report(Problem::new(
                UNEXPECTED,
                span.clone(),
                "the parentheses are empty",
                "expected an expression inside",
            ));
            return self.placeholder(span.start).map(Position::After);
        }
        self.stack.push(Frame::Group { open });
        Ok(Position::Before)
    }

    fn check_variable(&mut self, variable: &str, span: Range<usize>) {
        if variable == "_" {
            self.report(Problem::new(
                BAD_HOLE,
                span,
                "`_` cannot be bound",
                "expected a name",
            ));
        }
    }
}

/// `net` without layers.
pub(super) fn no_layers(span: Range<usize>) -> Problem {
    Problem::new(
        BAD_FORM,
        span,
        "a network has at least one layer",
        "no layer here",
    )
    .help(NET_USAGE)
}

pub(super) const NET_USAGE: &str =
    "write `net((W, b), …)` with a matrix W and a vector b for each layer";

/// How a binder is written.
pub(super) fn usage(operator: RangeOperator) -> String {
    let word = operator.word();
    match operator {
        RangeOperator::Every | RangeOperator::Some => {
            format!(
                "write `{word}(G in S: e)` over a finite set or `{word}(i, a, b: e)` over a range"
            )
        }
        _ => format!("write `{word}(i, a, b: e)` for i from a to b"),
    }
}
