//! Text that changes while its element stays.

use leptos::prelude::*;

/// A span with this text. Browser translators replace text nodes, so one that Leptos holds would freeze. Setting
/// the text as a property replaces whatever stands there.
pub(super) fn words(class: &'static str, text: String) -> AnyView {
    #[cfg(feature = "ssr")]
    return view! { <span class=class>{text}</span> }.into_any();
    #[cfg(not(feature = "ssr"))]
    view! { <span class=class prop:textContent=text></span> }.into_any()
}
