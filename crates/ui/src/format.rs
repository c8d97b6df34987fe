//! Numbers and money as people in India write them: 12,34,567 and ₹21,000.

/// A whole number in lakh/crore grouping.
pub fn group(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 2);
    if number < 0 {
        out.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len() - index;
        // A comma before the last three digits, then before every second one.
        if index > 0 && (left == 3 || (left > 3 && left % 2 == 1)) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number from a message's variable: whole ones grouped, others with what they have.
pub(crate) fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return group(value as i64);
    }
    let text = format!("{value:.2}");
    let (whole, part) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let part = part.trim_end_matches('0');
    let sign = if value < 0.0 { "−" } else { "" };
    let whole = group(whole.trim_start_matches('-').parse().unwrap_or(0));
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Paise as rupees: `₹4,850`, and `₹4,850.50` only where there are paise.
pub fn rupees(paise: i64) -> String {
    let sign = if paise < 0 { "−" } else { "" };
    let whole = group((paise.unsigned_abs() / 100) as i64);
    match paise.unsigned_abs() % 100 {
        0 => format!("{sign}₹{whole}"),
        part => format!("{sign}₹{whole}.{part:02}"),
    }
}

/// A file's size in the unit a person can picture.
pub fn bytes(count: u64) -> String {
    const KB: u64 = 1_000;
    const MB: u64 = 1_000_000;
    match count {
        0..KB => format!("{count} B"),
        KB..MB => format!("{} kB", count / KB),
        _ => format!("{}.{} MB", group((count / MB) as i64), count % MB * 10 / MB),
    }
}

/// One or two letters for a face: the first of the first and the last word.
///
/// An Indian letter keeps its vowel sign, because half a syllable is not a letter; it is so wide
/// that one is enough.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '.' | ',' | '@' | '-' | '_'))
        .filter(|word| word.chars().next().is_some_and(char::is_alphanumeric))
        .collect();
    let last = words.len().saturating_sub(1);
    let mut out = String::new();
    for (index, word) in words.iter().enumerate() {
        let indian = out.chars().next().is_some_and(|letter| letter as u32 >= 0x0900);
        if index == 0 || (index == last && !indian) {
            out.push_str(&first_letter(word));
        }
    }
    out
}

fn first_letter(word: &str) -> String {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut out: String = first.to_uppercase().collect();
    let mut joined = false;
    for next in letters {
        // The virama joins the next consonant into the same letter: क्ष, श्री.
        let virama = matches!(next, '\u{94d}' | '\u{9cd}' | '\u{a4d}' | '\u{acd}' | '\u{bcd}');
        if virama || is_vowel_sign(next) || joined {
            out.push(next);
            joined = virama;
        } else {
            break;
        }
    }
    out.trim_end_matches('\u{94d}').to_string()
}

/// Dependent vowels, anusvara, candrabindu and nukta of the Indian scripts.
fn is_vowel_sign(letter: char) -> bool {
    let code = letter as u32;
    if !(0x0900..0x0d80).contains(&code) {
        return (0x0300..0x0370).contains(&code);
    }
    matches!(code & 0x7f, 0x00..=0x03 | 0x3a..=0x3c | 0x3e..=0x4c | 0x4e..=0x4f | 0x55..=0x57)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grouping() {
        let check = |number, expect: &str| assert_eq!(group(number), expect);
        check(0, "0");
        check(999, "999");
        check(1_000, "1,000");
        check(21_000, "21,000");
        check(100_000, "1,00,000");
        check(1_234_567, "12,34,567");
        check(10_000_000, "1,00,00,000");
        check(-45_000, "−45,000");
        check(i64::MIN, "−92,23,37,20,36,85,47,75,808");
    }

    #[test]
    fn money_and_parts() {
        assert_eq!(rupees(485_000), "₹4,850");
        assert_eq!(rupees(-485_050), "−₹4,850.50");
        assert_eq!(rupees(12_345_678_905), "₹12,34,56,789.05");
        assert_eq!(number(91.5), "91.5");
        assert_eq!(number(-0.25), "−0.25");
        assert_eq!(bytes(512), "512 B");
        assert_eq!(bytes(48_700), "48 kB");
        assert_eq!(bytes(2_460_000), "2.4 MB");
    }

    #[test]
    fn initials_of_many_names() {
        let check = |name, expect: &str| assert_eq!(initials(name), expect, "{name}");
        check("Asha Rao", "AR");
        check("asha", "A");
        check("Kaveri Transport (fleet)", "KF");
        check("सुनीता इंगले", "सु");
        check("क्षितिज श्रीवास्तव", "क्षि");
        check("Élodie d'Arc", "ÉD");
        check("+91 98", "9");
        check("", "");
    }
}
