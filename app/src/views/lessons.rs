//! What the player has taught the guesser on this device.

use super::button::Button;
use crate::{
    json::lessons,
    play::Play,
    state::{Form, Press, State},
};
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A button that opens the list. When it is open: a button to forget each thing, and the way to
/// another device and back.
pub(super) fn shelf(play: Play, state: &State) -> AnyView {
    let plain = |label: &str, press| Button::new("button is-plain", label, press);
    if state.open_form != Some(Form::Lessons) {
        let open = plain("What I have learnt from you", Press::Open(Form::Lessons));
        return view! { <div class="row">{open.enabled(state.ready).view(play)}</div> }.into_any();
    }
    let forget = |(index, name): (usize, &str)| {
        let label = format!("Forget {name}");
        Button::new("button", &label, Press::Forget(index)).view(play)
    };
    let names = state.lessons.iter().map(|lesson| lesson.name.as_str());
    let words = match (state.is_file_bad, state.lessons.is_empty()) {
        (true, _) => {
            "That file holds no lessons. Choose one that was saved here, on this or another device."
        }
        (false, true) => {
            "Nothing yet. When you win with something that I have never heard of, you can teach me."
        }
        (false, false) => "It stays on this device, unless you save it as a file.",
    };
    let file = js_sys::encode_uri_component(&lessons::write(&state.lessons));
    let file = format!("data:application/json,{file}");
    view! {
        <section class="shelf" on:change=move |event| read(play, &event)>
            <p class="aside">{words}</p>
            <div class="row">{names.enumerate().map(forget).collect::<Vec<_>>()}</div>
            <div class="row">
                <a class="button is-plain" download="twenty-questions.json" href=file>"Save as a file"</a>
                <label class="button is-plain">
                    "Load a file" <input class="unseen" r#type="file" accept=".json"/>
                </label>
            </div>
            {plain("Close", Press::Close).id("lessons").view(play)}
        </section>
    }
    .into_any()
}

/// Reads the file that was chosen.
fn read(play: Play, event: &leptos::ev::Event) {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    let file = input
        .and_then(|input| input.files())
        .and_then(|files| files.get(0));
    if let Some(file) = file {
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await;
            // A file that can't be read holds no lessons either.
            let text = text.as_ref().ok().and_then(JsValue::as_string);
            play.press(Press::Import(text.unwrap_or_default()));
        });
    }
}
