//! The words and the maths of Candlewick.
//!
//! Everything here is pure: no I/O, no clock, no randomness, no framework. The same code runs in the
//! server, in jobs, in tests and, compiled to WebAssembly, in the browser. One noun has one name; every
//! other crate uses the types below instead of inventing its own.
#![warn(missing_docs)]

pub mod about;
pub mod access;
pub mod account;
pub mod aggregate;
pub mod bar;
pub mod calendar;
pub mod chart;
pub mod compare;
pub mod custom;
pub mod etl;
pub mod event;
pub mod figure;
pub mod forecast;
pub mod how;
pub mod indicator;
pub mod instrument;
pub mod job;
pub mod keyword;
pub mod layout;
pub mod macros;
pub mod market_core;
pub mod member;
pub mod news;
pub mod note;
pub mod ops_alert;
pub mod overview;
pub mod portfolio;
pub mod price;
pub mod provider;
pub mod quality;
pub mod report;
pub mod scanner;
pub mod search;
pub mod sector;
pub mod sentiment;
pub mod share;
pub mod signal;
pub mod source;
mod statistic;
pub mod trend;
pub mod watchlist;

pub use access::{Permission, Role, TenantId, UserId, may};
pub use bar::{Bar, Interval, Series};
pub use event::Event;
pub use instrument::{Instrument, Kind, Symbol};
pub use price::Quote;
pub use sector::Sector;
