//! Texts that people type, checked at the door.

use platform::FieldError;

/// One line that must be there: trimmed, at most `max` characters.
pub fn line(field: &'static str, text: &str, max: usize) -> Result<String, FieldError> {
    optional_line(field, text, max)?.ok_or(FieldError::new(field, "error-required"))
}

/// One line that may be empty.
pub fn optional_line(
    field: &'static str,
    text: &str,
    max: usize,
) -> Result<Option<String>, FieldError> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(FieldError::new(field, "error-control-character"));
    }
    if text.chars().count() > max {
        return Err(FieldError::new(field, "error-too-long").with("max", max));
    }
    Ok((!text.is_empty()).then(|| text.to_string()))
}

/// Several lines that must say something; ends of lines become one kind, other control characters
/// go.
pub fn body(field: &'static str, text: &str, max: usize) -> Result<String, FieldError> {
    let text = lines(text);
    if text.is_empty() {
        return Err(FieldError::new(field, "error-required"));
    }
    if text.chars().count() > max {
        return Err(FieldError::new(field, "error-too-long").with("max", max));
    }
    Ok(text)
}

/// A text of several lines without surrounding space and control characters.
pub fn lines(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String =
        unified.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim_end().trim_start_matches('\n').to_string()
}

/// A name as a stranger's mail program wrote it: one line, bounded, never refused.
pub fn tidied(text: &str, max: usize) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").chars().take(max).collect::<String>().trim_end().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_bounded() {
        assert_eq!(line("name", " Asha ", 9), Ok("Asha".into()));
        assert_eq!(line("name", "  ", 9).unwrap_err().key, "error-required");
        assert_eq!(line("name", "a\u{7}b", 9).unwrap_err().key, "error-control-character");
        assert_eq!(line("name", "सुनीता", 5).unwrap_err().key, "error-too-long");
        assert_eq!(optional_line("name", " ", 9), Ok(None));
    }

    #[test]
    fn bodies_keep_their_lines() {
        assert_eq!(body("text", "\r\none\r\n\ttwo\u{0}\r\n", 99), Ok("one\n\ttwo".into()));
        assert_eq!(body("text", "\n \n", 99).unwrap_err().key, "error-required");
    }

    #[test]
    fn names_of_strangers_are_never_refused() {
        assert_eq!(tidied(" Asha\r\n\u{0} Rao ", 99), "Asha Rao");
        assert_eq!(tidied("abc def", 4), "abc");
    }
}
