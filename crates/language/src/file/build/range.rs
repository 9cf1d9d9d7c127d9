//! Ranges: where a search looks, how much has to be covered, and empty ranges.

use super::statement::Frame;
use super::{Context, quantifiers};
use crate::diagnostic::{code, quoted};
use crate::expr::{NodeKind, Type};
use crate::file::schema::RawQuantifier;
use crate::file::table::Text;
use crate::file::{SearchRange, Share};

/// Reads `a..=b`, `[e, …]` or `interval`.
pub(super) fn search(
    context: &mut Context<'_>,
    text: &Text,
    of: &Type,
    frame: &Frame,
) -> Option<SearchRange> {
    let trimmed = text.trimmed();
    let words = trimmed.text.as_str();
    if words == "interval" {
        if of.is_integer() {
            return unreadable(context, text, "integers are listed as `a..=b`");
        }
        return Some(SearchRange::Interval);
    }
    if let Some((lower, upper)) = words.split_once("..") {
        let Some(upper) = upper.strip_prefix('=') else {
            return unreadable(context, text, "write `a..=b`, both ends included");
        };
        let (Ok(lower), Ok(upper)) = (lower.trim().parse::<i64>(), upper.trim().parse::<i64>())
        else {
            return unreadable(context, text, "the ends of `a..=b` are integers below 2^63");
        };
        if lower > upper {
            return unreadable(context, text, "the range is empty");
        }
        return Some(SearchRange::Range(lower, upper));
    }
    if !words.starts_with('[') {
        return unreadable(
            context,
            text,
            "write `a..=b`, a list `[1/2, 1]`, or `interval`",
        );
    }
    let tree = context.parse(&trimmed)?;
    let NodeKind::List(items) = tree.kind(tree.root()) else {
        return unreadable(context, text, "expected a list of values");
    };
    if items.is_empty() {
        return unreadable(context, text, "the list is empty");
    }
    let mut values = Vec::new();
    for item in items {
        let item = trimmed.part(tree.node(*item).span.clone());
        values.push(quantifiers::element(context, &item, of, frame)?);
    }
    Some(SearchRange::Values(values))
}

fn unreadable<T>(context: &mut Context<'_>, text: &Text, label: &str) -> Option<T> {
    let problem = context
        .at(code::SEARCH_RANGE, text.span(), format!("{} is no search range", quoted(&text.text)))
        .label(label)
        .note("`search` says where values are looked for; the range of the statement is `min`, `max`, `where`");
    context.report(problem);
    None
}

/// Reports `min` above `max` where both are integers.
pub(super) fn not_empty(context: &mut Context<'_>, raw: &RawQuantifier) {
    let (Some(min), Some(max)) = (&raw.min, &raw.max) else {
        return;
    };
    let integer = |text: &Text| text.text.trim().parse::<i128>().ok();
    if let (Some(lower), Some(upper)) = (integer(min), integer(max))
        && lower > upper
    {
        let problem = context
            .at(
                code::EMPTY_RANGE,
                max.span(),
                format!("`{}` has an empty range", raw.variable()),
            )
            .label(format!("below `min`, which is {lower}"));
        context.report(problem);
    }
}

/// Reads a share in (0, 1] (`1/2`, `0.5`, `20%`) or a count ≥ 1.
pub(super) fn share(context: &mut Context<'_>, text: &Text) -> Option<Share> {
    let share = read_share(text.text.trim());
    if share.is_none() {
        let problem = context
            .at(code::OUT_OF_RANGE, text.span(), format!("{} is no share", quoted(&text.text)))
            .label("expected a share above 0 and at most 1, such as \"1/10\" or \"20%\", or a count such as 5");
        context.report(problem);
    }
    share
}

fn read_share(text: &str) -> Option<Share> {
    let digits = |text: &str| -> Option<u64> {
        (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let (numerator, denominator) = if let Some((numerator, denominator)) = text.split_once('/') {
        (digits(numerator.trim())?, digits(denominator.trim())?)
    } else if let Some(percent) = text.strip_suffix('%') {
        (digits(percent.trim())?, 100)
    } else if let Some((whole, fraction)) = text.split_once('.') {
        let denominator = 10u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        (
            digits(whole)?
                .checked_mul(denominator)?
                .checked_add(digits(fraction)?)?,
            denominator,
        )
    } else {
        return digits(text).filter(|count| *count >= 1).map(Share::Count);
    };
    (1..=denominator)
        .contains(&numerator)
        .then_some(Share::Part {
            numerator,
            denominator,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        let part = |numerator, denominator| {
            Some(Share::Part {
                numerator,
                denominator,
            })
        };
        assert_eq!(read_share("1/2"), part(1, 2));
        assert_eq!(read_share("20%"), part(20, 100));
        assert_eq!(read_share("0.05"), part(5, 100));
        assert_eq!(read_share("1.0"), part(10, 10));
        assert_eq!(read_share("3"), Some(Share::Count(3)));
        let wrong = [
            "",
            "0",
            "0/2",
            "3/2",
            "1/0",
            "-1",
            "+1",
            "101%",
            "1.5",
            "1/2/3",
            "1e3",
            ".5",
            "0.",
            "99999999999999999999",
            "1.00000000000000000000",
        ];
        for text in wrong {
            assert_eq!(read_share(text), None, "{text}");
        }
    }
}
