//! Every button of the page.

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
    pub(super) id: Option<&'static str>,
}

impl Button {
    pub(super) fn new(class: &'static str, label: &str, press: Press) -> Self {
        Self {
            class,
            label: label.to_owned(),
            press,
            enabled: true,
            key: None,
            id: None,
        }
    }

    pub(super) fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    pub(super) fn key(self, key: &'static str) -> Self {
        Self {
            key: Some(key),
            ..self
        }
    }

    pub(super) fn id(self, id: &'static str) -> Self {
        Self {
            id: Some(id),
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
            id,
        } = self;
        view! {
            <button
                class=class
                id=id
                aria-keyshortcuts=key
                aria-disabled=(!enabled).then_some("true")
                on:click=move |_| {
                    if enabled {
                        play.press(press.clone());
                    }
                }
            >
                {label}
                {key.map(|key| view! { <kbd aria-hidden="true">{key}</kbd> })}
            </button>
        }
        .into_any()
    }
}
