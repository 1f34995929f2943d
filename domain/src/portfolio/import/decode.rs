//! Bytes to text: which encoding a file is in, and what is no text at all.

use super::{MAX_BYTES, Refusal};
use serde::{Deserialize, Serialize};

/// How the letters of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Encoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Also read for Latin-1, of which it has everything that is printed.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// What files that are no text begin with.
const MAGIC: [(&[u8], &str); 9] = [
    (b"PK\x03\x04", "a ZIP archive or a workbook"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"BZh", "compressed by bzip2"),
    (b"\xfd7zXZ", "compressed by xz"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old workbook"),
];

/// Windows-1252 from 0x80 to 0x9f; the five places without a letter are shown as U+FFFD.
const HIGH: [char; 32] = [
    '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
    '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
];

/// The text of a file without its byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<(String, Encoding), Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Refusal::NotText(what));
    }
    let (text, encoding) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (String::from_utf8_lossy(rest).into_owned(), Encoding::Utf8),
        [0xff, 0xfe, rest @ ..] => (wide(rest, u16::from_le_bytes), Encoding::Utf16Le),
        [0xfe, 0xff, rest @ ..] => (wide(rest, u16::from_be_bytes), Encoding::Utf16Be),
        // Half the bytes of plain text in UTF-16 are zero: the even ones or the odd ones.
        _ if zeros(bytes, 1) => (wide(bytes, u16::from_le_bytes), Encoding::Utf16Le),
        _ if zeros(bytes, 0) => (wide(bytes, u16::from_be_bytes), Encoding::Utf16Be),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_string(), Encoding::Utf8),
            Err(_) => (bytes.iter().map(|byte| letter(*byte)).collect(), Encoding::Windows1252),
        },
    };
    if text.contains('\0') {
        return Err(Refusal::NotText("binary"));
    }
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    Ok((text, encoding))
}

fn letter(byte: u8) -> char {
    match byte {
        0x80..0xa0 => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn wide(bytes: &[u8], read: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Whether nearly every second byte, counted from `offset`, is zero and the others are not.
fn zeros(bytes: &[u8], offset: usize) -> bool {
    let sample = &bytes[..bytes.len().min(2_000)];
    let zero = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    sample.len() >= 4 && zero(offset) * 10 >= sample.len() * 4 && zero(1 - offset) * 20 <= sample.len()
}
