//! The page without a browser.

#![cfg(test)]

mod json;
mod keys;
mod names;
mod session;
mod state;
mod steps;
