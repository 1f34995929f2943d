//! A treemap: each tile as large as its weight and coloured by its change.
//!
//! Tiles are nested `<svg>` elements placed in percent, so that the map fills any width without scripts or
//! inline styles while the words keep their size.

use crate::format;
use leptos::prelude::*;

/// One tile.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatCell {
    /// Short name, as a symbol.
    pub label: String,
    /// What it is in full, for the tooltip and screen readers.
    pub name: String,
    /// Its share of the area; zero and below are left out.
    pub weight: f64,
    /// In percent; colours the tile.
    pub change: Option<f64>,
    /// Where a click leads.
    pub href: Option<String>,
}

/// A tile's place, in percent of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// The map.
///
/// - `cells`: in any order; laid out largest first.
/// - `label`: what the map shows, with what size and colour mean.
/// - `full`: the change, in percent, that gets the strongest colour; 3 unless said.
#[component]
pub fn Heatmap(
    #[prop(into)] cells: Signal<Vec<HeatCell>>,
    #[prop(into)] label: String,
    #[prop(default = 3.0)] full: f64,
) -> impl IntoView {
    let tiles = move || {
        let mut cells = cells.get();
        cells.retain(|cell| cell.weight.is_finite() && cell.weight > 0.0);
        cells.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let weights: Vec<f64> = cells.iter().map(|cell| cell.weight).collect();
        let places = squarify(&weights, 2.2);
        cells
            .into_iter()
            .zip(places)
            .map(|(cell, place)| view! { <HeatTile cell=cell place=place full=full /> })
            .collect_view()
    };
    view! { <svg class="heatmap" role="group" aria-label=label>{tiles}</svg> }
}

#[component]
fn HeatTile(cell: HeatCell, place: Place, full: f64) -> impl IntoView {
    let change = cell.change.map_or_else(|| format::NONE.to_string(), format::change_percent);
    let title = format!("{}: {change}", cell.name);
    let tile = view! {
        <svg
            class="heat"
            data-heat=heat(cell.change, full)
            data-size=size(place)
            x=percent(place.x)
            y=percent(place.y)
            width=percent(place.width)
            height=percent(place.height)
        >
            <title>{title.clone()}</title>
            <rect class="heat-tile" x="1" y="1" width="100%" height="100%" />
            <text class="heat-label" x="50%" y="50%">{cell.label}</text>
            <text class="heat-change num" x="50%" y="50%">{change}</text>
        </svg>
    };
    match cell.href {
        Some(href) => view! { <a href=href aria-label=title>{tile}</a> }.into_any(),
        None => tile.into_any(),
    }
}

/// What the colours of a map mean, from the strongest down to the strongest up.
///
/// - `full`: as of the map.
#[component]
pub fn HeatKey(full: f64) -> impl IntoView {
    let step = |step: &'static str| {
        view! {
            <svg class="heat" data-heat=step>
                <rect class="heat-tile" width="100%" height="100%" />
            </svg>
        }
    };
    view! {
        <p class="heat-key num">
            <span>{format::change_percent(-full)}</span>
            <span class="heat-steps" aria-hidden="true">
                {["-3", "-2", "-1", "0", "1", "2", "3"].map(step).collect_view()}
            </span>
            <span>{format::change_percent(full)}</span>
        </p>
    }
}

/// Seven steps from `-3` to `3`; `none` where the change is not known.
fn heat(change: Option<f64>, full: f64) -> &'static str {
    let Some(change) = change else { return "none" };
    match (change / full * 3.0).round() {
        step if step <= -3.0 => "-3",
        step if step <= -2.0 => "-2",
        step if step <= -1.0 => "-1",
        step if step < 1.0 => "0",
        step if step < 2.0 => "1",
        step if step < 3.0 => "2",
        _ => "3",
    }
}

/// How much text a tile holds: `l` label and change, `m` both but small, `s` the label alone, `xs` nothing.
fn size(place: Place) -> &'static str {
    match (place.width, place.height) {
        (width, height) if width >= 14.0 && height >= 22.0 => "l",
        (width, height) if width >= 7.0 && height >= 14.0 => "m",
        (width, height) if width >= 4.5 && height >= 7.0 => "s",
        _ => "xs",
    }
}

fn percent(value: f64) -> String {
    format!("{value:.3}%")
}

/// Squarified treemap (Bruls, Huizing, van Wijk 2000): rows along the shorter side, each extended as long as
/// that brings its tiles closer to squares. `aspect` is the map's width by its height.
fn squarify(largest_first: &[f64], aspect: f64) -> Vec<Place> {
    let total: f64 = largest_first.iter().sum();
    let mut places = Vec::with_capacity(largest_first.len());
    let (mut x, mut y, mut width, mut height) = (0.0, 0.0, aspect, 1.0);
    let areas: Vec<f64> = largest_first.iter().map(|weight| weight / total * aspect).collect();
    let mut rest = areas.as_slice();
    while !rest.is_empty() {
        let side = f64::min(width, height);
        let mut count = 1;
        while count < rest.len() && worst(&rest[..count + 1], side) <= worst(&rest[..count], side) {
            count += 1;
        }
        let (row, after) = rest.split_at(count);
        let depth = row.iter().sum::<f64>() / side;
        let mut along = 0.0;
        for area in row {
            let length = area / depth;
            let place = if width >= height {
                Place { x, y: y + along, width: depth, height: length }
            } else {
                Place { x: x + along, y, width: length, height: depth }
            };
            places.push(Place {
                x: place.x / aspect * 100.0,
                width: place.width / aspect * 100.0,
                y: place.y * 100.0,
                height: place.height * 100.0,
            });
            along += length;
        }
        if width >= height {
            (x, width) = (x + depth, width - depth);
        } else {
            (y, height) = (y + depth, height - depth);
        }
        rest = after;
    }
    places
}

/// The farthest any tile of a row is from a square, as the ratio of its sides.
fn worst(row: &[f64], side: f64) -> f64 {
    let depth = row.iter().sum::<f64>() / side;
    row.iter()
        .map(|area| area / depth)
        .map(|length| f64::max(length / depth, depth / length))
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_the_map_exactly_in_the_share_of_their_weights() {
        let weights = [6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0];
        let places = squarify(&weights, 1.5);
        for (weight, place) in weights.iter().zip(&places) {
            assert!((place.width * place.height - weight / 24.0 * 1e4).abs() < 1e-6);
            assert!(place.x >= 0.0 && place.x + place.width < 100.0 + 1e-6);
            assert!(place.y >= 0.0 && place.y + place.height < 100.0 + 1e-6);
        }
    }

    /// The worked example of Bruls, Huizing, van Wijk (2000), figure 4: 6 6 4 3 2 2 1 on a 6 by 4 rectangle;
    /// the first row holds the two sixes, 3 wide.
    #[test]
    fn the_first_row_of_the_papers_example_holds_two_tiles() {
        let places = squarify(&[6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0], 1.5);
        assert_eq!((places[0].x, places[0].y), (0.0, 0.0));
        assert!((places[0].width - 50.0).abs() < 1e-9 && (places[0].height - 50.0).abs() < 1e-9);
        assert!((places[1].width - 50.0).abs() < 1e-9 && (places[1].y - 50.0).abs() < 1e-9);
        assert!(places[2].x > 49.9);
    }

    #[test]
    fn nothing_to_show_is_an_empty_map() {
        assert!(squarify(&[], 2.0).is_empty());
    }

    #[test]
    fn the_colour_has_seven_steps_and_says_when_it_does_not_know() {
        assert_eq!(heat(Some(0.4), 3.0), "0");
        assert_eq!(heat(Some(-0.6), 3.0), "-1");
        assert_eq!(heat(Some(9.0), 3.0), "3");
        assert_eq!(heat(Some(-9.0), 3.0), "-3");
        assert_eq!(heat(None, 3.0), "none");
    }
}
