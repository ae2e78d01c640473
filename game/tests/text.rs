//! Which characters a text may have, against the Unicode Character Database.

#![cfg(test)]

use game::{
    Text,
    text::{TextError, is_invisible, visible},
};
use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{BidiControl, DefaultIgnorableCodePoint, GeneralCategory},
};

#[test]
fn the_table_of_invisible_characters_is_that_of_unicode() {
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let bidi = CodePointSetData::new::<BidiControl>();
    let category = CodePointMapData::<GeneralCategory>::new();
    let by_property = |c| {
        let is_category = matches!(
            category.get(c),
            GeneralCategory::Format | GeneralCategory::PrivateUse
        );
        is_category || ignorable.contains(c) || bidi.contains(c) || c >= '\u{e0000}'
    };
    let wrong: Vec<_> = ('\0'..=char::MAX)
        .filter(|&c| is_invisible(c) != by_property(c))
        .map(|c| format!("U+{:04X}", u32::from(c)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    // Whoever strips invisible characters must not join words.
    let is_space = |c: &char| c.is_whitespace() || c.is_control();
    let spaces: Vec<_> = ('\0'..=char::MAX).filter(is_space).collect();
    assert!(spaces.iter().all(|&c| !is_invisible(c)));
}

#[test]
fn no_text_has_an_invisible_character() {
    for (what, c) in [
        ("Arabic letter mark", '\u{61c}'),
        ("Mongolian vowel separator", '\u{180e}'),
        ("combining grapheme joiner", '\u{34f}'),
        ("Hangul filler", '\u{3164}'),
        ("halfwidth Hangul filler", '\u{ffa0}'),
        ("interlinear annotation anchor", '\u{fff9}'),
        ("interlinear annotation terminator", '\u{fffb}'),
        ("language tag", '\u{e0001}'),
        ("tag of the letter a", '\u{e0061}'),
        ("cancel tag", '\u{e007f}'),
        ("variation selector 16", '\u{fe0f}'),
        ("variation selector 17", '\u{e0100}'),
        ("zero width joiner", '\u{200d}'),
        ("right-to-left override", '\u{202e}'),
        ("right-to-left isolate", '\u{2067}'),
        ("Arabic number sign", '\u{600}'),
        ("Khmer inherent vowel", '\u{17b4}'),
        ("musical begin beam", '\u{1d173}'),
        ("private use", '\u{e000}'),
        ("private use of the last plane", '\u{10fffd}'),
    ] {
        let words = format!("a do{c}g");
        assert_eq!(Text::new(&*words), Err(TextError::Character(c)), "{what}");
        assert_eq!(visible(&words), "a dog", "{what}");
    }
}

#[test]
fn letters_marks_and_pictures_of_all_scripts_are_plain() {
    for words in [
        "a crème brûlée",
        "cre\u{301}me",
        "שָׁלוֹם",
        "ســلام",
        "हिन्दी",
        "ខ្មែរ",
        "한국어",
        "ᠮᠣᠩᠭᠣᠯ",
        "a 🦜",
        "👍🏽",
        "🇫🇷",
        "𝄞",
    ] {
        assert_eq!(Text::new(words).map(String::from), Ok(words.to_owned()));
        assert_eq!(visible(words), words);
    }
}

#[test]
fn stripping_leaves_no_white_space_at_the_ends() {
    for (text, left) in [
        ("\u{34f} a dog \u{61c}", "a dog"),
        ("a\u{3164} dog", "a dog"),
        ("\u{3164}", ""),
        ("", ""),
    ] {
        assert_eq!(visible(text), left, "{text:?}");
    }
}
