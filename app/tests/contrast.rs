//! Words can be read: the tokens' colours against every surface words stand on, in both themes.
//!
//! The bar is WCAG 2.2, success criterion 1.4.3: 4.5 to 1. Conversions follow CSS Color 4 (oklch to linear sRGB,
//! matrices by Björn Ottosson) and WCAG's definition of relative luminance.

use std::collections::BTreeMap;

const BAR: f64 = 4.5;
const WORDS: [&str; 7] = ["text", "muted", "up", "down", "accent-text", "warning", "info"];
const SURFACES: [&str; 3] = ["background", "surface", "raised"];

/// Lightness, chroma and hue, as written in `oklch()`.
type Oklch = [f64; 3];
/// Name of a token -> its light and its dark colour.
type Tokens = BTreeMap<String, [Oklch; 2]>;
const THEMES: [&str; 2] = ["light", "dark"];

#[test]
fn words_meet_the_bar_on_every_surface_in_both_themes() {
    assert_readable(&tokens(":root {"));
}

#[test]
fn the_colour_blind_safe_pair_meets_the_bar_too() {
    let mut all = tokens(":root {");
    let safe = tokens(":root[data-colours=\"safe\"] {");
    assert!(safe.contains_key("up") && safe.contains_key("down"));
    all.extend(safe);
    assert_readable(&all);
}

#[test]
fn words_on_the_accent_meet_the_bar() {
    let tokens = tokens(":root {");
    for (at, theme) in THEMES.iter().enumerate() {
        let ratio = contrast(tokens["on-accent"][at], tokens["accent-fill"][at]);
        assert!(ratio >= BAR, "on-accent on accent-fill, {theme}: {ratio:.2}");
    }
}

/// By WCAG 2.2 black on white is 21 to 1.
#[test]
fn black_on_white_is_twenty_one_to_one() {
    assert!((contrast([0.0, 0.0, 0.0], [1.0, 0.0, 0.0]) - 21.0).abs() < 1e-3);
}

/// CSS Color 4: the red of sRGB is `oklch(0.628 0.2577 29.23)`, and WCAG gives it a luminance of 0.2126.
#[test]
fn the_red_of_srgb_has_the_luminance_of_red() {
    assert!((luminance([0.628, 0.2577, 29.23]) - 0.2126).abs() < 2e-3);
}

fn assert_readable(tokens: &Tokens) {
    let mut too_weak = Vec::new();
    for (at, theme) in THEMES.iter().enumerate() {
        for word in WORDS {
            for surface in SURFACES {
                let ratio = contrast(tokens[word][at], tokens[surface][at]);
                if ratio < BAR {
                    too_weak.push(format!("{word} on {surface}, {theme}: {ratio:.2}"));
                }
            }
        }
    }
    assert!(too_weak.is_empty(), "below {BAR} to 1:\n{}", too_weak.join("\n"));
}

/// The colours declared in the block that begins with `opening`.
fn tokens(opening: &str) -> Tokens {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../style/tokens.css");
    let css = std::fs::read_to_string(path).expect("the tokens are in style/tokens.css");
    let (_, block) = css.split_once(opening).expect("tokens.css has this block");
    let block = block.split('}').next().unwrap_or(block);
    block.split(';').filter_map(declaration).collect()
}

/// `--name: light-dark(oklch(L C H), oklch(L C H))`; what has another shape, as a colour with alpha, colours no words.
fn declaration(text: &str) -> Option<(String, [Oklch; 2])> {
    let (_, text) = text.rsplit_once("--")?;
    let (name, value) = text.split_once(':')?;
    let mut colours = value.trim().strip_prefix("light-dark(")?.split("oklch(").skip(1).map(oklch);
    Some((name.trim().to_string(), [colours.next()??, colours.next()??]))
}

fn oklch(text: &str) -> Option<Oklch> {
    let (numbers, _) = text.split_once(')')?;
    let parts: Option<Vec<f64>> = numbers.split_whitespace().map(|number| number.parse().ok()).collect();
    parts?.try_into().ok()
}

fn contrast(one: Oklch, other: Oklch) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance of what a screen of sRGB shows: channels outside it are clipped.
fn luminance([lightness, chroma, hue]: Oklch) -> f64 {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
    let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
    let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s;
    let [red, green, blue] = [red, green, blue].map(|channel: f64| channel.clamp(0.0, 1.0));
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
