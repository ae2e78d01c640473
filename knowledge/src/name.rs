//! Names and wordings in a form for comparisons, so that they are recognised however they are typed:
//! guesser, page and checks all compare by it.

/// The form of a text for comparisons: its words in lower case, without punctuation, accents and
/// apostrophes, in American spelling.
///
/// ```
/// assert_eq!(knowledge::name::key("  A Grey\u{a0}Pyjama’s café-colour!"), "a gray pajamas cafe color");
/// ```
#[must_use]
pub fn key(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            plain.push(c.to_ascii_lowercase());
        } else if c.is_ascii() {
            plain.push_str(if matches!(c, '\'' | '`') { "" } else { " " });
        } else {
            match MARKED
                .iter()
                .find(|(_, marked)| marked.chars().any(|other| other == c))
            {
                Some((letters, _)) => plain.push_str(letters),
                None => plain.push(small(c)),
            }
        }
    }
    let mut key = String::with_capacity(plain.len());
    for word in plain.split(' ').filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        push_american(&mut key, word);
    }
    key
}

/// The small form of a Greek or Cyrillic capital. Other letters stay as they are.
fn small(c: char) -> char {
    let distance = match c {
        'Α'..='Ϋ' | 'А'..='Я' => 0x20,
        'Ѐ'..='Џ' => 0x50,
        'Ά' => 0x26,
        'Έ'..='Ί' => 0x25,
        'Ό' => 0x40,
        'Ύ' | 'Ώ' => 0x3f,
        'Ґ' => 1,
        // At the end of a word it looks different.
        'ς' => return 'σ',
        _ => return c,
    };
    char::from_u32(u32::from(c) + distance).unwrap_or(c)
}

/// A key without its article.
#[must_use]
pub fn bare(key: &str) -> &str {
    let articles = ["a ", "an ", "the "];
    articles
        .iter()
        .find_map(|article| key.strip_prefix(article))
        .unwrap_or(key)
}

/// A key without its article and without spaces, because "tea bag" is also written "teabag".
#[must_use]
pub fn joined(key: &str) -> String {
    bare(key).split(' ').collect()
}

/// The other numbers of a noun that is the last word of a joined key: what could be its singular or its
/// plural, the likeliest first. Most aren't words; look up which one is known.
///
/// ```
/// assert!(knowledge::name::numbers("breadknives").contains(&"breadknife".to_owned()));
/// assert!(knowledge::name::numbers("bean").contains(&"beans".to_owned()));
/// ```
#[must_use]
pub fn numbers(joined: &str) -> Vec<String> {
    const NUMBERS: [[&str; 2]; 14] = [
        ["s", ""],
        ["es", ""],
        ["ies", "y"],
        ["ves", "f"],
        ["ves", "fe"],
        ["men", "man"],
        ["feet", "foot"],
        ["teeth", "tooth"],
        ["geese", "goose"],
        ["mice", "mouse"],
        ["children", "child"],
        ["leaves", "leaf"],
        ["people", "person"],
        ["oxen", "ox"],
    ];
    let singulars = NUMBERS.into_iter();
    let plurals = NUMBERS.into_iter().map(|[many, one]| [one, many]);
    let mut all = Vec::new();
    for [from, to] in singulars.chain(plurals) {
        if let Some(stem) = joined.strip_suffix(from) {
            let other: String = [stem, to].into_iter().collect();
            if !other.is_empty() {
                all.push(other);
            }
        }
    }
    all
}

/// Whether two names differ only in how they are typed, in their article or in their number.
///
/// ```
/// assert!(knowledge::name::same("Tea-bags", "a teabag"));
/// assert!(!knowledge::name::same("a tea bag", "a tea"));
/// ```
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|name| joined(&key(name)));
    a == b || numbers(&a).contains(&b)
}

/// What letters of European languages look like without their marks: what they become, then they. All of
/// Unicode would be a twentieth of the page's bundle.
const MARKED: [(&str, &str); 21] = [
    ("a", "àáâãäåāăąÀÁÂÃÄÅĀĂĄ"),
    ("ae", "æÆ"),
    ("c", "çćčÇĆČ"),
    ("d", "ďđðĎĐÐ"),
    ("e", "èéêëēęěėÈÉÊËĒĘĚĖ"),
    ("g", "ğģĞĢ"),
    ("i", "ìíîïīıįÌÍÎÏĪİĮ"),
    ("k", "ķĶ"),
    ("l", "łľļŁĽĻ"),
    ("n", "ñńňņÑŃŇŅ"),
    ("o", "òóôõöøōőÒÓÔÕÖØŌŐ"),
    ("oe", "œŒ"),
    ("r", "řŘ"),
    ("s", "śšşșŚŠŞȘ"),
    ("ss", "ß"),
    ("t", "ťţțŤŢȚ"),
    ("u", "ùúûüūůűųÙÚÛÜŪŮŰŲ"),
    ("y", "ýÿÝŸ"),
    ("z", "źżžŹŻŽ"),
    // Left out: "don't" and "dont" are the same.
    (
        "",
        "’‘´\u{ad}\u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{30a}\u{30b}\u{30c}\u{323}\u{327}\u{328}",
    ),
    // Ends a word.
    (
        " ",
        "\u{a0}¡¿«»“”„–—‐‑‒…·•‚\u{2009}\u{200b}\u{202f}\u{feff}\u{3000}",
    ),
];

/// British and American spellings of words and their compounds.
const WORDS: [[&str; 2]; 24] = [
    ["aeroplane", "airplane"],
    ["aluminium", "aluminum"],
    ["axe", "ax"],
    ["cosy", "cozy"],
    ["defence", "defense"],
    ["disc", "disk"],
    ["doughnut", "donut"],
    ["draught", "draft"],
    ["grey", "gray"],
    ["jewellery", "jewelry"],
    ["kerb", "curb"],
    ["licence", "license"],
    ["mould", "mold"],
    ["moustache", "mustache"],
    ["mum", "mom"],
    ["plough", "plow"],
    ["programme", "program"],
    ["pyjama", "pajama"],
    ["sceptic", "skeptic"],
    ["storey", "story"],
    ["sulphur", "sulfur"],
    ["tyre", "tire"],
    ["whisky", "whiskey"],
    ["yoghurt", "yogurt"],
];

/// British and American endings: theatre, fibre, catalogue, organise, traveller. What comes before has at
/// least so many letters.
const ENDINGS: [(&str, &str, usize); 7] = [
    ("tre", "ter", 2),
    ("bre", "ber", 2),
    ("logue", "log", 0),
    ("ise", "ize", 4),
    ("iser", "izer", 4),
    ("ising", "izing", 4),
    ("eller", "eler", 2),
];

/// Appends a word in American spelling. Both sides of a comparison pass through it, so it may turn a few
/// other words into what are no words.
fn push_american(key: &mut String, word: &str) {
    let (stem, plural) = match word.strip_suffix('s') {
        Some(stem) => (stem, "s"),
        None => (word, ""),
    };
    for [british, american] in WORDS {
        // "Axel" and "discovery" begin like "axe" and "disc" but are other words.
        if let Some(rest) = stem.strip_prefix(british)
            && (rest.is_empty() || british.len() > 4)
        {
            return key.extend([american, rest, plural]);
        }
    }
    for (british, american, least) in ENDINGS {
        if let Some(rest) = stem
            .strip_suffix(british)
            .filter(|rest| rest.len() >= least)
        {
            return key.extend([rest, american, plural]);
        }
    }
    // Colour, harbour, neighbour; but not four, hour, flour. (A search for a text in a text would be 4 KB
    // of the page's bundle.)
    let our = word.as_bytes().windows(3).position(|part| part == b"our");
    let is_vowel = |letter: u8| b"aeiou".contains(&letter);
    match our.and_then(|at| word.split_at_checked(at)) {
        Some((start, end)) if start.bytes().any(is_vowel) => {
            key.extend([start, "or", end.strip_prefix("our").unwrap_or(end)]);
        }
        _ => key.push_str(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_and_american_spelling_are_the_same() {
        let pairs = [
            ("colour", "color"),
            ("harbours", "harbors"),
            ("a movie theatre", "a movie theater"),
            ("a grey axe", "a gray ax"),
            ("a doughnut", "a donut"),
            ("a traveller", "a traveler"),
            ("jewellery", "jewelry"),
            ("a moisturiser", "a moisturizer"),
            ("whisky", "whiskey"),
            ("a catalogue", "a catalog"),
            ("tyres", "tires"),
        ];
        for (british, american) in pairs {
            assert_eq!(key(british), key(american));
        }
        for word in [
            "four",
            "hour",
            "flour",
            "a tree",
            "discovery",
            "axel",
            "a rise",
        ] {
            assert_eq!(key(word), word);
        }
    }

    #[test]
    fn punctuation_accents_and_spaces_make_no_difference() {
        for (a, b) in [
            ("Rubik’s Cube", "rubiks cube"),
            ("crème brûlée", "Creme Brulee"),
            ("a T-shirt", "a t shirt"),
            ("Beyoncé", "BEYONCE"),
            ("Antonín Dvořák", "Antonin Dvorak"),
            ("e\u{301}clair", "éclair"),
            ("Dvor\u{30c}a\u{301}k", "Dvořák"),
            ("Lech Wałęsa", "Lech Walesa"),
            (
                "a\u{a0}jack\u{2011}in\u{2011}the\u{2011}box",
                "a jack-in-the-box",
            ),
        ] {
            assert_eq!(key(a), key(b));
        }
        assert_eq!(joined("a tea bag"), joined("the teabag"));
        for (capitals, small) in [
            ("ЧЕБУРАШКА Ё Ґ", "чебурашка ё ґ"),
            ("ΆΈΉΊΌΎΏΪΫ", "άέήίόύώϊϋ"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ] {
            assert_eq!(key(capitals), key(small));
        }
        assert_eq!(key("Чебурашка"), "чебурашка");
        assert_eq!(key("?!"), "");
    }

    #[test]
    fn plurals_lead_to_singulars_and_back() {
        for (many, one) in [
            ("dogs", "dog"),
            ("boxes", "box"),
            ("cherries", "cherry"),
            ("wolves", "wolf"),
            ("knives", "knife"),
            ("snowmen", "snowman"),
            ("teeth", "tooth"),
            ("potatoes", "potato"),
            ("leaves", "leaf"),
        ] {
            assert!(numbers(many).contains(&one.to_owned()), "{many}");
            assert!(numbers(one).contains(&many.to_owned()), "{one}");
        }
        assert!(numbers("s").iter().all(|form| !form.is_empty()));
    }
}
