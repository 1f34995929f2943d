//! The reader's portfolio: how it did, what is in it, what could go wrong with it.

use super::{
    Block, Cell, Fact, Held, Section, Tone, said,
    sections::{section, table},
};
use crate::{
    chart::{ChartSpec, Ink, Layer, Pane},
    portfolio::{Figure, Performance, Position, Unavailable},
};
use rust_decimal::Decimal;

/// Said to the owner; strangers read only of movers.
pub(super) const MOVERS: &str = "Movers of your own";

/// The lead and the key figures.
pub(super) fn head(held: &Held, hidden: bool) -> (String, Vec<Fact>) {
    let performance = &held.performance;
    let currency = performance.currency;
    let money =
        |amount: Option<Decimal>| amount.filter(|_| !hidden).map(|amount| said::money(amount, currency));
    let day = performance.day_change_ratio.map(said::signed);
    let mut facts = Vec::new();
    if let Some(value) = money(performance.value) {
        facts.push(fact("Value", value, currency.to_string(), Tone::Plain));
    }
    let change = performance.day_change.filter(|_| !hidden).map(|amount| said::gain(amount, currency));
    facts.push(match (change, day.clone()) {
        (Some(change), day) => {
            let tone = said::tone(&change);
            fact("Today", change, day.unwrap_or_default(), tone)
        }
        (None, day) => toned("Today", day, "change of the value"),
    });
    if !hidden {
        let gain = performance.unrealised.map(|amount| said::gain(amount, currency));
        facts.push(toned("Unrealised", gain, "on what is held"));
    }
    facts.push(toned("Return", performance.twr.map(said::signed), &period(performance)));
    facts.push(toned(
        performance.benchmark.as_ref().map_or("Benchmark", |symbol| symbol.as_str()),
        performance.benchmark_return.map(said::signed),
        "the benchmark",
    ));
    let lead = match (&day, money(performance.value)) {
        (Some(day), Some(value)) => {
            format!("{} is worth {value} {currency}, {day} on the day.", held.portfolio.name)
        }
        (Some(day), None) => format!("{} moved {day} on the day.", held.portfolio.name),
        (None, Some(value)) => format!("{} is worth {value} {currency}.", held.portfolio.name),
        (None, None) => format!("{} holds {} positions.", held.portfolio.name, held.positions.len()),
    };
    (lead + &against(performance), facts)
}

/// ` Over the year it returned +12.00%, SPY +9.50%.`
fn against(performance: &Performance) -> String {
    match (performance.twr, &performance.benchmark, performance.benchmark_return) {
        (Some(own), Some(symbol), Some(other)) => format!(
            " {} it returned {}, {symbol} {}.",
            period(performance),
            said::signed(own),
            said::signed(other)
        ),
        (Some(own), _, _) => format!(" {} it returned {}.", period(performance), said::signed(own)),
        _ => String::new(),
    }
}

fn period(performance: &Performance) -> String {
    match performance.from {
        Some(from) => format!("Since {}", said::date(from)),
        None => "Since the beginning".into(),
    }
}

/// Performance, holdings, movers of its own, allocation, risk.
pub(super) fn sections(held: &Held, hidden: bool) -> Vec<Section> {
    let mut all = vec![performance(held, hidden), holdings(held, hidden)];
    all.extend(own_movers(held, hidden));
    all.extend(allocation(held));
    all.push(risk(held));
    all
}

fn performance(held: &Held, hidden: bool) -> Section {
    let performance = &held.performance;
    let currency = performance.currency;
    let mut blocks = Vec::new();
    blocks.extend(index_chart(held).map(|chart| Block::Chart { chart }));
    let mut facts = vec![
        toned("Return p.a.", performance.twr_annualised.map(said::signed), "time-weighted"),
        toned("IRR", performance.irr.map(said::signed), "money-weighted, a year"),
    ];
    if !hidden {
        let money = |amount: Option<Decimal>| amount.map(|amount| said::money(amount, currency));
        let gain = |amount: Option<Decimal>| amount.map(|amount| said::gain(amount, currency));
        facts.push(plain("Invested", money(performance.invested), "put in, less taken out"));
        facts.push(toned("Realised", gain(performance.realised), "before fees and taxes"));
        facts.push(toned("Dividends", gain(performance.dividends), "received"));
        facts.push(plain(
            "Fees and taxes",
            sum(performance.fees, performance.taxes).map(|s| said::money(s, currency)),
            "paid",
        ));
        facts.push(toned("Net gain", gain(performance.net_gain), "after fees and taxes"));
    }
    blocks.push(Block::Facts { facts });
    blocks.extend(why_not(&performance.unavailable));
    Section { title: "Performance".into(), blocks }
}

fn sum(a: Option<Decimal>, b: Option<Decimal>) -> Option<Decimal> {
    Some(a? + b?)
}

/// The portfolio and its benchmark, both from 100.
fn index_chart(held: &Held) -> Option<ChartSpec> {
    let series = &held.performance.series;
    let own: Vec<_> = series.iter().map(|point| point.twr_index).collect();
    if own.iter().flatten().count() < 2 {
        return None;
    }
    let other: Vec<_> = series.iter().map(|point| point.benchmark_index).collect();
    let first = own.iter().flatten().next().copied()?;
    let base = |values: &[Option<f64>]| -> Vec<Option<f64>> {
        let first = values.iter().flatten().next().copied().filter(|first| *first > 0.0);
        values.iter().map(|value| Some((*value)? / first? * 100.0)).collect()
    };
    let last = own.iter().rev().flatten().next().copied()?;
    let name = held.portfolio.name.clone();
    let mut layers = vec![Layer::Area { name: name.clone(), ink: Ink::Series(0), values: base(&own) }];
    let mut title = format!("{name} (blue), from 100");
    if other.iter().flatten().count() > 1
        && let Some(symbol) = &held.performance.benchmark
    {
        layers.push(Layer::Line { name: symbol.to_string(), ink: Ink::Series(1), values: base(&other) });
        title = format!("{name} (blue) and {symbol} (orange), from 100");
    }
    let change = if first > 0.0 { said::signed(last / first - 1.0) } else { said::NONE.into() };
    Some(ChartSpec {
        alternative: format!("{name} returned {change} {}", period(&held.performance).to_lowercase()),
        times: series.iter().map(|point| point.date.to_string()).collect(),
        panes: vec![Pane { title, weight: 1.0, range: None, levels: Vec::new(), layers }],
        log: false,
        developing: None,
    })
}

fn holdings(held: &Held, hidden: bool) -> Section {
    let currency = held.performance.currency;
    let money = |amount: Option<Decimal>| said::plain(amount.map(|amount| said::money(amount, currency)));
    let gain = |amount: Option<Decimal>| said::moved(amount.map(|amount| said::gain(amount, currency)));
    let ratio = |ratio: Option<f64>| said::moved(ratio.map(said::signed));
    let price = |position: &Position| {
        let text = position
            .price
            .map(|price| crate::figure::with_groups(&price.round_dp(4).normalize().to_string()));
        let foreign = position.price_currency.filter(|other| *other != currency);
        said::plain(text).with_detail(foreign.map(|other| other.to_string()).unwrap_or_default())
    };
    let mut positions: Vec<&Position> =
        held.positions.iter().filter(|each| !each.quantity.is_zero()).collect();
    positions.sort_by(|a, b| b.value.cmp(&a.value).then_with(|| a.symbol.cmp(&b.symbol)));
    let name =
        |position: &Position| Cell::new(position.symbol.to_string()).with_detail(position.name.clone());
    let weight = |position: &Position| said::plain(position.weight.map(said::share));
    if hidden {
        let row = |each: &&Position| {
            vec![
                name(each),
                price(each),
                ratio(each.day_change_ratio),
                ratio(each.unrealised_ratio),
                weight(each),
            ]
        };
        let columns = [
            ("Position", 40, false),
            ("Price", 16, true),
            ("Day", 14, true),
            ("Gain", 16, true),
            ("Weight", 14, true),
        ];
        return section("Holdings", positions.iter().map(row).collect(), &columns, "Nothing is held.");
    }
    let row = |each: &&Position| {
        vec![
            name(each),
            Cell::new(said::quantity(each.quantity)),
            price(each),
            money(each.value),
            ratio(each.day_change_ratio),
            gain(each.unrealised).with_detail(each.unrealised_ratio.map(said::signed).unwrap_or_default()),
            weight(each),
        ]
    };
    let columns = [
        ("Position", 30, false),
        ("Quantity", 12, true),
        ("Price", 13, true),
        ("Value", 16, true),
        ("Day", 11, true),
        ("Unrealised", 16, true),
        ("Weight", 10, true),
    ];
    if positions.is_empty() {
        return section("Holdings", Vec::new(), &columns, "Nothing is held.");
    }
    let cash = held.performance.cash.filter(|cash| !cash.is_zero()).map(|cash| {
        let mut cells = vec![Cell::default(); columns.len()];
        cells[0] = Cell::new("Cash");
        cells[3] = Cell::new(said::money(cash, currency));
        cells
    });
    let mut total = vec![Cell::default(); columns.len()];
    total[0] = Cell::new(format!("Total in {currency}"));
    total[3] = money(held.performance.value);
    total[4] = ratio(held.performance.day_change_ratio);
    total[5] = gain(held.performance.unrealised);
    let rows = positions.iter().map(row).chain(cash).collect();
    Section { title: "Holdings".into(), blocks: vec![Block::Table { table: table(rows, &columns, total) }] }
}

/// Which positions moved the portfolio most today.
fn own_movers(held: &Held, hidden: bool) -> Option<Section> {
    let mut moved: Vec<&Position> =
        held.positions.iter().filter(|each| each.day_change_ratio.is_some()).collect();
    if moved.len() < 2 {
        return None;
    }
    let size = |each: &Position| each.day_change.unwrap_or_default().abs();
    moved.sort_by_key(|each| std::cmp::Reverse(size(each)));
    let currency = held.performance.currency;
    let row = |each: &&Position| {
        let mut cells = vec![
            Cell::new(each.symbol.to_string()).with_detail(each.name.clone()),
            said::moved(each.day_change_ratio.map(said::signed)),
        ];
        if !hidden {
            cells.push(said::moved(each.day_change.map(|amount| said::gain(amount, currency))));
        }
        cells
    };
    let rows: Vec<_> = moved.iter().take(5).map(row).collect();
    let all = [("What moved it most", 60, false), ("Day", 20, true), ("In money", 20, true)];
    Some(section(MOVERS, rows, &all[..if hidden { 2 } else { 3 }], ""))
}

fn allocation(held: &Held) -> Option<Section> {
    let parts = [
        ("Sector", &held.allocation.by_sector),
        ("Kind", &held.allocation.by_kind),
        ("Currency", &held.allocation.by_currency),
    ];
    let mut blocks = Vec::new();
    for (title, slices) in parts {
        let rows: Vec<_> = slices
            .iter()
            .take(8)
            .map(|slice| vec![Cell::new(slice.label.clone()), said::plain(slice.weight.map(said::share))])
            .collect();
        if rows.len() > 1 {
            blocks.push(Block::Table {
                table: table(rows, &[(title, 75, false), ("Weight", 25, true)], Vec::new()),
            });
        }
    }
    (!blocks.is_empty()).then(|| Section { title: "Allocation".into(), blocks })
}

fn risk(held: &Held) -> Section {
    let risk = &held.risk;
    let number = |value: Option<f64>| value.map(|value| crate::figure::grouped(value, 2));
    let share = |value: Option<f64>| value.map(said::share);
    let depth = risk.max_drawdown.map(|fall| said::signed(-fall.depth.abs()));
    let when = risk.max_drawdown.and_then(|fall| {
        let (peak, trough) = (fall.peak?, fall.trough?);
        Some(format!("{} to {}", said::date(peak), said::date(trough)))
    });
    let facts = vec![
        plain("Volatility", share(risk.volatility), "a year"),
        plain("Sharpe", number(risk.sharpe), "return per risk"),
        plain("Sortino", number(risk.sortino), "return per downside"),
        plain(
            "Beta",
            number(risk.beta),
            &risk.benchmark.as_ref().map(|s| format!("against {s}")).unwrap_or_default(),
        ),
        toned("Max drawdown", depth, &when.unwrap_or_default()),
        plain("VaR 95", share(risk.var95), "loss of a bad day"),
        plain("CVaR 95", share(risk.cvar95), "mean beyond it"),
        plain("HHI", number(risk.hhi), "1 is all in one"),
    ];
    let mut blocks = vec![Block::Facts { facts }];
    blocks.extend(why_not(&risk.unavailable));
    let failed: Vec<_> = held
        .check_up
        .checks
        .iter()
        .map(|check| {
            let (word, tone) = if check.passed { ("Fine", Tone::Up) } else { ("Look at it", Tone::Down) };
            vec![
                Cell::new(check.title.clone()).with_detail(check.finding.clone()),
                Cell::new(word).tone(tone),
            ]
        })
        .collect();
    if !failed.is_empty() {
        blocks.push(Block::Table {
            table: table(failed, &[("Check-up", 82, false), ("Result", 18, true)], Vec::new()),
        });
    }
    Section { title: "Risk".into(), blocks }
}

/// Names what could not be computed, and why; one reason once.
fn why_not(unavailable: &[Unavailable]) -> Option<Block> {
    let shown = |each: &&Unavailable| !matches!(each.figure, Figure::Correlation | Figure::Roai);
    let mut reasons: Vec<&str> = unavailable.iter().filter(shown).map(|each| each.reason.as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    (!reasons.is_empty()).then(|| Block::Text { text: format!("Not available: {}.", reasons.join("; ")) })
}

/// How the figures are made.
pub(super) fn notes(held: Option<&Held>) -> Section {
    let mut text = String::from(
        "Day is the change against the close before. RSI is Wilder's over 14 closes; a signal is a rule, not advice. \
         Mood is the mean score of the newest headlines, from -1 to +1.",
    );
    if held.is_some() {
        text += " Return is time-weighted: daily returns with flows taken out, chained. IRR is the yearly rate at \
                 which all flows and today's value balance. Volatility is of daily returns, times the root of 252. \
                 Gains are before fees and taxes; net is after both.";
    }
    Section { title: "How these figures are made".into(), blocks: vec![Block::Text { text }] }
}

fn fact(label: &str, value: String, note: String, tone: Tone) -> Fact {
    Fact { label: label.into(), value, note, tone }
}

fn toned(label: &str, value: Option<String>, note: &str) -> Fact {
    let tone = value.as_deref().map(said::tone).unwrap_or_default();
    fact(label, value.unwrap_or_else(|| said::NONE.into()), note.into(), tone)
}

fn plain(label: &str, value: Option<String>, note: &str) -> Fact {
    fact(label, value.unwrap_or_else(|| said::NONE.into()), note.into(), Tone::Plain)
}
