//! What a model can do, learnt from what it refuses.

/// What may stand in a request. It begins with a guess by the model's name, which saves the first
/// call; every refusal corrects it for the life of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Abilities {
    /// Takes a strict JSON schema; else JSON is asked for in words.
    pub(super) schema: bool,
    /// Takes `temperature`.
    pub(super) temperature: bool,
    /// Takes `max_tokens` only, the name before `max_completion_tokens`.
    pub(super) old_limit: bool,
    /// What to say about reasoning.
    pub(super) reasoning: Reasoning,
}

/// The values of `reasoning_effort`, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reasoning {
    /// Nothing is said: the model doesn't reason, or takes no such value.
    Unsaid,
    /// `none`.
    None,
    /// `minimal`.
    Minimal,
    /// `low`.
    Low,
}

impl Abilities {
    /// The guess to begin with.
    #[must_use]
    pub(super) fn of(model: &str) -> Self {
        let is_old = model == "gpt-4" || model.starts_with("gpt-4-") || model.starts_with("gpt-3");
        let reasons = ["gpt-5", "gpt-6", "gpt-7", "o1", "o3", "o4"];
        Self {
            schema: !is_old,
            temperature: true,
            old_limit: false,
            reasoning: if reasons.iter().any(|start| model.starts_with(start)) {
                Reasoning::None
            } else {
                Reasoning::Unsaid
            },
        }
    }

    /// Tokens that a reply may have: a move needs about a hundred, reasoning many more.
    #[must_use]
    pub(super) fn tokens(self) -> u32 {
        match self.reasoning {
            Reasoning::Unsaid | Reasoning::None => 400,
            Reasoning::Minimal | Reasoning::Low => 3_000,
        }
    }

    /// Learns from a refused request; `words` is what the error says, in lower case. `false`: there
    /// is nothing left to leave out.
    #[must_use]
    pub(super) fn learn(&mut self, words: &str) -> bool {
        let before = *self;
        let says = |name: &str| words.contains(name);
        if says("reasoning_effort") || says("reasoning effort") {
            self.reasoning = match self.reasoning {
                Reasoning::None => Reasoning::Minimal,
                Reasoning::Minimal => Reasoning::Low,
                Reasoning::Low | Reasoning::Unsaid => Reasoning::Unsaid,
            };
            // `temperature` goes with `none` only, where it goes with reasoning at all.
            if says("unsupported_parameter") || says("unrecognized") || says("unknown") {
                self.reasoning = Reasoning::Unsaid;
            }
        } else if says("temperature") {
            self.temperature = false;
        } else if says("response_format") || says("json_schema") || says("structured output") {
            self.schema = false;
        } else if says("max_completion_tokens") && !(self.old_limit && says("max_tokens")) {
            self.old_limit = true;
        } else if says("max_tokens") {
            self.old_limit = false;
        }
        if *self == before {
            // Nothing named that could be left out: the plainest request is all that remains.
            self.schema = false;
            self.temperature = false;
            self.reasoning = Reasoning::Unsaid;
        }
        *self != before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_learns_what_the_refusals_name_and_gives_up_in_the_end() {
        let mut six = Abilities::of("gpt-6-luna");
        assert_eq!(six.reasoning, Reasoning::None);
        assert!(six.learn(r#""param":"reasoning_effort","code":"unsupported_value""#));
        assert_eq!(six.reasoning, Reasoning::Minimal);
        assert!(six.learn(r#""param":"temperature","code":"unsupported_value""#));
        assert!(!six.temperature && six.schema);
        assert!(six.learn(r#""param":"reasoning_effort","code":"unsupported_parameter""#));
        assert_eq!(six.reasoning, Reasoning::Unsaid);

        let mut local = Abilities::of("llama3");
        assert!(local.learn("unknown field max_completion_tokens, did you mean max_tokens"));
        assert!(local.old_limit);
        assert!(local.learn("'response_format' must be text"));
        assert!(!local.schema);

        let mut silent = Abilities::of("mistral");
        assert!(silent.learn(""), "once the plainest request is tried");
        assert!(!silent.learn(""), "and then no more");
    }

    #[test]
    fn learning_ends_whatever_is_said() {
        let words = [
            "reasoning_effort",
            "temperature",
            "response_format",
            "max_tokens",
            "max_completion_tokens",
            "",
        ];
        for name in ["gpt-4", "gpt-4.1", "gpt-6-luna", "llama3"] {
            for word in words {
                let mut abilities = Abilities::of(name);
                let rounds = (0..20).take_while(|_| abilities.learn(word)).count();
                assert!(
                    rounds < 8,
                    "{name} learns for ever from {word}: {abilities:?}"
                );
            }
        }
    }
}
