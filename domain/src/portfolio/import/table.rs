//! Text to rows and cells: separated values as RFC 4180 has them, with whatever separator.

use super::{MAX_CELL_BYTES, MAX_COLUMNS, Refusal};
use crate::portfolio::MAX_TRANSACTIONS;

/// What may stand between cells.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// A row with the line it begins on, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: u32,
    pub(super) cells: Vec<String>,
}

/// The separator and the rows, empty ones left out. A first line `sep=;`, as spreadsheets write it, is obeyed.
pub(super) fn rows(text: &str) -> Result<(char, Vec<Line>), Refusal> {
    let first = text.lines().next().unwrap_or_default();
    let told = first.strip_prefix("sep=").and_then(|rest| rest.chars().next());
    let separator = told.unwrap_or_else(|| separator(text));
    let mut lines = split(text, separator)?;
    if told.is_some() {
        lines.remove(0);
    }
    Ok((separator, lines))
}

/// The candidate that cuts the first rows into the most columns of one number.
fn separator(text: &str) -> char {
    let counts = |separator: char| {
        let mut quoted = false;
        let mut counts = vec![0_usize];
        for letter in text.chars().take(20_000) {
            match letter {
                '"' => quoted = !quoted,
                '\n' if !quoted => counts.push(0),
                letter if letter == separator && !quoted => *counts.last_mut().expect("one at least") += 1,
                _ => {}
            }
        }
        counts.truncate(20);
        counts
    };
    let score = |separator: &char| {
        let counts = counts(*separator);
        let header = counts[0];
        // Decimal commas make the commas of a file with semicolons differ from row to row.
        let alike = counts.iter().filter(|count| **count == header).count();
        if header == 0 { 0 } else { alike * 1_000 + header }
    };
    // Of equals the first, so the comma.
    SEPARATORS.into_iter().rev().max_by_key(score).unwrap_or(',')
}

fn split(text: &str, separator: char) -> Result<Vec<Line>, Refusal> {
    let mut lines = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    let mut cell = String::new();
    let (mut number, mut begun) = (1_u32, 1_u32);
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    loop {
        let letter = letters.next();
        match letter {
            Some('"') if quoted => match letters.peek() {
                Some('"') => {
                    letters.next();
                    cell.push('"');
                }
                _ => quoted = false,
            },
            Some(letter) if quoted => {
                number += u32::from(letter == '\n');
                cell.push(letter);
            }
            None if quoted => return Err(Refusal::OpenQuote(begun)),
            Some('"') if cell.is_empty() => quoted = true,
            Some('\r') if letters.peek() == Some(&'\n') => {}
            None | Some('\n' | '\r') => {
                if !(cells.is_empty() && cell.trim().is_empty()) {
                    cells.push(std::mem::take(&mut cell));
                    if cells.iter().any(|cell| !cell.trim().is_empty()) {
                        lines.push(Line { number: begun, cells: std::mem::take(&mut cells) });
                    }
                    cells.clear();
                }
                cell.clear();
                // The header is a row, too.
                if lines.len() > MAX_TRANSACTIONS + 2 {
                    return Err(Refusal::TooManyRows);
                }
                if letter.is_none() {
                    return Ok(lines);
                }
                number += 1;
                begun = number;
            }
            Some(letter) if letter == separator => {
                cells.push(std::mem::take(&mut cell));
                if cells.len() >= MAX_COLUMNS {
                    return Err(Refusal::TooManyColumns(begun));
                }
            }
            Some(letter) => cell.push(letter),
        }
        if cell.len() > MAX_CELL_BYTES {
            return Err(Refusal::TooLong(begun));
        }
    }
}
