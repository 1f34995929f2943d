//! Links to a portfolio for people without an account: made, shown once, taken back.

use super::{fetched, head::Head, named};
use crate::{
    api::shares::{self, Create, Revoke, SharesPage},
    components::{Button, ButtonLook, CheckField, EmptyState, Field, Glyph, SelectField},
    format,
    pages::form::{FormProblem, answer, problem, refusal},
};
use chrono::{DateTime, Utc};
use domain::{portfolio::PortfolioId, share::Share};
use leptos::{form::ActionForm, prelude::*};

/// How long a link may live: days, and words.
const LIVES: [(&str, &str); 5] =
    [("1", "1 day"), ("7", "7 days"), ("30", "30 days"), ("90", "90 days"), ("0", "No end")];

/// The page of shares.
#[component]
pub fn SharePage() -> impl IntoView {
    let (create, revoke) = (ServerAction::<Create>::new(), ServerAction::<Revoke>::new());
    let id = named();
    fetched(
        move || (id.get(), create.version().get(), revoke.version().get()),
        |(id, _, _)| shares::all(id),
        move |data| view! { <Shares data create revoke /> },
    )
}

#[component]
fn Shares(data: SharesPage, create: ServerAction<Create>, revoke: ServerAction<Revoke>) -> impl IntoView {
    let SharesPage { portfolio, shares, now } = data;
    let id = portfolio.id;
    let none = shares.is_empty();
    let rows = shares.into_iter().map(|share| view! { <Row id share now revoke /> }).collect_view();
    let refused = refusal(answer(revoke));
    view! {
        <Head portfolio here="share" />
        <div class="grid">
            <section class="card span-7" aria-labelledby="links-title">
                <header class="card-head">
                    <h2 id="links-title">"Links"</h2>
                </header>
                <div class="form-problem" role="alert">
                    {move || refused.get()}
                </div>
                {if none {
                    view! {
                        <EmptyState
                            title="Nothing is shared"
                            glyph=Glyph::Info
                            text="A link shows this portfolio to whoever has it, without an account, until you take it back."
                        />
                    }
                        .into_any()
                } else {
                    view! { <ul class="setting-rows">{rows}</ul> }.into_any()
                }}
            </section>
            <NewLink id create />
        </div>
    }
}

#[component]
fn NewLink(id: PortfolioId, create: ServerAction<Create>) -> impl IntoView {
    let answered = answer(create);
    let made = move || answered.get().and_then(Result::ok);
    let lives = LIVES.map(|(days, words)| (days.to_string(), words.to_string())).to_vec();
    view! {
        <section class="card span-5" aria-labelledby="share-title">
            <header class="card-head">
                <h2 id="share-title">"Share this portfolio"</h2>
            </header>
            <ActionForm action=create attr:class="card-body stack form">
                <input type="hidden" name="id" value=id.to_string() />
                <p class="muted">
                    "Performance, holdings, allocation and risk, to read and to print. Search engines are told to stay away."
                </p>
                <CheckField
                    label="Hide amounts"
                    name="hide_amounts"
                    value="true"
                    checked=true
                    hint="Only per cent leave this machine: no values, no quantities."
                />
                <SelectField label="It ends after" name="days" id="share-days" options=lives selected="30".to_string() />
                <Field
                    label="Password"
                    name="password"
                    id="share-password"
                    kind="password"
                    hint="If you like: readers have to know it. 6 letters or more."
                    max_length=200
                    error=problem(answered, "password")
                />
                <FormProblem answer=answered />
                <Show when=move || made().is_some()>
                    <p class="secret" role="status">
                        "Copy it now; it is not shown again: "
                        <a href=move || made().unwrap_or_default() rel="external" target="_blank">
                            <code>{made}</code>
                        </a>
                    </p>
                </Show>
                <Button kind="submit" look=ButtonLook::Primary busy=create.pending()>
                    "Make a link"
                </Button>
            </ActionForm>
        </section>
    }
}

/// A link as it stands in the list; what it leads to is known to nobody any more.
#[component]
fn Row(id: PortfolioId, share: Share, now: DateTime<Utc>, revoke: ServerAction<Revoke>) -> impl IntoView {
    let state = match (share.revoked_at, share.expires_at) {
        (Some(at), _) => format!("taken back {}", format::new_york(at)),
        (None, Some(at)) if at <= now => format!("ended {}", format::new_york(at)),
        (None, Some(at)) => format!("ends {}", format::new_york(at)),
        (None, None) => "no end".to_string(),
    };
    let mut about = vec![state];
    about.push(if share.hide_amounts { "per cent only" } else { "with amounts" }.to_string());
    about.extend(share.protected.then(|| "asks for a password".to_string()));
    about.push(match share.views {
        0 => "never opened".to_string(),
        1 => "opened once".to_string(),
        many => format!("opened {many} times"),
    });
    about.extend(share.viewed_at.map(|at| format!("last {}", format::new_york(at))));
    let open = share.is_open(now);
    view! {
        <li class="setting-row">
            <span class="setting-what">
                <span>{format!("Made {}", format::new_york(share.created_at))}</span>
                <span class="muted">{about.join(" · ")}</span>
            </span>
            {open
                .then(|| {
                    view! {
                        <ActionForm action=revoke>
                            <input type="hidden" name="id" value=id.to_string() />
                            <input type="hidden" name="share" value=share.id.0.to_string() />
                            <Button kind="submit" small=true>
                                "Take back"
                            </Button>
                        </ActionForm>
                    }
                })}
        </li>
    }
}
