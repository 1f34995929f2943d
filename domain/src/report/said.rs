//! Figures and dates as a report writes them.

use super::{Cell, Tone};
use crate::{figure, portfolio::Currency};
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

/// Where there is nothing to say.
pub(super) const NONE: &str = "–";

/// `12 Mar 2022`.
pub(super) fn date(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// Money with the currency's own decimals, grouped: `1,234.50`.
///
/// Halves go away from zero, as in every statement of account.
pub(super) fn money(amount: Decimal, currency: Currency) -> String {
    let places = currency.decimals();
    let rounded = amount.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    let rounded = if rounded.is_zero() { Decimal::ZERO } else { rounded };
    figure::with_groups(&format!("{rounded:.*}", places as usize))
}

/// [`money`] with its sign, also when it is a gain.
pub(super) fn gain(amount: Decimal, currency: Currency) -> String {
    let text = money(amount, currency);
    if amount > Decimal::ZERO && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        format!("+{text}")
    } else {
        text
    }
}

/// A quantity without needless zeros: `10`, `0.125`.
pub(super) fn quantity(amount: Decimal) -> String {
    figure::with_groups(&amount.round_dp(6).normalize().to_string())
}

/// A fraction as signed per cent: 0.0523 is `+5.23%`.
pub(super) fn signed(ratio: f64) -> String {
    percent_points(ratio * 100.0)
}

/// Per cent with its sign: 5.23 is `+5.23%`.
pub(super) fn percent_points(percent: f64) -> String {
    let text = figure::grouped(percent, 2);
    let text = if text == "-0.00" { "0.00".to_string() } else { text };
    let above = percent > 0.0 && text.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    format!("{}{text}%", if above { "+" } else { "" })
}

/// A fraction as a share: 0.4 is `40.0%`.
pub(super) fn share(ratio: f64) -> String {
    format!("{}%", figure::grouped(ratio * 100.0, 1))
}

/// The tone of a change, as it reads: what rounds to nothing is neither up nor down.
pub(super) fn tone(shown: &str) -> Tone {
    match shown.as_bytes().first() {
        Some(b'+') => Tone::Up,
        Some(b'-') => Tone::Down,
        _ => Tone::Plain,
    }
}

/// A cell with a signed figure in its tone, or [`NONE`].
pub(super) fn moved(shown: Option<String>) -> Cell {
    match shown {
        Some(text) => {
            let tone = tone(&text);
            Cell::new(text).tone(tone)
        }
        None => Cell::new(NONE).tone(Tone::Muted),
    }
}

/// A cell with a figure, or [`NONE`].
pub(super) fn plain(shown: Option<String>) -> Cell {
    match shown {
        Some(text) => Cell::new(text),
        None => Cell::new(NONE).tone(Tone::Muted),
    }
}
