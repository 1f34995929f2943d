//! What operators have to know: the latest alerts, and what became of each on its channels.

use super::{
    Failed,
    form::{Outcome, answer},
};
use crate::{
    api::ops_alerts::{AcknowledgeOpsAlert, list_ops_alerts},
    components::{Button, EmptyState, Glyph, Icon, Shape, Skeleton, Tone},
    format,
    live::use_live,
};
use domain::ops_alert::{Delivery, Level, OpsAlert};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;

/// The page "Operator alerts".
#[component]
pub fn OpsAlertsPage() -> impl IntoView {
    let acknowledge = ServerAction::<AcknowledgeOpsAlert>::new();
    let (told, resyncs) = (use_live().alerts, use_live().resyncs);
    let asked = move || (acknowledge.version().get(), told.get(), resyncs.get());
    let alerts = Resource::new(asked, |_| list_ops_alerts());
    view! {
        <Title text="Operator alerts" />
        <header class="page-head">
            <h1>"Operator alerts"</h1>
            <p>
                "What failed, is about to, or is back. The same trouble counts up and is sent out once an hour at most; what you acknowledge is quiet until it comes back later."
            </p>
        </header>
        <Outcome answer=answer(acknowledge) done="Acknowledged." />
        <Transition fallback=|| view! { <Skeleton shape=Shape::Rows count=6 /> }>
            {move || Suspend::new(async move {
                match alerts.await {
                    Ok(alerts) if alerts.is_empty() => {
                        view! {
                            <div class="card">
                                <EmptyState
                                    title="Nothing to tell"
                                    glyph=Glyph::Check
                                    text="Every job, provider and data source has done its work so far."
                                />
                            </div>
                        }
                            .into_any()
                    }
                    Ok(alerts) => view! { <Both alerts acknowledge /> }.into_any(),
                    Err(error) => view! { <Failed error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Those that wait for somebody, then the others.
#[component]
fn Both(alerts: Vec<OpsAlert>, acknowledge: ServerAction<AcknowledgeOpsAlert>) -> impl IntoView {
    let (open, closed): (Vec<_>, Vec<_>) =
        alerts.into_iter().partition(|alert| alert.acknowledged_at.is_none());
    let list = move |id: &'static str, title: &'static str, alerts: Vec<OpsAlert>| {
        (!alerts.is_empty()).then(|| {
            let rows = alerts.into_iter().map(|alert| view! { <Row alert acknowledge /> }).collect_view();
            view! {
                <section class="card" aria-labelledby=id>
                    <header class="card-head">
                        <h2 id=id>{title}</h2>
                    </header>
                    <ul class="ops-alerts">{rows}</ul>
                </section>
            }
        })
    };
    view! {
        <div class="stack stack-loose">
            {list("alerts-open", "Open", open)} {list("alerts-closed", "Seen or over", closed)}
        </div>
    }
}

#[component]
fn Row(alert: OpsAlert, acknowledge: ServerAction<AcknowledgeOpsAlert>) -> impl IntoView {
    let tone = match alert.notice.level {
        Level::Critical => Tone::Failed,
        Level::Warning | Level::DataQuality => Tone::Warning,
        Level::Info => Tone::Info,
    };
    let when = match alert.count {
        1 => format::new_york(alert.last_at),
        many => format!("{many} times, last {}", format::new_york(alert.last_at)),
    };
    let open = alert.acknowledged_at.is_none();
    let deliveries =
        alert.deliveries.into_iter().map(|delivery| view! { <li>{went(&delivery)}</li> }).collect_view();
    view! {
        <li class="ops-alert" data-tone=tone.as_str()>
            <Icon glyph=tone.glyph() />
            <div class="ops-alert-what">
                <p class="ops-alert-subject">
                    <span class="ops-alert-level">{alert.notice.level.words()}</span>
                    {alert.notice.subject}
                </p>
                <p class="ops-alert-text">{alert.notice.text}</p>
                <p class="ops-alert-when muted">{when}</p>
                <ul class="ops-alert-ways muted">{deliveries}</ul>
            </div>
            {open
                .then(|| {
                    view! {
                        <ActionForm action=acknowledge>
                            <input type="hidden" name="id" value=alert.id.to_string() />
                            <Button kind="submit" small=true>
                                "Acknowledge"
                            </Button>
                        </ActionForm>
                    }
                })}
        </li>
    }
}

/// What became of an alert on a channel, in words.
fn went(delivery: &Delivery) -> String {
    let way = delivery.channel.words();
    match (delivery.sent_at, &delivery.error) {
        (Some(at), _) => format!("{way}: sent {}", format::new_york(at)),
        (None, Some(error)) => format!("{way}: not sent, {error}"),
        (None, None) => format!("{way}: waiting"),
    }
}
