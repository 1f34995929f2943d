//! Numbers, dates and ages as people read them.
//!
//! Pure: the same value gives the same text on the server and in the browser, so hydration finds what it
//! expects. There is no clock and no locale in here; "now" is always an argument. What is absent is [`NONE`].

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use domain::portfolio::{Currency, Decimal};

/// Shown where a value does not exist.
pub const NONE: &str = "\u{2013}";

/// `4259.52` as `4,259.52`; a value that rounds to zero carries no sign.
///
/// ```
/// assert_eq!(app::format::number(4259.518, 2), "4,259.52");
/// assert_eq!(app::format::number(-0.001, 2), "0.00");
/// ```
pub fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return NONE.to_string();
    }
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let is_zero = plain.bytes().all(|byte| byte == b'0' || byte == b'.');
    let sign = if value < 0.0 && !is_zero { "-" } else { "" };
    let mut text = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// As [`number`], with a plus before what is above zero.
///
/// ```
/// assert_eq!(app::format::signed(1.5, 2), "+1.50");
/// assert_eq!(app::format::signed(-4.43, 2), "-4.43");
/// assert_eq!(app::format::signed(0.0, 2), "0.00");
/// ```
pub fn signed(value: f64, decimals: usize) -> String {
    let text = number(value, decimals);
    let above = value > 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if above { format!("+{text}") } else { text }
}

/// A market price: two decimals, four below one.
///
/// ```
/// assert_eq!(app::format::price(158.52), "158.52");
/// assert_eq!(app::format::price(0.4213), "0.4213");
/// ```
pub fn price(value: f64) -> String {
    number(value, if value != 0.0 && value.abs() < 1.0 { 4 } else { 2 })
}

/// A change in percent points, signed: `1.5` is `+1.50%`.
pub fn change_percent(value: f64) -> String {
    percent_sign(signed(value, 2))
}

/// A share, unsigned unless below zero: `41.2` is `41.2%`.
pub fn percent(value: f64, decimals: usize) -> String {
    percent_sign(number(value, decimals))
}

/// What one trade costs, from a share of its value: `0.001` is `0.1%`, with as many decimals as it has.
///
/// ```
/// assert_eq!(app::format::trade_cost(0.001), "0.1%");
/// assert_eq!(app::format::trade_cost(0.00125), "0.125%");
/// assert_eq!(app::format::trade_cost(0.0), "0%");
/// ```
pub fn trade_cost(share: f64) -> String {
    percent_sign(((share * 1e6).round() / 1e4).to_string())
}

fn percent_sign(text: String) -> String {
    if text == NONE { text } else { text + "%" }
}

/// A volume or a market value in three or four digits: `30.6M`, `2.59T`, `940`.
///
/// ```
/// assert_eq!(app::format::compact(30_600_000.0), "30.6M");
/// assert_eq!(app::format::compact(2_591_000_000_000.0), "2.59T");
/// assert_eq!(app::format::compact(999_950.0), "1.00M");
/// ```
pub fn compact(value: f64) -> String {
    if !value.is_finite() {
        return NONE.to_string();
    }
    let mut scaled = value;
    for unit in ["", "K", "M", "B", "T"] {
        let decimals = match scaled.abs() {
            _ if unit.is_empty() => 0,
            size if size < 9.995 => 2,
            size if size < 99.95 => 1,
            _ => 0,
        };
        if scaled.abs() < 999.5 || unit == "T" {
            return number(scaled, decimals) + unit;
        }
        scaled /= 1000.0;
    }
    NONE.to_string()
}

/// Exact money with its thousands grouped, rounded half to even to the currency's smallest unit.
///
/// ```
/// use app::format::money;
/// use domain::portfolio::Currency;
/// assert_eq!(money("12345.678".parse().unwrap(), Currency::USD), "$12,345.68");
/// assert_eq!(money("-0.5".parse().unwrap(), Currency::parse("CHF").unwrap()), "-CHF\u{a0}0.50");
/// assert_eq!(money("1234.5".parse().unwrap(), Currency::parse("JPY").unwrap()), "\u{a5}1,234");
/// ```
pub fn money(value: Decimal, currency: Currency) -> String {
    let amount = decimal(value.abs(), currency.decimals());
    let sign =
        if value.is_sign_negative() && amount.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "-" } else { "" };
    match currency.as_str() {
        "USD" => format!("{sign}${amount}"),
        "EUR" => format!("{sign}\u{20ac}{amount}"),
        "GBP" => format!("{sign}\u{a3}{amount}"),
        "JPY" => format!("{sign}\u{a5}{amount}"),
        code => format!("{sign}{code}\u{a0}{amount}"),
    }
}

/// As [`money`], with a plus before what is above zero.
pub fn money_signed(value: Decimal, currency: Currency) -> String {
    let text = money(value, currency);
    let above = value > Decimal::ZERO && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if above { format!("+{text}") } else { text }
}

/// An exact number with its thousands grouped and this many decimals.
///
/// ```
/// assert_eq!(app::format::decimal("-1234567.125".parse().unwrap(), 2), "-1,234,567.12");
/// ```
pub fn decimal(value: Decimal, decimals: u32) -> String {
    grouped(&format!("{:.*}", decimals as usize, value.round_dp(decimals)))
}

/// An exact number as it was entered, with its thousands grouped.
///
/// ```
/// assert_eq!(app::format::exact("1200.50".parse().unwrap()), "1,200.5");
/// ```
pub fn exact(value: Decimal) -> String {
    grouped(&value.normalize().to_string())
}

fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// `10 Mar 2022`.
pub fn date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date.month()), date.year())
}

/// `10 Mar`, where the year is plain.
pub fn short_date(date: NaiveDate) -> String {
    format!("{} {}", date.day(), month(date.month()))
}

fn month(number: u32) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES[(number as usize - 1) % 12]
}

/// An instant on the exchange's clock: `10 Mar 2022 16:00 New York`.
pub fn new_york(at: DateTime<Utc>) -> String {
    let local = domain::calendar::new_york_at(at);
    format!("{} {:02}:{:02} New York", date(local.date()), local.hour(), local.minute())
}

/// `16:00` on the exchange's clock.
pub fn new_york_time(at: DateTime<Utc>) -> String {
    let local = domain::calendar::new_york_at(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// How long ago, as of `now`: `just now`, `5 min ago`, `2 h ago`, `3 d ago`, then the date.
///
/// ```
/// let now = chrono::DateTime::from_timestamp(1_646_946_000, 0).unwrap();
/// assert_eq!(app::format::ago(now - chrono::Duration::minutes(125), now), "2 h ago");
/// ```
pub fn ago(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let minutes = (now - then).num_minutes();
    match minutes {
        ..1 => "just now".to_string(),
        1..60 => format!("{minutes} min ago"),
        60..1440 => format!("{} h ago", minutes / 60),
        1440..10_080 => format!("{} d ago", minutes / 1440),
        _ => date(then.date_naive()),
    }
}

/// A length of time in its two largest units: `0.25 s`, `12 s`, `3 min 5 s`, `2 h 10 min`.
///
/// ```
/// assert_eq!(app::format::duration(0.254), "0.25 s");
/// assert_eq!(app::format::duration(185.0), "3 min 5 s");
/// assert_eq!(app::format::duration(7800.0), "2 h 10 min");
/// ```
pub fn duration(seconds: f64) -> String {
    let whole = seconds.round() as i64;
    match seconds {
        s if !s.is_finite() || s < 0.0 => NONE.to_string(),
        ..10.0 => format!("{seconds:.2} s"),
        ..60.0 => format!("{whole} s"),
        ..3600.0 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}

/// How long until then, as of `now`: `in 5 min`, `in 2 h`, `in 3 d`; `now` when it is less than a minute.
///
/// ```
/// let now = chrono::DateTime::from_timestamp(1_646_946_000, 0).unwrap();
/// assert_eq!(app::format::until(now + chrono::Duration::minutes(125), now), "in 2 h");
/// ```
pub fn until(then: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match (then - now).num_minutes() {
        ..1 => "now".to_string(),
        minutes @ 1..60 => format!("in {minutes} min"),
        minutes @ 60..1440 => format!("in {} h", minutes / 60),
        minutes => format!("in {} d", minutes / 1440),
    }
}

/// `1 symbol`, `6 symbols`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count as f64, 0), if count == 1 { one } else { many })
}

/// Text as HTML, for the places where Leptos writes children as they are (`<textarea>`): give it to `inner_html`.
///
/// ```
/// assert_eq!(app::format::escaped("</textarea><b>&"), "&lt;/textarea&gt;&lt;b&gt;&amp;");
/// ```
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests;
