//! Commas, colons, `then`, `else` and the end.

use std::ops::Range;

use super::brackets::unclosed;
use super::frame::{Frame, Operand};
use super::heads::usage;
use super::{Parser, Position, Step};
use crate::expr::lexer::TokenKind;
use crate::expr::problem::{BAD_FORM, Problem, UNEXPECTED};

fn unfinished_if(word: Range<usize>, has_then: bool) -> Problem {
    let missing = if has_then { "else" } else { "then" };
    Problem::new(
        BAD_FORM,
        word,
        format!("this `if` has no `{missing}`"),
        format!("its `{missing}` is missing"),
    )
    .help("write `if c then a else b`")
}

impl Parser<'_> {
    /// Ends open constructs down to the innermost bracket; an `if` without its `else` is reported and dropped.
    pub(super) fn down_to_bracket(&mut self, mut operand: Operand) -> Result<Operand, super::Stop> {
        loop {
            operand = self.reduce_all(operand)?;
            match self.stack.last() {
                Some(Frame::If {
                    word, condition, ..
                }) => {
                    let problem = unfinished_if(word.clone(), condition.is_some());
                    self.stack.pop();
                    self.report(problem);
                }
                _ => return Ok(operand),
            }
        }
    }

    /// `,`.
    pub(super) fn comma(&mut self, operand: Operand) -> Step {
        let operand = self.down_to_bracket(operand)?;
        let comma = self.advance();
        match self.stack.last_mut() {
            Some(Frame::List { items, .. }) => items.push(operand.id),
            Some(Frame::Call { arguments, .. }) => arguments.push(operand.id),
            Some(Frame::Layer {
                weight: weight @ None,
                ..
            }) => *weight = Some(operand.id),
            Some(Frame::ForRange {
                from: from @ None, ..
            }) => *from = Some(operand.id),
            Some(Frame::ForRange { to: to @ None, .. }) => *to = Some(operand.id),
            Some(Frame::ForSet {
                set: set @ None, ..
            }) => {
                *set = Some(operand.id);
                self.report(
                    Problem::new(
                        BAD_FORM,
                        comma,
                        "the body is separated by `:`",
                        "expected `:`",
                    )
                    .help("write `every(G in S: e)`"),
                );
            }
            Some(Frame::Layer { .. }) => return self.not_a_layer(comma),
            Some(Frame::Network { .. }) => return self.not_a_layer(operand.span),
            Some(Frame::Index { .. }) => {
                self.report(
                    Problem::new(
                        UNEXPECTED,
                        comma,
                        "an index is one number",
                        "unexpected `,`",
                    )
                    .help("write `e[i][j]` for an entry of a matrix"),
                );
            }
            Some(Frame::Group { .. }) => {
                self.report(
                    Problem::new(
                        UNEXPECTED,
                        comma,
                        "parentheses hold one expression",
                        "unexpected `,`",
                    )
                    .help("write a vector as `[a, b]`"),
                );
            }
            _ => {
                return self.stop(Problem::new(
                    UNEXPECTED,
                    comma,
                    "`,` separates nothing here",
                    "unexpected `,`",
                ));
            }
        }
        Ok(Position::Before)
    }

    /// `:`.
    pub(super) fn colon(&mut self, operand: Operand) -> Step {
        let operand = self.down_to_bracket(operand)?;
        let colon = self.advance();
        match self.stack.last_mut() {
            Some(Frame::ForSet {
                set: set @ None, ..
            }) => *set = Some(operand.id),
            Some(Frame::ForRange {
                from: Some(_),
                to: to @ None,
                ..
            }) => *to = Some(operand.id),
            Some(Frame::ForRange { operator, .. }) => {
                let help = usage(*operator);
                return self.stop(
                    Problem::new(
                        BAD_FORM,
                        colon,
                        "a range has a first and a last index",
                        "unexpected `:`",
                    )
                    .help(help),
                );
            }
            _ => {
                return self.stop(
                    Problem::new(
                        UNEXPECTED,
                        colon,
                        "`:` separates nothing here",
                        "unexpected `:`",
                    )
                    .help(
                        "it comes before the body of `every`, `some`, `sum`, `prod`, `max`, `min`",
                    ),
                );
            }
        }
        Ok(Position::Before)
    }

    /// `then` or `else`.
    pub(super) fn branch(&mut self, operand: Operand) -> Step {
        let operand = self.reduce_all(operand)?;
        let is_then = *self.peek() == TokenKind::Then;
        let word = self.advance();
        match self.stack.last_mut() {
            Some(Frame::If {
                condition: condition @ None,
                ..
            }) if is_then => *condition = Some(operand),
            Some(Frame::If {
                condition: Some(_),
                then: then @ None,
                ..
            }) if !is_then => *then = Some(operand),
            Some(Frame::If {
                word: opener,
                condition,
                ..
            }) => {
                let problem = unfinished_if(opener.clone(), condition.is_some());
                return self.stop(problem);
            }
            _ => {
                let text = if is_then { "then" } else { "else" };
                return self.stop(
                    Problem::new(
                        BAD_FORM,
                        word,
                        format!("`{text}` belongs to no `if`"),
                        "no `if` before it",
                    )
                    .help("write `if c then a else b`"),
                );
            }
        }
        Ok(Position::Before)
    }

    /// `in` or `@` after an operand.
    pub(super) fn stray(&mut self) -> Step {
        let text = self.token_text().to_owned();
        let help = if *self.peek() == TokenKind::At {
            "a twin is written `f@twin(…)`"
        } else {
            "`in` stands only in `every(G in S: e)` and `some(G in S: e)`"
        };
        let span = self.advance();
        self.stop(
            Problem::new(
                UNEXPECTED,
                span,
                format!("`{text}` does not fit here"),
                "unexpected",
            )
            .help(help),
        )
    }

    /// The end of the text: every bracket still open is reported at its opener.
    pub(super) fn end(&mut self, operand: Operand) -> Step {
        self.down_to_bracket(operand)?;
        if self.stack.is_empty() {
            return Ok(Position::End);
        }
        let room = crate::expr::problem::MAX_PROBLEMS;
        let open: Vec<Problem> = self
            .stack
            .iter()
            .rev()
            .filter_map(Frame::opener)
            .take(room)
            .map(|(bracket, open)| unclosed(bracket, open))
            .collect();
        self.problems.extend(open);
        Err(super::Stop)
    }
}
