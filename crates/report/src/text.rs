//! Text from outside, made safe to show, and lines that fit.

/// The text without characters that a terminal or a page could misread: control characters other than the line break, direction
/// overrides and isolates, and code points that XML forbids all become U+FFFD. A tab becomes a space.
pub fn safe(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character == '\t' {
                ' '
            } else {
                shown(character)
            }
        })
        .collect()
}

/// The character itself, or U+FFFD if it must not be shown.
fn shown(character: char) -> char {
    if is_misread(character) {
        '\u{fffd}'
    } else {
        character
    }
}

/// Whether a terminal or a page could misread the character.
pub(crate) fn is_misread(character: char) -> bool {
    match character {
        '\n' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => true,
        other => other.is_control(),
    }
}

/// The text on one line: line breaks and runs of spaces become one space.
pub fn one_line(text: &str) -> String {
    safe(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text cut to `width` characters, the last of them an ellipsis if something is missing.
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut kept: String = text.chars().take(width.saturating_sub(1)).collect();
    kept.push('…');
    kept
}

/// Lines of at most `width` characters, broken at spaces where possible. Every line after the first starts with `indent` spaces; `indent` is
/// at most half of `width`.
pub fn wrap(text: &str, width: usize, indent: usize) -> Vec<String> {
    let width = width.max(8);
    let margin = " ".repeat(indent.min(width / 2));
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in pieces(text, width - margin.len()) {
        let size = word.chars().count();
        let gap = usize::from(!line.trim_start().is_empty());
        if length + gap + size > width && gap == 1 {
            lines.push(std::mem::replace(&mut line, margin.clone()));
            length = margin.len();
        } else if gap == 1 {
            line.push(' ');
            length += 1;
        }
        line.push_str(&word);
        length += size;
    }
    lines.push(line);
    lines
}

/// The words of the text, those longer than `most` characters cut into pieces.
fn pieces(text: &str, most: usize) -> Vec<String> {
    text.split(' ')
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            let characters: Vec<char> = word.chars().collect();
            characters
                .chunks(most.max(1))
                .map(|piece| piece.iter().collect())
                .collect::<Vec<String>>()
        })
        .collect()
}

/// `1 claim`, `2 claims`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        crate::number::grouped(count as u64),
        if count == 1 { one } else { many }
    )
}

/// `a`, `a and b`, `a, b and c`.
pub fn enumerated(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_overrides_are_disarmed() {
        assert_eq!(safe("a\u{1b}[31mb"), "a\u{fffd}[31mb");
        assert_eq!(safe("x\u{202e}y\u{2066}z"), "x\u{fffd}y\u{fffd}z");
        assert_eq!(safe("a\u{0}\u{7f}\u{9b}"), "a\u{fffd}\u{fffd}\u{fffd}");
        assert_eq!(one_line("a\n\tb   c"), "a b c");
    }

    #[test]
    fn lines_never_exceed_the_width() {
        let text =
            "one two three fourteen-characters and a-word-that-is-much-longer-than-the-line itself";
        for width in [8, 12, 20, 100] {
            for indent in [0, 2, 50] {
                let lines = wrap(text, width, indent);
                assert!(
                    lines.iter().all(|line| line.chars().count() <= width),
                    "{width} {indent} {lines:?}"
                );
                let joined: String = lines.concat().split_whitespace().collect();
                assert_eq!(joined, text.replace(' ', ""));
            }
        }
        assert_eq!(wrap("", 10, 2), [""]);
    }

    #[test]
    fn cutting_counts_characters_and_marks_the_cut() {
        assert_eq!(cut("Φ∘Ψ", 3), "Φ∘Ψ");
        assert_eq!(cut("Φ∘ΨΧ", 3), "Φ∘…");
    }

    #[test]
    fn enumerations() {
        let words = |list: &[&str]| {
            enumerated(
                &list
                    .iter()
                    .map(|word| (*word).to_owned())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(words(&[]), "");
        assert_eq!(words(&["a"]), "a");
        assert_eq!(words(&["a", "b", "c"]), "a, b and c");
        assert_eq!(counted(1, "claim", "claims"), "1 claim");
        assert_eq!(counted(1200, "claim", "claims"), "1,200 claims");
    }
}
