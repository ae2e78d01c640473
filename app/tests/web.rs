//! The page in a real browser, without a server.

#![cfg(test)]
#![cfg(target_arch = "wasm32")]

use app::{
    App,
    fetch::{self, FetchError},
    guesser::Guesser,
    session::{Session, Step},
    store,
};
use game::{Opening, Transcript, wire::Request};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, wasm_bindgen::JsCast};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

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
async fn without_a_server_the_errors_say_why() {
    let request = Request {
        transcript: Transcript::new(Opening(0)),
        seal: None,
    };
    // The test runner's server answers 404 with a text that is no problem document.
    assert_eq!(fetch::next(&request).await, Err(FetchError::Garbled));
    // Nothing has defined how to load it.
    assert_eq!(Guesser::load().await.err(), Some(FetchError::Unreachable));
}

#[wasm_bindgen_test]
async fn a_failing_server_is_reported_and_then_the_guesser_is_offered() {
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
    let settle = || TimeoutFuture::new(300);

    settle().await;
    press("Start");
    settle().await;
    assert!(text().contains("Your game is safe"), "{}", text());
    assert!(!text().contains("Go on without it"), "{}", text());
    press("Try again");
    settle().await;
    press("Go on without it");
    settle().await;
    // There is no knowledge here either; the game is still on the table and in the storage.
    assert!(text().contains("Your game is safe"), "{}", text());
    assert!(store::load().is_some_and(|session| session.game.is_some()));
    drop(page);
    root.remove();
}
