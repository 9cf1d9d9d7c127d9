//! Diagnostics as text for terminals.

use std::collections::BTreeMap;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity};
use crate::file::SourceFile;

/// The most diagnostics that are written out; the rest is counted.
pub const MAX_RENDERED: usize = 20;

/// The most lines of the file shown for one diagnostic.
const MAX_LINES: usize = 6;

/// The texts the diagnostics point into, by path.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<String, Arc<SourceFile>>);

impl Sources {
    /// No texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces the text of a path.
    pub fn insert(&mut self, file: Arc<SourceFile>) {
        self.0.insert(file.path.clone(), file);
    }

    /// The text of a path, or `None`.
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        self.0.get(path).map(Arc::as_ref)
    }
}

impl From<Arc<SourceFile>> for Sources {
    fn from(file: Arc<SourceFile>) -> Self {
        let mut sources = Self::new();
        sources.insert(file);
        sources
    }
}

impl FromIterator<Arc<SourceFile>> for Sources {
    fn from_iter<I: IntoIterator<Item = Arc<SourceFile>>>(files: I) -> Self {
        let mut sources = Self::new();
        files.into_iter().for_each(|file| sources.insert(file));
        sources
    }
}

/// The diagnostics with their lines of source, at most [`MAX_RENDERED`] of them, then `and n more`; empty for none.
///
/// Plain ASCII decoration without colour, the same with ANSI colours if `color`. A diagnostic whose text is not among
/// the sources is shown with its path only.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(MAX_RENDERED) {
        text.push_str(&one(diagnostic, sources.get(&diagnostic.path), &renderer));
        text.push_str("\n\n");
    }
    let hidden = diagnostics.iter().skip(MAX_RENDERED);
    if hidden.len() > 0 {
        let errors = hidden.clone().filter(|d| d.is_error()).count();
        text.push_str(&format!("and {} more ({errors} errors)\n", hidden.len()));
    }
    text
}

fn one(diagnostic: &Diagnostic, source: Option<&SourceFile>, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(
        level
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.code),
    );
    match source.filter(|source| !source.text.is_empty()) {
        Some(source) => {
            let excerpt = Excerpt::around(source, diagnostic);
            let mut annotation = AnnotationKind::Primary.span(excerpt.span.clone());
            if !diagnostic.label.is_empty() {
                annotation = annotation.label(diagnostic.label.as_str());
            }
            group = group.element(
                Snippet::source(excerpt.text)
                    .path(diagnostic.path.as_str())
                    .line_start(excerpt.line)
                    .annotation(annotation),
            );
        }
        None => {
            group = group.element(annotate_snippets::Origin::path(diagnostic.path.as_str()));
            if !diagnostic.label.is_empty() {
                group = group.element(Level::NOTE.message(diagnostic.label.as_str()));
            }
        }
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in &diagnostic.helps {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// The whole lines that hold a span; carriage returns at line ends are blanks.
struct Excerpt {
    text: String,
    line: usize,
    span: std::ops::Range<usize>,
}

impl Excerpt {
    fn around(source: &SourceFile, diagnostic: &Diagnostic) -> Self {
        let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
        let mark = source.text.len() - text.len();
        let span = source.clamp(diagnostic.span.clone());
        let (start, mut end) = (
            span.start.saturating_sub(mark),
            span.end.saturating_sub(mark),
        );
        let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let mut last = text.len();
        if let Some((newline, _)) = text[first..].match_indices('\n').nth(MAX_LINES - 1) {
            last = first + newline;
        }
        end = end.min(last);
        // An empty span gets one character, so that there is a caret to see.
        if end == start {
            end += text[start..last]
                .chars()
                .next()
                .filter(|c| !matches!(c, '\n' | '\r'))
                .map_or(0, char::len_utf8);
        }
        let last = text[end..]
            .find('\n')
            .map_or(text.len(), |newline| end + newline);
        let lines = text[first..last]
            .trim_end_matches('\r')
            .replace("\r\n", " \n");
        let end = end.min(first + lines.len());
        Self {
            text: lines,
            line: source.line_column(span.start).0,
            span: start.min(end) - first..end - first,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::code;

    fn shown(text: &str, span: std::ops::Range<usize>) -> String {
        let file = Arc::new(SourceFile::new("theorems/a.toml", text));
        let diagnostic = Diagnostic::new(code::UNKNOWN_KEY, &file, span, "unknown key `rsh`")
            .label("not a key")
            .help("did you mean `rhs`?");
        render(&[diagnostic], &file.into(), false)
    }

    #[test]
    fn as_in_the_manual() {
        let expected = "\
error[C0102]: unknown key `rsh`
 --> theorems/a.toml:2:1
  |
2 | rsh = 'x'
  | ^^^ not a key
  |
  = help: did you mean `rhs`?

";
        assert_eq!(shown("a = 1\nrsh = 'x'\nb = 2\n", 6..9), expected);
        assert_eq!(shown("a = 1\r\nrsh = 'x'\r\nb = 2\r\n", 7..10), expected);
    }

    #[test]
    fn odd_spans_are_shown() {
        for (text, span) in [
            ("", 0..0),
            ("a", 1..1),
            ("a\n", 2..2),
            ("\u{feff}a", 0..9),
            ("ä", 1..1),
            ("a\n\n\n", 0..4),
            ("\t\tx\u{0}\u{7}", 1..5),
        ] {
            let shown = shown(text, span);
            assert!(
                shown.starts_with("error[C0102]: unknown key"),
                "{text:?}: {shown}"
            );
            assert!(shown.contains("theorems/a.toml"), "{text:?}: {shown}");
        }
    }

    #[test]
    fn long_spans_show_a_few_lines() {
        let text = "line\n".repeat(1000);
        assert!(shown(&text, 0..4000).lines().count() < 20);
    }

    #[test]
    fn twenty_then_a_count() {
        let file = Arc::new(SourceFile::new("a.toml", "x"));
        let many: Vec<Diagnostic> = (0..23)
            .map(|_| Diagnostic::new(code::SYNTAX, &file, 0..1, "bad"))
            .collect();
        let text = render(&many, &file.clone().into(), false);
        assert_eq!(text.matches("error[C0101]").count(), MAX_RENDERED);
        assert!(text.ends_with("and 3 more (3 errors)\n"), "{text}");
        assert_eq!(render(&[], &file.into(), false), "");
    }

    #[test]
    fn colour_only_when_asked_for() {
        let file = Arc::new(SourceFile::new("a.toml", "x"));
        let one = [Diagnostic::new(code::UNUSED_VARIABLE, &file, 0..1, "bad")];
        assert!(render(&one, &file.clone().into(), true).contains("\u{1b}["));
        let plain = render(&one, &file.into(), false);
        assert!(!plain.contains('\u{1b}') && plain.starts_with("warning[C0301]"));
    }

    #[test]
    fn without_the_text_the_path_is_shown() {
        let file = SourceFile::new("a.toml", "x");
        let one = [Diagnostic::new(code::NOT_TEXT, &file, 0..1, "not UTF-8").label("byte 7")];
        let text = render(&one, &Sources::new(), false);
        assert!(
            text.contains("--> a.toml") && text.contains("byte 7"),
            "{text}"
        );
    }
}
