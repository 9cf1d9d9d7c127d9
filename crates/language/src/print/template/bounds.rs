//! Which arguments of a template need parentheses, and how tightly the whole holds together.

use super::Piece;
use crate::expr::precedence::Level;
use crate::print::mark::{Form, Mark, Shape};

/// Whether a slot shows its bounds: not the base of a script, and not an invisible group.
fn bounded(shape: Shape, slot: usize) -> bool {
    match shape {
        Shape::Row | Shape::Under | Shape::UnderOver => false,
        Shape::Superscript { .. } | Shape::Subscript { .. } | Shape::Scripts { .. } => slot > 0,
        _ => true,
    }
}

/// Marks the arguments that stand alone between delimiters, commas or the bounds of a slot.
pub(super) fn mark_enclosed(pieces: &mut [Piece<'_>]) {
    let mut open: Vec<(Shape, usize)> = Vec::new();
    let delimits = |piece: Option<&Piece<'_>>, forms: [Form; 3]| match piece {
        Some(Piece::Mark(Mark::Symbol(symbol))) => forms.contains(&symbol.form),
        _ => false,
    };
    for place in 0..pieces.len() {
        match pieces[place] {
            Piece::Mark(Mark::Begin(shape)) => open.push((shape, 0)),
            Piece::Mark(Mark::Next) => {
                if let Some((_, slot)) = open.last_mut() {
                    *slot += 1;
                }
            }
            Piece::Mark(Mark::End) => {
                open.pop();
            }
            Piece::Mark(_) => {}
            Piece::Argument { index, .. } => {
                let bounds = open
                    .last()
                    .is_some_and(|(shape, slot)| bounded(*shape, *slot));
                let before = place.checked_sub(1).map(|before| &pieces[before]);
                let after = pieces.get(place + 1);
                let left = delimits(before, [Form::Open, Form::Bar, Form::Comma])
                    || (bounds && matches!(before, Some(Piece::Mark(Mark::Begin(_) | Mark::Next))));
                let right = delimits(after, [Form::Close, Form::Bar, Form::Comma])
                    || (bounds && matches!(after, Some(Piece::Mark(Mark::Next | Mark::End))));
                pieces[place] = Piece::Argument {
                    index,
                    enclosed: left && right,
                };
            }
        }
    }
}

/// How tightly a template holds together: not at all with an operator outside of delimiters, like a sum if it ends in
/// the operand of a name (`log x`), like a power if it ends in a script or is a fraction.
pub(super) fn level(pieces: &[Piece<'_>]) -> Level {
    let (mut shapes, mut delimiters) = (Vec::new(), 0_usize);
    let mut names = false;
    let mut found = Level::Postfix;
    for (place, piece) in pieces.iter().enumerate() {
        let outside = delimiters == 0 && shapes.iter().all(|shape| matches!(shape, Shape::Row));
        let last = place + 1 == pieces.len();
        match piece {
            Piece::Mark(Mark::Begin(shape)) => {
                if outside && matches!(shape, Shape::Fraction) {
                    found = found.min(Level::Power);
                }
                shapes.push(*shape);
            }
            Piece::Mark(Mark::End) => {
                let closed = shapes.pop();
                if last
                    && matches!(
                        closed,
                        Some(Shape::Superscript { .. } | Shape::Scripts { .. })
                    )
                {
                    found = found.min(Level::Power);
                }
            }
            Piece::Mark(Mark::Symbol(symbol)) => match symbol.form {
                Form::Infix | Form::Prefix | Form::Large if outside => return Level::Open,
                Form::Open => delimiters += 1,
                Form::Close => delimiters = delimiters.saturating_sub(1),
                Form::Name => names = true,
                _ => {}
            },
            Piece::Mark(Mark::Upright(_)) => names = true,
            Piece::Argument { .. } if outside && last && names => found = found.min(Level::Sum),
            _ => {}
        }
    }
    found
}
