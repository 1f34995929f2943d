//! What stands over every page of a portfolio: its name, the way to its pages, and from when the figures are.

use crate::{
    components::{ButtonLink, ButtonLook, Glyph},
    format, routes,
};
use chrono::NaiveDate;
use domain::portfolio::{Portfolio, Range};
use leptos::prelude::*;
use leptos_meta::Title;

/// The pages of a portfolio: the end of the address, and words.
const PAGES: [(&str, &str); 8] = [
    ("", "Overview"),
    ("holdings", "Holdings"),
    ("transactions", "Transactions"),
    ("performance", "Performance"),
    ("risk", "Risk"),
    ("check-up", "Check-up"),
    ("share", "Share"),
    ("details", "Details"),
];

/// - `here`: which of the pages this is. `as_of`: the day of the figures, where there are any.
#[component]
pub fn Head(
    portfolio: Portfolio,
    here: &'static str,
    #[prop(optional_no_strip)] as_of: Option<NaiveDate>,
) -> impl IntoView {
    let id = portfolio.id;
    let page = PAGES.iter().find(|(end, _)| *end == here).map_or("Import", |(_, words)| words);
    let links = PAGES
        .map(|(end, words)| {
            let current = (end == here).then_some("page");
            view! { <a class="tab" href=routes::portfolio(id, end) aria-current=current>{words}</a> }
        })
        .collect_view();
    view! {
        <Title text=format!("{} · {page}", portfolio.name) />
        <header class="portfolio-head">
            <div class="portfolio-title">
                <h1>{portfolio.name.clone()}</h1>
                {portfolio
                    .sample
                    .then(|| view! { <span class="portfolio-sample">"Sample"</span> })}
                <span class="muted portfolio-facts">
                    {portfolio.currency.to_string()}
                    {as_of.map(|day| format!(" · at the closes of {}", format::date(day)))}
                </span>
            </div>
            <div class="page-actions">
                <ButtonLink href=routes::portfolio(id, "import") icon=Glyph::Reports>
                    "Import"
                </ButtonLink>
                <ButtonLink
                    href=format!("{}#entry", routes::portfolio(id, "transactions"))
                    look=ButtonLook::Primary
                    icon=Glyph::Plus
                >
                    "Add transaction"
                </ButtonLink>
            </div>
            <nav class="tabs" aria-label="Portfolio">
                {links}
            </nav>
        </header>
    }
}

/// The ranges of a page, each an address of its own.
#[component]
pub fn Ranges(portfolio: Portfolio, here: &'static str, range: Range) -> impl IntoView {
    let links = Range::ALL
        .map(|each| {
            let words = each.as_str();
            let current = (each == range).then_some("true");
            let href = format!("{}?range={words}", routes::portfolio(portfolio.id, here));
            let shown = match each {
                Range::Max => "Max".to_string(),
                other => other.as_str().to_uppercase(),
            };
            view! { <a class="segment" href=href aria-current=current><span>{shown}</span></a> }
        })
        .collect_view();
    view! { <nav class="segments" aria-label="Range">{links}</nav> }
}
