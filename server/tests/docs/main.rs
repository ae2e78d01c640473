//! The documents under docs/ whose tables are generated from the code.

#![cfg(test)]

mod configuration;
mod document;
mod metrics;
