//! What happened on one's lists while one was away.

use crate::{
    components::{EmptyState, Glyph, Icon},
    error::AppError,
    format, routes,
};
use domain::{event::SignalFired, overview::Since, signal::Action};
use leptos::prelude::*;

/// What the page asked for.
pub type Asked = Resource<Result<Since, AppError>>;

/// Signals since the visit before this one; nothing on the first.
#[component]
pub fn SinceLastVisit(since: Asked) -> impl IntoView {
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                // The dashboard is worth showing without it.
                let since = since.await.ok()?;
                let (before, now) = since.before.zip(since.now)?;
                let title = format!("Since your last visit, {}", format::ago(before, now));
                let body = if since.signals.is_empty() {
                    let text = "A crossing of RSI, MACD, the bands, the averages or the 20-day range would stand here.";
                    view! { <EmptyState title="No signal on your lists" glyph=Glyph::Alerts text /> }.into_any()
                } else {
                    let rows = since.signals.into_iter().map(row).collect_view();
                    view! { <ol class="list since">{rows}</ol> }.into_any()
                };
                Some(
                    view! {
                        <section class="card" aria-labelledby="since-title">
                            <header class="card-head">
                                <h2 id="since-title">{title}</h2>
                            </header>
                            {body}
                        </section>
                    },
                )
            })}
        </Transition>
    }
}

fn row(fired: SignalFired) -> impl IntoView {
    let (trend, glyph) = match fired.signal.action {
        Action::Buy => ("up", Glyph::Up),
        Action::Sell => ("down", Glyph::Down),
        Action::Neutral | Action::NoData => ("flat", Glyph::Flat),
    };
    view! {
        <li class="list-row">
            <a class="list-main" href=routes::symbol(&fired.symbol)>
                <span class="since-mark" data-trend=trend>
                    <Icon glyph />
                </span>
                <strong>{fired.symbol.to_string()}</strong>
                <span class="muted">{fired.signal.reason}</span>
            </a>
            <span class="muted num">{format::short_date(fired.signal.time.date_naive())}</span>
        </li>
    }
}
