//! What a move must keep away from: addresses and numbers to reach somebody by, and questions about the player.

/// Ends of web addresses that models know. Others are rare.
const DOMAINS: [&str; 24] = [
    "ai", "app", "at", "biz", "ca", "ch", "co", "com", "de", "dev", "edu", "eu", "fr", "gov",
    "info", "io", "me", "net", "nl", "org", "ru", "tv", "uk", "us",
];

/// Whether the text has a web address, an e-mail address, a handle or a phone number.
#[must_use]
pub fn has_contact(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("://")
        || lower.split_whitespace().any(is_address)
        || is_spelt_out(&lower)
        || has_phone(&lower)
}

/// "example.com", "someone@example", "@someone"
fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '@'));
    let is_handle = word
        .split_once('@')
        .is_some_and(|(_, host)| host.starts_with(char::is_alphabetic));
    let host = word.split(['/', '?', ':']).next().unwrap_or(word);
    let is_site = host.rsplit_once('.').is_some_and(|(name, domain)| {
        let name = name.rsplit('.').next().unwrap_or(name);
        name.chars().count() > 1 && DOMAINS.contains(&domain)
    });
    is_handle || is_site || word.starts_with("www.")
}

/// "example dot com", but not "the dot-com bubble". Ends that are words, such as "at" and "me", don't count.
fn is_spelt_out(lower: &str) -> bool {
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(3).any(|three| {
        matches!(three, [name, "dot", domain]
            if !["a", "the", "this"].contains(name)
                && DOMAINS.contains(domain)
                && !["app", "at", "co", "de", "info", "me", "us"].contains(domain))
    })
}

/// Whether there are as many digits as a phone number has, and they are no other number.
fn has_phone(text: &str) -> bool {
    let separators = [' ', '-', '.', '/', '(', ')', '+'];
    let runs = text.split(|c: char| !(c.is_ascii_digit() || separators.contains(&c)));
    runs.map(|run| run.trim_matches([' ', '-', '.', '/']))
        .any(|run| {
            let groups: Vec<&str> = run
                .split(separators)
                .filter(|group| !group.is_empty())
                .collect();
            let digits: usize = groups.iter().map(|group| group.len()).sum();
            digits >= 7 && (run.starts_with('+') || !is_number(run, &groups))
        })
}

/// Whether groups of digits are a large number ("10 000 000", "299792458"), a fraction ("3.14159265"), two years
/// ("1900-1950") or dates ("20/07/1969", "1969-07-20").
fn is_number(run: &str, groups: &[&str]) -> bool {
    match groups {
        // A phone number of one group begins with 0 or has more digits.
        [number] => !number.starts_with('0') && number.len() < 10 || number.ends_with("000"),
        [from, to] if from.len() == 4 && to.len() == 4 => true,
        [whole, _] if whole.len() < 3 && run.contains('.') => true,
        _ if groups.chunks(3).all(is_date) => true,
        [_, thousands @ ..] => thousands.iter().all(|group| *group == "000"),
        [] => true,
    }
}

fn is_date(groups: &[&str]) -> bool {
    let is_day = |group: &str| group.len() < 3 && (1..=31).contains(&group.parse().unwrap_or(0));
    let is_year =
        |group: &str| group.len() == 4 && (1000..2200).contains(&group.parse().unwrap_or(0));
    match groups {
        [day, month, year] if is_year(year) => is_day(day) && is_day(month),
        [year, month, day] => is_year(year) && is_day(month) && is_day(day),
        _ => false,
    }
}

/// Words that mean the thing, so that a question with them is about it: "Do you own one?".
const THING: [&str; 46] = [
    "animal",
    "animals",
    "another",
    "answer",
    "character",
    "food",
    "guess",
    "he",
    "her",
    "him",
    "his",
    "it",
    "item",
    "its",
    "itself",
    "mind",
    "object",
    "one",
    "ones",
    "person",
    "place",
    "she",
    "something",
    "somebody",
    "someone",
    "somewhere",
    "that",
    "their",
    "them",
    "there",
    "these",
    "they",
    "thing",
    "things",
    "think",
    "thinking",
    "this",
    "those",
    "thought",
    "word",
    "anything",
    "people",
    "example",
    "idea",
    "where",
    "which",
];

/// What a person does anywhere and in no game: "Do you live in Berlin?". With an object, "Do you drive on the left?",
/// it is about the thing.
const HABITS: [&str; 9] = [
    "cook", "date", "drink", "drive", "pray", "shave", "smoke", "vote", "work",
];

/// Who somebody is. It is private after "your" and after "do you have".
const IDENTITY: [&str; 11] = [
    "account", "address", "age", "birthday", "email", "employer", "gender", "password", "religion",
    "salary", "surname",
];

/// What is private after "your" only: "your first name", but "Do you have a bank near one?".
const PRIVATE: [&str; 11] = [
    "bank", "boss", "code", "first", "full", "last", "mail", "middle", "name", "number", "real",
];

/// Who and what belongs to a person: after "your" and "do you have", it means the player's.
const OWN: [&str; 30] = [
    "apartment",
    "aunt",
    "boyfriend",
    "brother",
    "brothers",
    "children",
    "college",
    "cousin",
    "dad",
    "daughter",
    "family",
    "father",
    "girlfriend",
    "home",
    "house",
    "husband",
    "job",
    "kids",
    "mom",
    "mother",
    "mum",
    "parents",
    "school",
    "sibling",
    "siblings",
    "sister",
    "sisters",
    "son",
    "uncle",
    "wife",
];

/// Where somebody goes every week.
const DAILY: [&str; 5] = ["church", "college", "school", "university", "work"];

const ADVERBS: [&str; 7] = [
    "already",
    "also",
    "ever",
    "often",
    "sometimes",
    "still",
    "usually",
];

/// Whether a question is about the player instead of the thing: "Do you live in Berlin?", but not "Do you live in it?".
///
/// Most questions with "you" mean people at large: "Do you wear a helmet?". So only what is private is refused, and
/// nothing that mentions the thing.
#[must_use]
pub fn asks_about_player(question: &str) -> bool {
    let lower = question.to_lowercase().replace('\u{2019}', "'");
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .map(|word| word.split_once('\'').map_or(word, |(word, _)| word))
        .filter(|word| !word.is_empty())
        .collect();
    let is_about_thing = words.iter().any(|word| THING.contains(word));
    match words.as_slice() {
        // "Is it your name?", "Is your name Anna?", "Is your phone number short?"
        [
            "is" | "does" | "was",
            "it" | "this" | "that",
            "your",
            private,
            ..,
        ]
        | ["is" | "are" | "was", "your", private, ..]
        | ["is" | "are" | "was", "your", "phone", private, ..]
            if is_private(private) =>
        {
            !words.contains(&"on")
        }
        // "Is your mother a teacher?", but "Is your country in Europe?" is about the thing.
        ["is" | "are" | "was" | "were", "your", own, ..] => OWN.contains(own) && !is_about_thing,
        // "Can you tell me where you live?"
        [
            "can" | "could" | "will" | "would",
            "you",
            "give" | "send" | "share" | "tell" | "text" | "type",
            "me" | "us",
            ..,
        ] => true,
        // "Could you give your address?"
        [
            "can" | "could" | "will" | "would",
            "you",
            "give" | "send" | "share" | "tell" | "text" | "type",
            "your" | "the",
            private,
            ..,
        ] => is_private(private) && !is_about_thing,
        // "May I have your number?"
        [
            "can" | "could" | "may",
            "i",
            "ask" | "call" | "contact" | "have" | "know" | "meet" | "see",
            "you" | "your" | "where" | "how",
            ..,
        ] => true,
        ["are" | "were", "you", rest @ ..] => !is_about_thing && is_state(rest),
        ["have" | "had" | "did", "you", ..] => !is_about_thing,
        ["do" | "don" | "would", "you", rest @ ..] => {
            let is_adverb = |word: &&&str| ADVERBS.contains(*word);
            let skipped = rest.iter().take_while(is_adverb).count();
            !is_about_thing && is_doing(rest.get(skipped..).unwrap_or_default())
        }
        _ => false,
    }
}

fn is_private(word: &str) -> bool {
    IDENTITY.contains(&word) || PRIVATE.contains(&word)
}

/// Whether what follows "are you" is said of the player: "married", but not "supposed to eat the seeds" and not
/// "outside when you play".
fn is_state(words: &[&str]) -> bool {
    let is_clause =
        |word: &&str| ["after", "before", "during", "if", "when", "while"].contains(word);
    let is_rule = match words {
        ["going", "to", place, ..] => !DAILY.contains(place),
        ["married" | "related", "to", ..] => false,
        [_, "to", ..] => true,
        [doing, ..] => doing.ends_with("ing") && !["dating", "living", "working"].contains(doing),
        [] => true,
    };
    !(is_rule || words.iter().any(is_clause))
}

/// Whether what follows "do you" is private.
fn is_doing(words: &[&str]) -> bool {
    let is_possession = |word: &&str| IDENTITY.contains(word) || OWN.contains(word);
    match words {
        ["live", "with", ..] => words.iter().any(is_possession),
        ["live", ..] | ["believe", "in", ..] => true,
        [
            "work",
            "in" | "at" | "for" | "as",
            "a" | "an" | "the",
            "office" | "shop" | "school" | "factory" | "hospital" | "company",
            ..,
        ]
        | ["work", "from", "home", ..] => true,
        ["speak", language, ..] => ![
            "about", "during", "in", "into", "on", "through", "to", "when", "while", "with",
        ]
        .contains(language),
        ["go", "to", "the" | "a", place, ..] | ["go", "to", place, ..] if DAILY.contains(place) => {
            true
        }
        // "Would you have to pay to get in?"
        ["have", "to", ..] => false,
        [
            "attend" | "have" | "hate" | "know" | "like" | "love" | "miss" | "own",
            object @ ..,
        ] => {
            // "a", "any" or "your", perhaps an adjective, and the object
            object.iter().take(3).any(is_possession)
                || object.windows(2).any(|two| two == ["phone", "number"])
        }
        [habit] => HABITS.contains(habit),
        _ => false,
    }
}
