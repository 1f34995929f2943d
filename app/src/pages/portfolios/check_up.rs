//! The check-up: simple rules that say where a portfolio leans to one side, with limits of one's own.

use super::{changes, fetched, figures::Gaps, head::Head, named};
use crate::{
    api::portfolios::{self, CheckUpData, SetLimits},
    components::{Button, ButtonLook, EmptyState, Field, Glyph, Icon},
    format,
    pages::form::{FormProblem, Outcome, answer, problem, typed_or},
};
use domain::portfolio::{Check, Limits, PortfolioId};
use leptos::{form::ActionForm, prelude::*};

/// The page of the check-up.
#[component]
pub fn CheckUpPage() -> impl IntoView {
    let limits = ServerAction::<SetLimits>::new();
    let id = named();
    let changes = changes(id);
    fetched(
        move || (id.get(), changes.get(), limits.version().get()),
        |(id, _, _)| portfolios::read_check_up(id),
        move |data| view! { <Shows data limits /> },
    )
}

#[component]
fn Shows(data: CheckUpData, limits: ServerAction<SetLimits>) -> impl IntoView {
    let CheckUpData { portfolio, check_up } = data;
    let (id, gaps) = (portfolio.id, check_up.unavailable);
    let failed = check_up.checks.iter().filter(|check| !check.passed).count();
    let verdict = match failed {
        0 => "Everything is within your limits.".to_string(),
        count => format!("{} over your limits.", format::counted(count, "finding is", "findings are")),
    };
    let checks = if check_up.checks.is_empty() {
        view! {
            <section class="card">
                <EmptyState title="Nothing to check yet" glyph=Glyph::Check text="The check-up begins with the first transaction." />
            </section>
        }
        .into_any()
    } else {
        let cards = check_up.checks.into_iter().map(|check| view! { <Rule check /> }).collect_view();
        view! {
            <p class="muted">{verdict}</p>
            <ul class="checks">{cards}</ul>
        }
        .into_any()
    };
    view! {
        <Head portfolio here="check-up" />
        <div class="grid">
            <div class="span-8 stack">{checks}</div>
            <div class="span-4 stack">
                <LimitsForm id there=check_up.limits action=limits />
            </div>
        </div>
        <Gaps unavailable=gaps />
    }
}

#[component]
fn Rule(check: Check) -> impl IntoView {
    let Check { title, finding, measured, limit, passed, .. } = check;
    // The bar ends a little beyond what is larger.
    let end = measured.max(limit).max(0.0001) * 1.15;
    let at = |value: f64| format!("{:.2}%", (value / end * 100.0).clamp(0.0, 100.0));
    let glyph = if passed { Glyph::Check } else { Glyph::Warning };
    view! {
        <li class="card check-rule" data-passed=passed.to_string()>
            <span class="check-mark"><Icon glyph=glyph /></span>
            <div>
                <h2>{title}</h2>
                <p>{finding}</p>
                <svg class="check-bar" aria-hidden="true">
                    <rect class="bar-track" width="100%" height="6" y="3" rx="3" />
                    <rect class="check-fill" width=at(measured) height="6" y="3" rx="3" />
                    <rect class="check-limit" x=at(limit) width="2" height="12" />
                </svg>
            </div>
            <dl class="check-figures num">
                <div><dt>"Is"</dt><dd>{format::percent(measured * 100.0, 1)}</dd></div>
                <div><dt>"Limit"</dt><dd>{format::percent(limit * 100.0, 1)}</dd></div>
            </dl>
        </li>
    }
}

#[component]
fn LimitsForm(id: PortfolioId, there: Limits, action: ServerAction<SetLimits>) -> impl IntoView {
    let answer = answer(action);
    let shown = |value: f64| format!("{}", (value * 1e6).round() / 1e4);
    let fields = [
        ("foreign_currency", "foreignCurrency", "Other currencies, at most", there.foreign_currency),
        ("single_currency", "singleCurrency", "One currency, at most", there.single_currency),
        ("single_position", "singlePosition", "One position, at most", there.single_position),
        ("single_sector", "singleSector", "One sector, at most", there.single_sector),
        ("fees", "fees", "Fees of what was put in, at most", there.fees),
        ("cash", "cash", "Cash, at most", there.cash),
        ("cash_least", "cashLeast", "Cash, at least", there.cash_least),
    ];
    let fields = fields
        .map(|(name, wire, label, value)| {
            let field = format!("limits[{name}]");
            let value = typed_or::<SetLimits>(&field, shown(value));
            view! {
                <Field label=label name=field id=format!("limit-{name}") value=value error=problem(answer, wire) />
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="limits-title">
            <header class="card-head">
                <h2 id="limits-title">"Your limits" <span class="muted">" in percent"</span></h2>
            </header>
            <ActionForm action attr:class="card-body stack-tight stack limits-form">
                <input type="hidden" name="id" value=id.to_string() />
                {fields}
                <FormProblem answer />
                <Outcome answer done="Saved." />
                <Button kind="submit" look=ButtonLook::Primary busy=action.pending()>
                    "Save limits"
                </Button>
            </ActionForm>
        </section>
    }
}
