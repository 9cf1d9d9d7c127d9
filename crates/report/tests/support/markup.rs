//! A strict reader of HTML and XML as the reports write them: every attribute quoted, every element closed in order.

use std::collections::BTreeMap;

/// The dialect.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Html,
    Xml,
}

/// An element with its children in order.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Element>,
    /// The text directly inside, undecoded.
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .split_whitespace()
            .any(|word| word == class)
    }

    /// The element and everything inside, in the order of the document.
    pub fn all(&self) -> Vec<&Element> {
        let mut all = Vec::new();
        let mut waiting = vec![self];
        while let Some(element) = waiting.pop() {
            all.push(element);
            waiting.extend(element.children.iter().rev());
        }
        all
    }

    pub fn named(&self, name: &str) -> Vec<&Element> {
        self.all()
            .into_iter()
            .filter(|element| element.name == name)
            .collect()
    }
}

const VOID: [&str; 4] = ["meta", "link", "input", "br"];
const RAW: [&str; 2] = ["script", "style"];

/// Everything in which the text is not well-formed.
pub fn problems(text: &str, kind: Kind) -> Vec<String> {
    parse(text, kind).err().into_iter().collect()
}

/// The document as a nameless element, or the first problem.
pub fn parse(text: &str, kind: Kind) -> Result<Element, String> {
    let mut open = vec![Element::default()];
    let mut rest = text;
    loop {
        let Some(at) = rest.find('<') else {
            checked_text(rest)?;
            let root = open.pop().expect("the root is open");
            return if open.is_empty() {
                Ok(root)
            } else {
                Err(format!("{} is not closed", root.name))
            };
        };
        checked_text(&rest[..at])?;
        open.last_mut()
            .expect("the root is open")
            .text
            .push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest
            .strip_prefix("!DOCTYPE html>")
            .or_else(|| rest.strip_prefix("?xml version=\"1.0\" encoding=\"UTF-8\"?>"))
        {
            rest = after;
        } else if let Some(after) = rest.strip_prefix('/') {
            let (name, after) = after.split_once('>').ok_or("an end tag is not closed")?;
            let element = open.pop().expect("the root is open");
            let parent = open
                .last_mut()
                .ok_or_else(|| format!("{name} closes nothing"))?;
            if element.name != name {
                return Err(format!("{name} closes {}", element.name));
            }
            parent.children.push(element);
            rest = after;
        } else {
            let (element, closed, after) = start_tag(rest)?;
            rest = after;
            let raw = kind == Kind::Html && RAW.contains(&element.name.as_str());
            let void = kind == Kind::Html && VOID.contains(&element.name.as_str());
            if closed && kind == Kind::Html && !void {
                return Err(format!("{} closes itself", element.name));
            }
            if closed || void {
                open.last_mut()
                    .expect("the root is open")
                    .children
                    .push(element);
            } else if raw {
                let end = format!("</{}>", element.name);
                let (text, after) = rest.split_once(&end).ok_or("raw text is not closed")?;
                let element = Element {
                    text: text.to_owned(),
                    ..element
                };
                open.last_mut()
                    .expect("the root is open")
                    .children
                    .push(element);
                rest = after;
            } else {
                open.push(element);
            }
        }
    }
}

fn checked_text(text: &str) -> Result<(), String> {
    if text.contains('>') && !text.contains("]]&gt;") {
        return Err(format!("a bare > in {text:?}"));
    }
    let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"];
    for (at, _) in text.match_indices('&') {
        if !entities.iter().any(|entity| text[at..].starts_with(entity)) {
            return Err(format!("a bare & in {text:?}"));
        }
    }
    Ok(())
}

/// A start tag after its `<`: the element, whether it closes itself, and what follows.
fn start_tag(text: &str) -> Result<(Element, bool, &str), String> {
    let end = text
        .find(|character: char| !(character.is_ascii_alphanumeric() || character == '-'))
        .ok_or("a tag is not closed")?;
    let name = text[..end].to_owned();
    if name.is_empty() {
        return Err(format!(
            "a bare < before {:?}",
            text.chars().take(20).collect::<String>()
        ));
    }
    let mut attributes = BTreeMap::new();
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Ok((
                Element {
                    name,
                    attributes,
                    ..Element::default()
                },
                true,
                after,
            ));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((
                Element {
                    name,
                    attributes,
                    ..Element::default()
                },
                false,
                after,
            ));
        }
        let end = rest
            .find(['=', '>', ' ', '/'])
            .ok_or("a tag is not closed")?;
        let key = rest[..end].to_owned();
        let value = match rest[end..].strip_prefix("=\"") {
            Some(after) => {
                let (value, after) = after.split_once('"').ok_or("an attribute is not closed")?;
                checked_text(&value.replace('>', ""))?;
                rest = after;
                value
            }
            None if rest[end..].starts_with('=') => return Err(format!("{key} is not quoted")),
            None => {
                rest = &rest[end..];
                ""
            }
        };
        if key.is_empty() || attributes.insert(key.clone(), value.to_owned()).is_some() {
            return Err(format!(
                "the attribute {key:?} of {name} is empty or stands twice"
            ));
        }
    }
}
