//! Writes JSON without a serialiser, which would be a tenth of the page's bundle.

/// A JSON object. The values are JSON already.
#[must_use]
pub fn object(fields: &[(&str, String)]) -> String {
    let mut json = String::from("{");
    for (name, value) in fields {
        if json.len() > 1 {
            json.push(',');
        }
        for part in ["\"", name, "\":", value] {
            json.push_str(part);
        }
    }
    json.push('}');
    json
}

/// A JSON array. The items are JSON already.
#[must_use]
pub fn array(items: impl Iterator<Item = String>) -> String {
    let mut json = String::from("[");
    for item in items {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&item);
    }
    json.push(']');
    json
}

/// What `write` makes of the value, or `null`.
#[must_use]
pub fn optional<T>(value: Option<T>, write: impl Fn(&T) -> String) -> String {
    value.map_or_else(|| "null".to_owned(), |value| write(&value))
}

/// A JSON string. Control characters are left out instead of escaped: no text of the game has any.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars().filter(|c| *c >= ' ') {
        if c == '"' || c == '\\' {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_writes_is_json() {
        let json = object(&[
            ("text", quoted("a \"b\" \\ c\nd é")),
            ("list", array([1, 2].iter().map(u8::to_string))),
            ("none", optional(None, u8::to_string)),
            ("some", optional(Some(3), u8::to_string)),
        ]);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let expected =
            serde_json::json!({"text": "a \"b\" \\ cd é", "list": [1, 2], "none": null, "some": 3});
        assert_eq!(value, expected);
    }
}
