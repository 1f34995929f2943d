//! placeholder
pub mod components;
pub mod format;
