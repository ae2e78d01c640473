//! The form for the name of a thing.

use super::typed;
use crate::{play::Play, state::Press};
use leptos::prelude::*;

/// A form whose input has this id. `press` makes a press of what was typed.
pub(super) fn name_form(
    play: Play,
    id: &'static str,
    labels: [&'static str; 2],
    name: String,
    press: impl Fn(String) -> Press + 'static,
) -> AnyView {
    let [label, button] = labels;
    let submit: Box<dyn Fn(String)> = Box::new(move |typed| play.press(press(typed)));
    form(id, label, button, name, submit)
}

/// Not generic, so that the bundle has it once.
fn form(
    id: &'static str,
    label: &'static str,
    button: &'static str,
    name: String,
    submit: Box<dyn Fn(String)>,
) -> AnyView {
    view! {
        <form class="thing" on:submit=move |event| {
            event.prevent_default();
            submit(typed(id));
        }>
            <label for=id>{label}</label>
            <input id=id pattern=r"\s*\S.{0,79}" title="At most 80 characters" autocomplete="off" required=true value=name/>
            <button class="button">{button}</button>
        </form>
    }
    .into_any()
}
