//! Folding text for look-up, alike on both databases because it is done here.

use unicode_normalization::UnicodeNormalization;

/// Lower case, compatibility forms unified, Latin accents removed. Indian vowel signs stay:
/// without them a Devanagari word is another word.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !('\u{0300}'..='\u{036F}').contains(c))
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

/// The folded words of a text, at most `max`, each at most 64 characters.
pub fn words(text: &str, max: usize) -> Vec<String> {
    let folded = fold(text);
    let mut found: Vec<String> = Vec::new();
    for word in folded.split(|c: char| !belongs_to_word(c)) {
        let word: String = word.chars().take(64).collect();
        if !word.is_empty() && !found.contains(&word) {
            found.push(word);
            if found.len() == max {
                break;
            }
        }
    }
    found
}

/// Letters and digits, and the signs of Indian scripts (virama, nukta, joiners) that Unicode does
/// not call alphabetic but that stand inside a word.
fn belongs_to_word(c: char) -> bool {
    let indic_mark = ('\u{0900}'..='\u{0DFF}').contains(&c) && c != '\u{0964}' && c != '\u{0965}';
    c.is_alphanumeric() || indic_mark || c == '\u{200D}' || c == '\u{200C}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_fold_away() {
        assert_eq!(fold("Élodie MÜLLER"), "elodie muller");
    }

    #[test]
    fn devanagari_words_keep_their_vowel_signs() {
        assert_eq!(words("सुनीता इंगले।", 9), vec![fold("सुनीता"), fold("इंगले")]);
        assert_ne!(fold("सुनीता"), fold("सनत"));
    }

    #[test]
    fn words_are_split_bounded_and_not_repeated() {
        assert_eq!(words("Rao, Asha-Rao  (Pune)", 9), vec!["rao", "asha", "pune"]);
        assert_eq!(words("a b c d", 2), vec!["a", "b"]);
        assert!(words(" …—", 4).is_empty());
    }
}
