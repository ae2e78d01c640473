//! The page in a real browser, without a server.

#![cfg(test)]
#![cfg(target_arch = "wasm32")]

use app::{
    App,
    fetch::{self, FetchError},
    session::{Session, Step},
    store,
};
use game::{
    Opening, Transcript,
    past::Past,
    wire::{Request, Settings},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, wasm_bindgen::JsCast};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::RequestCache;

wasm_bindgen_test_configure!(run_in_browser);

fn storage() -> web_sys::Storage {
    window().local_storage().unwrap().unwrap()
}

#[wasm_bindgen_test]
fn a_session_survives_in_the_browsers_storage() {
    storage().clear().unwrap();
    assert_eq!(store::load(), None);
    let mut session = Session::default();
    session.apply(Step::Start(Opening(5))).unwrap();
    assert!(store::save(&session));
    assert_eq!(store::load(), Some(session));
    storage()
        .set_item("twenty-questions", "{\"version\":")
        .unwrap();
    assert_eq!(store::load(), None);
}

#[wasm_bindgen_test]
fn past_games_are_lines_of_a_log() {
    storage().clear().unwrap();
    let past = |line| Past::read(line).unwrap();
    assert!(store::add_to_log(&[]));
    assert_eq!(store::load_log(), "");
    assert!(store::add_to_log(&[past("found 3 a dog")]));
    assert!(store::add_to_log(&[past("missed 20"), past("stopped 1")]));
    assert_eq!(store::load_log(), "found 3 a dog\nmissed 20\nstopped 1\n");
}

#[wasm_bindgen_test]
async fn without_a_server_the_errors_say_why() {
    let request = Request {
        transcript: Transcript::new(Opening(0)),
        seal: None,
    };
    // The test runner's server answers 404 with a text that is no problem document.
    let settings = Settings::default();
    let next = fetch::next(&request, &settings, RequestCache::Default);
    assert_eq!(next.await, Err(FetchError::Garbled));
}

#[wasm_bindgen_test]
async fn without_a_server_and_without_a_guesser_the_page_says_so_and_keeps_the_game() {
    storage().clear().unwrap();
    let body = document().body().unwrap();
    let root = document().create_element("div").unwrap();
    body.append_child(&root).unwrap();
    let page = leptos::mount::mount_to(
        root.clone().dyn_into().unwrap(),
        || view! { <App things=8000/> },
    );
    let press = |label: &str| {
        let buttons = root.query_selector_all("button").unwrap();
        let button = (0..buttons.length())
            .filter_map(|index| buttons.get(index)?.dyn_into::<web_sys::HtmlElement>().ok())
            .find(|button| button.inner_text().contains(label))
            .unwrap_or_else(|| panic!("no button {label:?} in {}", root.inner_html()));
        button.click();
    };
    let text = || root.text_content().unwrap();

    TimeoutFuture::new(300).await;
    press("Start");
    TimeoutFuture::new(300).await;
    assert!(text().contains("Let me think"), "{}", text());
    // It tries once more after a second.
    TimeoutFuture::new(1_500).await;
    assert!(text().contains("Your game is safe"), "{}", text());
    press("Try again");
    TimeoutFuture::new(300).await;
    assert!(text().contains("Your game is safe"), "{}", text());
    assert!(store::load().is_some_and(|session| session.game.is_some()));
    drop(page);
    root.remove();
}
