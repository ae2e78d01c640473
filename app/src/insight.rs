//! What the guesser makes of the game on the table.

/// What the guesser makes of the game, as the views need it. Things are their indices.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Insight {
    /// About how many things were left before the first answer and after each.
    pub left: Vec<f64>,
    /// How bright the star of each thing is, 0 to 7.
    pub light: Vec<u8>,
    /// The likeliest things, best first.
    pub best: Vec<Star>,
    /// The things that led, in their order; each once for as long as it led.
    pub leaders: Vec<Star>,
    /// The best candidates with the certainty in percent.
    pub thoughts: Vec<(u8, String)>,
    /// What the open guess names.
    pub guess: Option<Star>,
    /// What the player has named, or the AI has found.
    pub thing: Option<Star>,
    /// The answers that surprised it, the most surprising first.
    pub surprises: Vec<Surprise>,
}

/// A thing that the guesser knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Star {
    /// Its place among all things.
    pub index: u16,
    /// Its name.
    pub name: String,
}

/// An answer that contradicts the thing, as far as the guesser knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surprise {
    /// The question.
    pub question: String,
    /// Whether the player said yes; otherwise no.
    pub is_yes: bool,
    /// How certain it was of the opposite, in percent.
    pub certainty: u8,
}

impl Insight {
    /// Reads the lines of the best candidates, "12 a dog" each.
    pub(crate) fn read_thoughts(lines: &str) -> Vec<(u8, String)> {
        lines.split('\n').filter_map(number_and_text).collect()
    }

    /// Reads the lines of the surprises, "no 93 Is it alive?" each.
    pub(crate) fn read_surprises(lines: &str) -> Vec<Surprise> {
        let read = |line: &str| {
            let (answer, rest) = line.split_once(' ')?;
            let (certainty, question) = number_and_text(rest)?;
            Some(Surprise {
                question,
                is_yes: answer == "yes",
                certainty,
            })
        };
        lines.split('\n').filter_map(read).collect()
    }
}

fn number_and_text(line: &str) -> Option<(u8, String)> {
    let (number, text) = line.split_once(' ')?;
    Some((number.parse().ok()?, text.to_owned()))
}
