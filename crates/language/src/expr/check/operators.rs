//! Prefix and infix operators.

use super::Checker;
use crate::expr::problem::{NOT_A_BOX, NOT_COMPARABLE, Problem, SCALAR_VECTOR, WRONG_TYPE};
use crate::expr::{BinaryOp, NodeId, NodeKind, Type, UnaryOp};

impl Checker<'_> {
    pub(super) fn unary(&mut self, op: UnaryOp, operand: NodeId) -> Option<Type> {
        if op == UnaryOp::Not {
            self.expect(&Type::Bool, operand, "the operand of `not`");
            return Some(Type::Bool);
        }
        match self.type_of(operand)? {
            Type::Nat => Some(Type::Int),
            same @ (Type::Int | Type::Rat | Type::Real | Type::Vec | Type::Matrix) => {
                Some(same.clone())
            }
            other => {
                let got = other.with_article();
                let span = self.tree.node(operand).span.clone();
                let problem = Problem::new(
                    WRONG_TYPE,
                    span,
                    format!("`-` negates numbers, vectors and matrices, got {got}"),
                    format!("this is {got}"),
                );
                self.report(if *other_type(self, operand) == Type::Bool {
                    problem.help("negate a statement with `not`")
                } else {
                    problem
                });
                None
            }
        }
    }

    pub(super) fn binary(
        &mut self,
        id: NodeId,
        op: BinaryOp,
        left: NodeId,
        right: NodeId,
    ) -> Option<Type> {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let role = format!("an operand of `{}`", op.ascii());
                self.expect(&Type::Bool, left, &role);
                self.expect(&Type::Bool, right, &role);
                Some(Type::Bool)
            }
            BinaryOp::BoxTimes => {
                self.expect(&Type::Box_, left, "a factor of `x`");
                self.expect(&Type::Box_, right, "a factor of `x`");
                Some(Type::Box_)
            }
            _ if op.is_comparison() => {
                self.compare(id, op, left, right);
                Some(Type::Bool)
            }
            BinaryOp::Pow => self.power(left, right),
            _ => self.arithmetic(id, op, left, right),
        }
    }

    fn compare(&mut self, id: NodeId, op: BinaryOp, left: NodeId, right: NodeId) {
        let (Some(a), Some(b)) = (self.type_of(left), self.type_of(right)) else {
            return;
        };
        let equality = matches!(op, BinaryOp::Eq | BinaryOp::Ne);
        let has_equality = matches!(
            a,
            Type::Bool | Type::Vec | Type::Matrix | Type::Network | Type::Activation | Type::Poly
        ) && a == b;
        if (a.is_numeric() && b.is_numeric()) || (equality && has_equality) {
            return;
        }
        let (span, sign) = (self.tree.node(id).span.clone(), op.ascii());
        let label = format!("{} and {}", a.with_article(), b.with_article());
        let (code, message, help) = match (a, b) {
            (Type::Vec | Type::Matrix, number) | (number, Type::Vec | Type::Matrix)
                if number.is_numeric() =>
            {
                (
                    SCALAR_VECTOR,
                    format!("`{sign}` does not compare a number with a vector or matrix"),
                    "compare with `[0, 0]`, with an entry `v[0]`, or through a norm; \
                     numbers are never spread over vectors",
                )
            }
            (Type::Exponent, _) | (_, Type::Exponent) => (
                NOT_COMPARABLE,
                format!("`{sign}` does not compare exponents"),
                "compare `inv(p)`, which lies in [0, 1] and is 0 for `inf`",
            ),
            (Type::Set(_), _) | (_, Type::Set(_)) => (
                NOT_COMPARABLE,
                format!("`{sign}` does not compare sets"),
                "say what holds for the elements, `every(G in S: e)`",
            ),
            (Type::Vec | Type::Matrix, _) if a == b => (
                NOT_COMPARABLE,
                format!("`{sign}` does not order vectors or matrices"),
                "compare entries or norms",
            ),
            _ if has_equality => (NOT_COMPARABLE, format!("`{sign}` orders numbers only"), ""),
            _ if a == b => (NOT_COMPARABLE, format!("{a} values have no `{sign}`"), ""),
            _ => (
                NOT_COMPARABLE,
                format!("`{sign}` compares values of one type"),
                "",
            ),
        };
        let help = (!help.is_empty()).then(|| help.to_owned());
        self.report(Problem::new(code, span, message, label).maybe_help(help));
    }

    /// Numbers, and boxes: `[0,1]^d`.
    fn power(&mut self, base: NodeId, exponent: NodeId) -> Option<Type> {
        if self.is_box_literal(base) || self.type_of(base) == Some(&Type::Box_) {
            self.settle(&Type::Box_, base);
            self.expect(&Type::Int, exponent, "the dimension of a box");
            return Some(Type::Box_);
        }
        let result = match (self.type_of(base)?, self.type_of(exponent)?) {
            (number, Type::Nat) if number.is_numeric() => number.clone(),
            (Type::Nat | Type::Int | Type::Rat, Type::Int) => Type::Rat,
            (a, b) if a.is_numeric() && b.is_numeric() => Type::Real,
            (a, _) if a.is_numeric() => {
                self.expect(&Type::Real, exponent, "an exponent of a power");
                return Some(Type::Real);
            }
            (Type::Vec, _) => {
                let span = self.tree.node(base).span.clone();
                let problem = Problem::new(
                    NOT_A_BOX,
                    span,
                    "a vector has no powers",
                    "this is a vector",
                )
                .help("a box is written with two numbers where it stands, `[0,1]^d`");
                self.report(problem);
                return None;
            }
            (other, _) => {
                let got = other.with_article();
                let problem = Problem::new(
                    WRONG_TYPE,
                    self.tree.node(base).span.clone(),
                    format!("`^` takes powers of numbers and boxes, got {got}"),
                    format!("this is {got}"),
                );
                self.report(if *other_type(self, base) == Type::Matrix {
                    problem.help("write `M * M`")
                } else {
                    problem
                });
                return None;
            }
        };
        Some(result)
    }

    fn arithmetic(
        &mut self,
        id: NodeId,
        op: BinaryOp,
        left: NodeId,
        right: NodeId,
    ) -> Option<Type> {
        let (a, b) = (self.type_of(left)?.clone(), self.type_of(right)?.clone());
        let numbers = a.is_numeric() && b.is_numeric();
        let array = |of: &Type| matches!(of, Type::Vec | Type::Matrix);
        let found = match op {
            BinaryOp::Sub if numbers => a
                .join(&b)
                .map(|joined| joined.join(&Type::Int).unwrap_or(joined)),
            BinaryOp::Div if numbers => a
                .join(&b)
                .map(|joined| joined.join(&Type::Rat).unwrap_or(joined)),
            _ if numbers => a.join(&b),
            BinaryOp::Add | BinaryOp::Sub if array(&a) && a == b => Some(a.clone()),
            BinaryOp::Mul if array(&b) && (a.is_numeric() || a == Type::Matrix) => Some(b.clone()),
            BinaryOp::Div if array(&a) && b.is_numeric() => Some(a.clone()),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        let problem = self.arithmetic_problem(id, op, left, right, &a, &b);
        self.report(problem);
        None
    }

    fn arithmetic_problem(
        &self,
        id: NodeId,
        op: BinaryOp,
        left: NodeId,
        right: NodeId,
        a: &Type,
        b: &Type,
    ) -> Problem {
        let sign = op.ascii();
        let both = self.tree.node(id).span.clone();
        let label = format!("{} and {}", a.with_article(), b.with_article());
        let array = |of: &Type| matches!(of, Type::Vec | Type::Matrix);
        let usable = |of: &Type| of.is_numeric() || array(of);
        let (x, y) = (self.short_text(left), self.short_text(right));
        if usable(a) && usable(b) {
            let problem = |code, message: String| Problem::new(code, both, message, label);
            return match op {
                BinaryOp::Add | BinaryOp::Sub if array(a) && array(b) => problem(
                    WRONG_TYPE,
                    format!("`{sign}` joins two vectors or two matrices"),
                ),
                BinaryOp::Add | BinaryOp::Sub => problem(
                    SCALAR_VECTOR,
                    format!("`{sign}` does not join a number with a vector or matrix"),
                )
                .help("write out the vector, `[1, 1]`; numbers are never spread over vectors"),
                BinaryOp::Mul if b.is_numeric() => problem(
                    WRONG_TYPE,
                    "a number stands on the left of a vector or matrix".to_owned(),
                )
                .help(format!("write `{y} * {x}`")),
                BinaryOp::Mul if b == &Type::Vec => {
                    problem(WRONG_TYPE, "two vectors have no product".to_owned())
                        .help(format!("write `dot({x}, {y})` for the inner product"))
                }
                BinaryOp::Mul => problem(
                    WRONG_TYPE,
                    "a vector is a column: it stands on the right of a matrix".to_owned(),
                )
                .help(format!("write `transpose({y}) * {x}`, or swap the factors")),
                _ => problem(WRONG_TYPE, "the divisor is a number".to_owned()),
            };
        }
        let (culprit, of) = if usable(a) { (right, b) } else { (left, a) };
        let got = of.with_article();
        let problem = Problem::new(
            WRONG_TYPE,
            self.tree.node(culprit).span.clone(),
            format!("`{sign}` has no meaning for {got}"),
            format!("this is {got}"),
        );
        match (of, op) {
            (Type::Network, BinaryOp::Mul) => problem.help(format!(
                "write `compose({x}, {y})` for networks one after the other"
            )),
            (Type::Network, BinaryOp::Add | BinaryOp::Sub) => {
                problem.help("write `linear_combination(a, phi, b, psi)`, or add the values")
            }
            (Type::Bool, _) => problem.help("statements are joined by `and`, `or`"),
            (Type::Exponent, _) => problem.help("compute with `inv(p)`"),
            (Type::Box_, _) => problem.help("boxes are multiplied by `x`, `[0,1]x[-1,2]`"),
            _ => problem,
        }
    }

    /// The text of a node, or `…` if it is long; parentheses where an operator could tear it apart.
    fn short_text(&self, id: NodeId) -> String {
        let text = self.tree.text_of(id);
        if text.chars().count() > 24 {
            return "…".to_owned();
        }
        match self.tree.kind(id) {
            NodeKind::Binary(..) | NodeKind::If(..) | NodeKind::Lambda { .. } => {
                format!("({text})")
            }
            _ => text.to_owned(),
        }
    }
}

fn other_type<'c>(checker: &'c Checker<'_>, id: NodeId) -> &'c Type {
    checker.type_of(id).unwrap_or(&Type::Real)
}
