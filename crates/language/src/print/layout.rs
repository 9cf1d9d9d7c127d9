//! Tree → marks: where parentheses, fractions, scripts, matrices and cases go.

mod forms;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::mark::Form;
use super::mark::{
    APPLY, COMMA, LEFT, LEFT_SQUARE, MINUS, Mark, NOT, RIGHT, RIGHT_SQUARE, Shape, Symbol, TIMES,
    symbol,
};
use super::template::{Piece, Template, compile};
use super::{Printable, macros};
use crate::expr::precedence::{Level, mathematical_level};
use crate::expr::{BinaryOp, NodeId, NodeKind, Tree, Type, UnaryOp};
use crate::vocabulary::Vocabulary;

/// The marks of the subtree at `root`.
pub(crate) fn layout<'a>(
    formula: Printable<'a>,
    root: NodeId,
    vocabulary: &'a dyn Vocabulary,
) -> Vec<Mark<'a>> {
    let intervals = intervals(formula);
    let mut layout = Layout {
        tree: formula.tree,
        types: formula.types,
        vocabulary,
        intervals,
        templates: BTreeMap::new(),
        parts: Vec::new(),
    };
    let mut work = vec![Work::Node(root, Level::Open)];
    let mut marks = Vec::new();
    while let Some(next) = work.pop() {
        match next {
            Work::Mark(mark) => marks.push(mark),
            Work::Node(id, needed) => {
                let parentheses = layout.level(id) < needed;
                if parentheses {
                    layout.begin(Shape::Fence(LEFT, RIGHT));
                }
                layout.node(id);
                if parentheses {
                    layout.end();
                }
                work.extend(layout.parts.drain(..).rev());
            }
        }
    }
    marks
}

/// The two-entry lists that are intervals: by type, or else as factors and bases of boxes.
fn intervals(formula: Printable<'_>) -> BTreeSet<NodeId> {
    let tree = formula.tree;
    let mut found = BTreeSet::new();
    for (id, node) in tree.nodes().iter().enumerate() {
        match &node.kind {
            NodeKind::List(_) if formula.types.is_some_and(|types| types[id] == Type::Box_) => {
                found.insert(id as NodeId);
            }
            NodeKind::Binary(BinaryOp::BoxTimes, left, right) => found.extend([*left, *right]),
            NodeKind::Binary(BinaryOp::Pow, base, _) => {
                found.insert(*base);
            }
            _ => {}
        }
    }
    found.retain(|id| matches!(tree.kind(*id), NodeKind::List(ends) if ends.len() == 2));
    found
}

pub(super) enum Work<'a> {
    /// A node in a place that needs at least this level.
    Node(NodeId, Level),
    Mark(Mark<'a>),
}

struct Layout<'a> {
    tree: &'a Tree,
    types: Option<&'a [Type]>,
    vocabulary: &'a dyn Vocabulary,
    intervals: BTreeSet<NodeId>,
    templates: BTreeMap<&'static str, Option<Rc<Template<'static>>>>,
    parts: Vec<Work<'a>>,
}

/// The sign of an operator.
fn sign(op: BinaryOp) -> Symbol {
    let (tex, text) = match op {
        BinaryOp::Add => ("+", "+"),
        BinaryOp::Sub => ("-", "−"),
        BinaryOp::Mul => (r"\cdot", "·"),
        BinaryOp::Div => ("/", "/"),
        BinaryOp::Pow => ("^", "^"),
        BinaryOp::Eq => ("=", "="),
        BinaryOp::Ne => (r"\ne", "≠"),
        BinaryOp::Lt => ("<", "<"),
        BinaryOp::Le => (r"\le", "≤"),
        BinaryOp::Gt => (">", ">"),
        BinaryOp::Ge => (r"\ge", "≥"),
        BinaryOp::Lesssim => (r"\lesssim", "≲"),
        BinaryOp::And => (r"\land", "∧"),
        BinaryOp::Or => (r"\lor", "∨"),
        BinaryOp::BoxTimes => return TIMES,
    };
    symbol(tex, text, Form::Infix)
}

impl<'a> Layout<'a> {
    fn mark(&mut self, mark: Mark<'a>) {
        self.parts.push(Work::Mark(mark));
    }

    fn sign(&mut self, symbol: Symbol) {
        self.mark(Mark::Symbol(symbol));
    }

    fn begin(&mut self, shape: Shape) {
        self.mark(Mark::Begin(shape));
    }

    fn next(&mut self) {
        self.mark(Mark::Next);
    }

    fn end(&mut self) {
        self.mark(Mark::End);
    }

    fn child(&mut self, id: NodeId, needed: Level) {
        self.parts.push(Work::Node(id, needed));
    }

    fn separated(&mut self, ids: &[NodeId]) {
        for (place, id) in ids.iter().enumerate() {
            if place > 0 {
                self.sign(COMMA);
            }
            self.child(*id, Level::Open);
        }
    }

    /// The template that prints a call, or `None` for `name(a, b)`.
    fn template(
        &mut self,
        name: &str,
        variant: Option<&str>,
        arguments: usize,
    ) -> Option<Rc<Template<'static>>> {
        if variant.is_some() {
            return None;
        }
        let text = self.vocabulary.function(name)?.tex?;
        let compiled = self
            .templates
            .entry(text)
            .or_insert_with(|| compile(text).ok().map(Rc::new));
        compiled
            .clone()
            .filter(|template| template.shows(arguments))
    }

    /// How tightly a node holds together as printed here.
    fn level(&mut self, id: NodeId) -> Level {
        match self.tree.kind(id) {
            // A fraction bar shows its operands' bounds, but not what a script after it belongs to.
            NodeKind::Binary(BinaryOp::Div, ..) => Level::Power,
            NodeKind::Call {
                name,
                variant,
                arguments,
            } => self
                .template(name, variant.as_deref(), arguments.len())
                .map_or(Level::Atom, |template| template.level),
            kind => mathematical_level(kind),
        }
    }

    /// Whether a node is printed as one sign, so that a script needs no braces around it.
    fn is_plain(&self, id: NodeId) -> bool {
        match self.tree.kind(id) {
            NodeKind::Number(digits) => digits.len() == 1,
            NodeKind::Name(name) => !super::identifier::has_indices(name),
            _ => false,
        }
    }

    fn node(&mut self, id: NodeId) {
        let tree = self.tree;
        match tree.kind(id) {
            NodeKind::Number(digits) => self.mark(Mark::Number(digits)),
            NodeKind::Name(name) => self.name(name),
            NodeKind::Unary(UnaryOp::Neg, operand) => {
                self.sign(MINUS);
                self.operand(*operand, UnaryOp::Neg.level());
            }
            NodeKind::Unary(UnaryOp::Not, operand) => {
                self.sign(NOT);
                self.child(*operand, Level::Postfix);
            }
            NodeKind::Binary(op, left, right) => self.binary(*op, *left, *right),
            NodeKind::Call {
                name,
                variant,
                arguments,
            } => self.call(name, variant.as_deref(), arguments),
            NodeKind::Index(..) => self.indices(id),
            NodeKind::Field(target, name) => self.field(*target, name),
            NodeKind::List(items) => self.list(id, items),
            NodeKind::Network(layers) => self.network(layers),
            NodeKind::If(..) => self.cases(id),
            NodeKind::Lambda { parameter, body } => self.lambda(parameter, *body),
            NodeKind::ForSet {
                quantifier,
                variable,
                set,
                body,
            } => self.for_set(*quantifier, variable, *set, *body),
            NodeKind::ForRange {
                operator,
                variable,
                from,
                to,
                body,
            } => {
                self.for_range(*operator, variable, *from, *to, *body);
            }
        }
    }

    /// An operand after a sign: `a + −b` gets parentheses.
    fn operand(&mut self, id: NodeId, needed: Level) {
        let negated = matches!(self.tree.kind(id), NodeKind::Unary(UnaryOp::Neg, _));
        self.child(
            id,
            if negated {
                needed.max(Level::Power)
            } else {
                needed
            },
        );
    }

    fn binary(&mut self, op: BinaryOp, left: NodeId, right: NodeId) {
        match op {
            BinaryOp::Div => {
                self.begin(Shape::Fraction);
                self.child(left, Level::Open);
                self.next();
                self.child(right, Level::Open);
                self.end();
            }
            BinaryOp::Pow => {
                self.begin(Shape::Superscript {
                    plain: self.is_plain(left),
                });
                self.child(left, op.left_level());
                self.next();
                self.child(right, Level::Open);
                self.end();
            }
            _ => {
                self.child(left, op.left_level());
                self.sign(sign(op));
                self.operand(right, op.right_level());
            }
        }
    }

    /// `f(a, b)` by its template, else with its name upright; twins carry their name as an exponent.
    fn call(&mut self, name: &'a str, variant: Option<&'a str>, arguments: &'a [NodeId]) {
        if let Some(template) = self.template(name, variant, arguments.len()) {
            for piece in &template.pieces {
                match piece {
                    Piece::Mark(mark) => self.mark(*mark),
                    Piece::Argument {
                        index,
                        enclosed: true,
                    } => self.child(arguments[*index], Level::Open),
                    Piece::Argument {
                        index,
                        enclosed: false,
                    } => self.child(arguments[*index], Level::Postfix),
                }
            }
            return;
        }
        let head = match macros::by_spelling(&format!(r"\{name}")) {
            Some(found) if found.form == Form::Name => Mark::Symbol(found),
            _ if self.vocabulary.function(name).is_none() && name != "defined" => {
                Mark::Identifier(name)
            }
            _ => Mark::Upright(name),
        };
        match variant {
            Some(twin) => {
                self.begin(Shape::Superscript { plain: true });
                self.mark(head);
                self.next();
                self.mark(Mark::Upright(twin));
                self.end();
            }
            None => self.mark(head),
        }
        self.sign(APPLY);
        self.begin(Shape::Fence(LEFT, RIGHT));
        self.separated(arguments);
        self.end();
    }

    /// `e[i][j]` as one index `i, j`.
    fn indices(&mut self, id: NodeId) {
        let mut indices = Vec::new();
        let mut base = id;
        while let NodeKind::Index(target, index) = self.tree.kind(base) {
            indices.push(*index);
            base = *target;
        }
        indices.reverse();
        self.begin(Shape::Subscript {
            plain: self.is_plain(base),
        });
        match self.tree.kind(base) {
            NodeKind::Name(name) if super::identifier::has_indices(name) => {
                self.begin(Shape::Fence(LEFT, RIGHT));
                self.child(base, Level::Open);
                self.end();
            }
            _ => self.child(base, Level::Postfix),
        }
        self.next();
        self.separated(&indices);
        self.end();
    }

    fn interval(&mut self, ends: &[NodeId]) {
        self.begin(Shape::Fence(LEFT_SQUARE, RIGHT_SQUARE));
        self.separated(ends);
        self.end();
    }
}
