//! Numbers as people and brokers write them: grouped, with a decimal point or comma, with a currency sign.

use rust_decimal::Decimal;
use std::str::FromStr;

/// Whether the numbers of a file have a decimal comma. `false` where nothing tells, unless cells are separated by
/// semicolons, as they are where commas are decimal.
pub(super) fn has_decimal_comma<'a>(cells: impl Iterator<Item = &'a str>, separator: char) -> bool {
    let (mut commas, mut points) = (0, 0);
    for cell in cells {
        let digits: String =
            cell.chars().filter(|letter| letter.is_ascii_digit() || ".,".contains(*letter)).collect();
        match (digits.rfind('.'), digits.rfind(',')) {
            (Some(point), Some(comma)) if comma > point => commas += 1,
            (Some(_), Some(_)) => points += 1,
            (None, Some(comma)) if !thousands(&digits, comma) => commas += 1,
            (Some(point), None) if !thousands(&digits, point) => points += 1,
            _ => {}
        }
    }
    match commas == points {
        true => separator == ';' && commas == 0,
        false => commas > points,
    }
}

/// Whether a mark could group thousands: three digits after it, up to three before, and not a lone zero.
fn thousands(digits: &str, mark: usize) -> bool {
    let before = &digits[..digits.find(['.', ',']).unwrap_or(mark)];
    digits.len() - mark == 4 && (1..=3).contains(&before.len()) && before != "0"
}

/// A number; `None` when it is none.
pub(super) fn parse(cell: &str, decimal_comma: bool) -> Option<Decimal> {
    let cell = cell.trim();
    let (mut text, mut negative) = match cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.trim().to_string(), true),
        None => (cell.to_string(), false),
    };
    text = text.replace('−', "-");
    let word =
        |letter: char| letter.is_alphabetic() && !matches!(letter, 'e' | 'E') || "$€£¥₹".contains(letter);
    let text = text.trim_matches(|letter: char| word(letter) || letter.is_whitespace());
    let text = match text.strip_prefix(['-', '+']) {
        Some(rest) => {
            negative ^= text.starts_with('-');
            rest.trim_start_matches(|letter: char| word(letter) || letter.is_whitespace())
        }
        None => text,
    };
    let text = match text.strip_suffix('-') {
        Some(rest) => {
            negative = !negative;
            rest
        }
        None => text,
    };
    let (group, point) = if decimal_comma { ('.', ',') } else { (',', '.') };
    let (whole, fraction) = text.split_once(point).unwrap_or((text, ""));
    let whole = ungroup(whole, group)?;
    let plain = match fraction {
        "" => whole,
        fraction => format!("{whole}.{fraction}"),
    };
    let number = match plain.contains(['e', 'E']) {
        true => Decimal::from_scientific(&plain).ok()?,
        false if plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => exact(&plain)?,
        false => return None,
    };
    Some(if negative { -number } else { number })
}

/// As written; digits beyond the 28th are rounded.
fn exact(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_str(text)).ok()
}

/// Digits without what groups them by threes.
fn ungroup(whole: &str, group: char) -> Option<String> {
    let marks = [group, ' ', '\u{a0}', '\u{202f}', '\'', '’', '_'];
    if !whole.contains(marks) {
        return Some(if whole.is_empty() { "0".to_string() } else { whole.to_string() });
    }
    let parts: Vec<&str> = whole.split(marks).collect();
    let fits = parts[1..].iter().all(|part| part.len() == 3) && (1..=3).contains(&parts[0].len());
    fits.then(|| parts.concat())
}
