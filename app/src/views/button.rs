//! Every button of the page.

use super::words::words;
use crate::{play::Play, state::Press};
use leptos::prelude::*;

/// A button that does one thing. A disabled one can still have the focus, so the answer that was just
/// pressed keeps it while the AI thinks.
pub(super) struct Button {
    pub(super) class: &'static str,
    pub(super) label: String,
    pub(super) press: Press,
    pub(super) enabled: bool,
    /// The key that does the same, as the label shows it.
    pub(super) key: Option<&'static str>,
    /// Whether it is on, if it switches something.
    pub(super) pressed: Option<bool>,
    /// What it is about, if only its neighbours show that: for screen readers.
    pub(super) about: Option<String>,
}

impl Button {
    pub(super) fn new(class: &'static str, label: &str, press: Press) -> Self {
        Self {
            class,
            label: label.to_owned(),
            press,
            enabled: true,
            key: None,
            pressed: None,
            about: None,
        }
    }

    pub(super) fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    pub(super) fn key(self, key: Option<&'static str>) -> Self {
        Self { key, ..self }
    }

    pub(super) fn pressed(self, pressed: bool) -> Self {
        Self {
            pressed: Some(pressed),
            ..self
        }
    }

    pub(super) fn about(self, thing: &str) -> Self {
        Self {
            about: Some(format!(" {thing}")),
            ..self
        }
    }

    pub(super) fn view(self, play: Play) -> AnyView {
        let Self {
            class,
            label,
            press,
            enabled,
            key,
            pressed,
            about,
        } = self;
        view! {
            <button
                class=class
                aria-keyshortcuts=key
                aria-disabled=(!enabled).then_some("true")
                aria-pressed=pressed.map(|pressed| if pressed { "true" } else { "false" })
                on:click=move |_| {
                    if enabled {
                        play.press(press.clone());
                    }
                }
            >
                {words("", label)}
                {about.map(|thing| words("unseen", thing))}
                {key.map(|key| view! { <kbd aria-hidden="true">{key}</kbd> })}
            </button>
        }
        .into_any()
    }
}
