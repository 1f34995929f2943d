//! Every provider over real HTTP against a stand-in on loopback: what it answers, and how it fails.
#![allow(clippy::unwrap_used)]

mod chart;
mod fred;
mod gemini;
mod misbehaviour;
mod news;
mod quote;
mod search_interest;
mod secrets;
mod stream;
mod support;
mod tiingo;
