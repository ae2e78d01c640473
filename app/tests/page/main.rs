//! The page without a browser.

mod json;
mod keys;
mod names;
mod session;
mod state;
mod steps;
