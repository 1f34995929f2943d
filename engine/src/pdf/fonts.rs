//! The letters of a report: which font has which, and subsets of only those that are used.
//!
//! genpdf makes the subset, but drops the table that says which letter a glyph is. Without it the writer below knows
//! neither widths nor what is to be found when somebody searches or copies text, so the table is put back.

use domain::report::Report;
use genpdf::{
    Document,
    error::Error,
    fonts::{Font, FontData, FontFamily, GlyphIdMap},
    subsetting::subset_font_with_mapping,
};
use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

/// The fonts, best first: regular, semibold, other alphabets, Chinese and its neighbours.
static FILES: [&[u8]; 4] = [
    include_bytes!("../../fonts/Inter-Regular.ttf"),
    include_bytes!("../../fonts/Inter-SemiBold.ttf"),
    include_bytes!("../../fonts/DejaVuSans.ttf"),
    include_bytes!("../../fonts/DroidSansFallback.ttf"),
];

static LOADED: [LazyLock<FontData>; 4] = [
    LazyLock::new(|| load(0)),
    LazyLock::new(|| load(1)),
    LazyLock::new(|| load(2)),
    LazyLock::new(|| load(3)),
];

fn load(index: usize) -> FontData {
    FontData::new(FILES[index].to_vec(), None).expect("the fonts that ship with the program can be read")
}

/// A whole font: 0 Inter, 1 Inter semibold, 2 other alphabets, 3 Chinese and its neighbours.
pub(crate) fn file(index: usize) -> &'static [u8] {
    FILES[index]
}

/// What stands for a letter that no font has.
const MISSING: char = '\u{25a1}';

/// Letters that charts and page numbers may add.
const ALWAYS: &str = "0123456789 .,:;+-–%/()ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz·…□";

/// A font family for each place in the order of [`face_of`].
pub(super) type Families = [FontFamily<Font>; 3];

/// The place of the family that has a letter: 0 Inter, 1 other alphabets, 2 Chinese and its neighbours.
pub(crate) fn face_of(letter: char) -> Option<usize> {
    [0, 2, 3].iter().position(|&index| LOADED[index].has_glyph(letter))
}

/// Text as it can be printed: no controls and joiners, and a box for what no font has.
pub(crate) fn printable(text: &str) -> String {
    let kept = |letter: char| match letter {
        '\t' | '\n' | '\r' | '\u{a0}' => Some(' '),
        letter if letter.is_control() => None,
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        letter => Some(if face_of(letter).is_some() { letter } else { MISSING }),
    };
    text.chars().filter_map(kept).collect()
}

/// Subsets for one report.
pub(super) struct Letters {
    regular: FontData,
    bold: FontData,
    others: [Option<FontData>; 2],
}

impl Letters {
    /// Subsets of every letter of the report.
    pub(super) fn of(report: &Report) -> Result<Letters, Error> {
        let mut used: [BTreeSet<char>; 3] = Default::default();
        let texts = report.texts();
        for text in texts.into_iter().chain([ALWAYS]) {
            for letter in printable(text).chars() {
                used[face_of(letter).unwrap_or(0)].insert(letter);
            }
        }
        let [latin, second, third] = used;
        let other = |index: usize, letters: &BTreeSet<char>| {
            (!letters.is_empty()).then(|| subset(index, letters)).transpose()
        };
        Ok(Letters {
            regular: subset(0, &latin)?,
            bold: subset(1, &latin)?,
            others: [other(2, &second)?, other(3, &third)?],
        })
    }

    /// A document with these fonts.
    pub(super) fn document(&self) -> (Document, Families) {
        let family = |regular: &FontData, bold: &FontData| FontFamily {
            regular: regular.clone(),
            bold: bold.clone(),
            italic: regular.clone(),
            bold_italic: bold.clone(),
        };
        let mut document = Document::new(family(&self.regular, &self.bold));
        let main = document.font_cache().default_font_family();
        let mut add = |font: &Option<FontData>| match font {
            Some(font) => document.add_font_family(family(font, font)),
            None => main,
        };
        let others = [add(&self.others[0]), add(&self.others[1])];
        (document, [main, others[0], others[1]])
    }
}

fn subset(index: usize, letters: &BTreeSet<char>) -> Result<FontData, Error> {
    let text: String = letters.iter().collect();
    let made = subset_font_with_mapping(FILES[index], &text)?;
    let data = with_letters(&made.data, letters, &made.glyph_id_map);
    Ok(FontData::clone_with_data(&LOADED[index], Arc::new(data), Some(made.glyph_id_map)))
}

/// A font file with a `cmap` table (format 12, OpenType specification) that says which glyph each letter has.
fn with_letters(font: &[u8], letters: &BTreeSet<char>, glyphs: &GlyphIdMap) -> Vec<u8> {
    let groups: Vec<[u32; 3]> = letters
        .iter()
        .filter_map(|&letter| Some([letter.into(), letter.into(), u32::from(glyphs.get(letter)?)]))
        .collect();
    let mut cmap = Vec::new();
    [0u16, 1, 3, 10].iter().for_each(|word| cmap.extend(word.to_be_bytes())); // one table, Windows, full Unicode
    cmap.extend(12u32.to_be_bytes());
    [12u16, 0].iter().for_each(|word| cmap.extend(word.to_be_bytes()));
    let length = 16 + 12 * groups.len() as u32;
    [length, 0, groups.len() as u32].iter().for_each(|word| cmap.extend(word.to_be_bytes()));
    groups.iter().flatten().for_each(|word| cmap.extend(word.to_be_bytes()));

    let word = |at: usize| u32::from_be_bytes([font[at], font[at + 1], font[at + 2], font[at + 3]]);
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let mut tables: Vec<(u32, &[u8])> = (0..count)
        .map(|table| 12 + 16 * table)
        .map(|at| (word(at), &font[word(at + 8) as usize..][..word(at + 12) as usize]))
        .collect();
    tables.push((u32::from_be_bytes(*b"cmap"), &cmap));
    tables.sort_by_key(|table| table.0);

    let mut out = font[..4].to_vec();
    let power = tables.len().ilog2();
    let search = 16 << power;
    for number in [tables.len(), search, power as usize, 16 * tables.len() - search] {
        out.extend((number as u16).to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, data) in &tables {
        for number in [*tag, checksum(data), offset as u32, data.len() as u32] {
            out.extend(number.to_be_bytes());
        }
        offset += data.len().next_multiple_of(4);
    }
    for (_, data) in &tables {
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}
