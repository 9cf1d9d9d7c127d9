//! A checker for the part of JSON Schema that the schema of `run.json` uses.

use serde_json::Value;

/// Everything in which the value violates the schema, with its place.
pub fn problems(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root
            .pointer(reference.trim_start_matches('#'))
            .expect("the reference leads somewhere");
        return check(root, target, value, place, found);
    }
    if let Some(options) = schema.get("oneOf").and_then(Value::as_array) {
        let attempts: Vec<Vec<String>> = options
            .iter()
            .map(|option| {
                let mut found = Vec::new();
                check(root, option, value, place, &mut found);
                found
            })
            .collect();
        if attempts.iter().filter(|attempt| attempt.is_empty()).count() != 1 {
            found.push(format!(
                "{place}: not exactly one of the options: {attempts:?}"
            ));
        }
    }
    if let Some(kind) = schema.get("type").and_then(Value::as_str) {
        let fits = match kind {
            "string" => value.is_string(),
            "integer" => value.is_u64() || value.is_i64(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "null" => value.is_null(),
            other => panic!("unknown type {other}"),
        };
        if !fits {
            return found.push(format!("{place}: expected {kind}, got {value}"));
        }
    }
    if schema.get("const").is_some_and(|wanted| wanted != value) {
        found.push(format!("{place}: got {value}"));
    }
    if schema
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|words| !words.contains(value))
    {
        found.push(format!("{place}: {value} is not on the list"));
    }
    if schema
        .get("minimum")
        .and_then(Value::as_i64)
        .is_some_and(|least| value.as_i64().is_some_and(|value| value < least))
    {
        found.push(format!("{place}: {value} is too small"));
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for (index, value) in values.iter().enumerate() {
            check(root, items, value, &format!("{place}/{index}"), found);
        }
    }
    if let Some(fields) = value.as_object() {
        check_fields(root, schema, fields, place, found);
    }
}

fn check_fields(
    root: &Value,
    schema: &Value,
    fields: &serde_json::Map<String, Value>,
    place: &str,
    found: &mut Vec<String>,
) {
    for required in schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if !fields.contains_key(required) {
            found.push(format!("{place}: {required} is missing"));
        }
    }
    for (key, value) in fields {
        let place = format!("{place}/{key}");
        if let Some(names) = schema.get("propertyNames") {
            check(root, names, &Value::String(key.clone()), &place, found);
        }
        match (
            schema
                .get("properties")
                .and_then(|properties| properties.get(key)),
            schema.get("additionalProperties"),
        ) {
            (Some(property), _) => check(root, property, value, &place, found),
            (None, Some(Value::Bool(false))) => found.push(format!("{place}: no such field")),
            (None, Some(additional @ Value::Object(_))) => {
                check(root, additional, value, &place, found)
            }
            _ => {}
        }
    }
}
