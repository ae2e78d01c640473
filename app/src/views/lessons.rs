//! The things that players have taught the guesser on this device.

use super::button::Button;
use crate::{
    lessons,
    play::{Asking, Play, Press, State},
};
use leptos::{
    prelude::*,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Opens the list; when it is open: each thing, to forget it, and the way to another device and back.
pub(super) fn shelf(play: Play, state: &State) -> AnyView {
    let plain = |label: &str, press| Button::new("button is-plain", label, press);
    if state.asking != Some(Asking::Lessons) {
        let open = plain(
            "What I have taught the guesser",
            Press::Ask(Some(Asking::Lessons)),
        );
        return view! { <div class="row">{open.enabled(state.ready).view(play)}</div> }.into_any();
    }
    let forget = |(index, name): (usize, &str)| {
        let label = format!("Forget {name}");
        Button::new("button", &label, Press::Forget(index)).view(play)
    };
    let names = state.lessons.iter().map(|lesson| lesson.name.as_str());
    let words = match (state.bad_file, state.lessons.is_empty()) {
        (true, _) => {
            "That file holds no lessons. Choose one that was saved here, on this or another device."
        }
        (false, true) => {
            "Nothing yet. When you win with something that the guesser has never heard of, it asks you to teach it."
        }
        (false, false) => "It stays on this device, unless you save it as a file.",
    };
    // Nothing in it can end the attribute: a quotation mark is %22 there.
    let file = js_sys::encode_uri_component(&lessons::write(&state.lessons));
    let files = format!(
        r#"<a class="button is-plain" download="twenty-questions.json" href="data:application/json,{file}">Save as a file</a>
<label class="button is-plain">Take in a file<input class="unseen" type="file" accept=".json"></label>"#
    );
    view! {
        <section class="shelf" on:change=move |event| read(play, &event)>
            <p class="aside">{words}</p>
            <div class="row">{names.enumerate().map(forget).collect::<Vec<_>>()}</div>
            <div class="row" inner_html=files></div>
            {plain("Close", Press::Ask(None)).id("lessons").view(play)}
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
            // What can't be read is no lesson either.
            let text = text.as_ref().ok().and_then(JsValue::as_string);
            play.press(Press::Import(text.unwrap_or_default()));
        });
    }
}
