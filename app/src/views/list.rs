//! Every list of the page: the questions so far, the candidates, the surprises. One shape for all of
//! them is a few kilobytes less than one for each.

use leptos::prelude::*;

/// A line: its kind, its number, what was asked or thought of, and what is to be said of it.
pub(super) fn line(class: &'static str, number: usize, mv: String, said: String) -> AnyView {
    view! {
        <li class=class value=number.to_string()>
            <span class="mv">{mv}</span>
            " "
            <b class="said">{said}</b>
        </li>
    }
    .into_any()
}

/// The lines, in a part of the page that scrolls if they are many.
pub(super) fn list(class: &'static str, label: &'static str, lines: Vec<AnyView>) -> AnyView {
    view! {
        <section class=class aria-label=label tabindex="0">
            <ol>{lines}</ol>
        </section>
    }
    .into_any()
}
