//! What a model accepts and needs, learnt from what it refuses.

/// What a request may have. A first guess by the model's name saves the call that would be refused; refusals then
/// correct it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Abilities {
    /// Accepts a strict JSON schema. Without one, the messages have to ask for JSON in words.
    pub(crate) schema: bool,
    /// Accepts `temperature`.
    pub(crate) temperature: bool,
    /// Accepts only `max_tokens`, the old name of `max_completion_tokens`.
    pub(crate) old_limit: bool,
    /// Has a system role.
    pub(crate) system: bool,
    /// Needs room for reasoning, although nobody has asked it to reason.
    pub(crate) needs_room: bool,
    /// What to say about reasoning.
    pub(crate) reasoning: Reasoning,
}

/// The values of `reasoning_effort`, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reasoning {
    /// Leave the parameter out: the model doesn't reason, or accepts no low value.
    Unsaid,
    /// `none`.
    None,
    /// `minimal`.
    Minimal,
    /// `low`.
    Low,
}

/// What a refusal has taught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Learnt {
    /// What the model doesn't accept: the request is worth sending again without it.
    Named,
    /// The refusal names nothing that could be dropped. The plainest request is left to try.
    Guessed,
    /// Nothing is left that could be dropped.
    Nothing,
}

impl Abilities {
    /// The first guess.
    #[must_use]
    pub(crate) fn of(model: &str) -> Self {
        // Gateways put the vendor in front: "openai/gpt-5-mini".
        let model = model.rsplit('/').next().unwrap_or(model);
        let model = model.strip_prefix("ft:").unwrap_or(model);
        let is_old = model == "gpt-4" || model.starts_with("gpt-4-") || model.starts_with("gpt-3");
        let reasons = ["gpt-5", "gpt-6", "gpt-7", "o1", "o3", "o4"];
        Self {
            schema: !is_old,
            temperature: true,
            old_limit: false,
            system: true,
            needs_room: false,
            reasoning: if reasons.iter().any(|start| model.starts_with(start)) {
                Reasoning::None
            } else {
                Reasoning::Unsaid
            },
        }
    }

    /// The token limit for a reply that needs this many without reasoning. Tokens of reasoning count
    /// against the same limit, so a model that reasons gets 7.5 times as many: 3,000 for 400.
    #[must_use]
    pub(crate) fn token_limit(self, tokens: u32) -> u32 {
        match self.reasoning {
            Reasoning::Unsaid | Reasoning::None if !self.needs_room => tokens,
            _ => tokens.saturating_mul(15) / 2,
        }
    }

    /// Learns from a refused request. `words` is what the server says is wrong with it, in lower case:
    /// servers don't agree on codes, but all name the parameter.
    pub(crate) fn learn(&mut self, words: &str) -> Learnt {
        let before = *self;
        let says = |name: &str| words.contains(name);
        if says("reasoning_effort") || says("reasoning effort") {
            self.reasoning = match self.reasoning {
                Reasoning::None => Reasoning::Minimal,
                Reasoning::Minimal => Reasoning::Low,
                Reasoning::Low | Reasoning::Unsaid => Reasoning::Unsaid,
            };
            // The parameter is refused, not its value.
            if says("unsupported_parameter") || says("unrecognized") || says("unknown") {
                self.reasoning = Reasoning::Unsaid;
            }
        } else if says("temperature") {
            self.temperature = false;
        } else if says("response_format") || says("json_schema") || says("structured output") {
            self.schema = false;
        } else if self.needs_room && says("tokens") && (says("too large") || says("at most")) {
            self.needs_room = false;
        } else if says("max_completion_tokens") && !(self.old_limit && says("max_tokens")) {
            self.old_limit = true;
        } else if says("max_tokens") {
            self.old_limit = false;
        } else if says("system role") || says("'system'") || says("roles must alternate") {
            self.system = false;
        }
        if *self != before {
            return Learnt::Named;
        }
        self.schema = false;
        self.temperature = false;
        self.system = false;
        self.reasoning = Reasoning::Unsaid;
        if *self == before {
            Learnt::Nothing
        } else {
            Learnt::Guessed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Learnt::*, *};

    #[test]
    fn it_drops_what_refusals_name_and_gives_up_in_the_end() {
        let mut gpt6 = Abilities::of("gpt-6-luna");
        assert_eq!(gpt6.reasoning, Reasoning::None);
        let refusal = r#""param":"reasoning_effort","code":"unsupported_value""#;
        assert_eq!(gpt6.learn(refusal), Named);
        assert_eq!(gpt6.reasoning, Reasoning::Minimal);
        let refusal = r#""param":"temperature","code":"unsupported_value""#;
        assert_eq!(gpt6.learn(refusal), Named);
        assert!(!gpt6.temperature && gpt6.schema);
        let refusal = r#""param":"reasoning_effort","code":"unsupported_parameter""#;
        assert_eq!(gpt6.learn(refusal), Named);
        assert_eq!(gpt6.reasoning, Reasoning::Unsaid);

        let mut local = Abilities::of("llama3");
        let refusal = "unknown field max_completion_tokens, did you mean max_tokens";
        assert_eq!(local.learn(refusal), Named);
        assert!(local.old_limit);
        assert_eq!(local.learn("'response_format' must be text"), Named);
        assert!(!local.schema);
        let refusal = "conversation roles must alternate user/assistant/user/assistant/...";
        assert_eq!(local.learn(refusal), Named);
        assert!(!local.system);

        let mut silent = Abilities::of("mistral");
        assert_eq!(silent.learn(""), Guessed, "the plainest request is left");
        assert_eq!(silent.learn(""), Nothing, "and then nothing is");
    }

    #[test]
    fn learning_ends_whatever_the_server_says() {
        let words = [
            "reasoning_effort",
            "temperature",
            "response_format",
            "max_tokens",
            "max_completion_tokens",
            "system role not supported",
            "",
        ];
        for name in ["gpt-4", "gpt-4.1", "gpt-6-luna", "llama3"] {
            for word in words {
                let mut abilities = Abilities::of(name);
                let rounds = (0..20)
                    .take_while(|_| abilities.learn(word) != Nothing)
                    .count();
                assert!(
                    rounds < 8,
                    "{name} learns for ever from {word}: {abilities:?}"
                );
            }
        }
    }

    #[test]
    fn a_model_is_known_by_its_name_behind_a_gateway_too() {
        for name in ["openai/gpt-5-mini", "azure/openai/o3", "ft:gpt-5:acme"] {
            assert_eq!(Abilities::of(name).reasoning, Reasoning::None, "{name}");
        }
        assert_eq!(Abilities::of("meta/llama3").reasoning, Reasoning::Unsaid);
    }

    #[test]
    fn a_model_that_reasons_gets_more_tokens() {
        let mut gpt6 = Abilities::of("gpt-6-luna");
        assert_eq!(gpt6.token_limit(400), 400);
        gpt6.reasoning = Reasoning::Low;
        assert_eq!(
            (gpt6.token_limit(400), gpt6.token_limit(1_600)),
            (3_000, 12_000)
        );
        let mut alias = Abilities::of("my-alias");
        assert_eq!(alias.token_limit(400), 400);
        alias.needs_room = true;
        assert_eq!(alias.token_limit(400), 3_000);
    }
}
