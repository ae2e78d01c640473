//! Every list of the page: the answers so far, the candidates, the surprises. One shape for all of
//! them saves a few kilobytes.

use leptos::prelude::*;

/// A line: its class, its number, its subject, and what is said about that.
pub(super) fn line(class: &'static str, number: usize, subject: String, said: String) -> AnyView {
    view! {
        <li class=class value=number.to_string()>
            <span class="subject">{subject}</span>
            " "
            <b class="said">{said}</b>
        </li>
    }
    .into_any()
}

/// The lines, in a section that scrolls if there are many.
pub(super) fn list(class: &'static str, label: &'static str, lines: Vec<AnyView>) -> AnyView {
    view! {
        <section class=class aria-label=label tabindex="0">
            <ol>{lines}</ol>
        </section>
    }
    .into_any()
}
