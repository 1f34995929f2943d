//! Gainers, losers, most active; and the map of what traded.

use crate::{
    components::{ChangePill, Column, DataTable, HeatCell, HeatKey, Heatmap, SegmentedControl},
    format, routes,
};
use domain::overview::Mover;
use leptos::prelude::*;

#[component]
pub fn Movers(gainers: Vec<Mover>, losers: Vec<Mover>, active: Vec<Mover>) -> impl IntoView {
    let kind = RwSignal::new("gainers".to_string());
    let options = [("gainers", "Gainers"), ("losers", "Losers"), ("active", "Volume")]
        .map(|(value, words)| (value.to_string(), words.to_string()))
        .to_vec();
    let rows = move || {
        let movers = match kind.read().as_str() {
            "losers" => &losers,
            "active" => &active,
            _ => &gainers,
        };
        movers.iter().map(|mover| view! { <MoverRow mover=mover.clone() /> }).collect_view()
    };
    let columns = ["Symbol", "Price", "Change"].map(Column::words);
    view! {
        <section class="card" aria-labelledby="movers-title">
            <header class="card-head">
                <h2 id="movers-title">"Movers"</h2>
                <SegmentedControl
                    name="movers"
                    legend="Which movers"
                    options
                    selected=kind
                    on_change=Callback::new(move |value| kind.set(value))
                />
            </header>
            <DataTable caption="Movers of the last session" columns unseen_head=true>
                {rows}
            </DataTable>
        </section>
    }
}

#[component]
fn MoverRow(mover: Mover) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="cell-key">
                <a class="symbol-link" href=routes::symbol(&mover.symbol)>
                    <strong>{mover.symbol.to_string()}</strong>
                    <span class="muted">{mover.name}</span>
                </a>
            </th>
            <td class="cell-num cell-main num">{format::price(mover.price)}</td>
            <td class="cell-num cell-side">
                <ChangePill percent=Signal::stored(Some(mover.change_percent)) />
            </td>
        </tr>
    }
}

/// The change that gets the strongest colour: the next round one above the largest, so that a quiet market still
/// shows its differences. The key beside the map says which.
fn full_colour(cells: &[HeatCell]) -> f64 {
    let largest = cells.iter().filter_map(|cell| cell.change).map(f64::abs).fold(0.0, f64::max);
    [0.1, 0.2, 0.5, 1.0, 2.0, 3.0].into_iter().find(|step| *step >= largest).unwrap_or(5.0)
}

/// Tiles as large as the money that changed hands, coloured by change.
#[component]
pub fn Activity(active: Vec<Mover>) -> impl IntoView {
    let cells = active
        .into_iter()
        .filter_map(|mover| {
            Some(HeatCell {
                weight: mover.price * mover.volume?,
                label: mover.symbol.to_string(),
                name: mover.name,
                change: Some(mover.change_percent),
                href: Some(routes::symbol(&mover.symbol)),
            })
        })
        .collect::<Vec<_>>();
    let full = full_colour(&cells);
    (!cells.is_empty()).then(|| {
        view! {
            <section class="card map-card" aria-labelledby="map-title">
                <header class="card-head">
                    <h2 id="map-title">
                        "Most traded" <span class="muted">" by dollar volume of the session"</span>
                    </h2>
                </header>
                <div class="card-body">
                    <Heatmap
                        cells=Signal::stored(cells)
                        label="Size is the session's dollar volume, colour the change"
                        full
                    />
                    <HeatKey full />
                </div>
            </section>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_colour_is_the_next_round_change() {
        let cell = |change| HeatCell {
            label: String::new(),
            name: String::new(),
            weight: 1.0,
            change: Some(change),
            href: None,
        };
        assert_eq!(full_colour(&[cell(0.03), cell(-0.07)]), 0.1);
        assert_eq!(full_colour(&[cell(0.03), cell(-2.72)]), 3.0);
        assert_eq!(full_colour(&[cell(9.0)]), 5.0);
    }
}
