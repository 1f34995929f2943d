//! Where a figure came from and of when it is.

use super::{Glyph, Icon};
use crate::format;
use chrono::{DateTime, Utc};
use domain::source::Source;
use leptos::prelude::*;

/// Source and market time of what stands beside it; says when it is simulated, delayed or repaired.
///
/// - `source`, `as_of`: as on every quote; may change.
/// - `simulated`, `delayed`, `repaired`: shown in words when true.
#[component]
pub fn ProvenanceChip(
    #[prop(into)] source: Signal<Source>,
    #[prop(into)] as_of: Signal<DateTime<Utc>>,
    #[prop(optional, into)] simulated: Signal<bool>,
    #[prop(optional, into)] delayed: Signal<bool>,
    #[prop(optional, into)] repaired: Signal<bool>,
) -> impl IntoView {
    let made_up = move || simulated.get() || source.get() == Source::Simulated;
    let glyph = Signal::derive(move || if made_up() { Glyph::Risk } else { Glyph::Data });
    let words = move || {
        let mut words = String::from(source_name(source.get()));
        for (holds, word) in [
            (made_up() && source.get() != Source::Simulated, ", simulated"),
            (delayed.get(), ", delayed"),
            (repaired.get(), ", repaired"),
        ] {
            if holds {
                words.push_str(word);
            }
        }
        words
    };
    view! {
        <span class="provenance" class:provenance-simulated=made_up>
            <Icon glyph=glyph />
            <span>{words}</span>
            <span class="provenance-time num">"as of " {move || format::new_york(as_of.get())}</span>
        </span>
    }
}

/// A source by the name people know it by.
pub fn source_name(source: Source) -> &'static str {
    match source {
        Source::Bundled => "Bundled data",
        Source::Simulated => "Simulated",
        Source::Sample => "Sample",
        Source::Yahoo => "Yahoo",
        Source::Fred => "FRED",
        Source::Tiingo => "Tiingo",
        Source::NewsApi => "NewsAPI",
        Source::Gdelt => "GDELT",
        Source::Wikimedia => "Wikimedia",
        Source::Trends => "Google Trends",
        Source::Import => "Imported",
    }
}
