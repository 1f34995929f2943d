//! The transactions of a portfolio and the form that enters them.

use super::{
    changes,
    entry::{EntryForm, blank, fields},
    fetched,
    head::Head,
    named,
};
use crate::{
    api::portfolios::{self, AddEntry, EntryFields, RemoveEntry, ReplaceEntry, TransactionsData},
    components::{Button, ButtonLink, ButtonLook, Column, DataTable, EmptyState, Glyph},
    format,
    pages::form::{FormProblem, answer, refusal, sent_back},
    routes,
};
use domain::portfolio::{Decimal, PortfolioId, Transaction, TransactionId};
use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

/// What can be done; kept above the list, which is drawn anew after each change.
#[derive(Clone, Copy)]
struct Actions {
    add: ServerAction<AddEntry>,
    replace: ServerAction<ReplaceEntry>,
    remove: ServerAction<RemoveEntry>,
}

/// The page of transactions.
#[component]
pub fn TransactionsPage() -> impl IntoView {
    let actions =
        Actions { add: ServerAction::new(), replace: ServerAction::new(), remove: ServerAction::new() };
    let id = named();
    let changes = changes(id);
    let query = use_query_map();
    let edit =
        Memo::new(move |_| query.read().get("edit").and_then(|text| text.parse().ok()).map(TransactionId));
    let after = Memo::new(move |_| query.read().get("after"));
    let done = move || {
        [actions.add.version().get(), actions.replace.version().get(), actions.remove.version().get()]
    };
    // Replaced: on to the list without the form.
    let (navigate, replaced) = (use_navigate(), answer(actions.replace));
    Effect::new(move |_| {
        if let Some(Ok(path)) = replaced.get() {
            navigate(&path, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    });
    let removal = refusal(answer(actions.remove));
    view! {
        <p class="form-problem" role="alert">
            {move || removal.get()}
        </p>
        {fetched(
            move || (id.get(), after.get(), edit.get(), changes.get(), done()),
            |(id, after, edit, _, _)| portfolios::transactions(id, after, edit),
            move |data| view! { <Transactions data actions /> },
        )}
    }
}

/// What was typed into a form that came back without WebAssembly; otherwise `fresh`.
fn typed<S: ServerFn>(fresh: EntryFields) -> EntryFields {
    let Some(sent) = sent_back::<S>() else { return fresh };
    let value = |name: &str| sent.value(&format!("entry[{name}]")).unwrap_or_default();
    EntryFields {
        kind: value("kind"),
        symbol: value("symbol"),
        date: value("date"),
        quantity: value("quantity"),
        price: value("price"),
        amount: value("amount"),
        fee: value("fee"),
        tax: value("tax"),
        currency: value("currency"),
        fx_rate: value("fx_rate"),
        note: value("note"),
    }
}

#[component]
fn Transactions(data: TransactionsData, actions: Actions) -> impl IntoView {
    let TransactionsData { portfolio, items, next, edited } = data;
    let (id, currency) = (portfolio.id, portfolio.currency);
    // Another entry begins where the last one ended: its day and currency.
    let latest = items.iter().max_by_key(|each| each.id);
    let fresh = blank(latest, currency);
    let form = match edited {
        Some(transaction) => view! { <Edit id transaction actions /> }.into_any(),
        None => view! { <Add id fresh actions /> }.into_any(),
    };
    let list = if items.is_empty() {
        view! {
            <EmptyState
                title="No transactions yet"
                glyph=Glyph::Table
                text="Enter the first one above, or bring them all from a file."
            >
                <ButtonLink href=routes::portfolio(id, "import")>"Import a file"</ButtonLink>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <List id items actions /> }.into_any()
    };
    let more = next.map(|next| {
        let href = format!("{}?after={next}", routes::portfolio(id, "transactions"));
        view! { <div class="card-foot"><a class="button button-small" href=href>"Older"</a></div> }
    });
    view! {
        <Head portfolio here="transactions" />
        {form}
        <section class="card" aria-labelledby="entries-title">
            <header class="card-head">
                <h2 id="entries-title">"Transactions" <span class="muted">" newest first"</span></h2>
                <div class="card-actions">
                    <a class="button button-small" href=format!("/api/portfolio/portfolios/{id}/export?format=csv") download>
                        "CSV"
                    </a>
                    <a class="button button-small" href=format!("/api/portfolio/portfolios/{id}/export?format=json") download>
                        "JSON"
                    </a>
                </div>
            </header>
            {list}
            {more}
        </section>
    }
}

#[component]
fn Add(id: PortfolioId, fresh: EntryFields, actions: Actions) -> impl IntoView {
    let (answer, fields) = (answer(actions.add), typed::<AddEntry>(fresh));
    view! {
        <section class="card" id="entry" aria-labelledby="entry-title">
            <header class="card-head">
                <h2 id="entry-title">"Add a transaction"</h2>
                <span class="muted">"Enter saves; the next one keeps day and currency"</span>
            </header>
            <ActionForm action=actions.add attr:class="card-body stack form-wide">
                <input type="hidden" name="id" value=id.to_string() />
                <EntryForm prefix="entry" fields answer />
                <div class="row">
                    <Button kind="submit" look=ButtonLook::Primary icon=Glyph::Plus busy=actions.add.pending()>
                        "Add"
                    </Button>
                    <FormProblem answer />
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Edit(id: PortfolioId, transaction: Transaction, actions: Actions) -> impl IntoView {
    let answer = answer(actions.replace);
    let there = typed::<ReplaceEntry>(fields(&transaction));
    view! {
        <section class="card" id="entry" aria-labelledby="entry-title">
            <header class="card-head">
                <h2 id="entry-title">"Edit the transaction"</h2>
            </header>
            <ActionForm action=actions.replace attr:class="card-body stack form-wide">
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="transaction" value=transaction.id.to_string() />
                <input type="hidden" name="version" value=transaction.version.to_string() />
                <EntryForm prefix="edit" fields=there answer />
                <div class="row">
                    <Button kind="submit" look=ButtonLook::Primary busy=actions.replace.pending()>
                        "Save"
                    </Button>
                    <ButtonLink href=routes::portfolio(id, "transactions")>"Cancel"</ButtonLink>
                    <FormProblem answer />
                </div>
            </ActionForm>
        </section>
    }
}

#[component]
fn List(id: PortfolioId, items: Vec<Transaction>, actions: Actions) -> impl IntoView {
    let rows = items.into_iter().map(|transaction| view! { <Row id transaction actions /> }).collect_view();
    let columns = [
        Column::words("Date"),
        Column::words("Type"),
        Column::words("Symbol"),
        Column::figures("Quantity"),
        Column::figures("Price"),
        Column::figures("Amount"),
        Column::figures("Fee"),
        Column::figures("Tax"),
        Column::words("Currency"),
        Column::words("Note"),
        Column::unseen("Actions"),
    ];
    view! { <DataTable caption="Transactions, newest first" columns>{rows}</DataTable> }
}

#[component]
fn Row(id: PortfolioId, transaction: Transaction, actions: Actions) -> impl IntoView {
    let entry = transaction.entry.clone();
    let number = |value: Option<Decimal>| value.map(format::exact).unwrap_or_default();
    let charge = |value: Decimal| if value.is_zero() { String::new() } else { format::exact(value) };
    let whole = entry.gross().map(|gross| format::decimal(gross, entry.currency.decimals()));
    let what = match &entry.symbol {
        Some(symbol) => format!("{} {symbol} of {}", entry.kind.label(), format::date(entry.date)),
        None => format!("{} of {}", entry.kind.label(), format::date(entry.date)),
    };
    let edit = format!("{}?edit={}#entry", routes::portfolio(id, "transactions"), transaction.id);
    let symbol = entry.symbol.clone().map(|symbol| {
        view! { <a href=routes::symbol(&symbol)><strong>{symbol.to_string()}</strong></a> }
    });
    view! {
        <tr>
            <td class="cell-key num">{format::date(entry.date)}</td>
            <td class="cell-sub"><span class="entry-kind" data-kind=entry.kind.as_str()>{entry.kind.label()}</span></td>
            <td>{symbol}</td>
            <td class="cell-num">{number(entry.quantity)}</td>
            <td class="cell-num">{number(entry.price)}</td>
            <td class="cell-num cell-main">{whole.unwrap_or_default()}</td>
            <td class="cell-num">{charge(entry.fee)}</td>
            <td class="cell-num">{charge(entry.tax)}</td>
            <td>{entry.currency.to_string()}</td>
            <td class="cell-name" title=entry.note.clone()>{entry.note.clone()}</td>
            <td class="cell-side">
                <span class="row row-fixed entry-actions">
                    <ButtonLink href=edit look=ButtonLook::Ghost small=true>
                        "Edit"
                    </ButtonLink>
                    <ActionForm action=actions.remove>
                        <input type="hidden" name="id" value=id.to_string() />
                        <input type="hidden" name="transaction" value=transaction.id.to_string() />
                        <input type="hidden" name="version" value=transaction.version.to_string() />
                        <Button
                            kind="submit"
                            look=ButtonLook::Ghost
                            small=true
                            icon=Glyph::Close
                            label=format!("Delete {what}")
                        />
                    </ActionForm>
                </span>
            </td>
        </tr>
    }
}
