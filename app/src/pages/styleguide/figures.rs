//! Figures: prices, changes, signals, tiles, maps and tables.

use super::Section;
use crate::components::{
    Button, ChangePill, Column, DataTable, HeatCell, Heatmap, KpiStrip, KpiTile, LiveDot, LiveState,
    MoodChip, PriceCell, ProvenanceChip, SignalBadge, Sorted, Sparkline,
};
use chrono::{DateTime, Utc};
use domain::{
    signal::{Action, Badge},
    source::Source,
};
use leptos::prelude::*;

const RISING: [f64; 6] = [10.0, 11.0, 10.5, 12.0, 11.8, 13.0];

/// Everything that shows a number.
#[component]
pub fn Figures() -> impl IntoView {
    view! {
        <Small />
        <Section title="Tiles">
            <div class="guide-wide">
                <KpiStrip>
                    <KpiTile
                        label="Example index"
                        value="4,259.52".to_string()
                        change=Signal::stored(Some(-0.43))
                        history=Signal::stored(RISING.iter().rev().copied().collect::<Vec<f64>>())
                        explain="The last close against the one before."
                    />
                    <KpiTile label="With a note" value="1.98".to_string() note="percent" />
                    <KpiTile label="Not known" value="–".to_string() change=Signal::stored(None) />
                </KpiStrip>
            </div>
        </Section>
        <Maps />
    }
}

#[component]
fn Small() -> impl IntoView {
    let price = RwSignal::new(Some(158.52));
    let changes = [Some(1.5), Some(-2.72), Some(0.0), None]
        .map(|percent| view! { <ChangePill percent=percent /> <ChangePill percent=percent soft=true /> })
        .into_iter()
        .collect_view();
    let moods = [Some(0.6), Some(0.0), Some(-0.4), None]
        .map(|score| view! { <MoodChip score=score with_label=true /> })
        .into_iter()
        .collect_view();
    let badges = [
        (Action::Buy, "BUY (Oversold)", Some(24.0)),
        (Action::Sell, "SELL (Overbought)", Some(78.0)),
        (Action::Neutral, "NEUTRAL", Some(51.0)),
        (Action::NoData, "NO DATA", None),
    ]
    .map(|(action, text, rsi)| Badge { action, text: text.to_string(), rsi, strength: 50.0 })
    .map(|badge| view! { <SignalBadge badge=badge with_rsi=true /> })
    .into_iter()
    .collect_view();
    let dots = [
        LiveState::Live,
        LiveState::Delayed,
        LiveState::Simulated,
        LiveState::Connected,
        LiveState::Reconnecting,
        LiveState::Off,
    ]
    .map(|state| view! { <LiveDot state=state /> })
    .into_iter()
    .collect_view();
    let epoch = DateTime::<Utc>::UNIX_EPOCH;
    view! {
        <Section title="Figures">
            <PriceCell price=price />
            <PriceCell price=price large=true />
            <PriceCell price=None />
            <Button
                small=true
                on_click=move |()| price.update(|price| *price = price.map(|price| price + 1.0))
            >
                "Raise the price"
            </Button>
            {changes}
            {moods}
            {badges}
            {dots}
            <ProvenanceChip source=Source::Bundled as_of=epoch />
            <ProvenanceChip source=Source::Simulated as_of=epoch />
            <ProvenanceChip source=Source::Yahoo as_of=epoch delayed=true repaired=true />
            <Sparkline values=RISING.to_vec() label="Rising" />
            <Sparkline values=Vec::new() />
        </Section>
    }
}

#[component]
fn Maps() -> impl IntoView {
    let cells: Vec<HeatCell> = [
        ("A", 9.0, Some(3.2)),
        ("B", 6.0, Some(-1.4)),
        ("C", 4.0, Some(0.1)),
        ("D", 2.0, Some(-4.0)),
        ("E", 1.0, None),
    ]
    .map(|(label, weight, change)| HeatCell {
        label: label.to_string(),
        name: format!("Example {label}"),
        weight,
        change,
        href: None,
    })
    .to_vec();
    let rows = cells
        .iter()
        .map(|cell| {
            view! {
                <tr>
                    <td class="cell-key">{cell.name.clone()}</td>
                    <td class="cell-num cell-main num">{cell.weight}</td>
                    <td class="cell-num cell-side"><ChangePill percent=cell.change /></td>
                </tr>
            }
        })
        .collect_view();
    let columns = [
        Column::words("Name"),
        Column::figures("Weight").sorts(|| "/styleguide".to_string(), || Some(Sorted::Descending)),
        Column::figures("Change"),
    ];
    view! {
        <Section title="Maps and tables">
            <div class="guide-half"><Heatmap cells=cells.clone() label="Examples: size is weight, colour is change" /></div>
            <div class="guide-half">
                <DataTable caption="Examples" columns>{rows}</DataTable>
            </div>
        </Section>
    }
}
