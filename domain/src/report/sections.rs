//! The order of a report, and its head.

use super::mine::MOVERS;
use super::{Block, Cell, Column, Fact, Facts, Held, Report, Section, Table, said};
use crate::{news::Article, provider::Standing, signal::Action};
use chrono::{DateTime, Utc};

/// Signals and headlines at most, so that they stay a morning's reading.
const SIGNALS: usize = 12;
const HEADLINES: usize = 8;

impl Report {
    /// Writes the report. Without a portfolio it is about the market and the watchlist.
    pub fn of(facts: &Facts) -> Report {
        let mut sections = Vec::new();
        if let Some(held) = &facts.held {
            sections.extend(super::mine::sections(held, facts.hide_amounts));
        }
        sections.extend(super::market::watchlist(&facts.overview));
        sections.extend(super::market::movers(&facts.overview));
        sections.push(signals(facts));
        sections.push(sentiment(&facts.overview.news, &facts.overview.cards));
        sections.extend(super::market::market(facts));
        sections.push(super::upcoming::section(facts.market_day));
        sections.push(super::mine::notes(facts.held.as_ref()));
        let (lead, key) = match &facts.held {
            Some(held) => super::mine::head(held, facts.hide_amounts),
            None => super::market::head(&facts.overview),
        };
        Report {
            title: "Morning report".into(),
            subject: subject(facts),
            date: facts.made_local.date(),
            made: format!("{} {}", facts.made_local.format("%-d %b %Y, %H:%M"), facts.zone),
            notice: notice(facts.held.as_ref(), facts.overview.standing, facts.overview.as_of),
            lead,
            facts: key,
            sections,
        }
    }
}

impl Report {
    /// Writes what strangers with a link may read: the portfolio alone, nothing of its owner's lists, news or zone.
    ///
    /// `standing` and `as_of` are the market's; with `hide_amounts` there are shares and ratios only.
    pub fn shared(held: &Held, standing: Standing, as_of: DateTime<Utc>, hide_amounts: bool) -> Report {
        let mut sections = super::mine::sections(held, hide_amounts);
        sections.iter_mut().filter(|each| each.title == MOVERS).for_each(|each| each.title = "Movers".into());
        sections.push(super::mine::notes(Some(held)));
        let (lead, key) = super::mine::head(held, hide_amounts);
        let day = held.performance.to;
        Report {
            title: "Portfolio".into(),
            subject: held.portfolio.name.clone(),
            date: day,
            made: format!("At the closes of {}", said::date(day)),
            notice: notice(Some(held), standing, as_of),
            lead,
            facts: key,
            sections,
        }
    }
}

fn subject(facts: &Facts) -> String {
    match (&facts.held, &facts.overview.list) {
        (Some(held), _) => held.portfolio.name.clone(),
        (None, Some(list)) => list.name.clone(),
        (None, None) => "The market".into(),
    }
}

fn notice(held: Option<&Held>, standing: Standing, as_of: DateTime<Utc>) -> Option<String> {
    let day = said::date(crate::calendar::new_york_at(as_of).date());
    let standing = match standing {
        Standing::Live => None,
        Standing::Bundled | Standing::Waiting => Some(format!("Prices are bundled data, as of {day}.")),
        Standing::Stale => Some(format!("No provider of prices answers. Prices are as of {day}.")),
    };
    let sample = held.filter(|held| held.portfolio.sample);
    let sample = sample.map(|_| "This is a sample portfolio, not yours.".to_string());
    let all: Vec<String> = sample.into_iter().chain(standing).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn signals(facts: &Facts) -> Section {
    let row = |(symbol, signal): &(crate::Symbol, crate::signal::Signal)| {
        let (word, tone) = match signal.action {
            Action::Buy => ("BUY", super::Tone::Up),
            Action::Sell => ("SELL", super::Tone::Down),
            Action::Neutral | Action::NoData => ("NEUTRAL", super::Tone::Muted),
        };
        let strength = signal.strength.map(|strength| crate::figure::grouped(strength, 0));
        vec![
            Cell::new(symbol.to_string()),
            Cell::new(word).tone(tone),
            Cell::new(signal.reason.clone()),
            said::plain(strength),
            Cell::new(said::date(signal.time.date_naive())),
        ]
    };
    let rows: Vec<_> = facts.signals.iter().take(SIGNALS).map(row).collect();
    let columns = [
        ("Symbol", 10, false),
        ("Signal", 10, false),
        ("Why", 46, false),
        ("Strength", 11, true),
        ("Day", 14, true),
    ];
    section("Signals", rows, &columns, "No signal fired lately for anything watched or held.")
}

fn sentiment(news: &[Article], cards: &[crate::overview::Card]) -> Section {
    let moods: Vec<Fact> = cards
        .iter()
        .filter_map(|card| {
            let mood = card.mood.as_ref()?;
            let value = format!(
                "{}{}",
                if mood.score > 0.0 { "+" } else { "" },
                crate::figure::grouped(mood.score, 2)
            );
            Some(Fact {
                label: card.instrument.symbol.to_string(),
                tone: said::tone(&value),
                value,
                note: format!("{} of {} headlines", mood.label.as_str(), mood.count),
            })
        })
        .take(8)
        .collect();
    let row = |article: &Article| {
        let score = format!(
            "{}{}",
            if article.score > 0.0 { "+" } else { "" },
            crate::figure::grouped(article.score, 2)
        );
        let who = match &article.symbol {
            Some(symbol) => format!("{symbol} · {}", article.publisher),
            None => article.publisher.clone(),
        };
        vec![
            Cell::new(article.title.clone()).with_detail(who),
            said::moved(Some(score)),
            Cell::new(said::date(article.published_at.date_naive())),
        ]
    };
    let rows: Vec<_> = news.iter().take(HEADLINES).map(row).collect();
    let columns = [("Headline", 72, false), ("Mood", 10, true), ("Day", 16, true)];
    let mut section = section("News and mood", rows, &columns, "No headlines yet.");
    if !moods.is_empty() {
        section.blocks.insert(0, Block::Facts { facts: moods });
    }
    section
}

/// A section of one table, or of the words for none.
pub(super) fn section(
    title: &str,
    rows: Vec<Vec<Cell>>,
    columns: &[(&str, u32, bool)],
    empty: &str,
) -> Section {
    let block = match rows.is_empty() {
        true => Block::Text { text: empty.into() },
        false => Block::Table { table: table(rows, columns, Vec::new()) },
    };
    Section { title: title.into(), blocks: vec![block] }
}

pub(super) fn table(rows: Vec<Vec<Cell>>, columns: &[(&str, u32, bool)], total: Vec<Cell>) -> Table {
    let column = |(title, weight, right): &(&str, u32, bool)| Column {
        title: (*title).into(),
        weight: *weight,
        right: *right,
    };
    Table { columns: columns.iter().map(column).collect(), rows, total }
}
