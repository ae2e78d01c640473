//! What the player has taught the guesser on this device.

use super::{button::Button, name_form::name_form, outage::notice, words::words};
use crate::{
    json::lessons,
    play::Play,
    promise::then_text,
    state::{Press, State},
};
use guesser::Lesson;
use leptos::{prelude::*, wasm_bindgen::JsCast};

/// The things with buttons to rename and to remove each, and the way to another device and back.
pub(super) fn stars(play: Play, state: &State) -> AnyView {
    let star = |(index, lesson): (usize, &Lesson)| {
        if state.renaming == Some(index) {
            return rename(play, lesson, index);
        }
        let name = lesson.name.as_str();
        let plain = |label, press| {
            Button::new("button is-plain", label, press)
                .about(name)
                .view(play)
        };
        view! {
            <li>
                {words("subject", name.to_owned())}
                {plain("Rename", Press::ChooseName(Some(index)))}
                {plain("Remove", Press::Remove(index))}
            </li>
        }
        .into_any()
    };
    let text = if state.lessons.is_empty() {
        "None yet. When you win with something that I have never heard of, you can teach me."
    } else {
        "They stay on this device, unless you save them as a file."
    };
    let restore = state.removed.as_ref().map(|lesson| {
        let label = format!("Bring back {}", lesson.name);
        Button::new("button", &label, Press::Restore).view(play)
    });
    let file = js_sys::encode_uri_component(&lessons::write(&state.lessons));
    let file = format!("data:application/json,{file}");
    let stars = state.lessons.iter().enumerate().map(star);
    view! {
        <section class="stars" on:change=move |event| read(play, &event)>
            {words("aside", text.to_owned())}
            {notice(state, true)}
            <ul>{stars.collect::<Vec<_>>()}</ul>
            {restore}
            <div class="row">
                <a class="button is-plain" download="twenty-questions.json" href=file>"Save as a file"</a>
                <label class="button is-plain">
                    "Load a file" <input class="unseen" r#type="file" accept=".json"/>
                </label>
            </div>
        </section>
    }
    .into_any()
}

fn rename(play: Play, lesson: &Lesson, index: usize) -> AnyView {
    let name = lesson.name.to_string();
    let press = move |typed| Press::Rename(index, typed);
    let form = name_form(play, "name", ["New name", "Rename"], name, press);
    let cancel = Button::new("button is-plain", "Cancel", Press::ChooseName(None)).view(play);
    view! { <li>{form}{cancel}</li> }.into_any()
}

/// Reads the file that was chosen.
fn read(play: Play, event: &leptos::ev::Event) {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let file = input
        .as_ref()
        .and_then(|input| input.files())
        .and_then(|files| files.get(0));
    if let Some(file) = file {
        // So that the same file can be chosen again.
        if let Some(input) = input {
            input.set_value("");
        }
        then_text(Ok(file.text()), move |text| {
            // A file that can't be read holds no lessons either.
            play.press(Press::Import(text.unwrap_or_default()));
        });
    }
}
