//! Waiting for JavaScript. All of the page's futures but one are of one type, because each type costs the bundle a
//! kilobyte.

use js_sys::Promise;
use leptos::wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Calls `done` with what becomes of the promise; with `None` if it fails, or if there is none.
pub(crate) fn then(
    promise: Result<Promise, JsValue>,
    done: impl FnOnce(Option<JsValue>) + 'static,
) {
    let done: Box<dyn FnOnce(Option<JsValue>)> = Box::new(done);
    wait(promise.ok(), done);
}

/// Calls `done` with the text that comes of the promise; with `None` for anything else.
pub(crate) fn then_text(
    promise: Result<Promise, JsValue>,
    done: impl FnOnce(Option<String>) + 'static,
) {
    then(promise, |value| {
        done(value.and_then(|value| value.as_string()))
    });
}

fn wait(promise: Option<Promise>, done: Box<dyn FnOnce(Option<JsValue>)>) {
    spawn_local(async move {
        let value = match promise {
            Some(promise) => JsFuture::from(promise).await.ok(),
            None => None,
        };
        done(value);
    });
}
