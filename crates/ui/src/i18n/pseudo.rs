//! The test locale: English made strange, so that text outside the catalogue stands out.

/// Accents on the vowels and some consonants, and about a third more length.
pub(super) fn accented(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let strange = match letter {
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ö',
            'u' => 'ü',
            'n' => 'ñ',
            'c' => 'ç',
            'A' => 'Å',
            'E' => 'É',
            'I' => 'Î',
            'O' => 'Ø',
            'U' => 'Ü',
            other => other,
        };
        out.push(strange);
        if matches!(letter, 'a' | 'e' | 'o') {
            out.push(strange);
        }
    }
    out
}

/// The marks that show where a message begins and ends.
pub(super) fn framed(text: &str) -> String {
    format!("⟦{text}⟧")
}
