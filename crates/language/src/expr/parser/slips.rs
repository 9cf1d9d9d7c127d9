//! What is missing between tokens, and comparison chains: reported, then read as what was probably meant.

use std::ops::Range;

use super::frame::{Frame, Operand};
use super::{Parser, Step};
use crate::expr::lexer::{Bracket, TokenKind};
use crate::expr::problem::{CHAIN, MISSING_OPERATOR, Problem, UNEXPECTED, suggestion};
use crate::expr::{BinaryOp, names};

impl Parser<'_> {
    /// Reports that no operand begins here.
    pub(super) fn missing_operand(&mut self) {
        let found = self.span();
        let problem = match self.stack.last() {
            Some(Frame::Prefix { op, span }) => Problem::new(
                UNEXPECTED,
                span.clone(),
                format!("`{}` has no operand", op.ascii()),
                "nothing stands on its right",
            ),
            Some(Frame::Infix { op, span, .. }) => Problem::new(
                UNEXPECTED,
                span.clone(),
                format!("`{}` has no right operand", op.ascii()),
                "nothing stands on its right",
            ),
            _ if matches!(self.peek(), TokenKind::Operator(_)) => Problem::new(
                UNEXPECTED,
                found,
                format!("`{}` has no left operand", self.token_text()),
                "nothing stands on its left",
            ),
            Some(Frame::If { then: Some(_), .. }) if self.ends_expression() => Problem::new(
                UNEXPECTED,
                self.tokens[self.at - 1].span.clone(),
                "`else` has no value",
                "nothing stands on its right",
            ),
            // The `if` is reported as unfinished instead.
            Some(Frame::If { .. }) if self.ends_expression() => return,
            Some(Frame::Lambda { start, .. }) => Problem::new(
                UNEXPECTED,
                *start..self.tokens[self.at - 1].span.end,
                "the function has no value",
                "expected an expression after it",
            )
            .help("write `fn(x) x^2`"),
            // The bracket that is still open is reported instead.
            Some(_) if *self.peek() == TokenKind::End => return,
            _ if self.text.trim().is_empty() => Problem::new(
                UNEXPECTED,
                0..self.text.len(),
                "the expression is empty",
                "nothing here",
            ),
            _ => {
                let found_text = match self.peek() {
                    TokenKind::End => "the end".to_owned(),
                    _ => format!("`{}`", self.token_text()),
                };
                Problem::new(
                    UNEXPECTED,
                    found,
                    format!("an expression is missing before {found_text}"),
                    "expected an expression",
                )
            }
        };
        self.report(problem);
    }

    /// Reports two operands side by side and joins them.
    pub(super) fn missing_operator(&mut self, operand: Operand) -> Step {
        let span = self.span();
        let before = self.text[operand.span.clone()].to_owned();
        let after = self.token_text().to_owned();
        let short = |text: &str| text.chars().count() <= 24;
        let misspelt = (matches!(self.peek(), TokenKind::Name(_)) && after.len() > 2)
            .then(|| suggestion(&after, names::KEYWORDS))
            .flatten()
            .filter(|help| help.starts_with("did you mean"));
        let problem = Problem::new(
            MISSING_OPERATOR,
            span.clone(),
            format!("an operator is missing before `{after}`"),
            "expected an operator",
        );
        let (op, problem) = match self.peek() {
            TokenKind::Name(name)
                if name == "x" && *self.peek_ahead(1) == TokenKind::Open(Bracket::Square) =>
            {
                let boxes =
                    "write `×` between boxes; the letter x is read so only between `]` and `[`";
                let product =
                    short(&before).then(|| format!("write `{before} * x[…]` for a product"));
                self.report(problem.help(boxes).maybe_help(product));
                let span = self.advance();
                return self.infix(BinaryOp::BoxTimes, span, operand);
            }
            TokenKind::Not => (BinaryOp::And, problem.help("write `and not` or `or not`")),
            TokenKind::Open(_) => (
                BinaryOp::Mul,
                problem
                    .note("only a name can be applied to arguments")
                    .maybe_help(
                        short(&before).then(|| format!("write `{before} * (…)` for a product")),
                    ),
            ),
            _ if misspelt.is_some() => return self.stop(problem.maybe_help(misspelt)),
            _ => (
                BinaryOp::Mul,
                problem.maybe_help(
                    (short(&before) && short(&after))
                        .then(|| format!("write `{before} * {after}` for a product")),
                ),
            ),
        };
        self.report(problem);
        self.infix(op, span.start..span.start, operand)
    }

    /// Reports `a < b < c` at the second operator; `middle` is b.
    pub(super) fn chain(&mut self, op: BinaryOp, span: Range<usize>, middle: Range<usize>) {
        let mut problem = Problem::new(
            CHAIN,
            span,
            "comparisons do not chain",
            "compares a truth value with a value",
        );
        if let Some(Frame::Infix {
            op: first, left, ..
        }) = self.stack.last()
        {
            let (left, middle) = (&self.text[left.span.clone()], &self.text[middle]);
            if left.len() + middle.len() <= 60 {
                let (first, second) = (first.ascii(), op.ascii());
                problem = problem.help(format!(
                    "write `{left} {first} {middle} and {middle} {second} …`"
                ));
            } else {
                problem = problem.help("join two comparisons with `and`");
            }
        }
        self.report(problem);
    }
}
