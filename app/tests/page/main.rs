//! The page without a browser.

#![cfg(test)]

mod json;
mod keys;
mod names;
mod session;
mod sky;
mod state;
mod steps;
