//! The lists of the page: the answers so far, the candidates, the surprises.

use super::words::words;
use leptos::prelude::*;

/// A line: its class, its number, its subject, and what is said about that.
pub(super) fn line(class: &'static str, number: usize, subject: String, said: String) -> AnyView {
    view! {
        <li class=class value=number.to_string()>
            <span class="line">
                {words("subject", subject)}
                " "
                <b class="said">{words("", said)}</b>
            </span>
        </li>
    }
    .into_any()
}

/// The lines, in a section with this name.
pub(super) fn list(class: &'static str, label: &'static str, lines: Vec<AnyView>) -> AnyView {
    let is_empty = lines.is_empty();
    view! {
        <section class=class aria-label=label hidden=is_empty>
            <ol>{lines}</ol>
        </section>
    }
    .into_any()
}
