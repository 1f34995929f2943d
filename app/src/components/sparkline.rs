//! A small line of the recent past, drawn as SVG by the same code on the server and in the browser.

use super::Trend;
use leptos::prelude::*;
use std::fmt::Write;

const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 30.0;
/// Keeps the stroke inside the picture.
const INSET: f64 = 2.0;

/// The line of a series and the area under it, coloured by where it ended against where it began.
///
/// - `values`: oldest first; fewer than two draw a flat line. What is not finite is left out.
/// - `label`: what it says in words; without it the line is decoration.
/// - `tall`: fills a card's width instead of standing beside text.
#[component]
pub fn Sparkline(
    #[prop(into)] values: Signal<Vec<f64>>,
    #[prop(optional, into)] label: Option<String>,
    #[prop(optional)] tall: bool,
) -> impl IntoView {
    view! {
        <svg
            class="spark"
            class:spark-tall=tall
            data-trend=move || values.with(|values| trend(values)).as_str()
            viewBox="0 0 100 30"
            preserveAspectRatio="none"
            role=label.is_some().then_some("img")
            aria-label=label.clone()
            aria-hidden=label.is_none().then_some("true")
        >
            <path class="spark-area" d=move || values.with(|values| area(&line(values))) />
            <polyline class="spark-line" points=move || values.with(|values| line(values)) />
        </svg>
    }
}

fn trend(values: &[f64]) -> Trend {
    match (values.first(), values.last()) {
        (Some(first), Some(last)) => Trend::of(Some((last - first) * 1e6)),
        _ => Trend::Flat,
    }
}

/// `x,y x,y ...` across the picture, the lowest value at the bottom.
fn line(values: &[f64]) -> String {
    let values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if values.len() < 2 || high <= low {
        return format!("0,{0:.1} {WIDTH:.1},{0:.1}", HEIGHT / 2.0);
    }
    let step = WIDTH / (values.len() - 1) as f64;
    let scale = (HEIGHT - 2.0 * INSET) / (high - low);
    let mut points = String::with_capacity(values.len() * 10);
    for (at, value) in values.iter().enumerate() {
        let space = if at == 0 { "" } else { " " };
        // Writing into a String cannot fail.
        let _ = write!(points, "{space}{:.1},{:.1}", at as f64 * step, INSET + (high - value) * scale);
    }
    points
}

fn area(points: &str) -> String {
    format!("M0,{HEIGHT:.0} L{} L{WIDTH:.0},{HEIGHT:.0} Z", points.replace(' ', " L"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_value_is_at_the_bottom_and_the_highest_at_the_top() {
        assert_eq!(line(&[1.0, 3.0, 2.0]), "0.0,28.0 50.0,2.0 100.0,15.0");
    }

    #[test]
    fn too_little_or_unchanging_history_is_a_flat_line() {
        for values in [&[][..], &[5.0], &[5.0, 5.0, 5.0], &[f64::NAN, 5.0]] {
            assert_eq!(line(values), "0,15.0 100.0,15.0");
        }
    }

    #[test]
    fn the_area_closes_under_the_line() {
        assert_eq!(area("0,2 100,4"), "M0,30 L0,2 L100,4 L100,30 Z");
    }

    #[test]
    fn the_colour_follows_the_ends() {
        assert_eq!(trend(&[1.0, 9.0, 1.0001]), Trend::Up);
        assert_eq!(trend(&[2.0, 1.0]), Trend::Down);
        assert_eq!(trend(&[]), Trend::Flat);
    }
}
