//! The style guide: every component in its states, with made-up values that say so. For those who build Candlewick.

mod figures;
mod frames;

use crate::components::{
    AreaField, Banner, Button, ButtonLink, ButtonLook, CheckField, EmptyState, FailedState, Field, Glyph,
    Icon, Mark, OfflineState, SegmentedControl, SegmentedLinks, SelectField, Shape, Skeleton, Tone, Tooltip,
    Wordmark,
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page `/styleguide`.
#[component]
pub fn Styleguide() -> impl IntoView {
    view! {
        <Title text="Style guide" />
        <main class="content" id="main">
            <header class="page-head">
                <h1>"Style guide"</h1>
                <p>"Every component in its states. All figures on this page are examples, none is a price."</p>
            </header>
            <Tokens />
            <Marks />
            <Buttons />
            <Fields />
            <figures::Figures />
            <States />
            <frames::Frames />
        </main>
    }
}

/// One part of the guide.
#[component]
fn Section(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="guide-section">
            <h2>{title}</h2>
            <div class="guide-body">{children()}</div>
        </section>
    }
}

#[component]
fn Tokens() -> impl IntoView {
    const NAMES: [&str; 20] = [
        "background",
        "surface",
        "raised",
        "line",
        "edge",
        "text",
        "muted",
        "accent",
        "up",
        "down",
        "warning",
        "info",
        "series-0",
        "series-1",
        "series-2",
        "series-3",
        "series-4",
        "series-5",
        "series-6",
        "series-7",
    ];
    let swatches = NAMES
        .map(|name| {
            view! {
                <div class="guide-swatch" data-token=name>
                    <svg aria-hidden="true"></svg>
                    <span>{name}</span>
                </div>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <Section title="Colours">
            <div class="swatch-grid">{swatches}</div>
        </Section>
    }
}

#[component]
fn Marks() -> impl IntoView {
    let icons = Glyph::ALL
        .map(|glyph| {
            view! {
                <div class="icon-cell">
                    <Icon glyph=glyph />
                    <span>{format!("{glyph:?}")}</span>
                </div>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <Section title="Mark and icons">
            <Mark label="Candlewick" />
            <Mark plain=true />
            <Wordmark />
            <div class="icon-grid">{icons}</div>
        </Section>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let range = RwSignal::new("1M".to_string());
    let ranges = || ["1D", "1M", "1Y"].map(|range| (range.to_string(), range.to_string())).to_vec();
    let tabs = vec![
        ("/styleguide".to_string(), "Here".to_string()),
        ("/styleguide?tab=there".to_string(), "There".to_string()),
    ];
    view! {
        <Section title="Buttons and choices">
            <Button look=ButtonLook::Primary>"Primary"</Button>
            <Button>"Secondary"</Button>
            <Button look=ButtonLook::Ghost>"Ghost"</Button>
            <Button look=ButtonLook::Danger>"Danger"</Button>
            <Button small=true icon=Glyph::Plus>"Small"</Button>
            <Button icon=Glyph::Refresh label="Refresh" />
            <Button busy=true>"Busy"</Button>
            <Button disabled=true>"Disabled"</Button>
            <ButtonLink href="/styleguide" icon=Glyph::External>"Link"</ButtonLink>
            <SegmentedControl
                name="guide-range"
                legend="Range"
                options=ranges()
                selected=range
                on_change=Callback::new(move |chosen| range.set(chosen))
            />
            <SegmentedLinks label="Tabs" links=tabs current="/styleguide".to_string() />
            <Tooltip subject="the RSI" text="Wilder's relative strength index over 14 bars." />
        </Section>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let options = || {
        [("dark", "Dark"), ("light", "Light")].map(|(at, words)| (at.to_string(), words.to_string())).to_vec()
    };
    view! {
        <Section title="Fields">
            <div class="guide-half stack">
                <Field label="Name" name="guide-name" hint="Shown to nobody else." placeholder="Core" />
                <Field
                    label="Symbol"
                    name="guide-symbol"
                    value="AA PL".to_string()
                    error=Some("A symbol has no spaces.".to_string())
                />
                <AreaField
                    label="Note"
                    name="guide-note"
                    value="Two lines,\nkept as they are.".to_string()
                    hint="Everybody in the workspace reads it."
                />
            </div>
            <div class="guide-half stack">
                <SelectField label="Theme" name="guide-theme" options=options() selected="light".to_string() />
                <CheckField label="Colour-blind safe" name="guide-safe" checked=true hint="Blue and orange." />
                <CheckField label="Not chosen" name="guide-not" />
            </div>
        </Section>
    }
}

#[component]
fn States() -> impl IntoView {
    let banners = [
        (Tone::Info, "Bundled data, as of 10 Mar 2022."),
        (Tone::Success, "The import is done: 2,914 rows."),
        (Tone::Warning, "Yahoo did not answer (429). Showing prices from 14:02."),
        (Tone::Failed, "The report was not made. The next try is at 18:00."),
    ]
    .map(|(tone, words)| view! { <div class="guide-wide"><Banner tone=tone>{words}</Banner></div> })
    .into_iter()
    .collect_view();
    let skeletons = [Shape::Text, Shape::Tiles, Shape::Rows, Shape::Chart]
        .map(|shape| view! { <div class="guide-half"><Skeleton shape=shape /></div> })
        .into_iter()
        .collect_view();
    view! {
        <Section title="Messages and states">
            {banners}
            <div class="guide-half">
                <EmptyState title="Nothing here yet" text="Add a symbol with / or Ctrl K.">
                    <Button small=true icon=Glyph::Plus>"Add a symbol"</Button>
                </EmptyState>
            </div>
            <div class="guide-half">
                <FailedState title="The news did not load" text="Prices still do." request_id="example">
                    <Button small=true icon=Glyph::Refresh>"Try again"</Button>
                </FailedState>
            </div>
            <div class="guide-half"><OfflineState text="Showing prices from 14:02." /></div>
            {skeletons}
        </Section>
    }
}
