//! Portfolios against published cases and against what must hold for all of them.

mod build;
mod cash;
mod currencies;
mod edits;
mod ghostfolio;
mod import;
mod performance_index;
mod properties;
mod risk;
mod splits;
