//! Text that changes while its element stays.

use leptos::prelude::*;

/// A span with this text. Browser translators replace text nodes, so one that Leptos holds would freeze: here the text
/// replaces whatever stands there. Text that stays the same isn't set again, since screen readers would read it again.
pub(super) fn words(class: &'static str, text: String) -> AnyView {
    #[cfg(feature = "ssr")]
    return view! { <span class=class>{text}</span> }.into_any();
    // A directive, because Leptos empties a property before it sets it anew.
    #[cfg(not(feature = "ssr"))]
    view! { <span class=class use:say=text></span> }.into_any()
}

#[cfg(not(feature = "ssr"))]
fn say(element: web_sys::Element, text: String) {
    if element.text_content().as_deref() != Some(&text) {
        element.set_text_content(Some(&text));
    }
}
