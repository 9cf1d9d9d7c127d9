//! Tokens → tree, with one explicit stack: nesting costs memory, never call depth.
//!
//! The parser alternates between two positions: before an operand ([`Parser::operand`]) and after one
//! ([`Parser::operator`]). What is begun and not finished lies on the stack as a [`Frame`]. Slips with one obvious
//! reading are reported and read so; after the others parsing stops.

mod brackets;
mod frame;
mod heads;
mod separators;
mod slips;

use std::ops::Range;

use super::lexer::{Bracket, Token, TokenKind, tokens};
use super::precedence::Level;
use super::problem::{MAX_PROBLEMS, Problem, TOO_LARGE, UNEXPECTED};
use super::tree::{MAX_BYTES, MAX_NODES};
use super::{BinaryOp, Node, NodeId, NodeKind, Tree, UnaryOp};
use frame::{Frame, Operand};

/// Parses an expression; see [`Tree::parse`].
pub(crate) fn parse(text: &str) -> Result<Tree, Vec<Problem>> {
    if text.len() > MAX_BYTES {
        let end = text.ceil_char_boundary(MAX_BYTES);
        let message = format!(
            "the expression has {} bytes, the limit is {MAX_BYTES}",
            text.len()
        );
        return Err(vec![Problem::new(
            TOO_LARGE,
            end..text.len(),
            message,
            "beyond the limit",
        )]);
    }
    let (tokens, problems) = tokens(text);
    let has_colon = colons(&tokens);
    let parser = Parser {
        text,
        tokens,
        has_colon,
        at: 0,
        nodes: Vec::new(),
        stack: Vec::new(),
        problems,
    };
    parser.run()
}

/// For every opening bracket whether a `:` stands directly inside it.
fn colons(tokens: &[Token]) -> Vec<bool> {
    let mut marks = vec![false; tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open(_) => open.push(index),
            TokenKind::Close(_) => {
                open.pop();
            }
            TokenKind::Colon => {
                if let Some(opener) = open.last() {
                    marks[*opener] = true;
                }
            }
            _ => {}
        }
    }
    marks
}

/// Parsing ends here: the problems say why.
struct Stop;

/// Where the parser stands.
enum Position {
    /// An operand has to follow.
    Before,
    /// This operand has just ended.
    After(Operand),
    /// Everything is read.
    End,
}

type Step = Result<Position, Stop>;

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    has_colon: Vec<bool>,
    at: usize,
    nodes: Vec<Node>,
    stack: Vec<Frame>,
    problems: Vec<Problem>,
}

impl Parser<'_> {
    fn run(mut self) -> Result<Tree, Vec<Problem>> {
        let mut position = Position::Before;
        loop {
            let step = match position {
                Position::Before => self.operand(),
                Position::After(operand) => self.operator(operand),
                Position::End if self.problems.is_empty() => {
                    return Ok(Tree {
                        text: self.text.to_owned(),
                        nodes: self.nodes,
                    });
                }
                Position::End => break,
            };
            match step {
                Ok(next) if self.problems.len() < MAX_PROBLEMS => position = next,
                _ => break,
            }
        }
        self.problems
            .sort_by_key(|problem| (problem.span.start, problem.span.end));
        self.problems.truncate(MAX_PROBLEMS);
        Err(self.problems)
    }

    fn peek(&self) -> &TokenKind {
        &self.tokens[self.at].kind
    }

    /// The kind of the token `ahead` places on; the end lasts for ever.
    fn peek_ahead(&self, ahead: usize) -> &TokenKind {
        &self.tokens[(self.at + ahead).min(self.tokens.len() - 1)].kind
    }

    fn span(&self) -> Range<usize> {
        self.tokens[self.at].span.clone()
    }

    fn token_text(&self) -> &str {
        &self.text[self.span()]
    }

    fn advance(&mut self) -> Range<usize> {
        let span = self.span();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        span
    }

    fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn stop<T>(&mut self, problem: Problem) -> Result<T, Stop> {
        self.problems.push(problem);
        Err(Stop)
    }

    fn push(&mut self, kind: NodeKind, span: Range<usize>) -> Result<NodeId, Stop> {
        if self.nodes.len() >= MAX_NODES {
            let message = format!("the expression has more than {MAX_NODES} nodes");
            return self.stop(
                Problem::new(TOO_LARGE, span, message, "the limit is reached here")
                    .help("name parts of it in [let]"),
            );
        }
        self.nodes.push(Node { kind, span });
        Ok(self.nodes.len() as NodeId - 1)
    }

    fn node(&mut self, kind: NodeKind, span: Range<usize>) -> Result<Operand, Stop> {
        let id = self.push(kind, span.clone())?;
        Ok(Operand { id, span })
    }

    /// Stands for what is missing; a tree that holds it is never returned.
    fn placeholder(&mut self, at: usize) -> Result<Operand, Stop> {
        self.node(NodeKind::Name("_".to_owned()), at..at)
    }

    /// Before an operand: reads a leaf, or pushes what an operand can begin with.
    fn operand(&mut self) -> Step {
        match self.peek().clone() {
            TokenKind::Number => {
                let span = self.advance();
                let digits = self.text[span.clone()].to_owned();
                self.node(NodeKind::Number(digits), span)
                    .map(Position::After)
            }
            TokenKind::Name(name) => self.name(name),
            TokenKind::Operator(BinaryOp::Sub) => {
                let span = self.advance();
                self.stack.push(Frame::Prefix {
                    op: UnaryOp::Neg,
                    span,
                });
                Ok(Position::Before)
            }
            TokenKind::Operator(BinaryOp::Add) => {
                let span = self.advance();
                self.report(
                    Problem::new(
                        UNEXPECTED,
                        span,
                        "there is no prefix `+`",
                        "nothing stands on its left",
                    )
                    .help("leave it out"),
                );
                Ok(Position::Before)
            }
            TokenKind::Not => self.not(),
            TokenKind::Open(Bracket::Round) => self.round(),
            TokenKind::Open(Bracket::Square) => {
                let open = self.advance();
                if *self.peek() == TokenKind::Close(Bracket::Square) {
                    let close = self.advance();
                    return self
                        .node(NodeKind::List(Vec::new()), open.start..close.end)
                        .map(Position::After);
                }
                self.stack.push(Frame::List {
                    open,
                    items: Vec::new(),
                });
                Ok(Position::Before)
            }
            TokenKind::If => {
                let word = self.advance();
                self.stack.push(Frame::If {
                    word,
                    condition: None,
                    then: None,
                });
                Ok(Position::Before)
            }
            TokenKind::Fn => self.lambda(),
            TokenKind::Junk => {
                self.advance();
                Ok(Position::Before)
            }
            _ => {
                self.missing_operand();
                let at = self.span().start;
                self.placeholder(at).map(Position::After)
            }
        }
    }

    /// `not` in front of an operand; under a tighter operator it would take more than it seems to.
    fn not(&mut self) -> Step {
        let outer = match self.stack.last() {
            Some(Frame::Infix { op, .. }) if op.level() > Level::Not => Some(op.ascii()),
            Some(Frame::Prefix { op, .. }) if op.level() > Level::Not => Some(op.ascii()),
            _ => None,
        };
        let span = self.advance();
        if let Some(outer) = outer {
            self.report(
                Problem::new(
                    UNEXPECTED,
                    span.clone(),
                    format!("`not` binds weaker than the `{outer}` before it"),
                    "needs parentheses",
                )
                .help(format!("write `{outer} (not …)`")),
            );
        }
        self.stack.push(Frame::Prefix {
            op: UnaryOp::Not,
            span,
        });
        Ok(Position::Before)
    }

    /// After an operand: postfix forms, infix operators, separators.
    fn operator(&mut self, operand: Operand) -> Step {
        match self.peek().clone() {
            TokenKind::Operator(op) => {
                let span = self.advance();
                self.infix(op, span, operand)
            }
            TokenKind::Open(Bracket::Square) => {
                let open = self.advance();
                self.stack.push(Frame::Index {
                    target: operand,
                    open,
                });
                Ok(Position::Before)
            }
            TokenKind::Dot => self.field(operand),
            TokenKind::Close(bracket) => self.close(bracket, operand),
            TokenKind::Comma => self.comma(operand),
            TokenKind::Colon => self.colon(operand),
            TokenKind::Then | TokenKind::Else => self.branch(operand),
            TokenKind::End => self.end(operand),
            TokenKind::In | TokenKind::At => self.stray(),
            TokenKind::Junk => {
                self.advance();
                if self.begins_operand() {
                    let at = self.span().start;
                    self.infix(BinaryOp::Mul, at..at, operand)
                } else {
                    Ok(Position::After(operand))
                }
            }
            TokenKind::Name(name) if name == "x" && self.between_boxes() => {
                let span = self.advance();
                self.infix(BinaryOp::BoxTimes, span, operand)
            }
            TokenKind::Number
            | TokenKind::Name(_)
            | TokenKind::Not
            | TokenKind::If
            | TokenKind::Fn
            | TokenKind::Open(Bracket::Round) => self.missing_operator(operand),
        }
    }

    /// Whether the innermost bracket, or everything, ends here.
    fn ends_expression(&self) -> bool {
        matches!(
            self.peek(),
            TokenKind::End | TokenKind::Close(_) | TokenKind::Comma
        )
    }

    fn begins_operand(&self) -> bool {
        matches!(
            self.peek(),
            TokenKind::Number
                | TokenKind::Name(_)
                | TokenKind::Not
                | TokenKind::If
                | TokenKind::Fn
                | TokenKind::Open(_)
        )
    }

    /// `]x[`: the only place where the letter x is an operator.
    fn between_boxes(&self) -> bool {
        self.at > 0
            && self.tokens[self.at - 1].kind == TokenKind::Close(Bracket::Square)
            && *self.peek_ahead(1) == TokenKind::Open(Bracket::Square)
    }
}

#[cfg(test)]
mod tests;
