//! When American exchanges trade: the calendar the NYSE and the Nasdaq share, exact from 1990 to 2030.
//!
//! Everything is worked out from the rules of the exchange, so that it needs no table, no update and no time zone
//! database, which would weigh more than the rest of the browser's code. Hours are those planned beforehand; halts and
//! late openings decided on the day itself are not in it. After 2030 the same rules go on; before 1990 they are only
//! about right (paper crises, elections and funerals had closings of their own).

mod holidays;
mod new_york;
mod session;

pub use holidays::{early_close, is_session};
pub use new_york::{new_york_at, new_york_instant};
pub use session::{
    Session, close_of, is_open, last_completed, next_session, previous_session, session, sessions,
};
