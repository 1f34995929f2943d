//! One set of colours: what the browser's canvas is given equals the design tokens.
//!
//! OKLCH to sRGB after Björn Ottosson, <https://bottosson.github.io/posts/oklab/>.

use domain::chart::palette::{DARK, DARK_SAFE, LIGHT, LIGHT_SAFE, Palette, rules};

const TOKENS: &str = include_str!("../../style/tokens.css");
const RULES: &str = include_str!("../../style/components/chart_svg.css");

/// The nth value (0 light, 1 dark) of a token, in the given part of the file.
fn token(css: &str, name: &str, dark: bool) -> String {
    let line = css.split(&format!("--{name}: light-dark(")).nth(1).and_then(|rest| rest.split(';').next());
    let value =
        line.unwrap_or_else(|| panic!("--{name} is a token")).split("oklch(").nth(1 + usize::from(dark));
    let numbers: Vec<f64> = value
        .and_then(|v| v.split(')').next())
        .expect("an oklch")
        .split_whitespace()
        .map(|n| n.parse().expect("a number"))
        .collect();
    srgb(numbers[0], numbers[1], numbers[2])
}

fn srgb(lightness: f64, chroma: f64, hue: f64) -> String {
    let (b, a) = hue.to_radians().sin_cos();
    let (a, b) = (a * chroma, b * chroma);
    let l = (lightness + 0.3963377774 * a + 0.2158037573 * b).powi(3);
    let m = (lightness - 0.1055613458 * a - 0.0638541728 * b).powi(3);
    let s = (lightness - 0.0894841775 * a - 1.291485548 * b).powi(3);
    let linear = [
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
    ];
    let gamma = |x: f64| if x <= 0.0031308 { 12.92 * x } else { 1.055 * x.powf(1.0 / 2.4) - 0.055 };
    let [r, g, b] = linear.map(|x| (gamma(x.max(0.0)).clamp(0.0, 1.0) * 255.0).round() as u8);
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn colours(palette: &Palette) -> Vec<(String, &'static str)> {
    let named = [
        ("background", palette.background),
        ("line", palette.line),
        ("text", palette.text),
        ("muted", palette.muted),
        ("accent", palette.accent),
        ("up", palette.up),
        ("down", palette.down),
    ];
    let series = palette.series.iter().enumerate().map(|(i, &colour)| (format!("series-{i}"), colour));
    named.into_iter().map(|(name, colour)| (name.to_string(), colour)).chain(series).collect()
}

#[test]
fn white_and_red_convert_as_the_css_specification_says() {
    assert_eq!(srgb(1.0, 0.0, 0.0), "#ffffff");
    assert_eq!(srgb(0.62796, 0.25768, 29.234), "#ff0000");
}

#[test]
fn the_palette_equals_the_tokens_in_both_themes() {
    for (palette, dark) in [(&LIGHT, false), (&DARK, true)] {
        for (name, colour) in colours(palette) {
            assert_eq!(colour, token(TOKENS, &name, dark), "--{name}, dark: {dark}");
        }
    }
}

#[test]
fn the_colour_blind_safe_pair_equals_the_tokens() {
    let safe = TOKENS.split(r#"[data-colours="safe"]"#).nth(1).expect("a safe pair");
    for (palette, dark) in [(&LIGHT_SAFE, false), (&DARK_SAFE, true)] {
        assert_eq!(palette.up, token(safe, "up", dark));
        assert_eq!(palette.down, token(safe, "down", dark));
    }
}

#[test]
fn the_style_sheet_keeps_the_measures_of_the_rules() {
    let opacity = |share: f64| format!("opacity: {}", share.to_string().trim_start_matches('0'));
    for (class, measure) in [
        (".chart-svg {", format!("padding: 0 {}px {}px 0", rules::AXIS_WIDTH_PX, rules::AXIS_HEIGHT_PX)),
        (".chart-svg {", format!("font-size: {}px", rules::LABEL_PX)),
        (".k-line", format!("stroke-width: {}px", rules::LINE_PX)),
        (".k-grid", opacity(rules::GRID_OPACITY)),
        (".k-fill", opacity(rules::AREA_OPACITY)),
        (".k-band", opacity(rules::BAND_OPACITY)),
        (".k-volume", opacity(rules::VOLUME_OPACITY)),
        (".k-histogram", opacity(rules::HISTOGRAM_OPACITY)),
        ("@container", format!("width < {}px", rules::NARROW_PX)),
    ] {
        let line = RULES
            .lines()
            .find(|line| line.starts_with(class))
            .unwrap_or_else(|| panic!("{class} has a rule"));
        assert!(line.contains(&measure), "{class} should say {measure}: {line}");
    }
}
