//! Instruments that a tenant brings itself: their prices come from a file, go through the rules of quality, and are
//! seen by that tenant alone.

mod csv;

use crate::{
    Cx, Engine, Error, Result,
    analysis::{Study, blocking},
    bars::Range,
    store,
};
use chrono::{DateTime, Utc};
use csv::Line;
use domain::{
    Bar, Instrument, Interval, Kind, Permission, Quote, Series, Symbol,
    aggregate::aggregate,
    calendar::close_of,
    custom::{CustomInstrument, Imported, LineReason, MAX_INSTRUMENTS},
    indicator::{IndicatorRow, rows},
    quality::{Batch, Judged, Sessions, Verdict, judge},
    signal::{SignalSheet, scorecard},
    source::Source,
    trend::{Lay, lay},
};
use serde_json::json;

/// Lines named in an answer.
const NAMED: usize = 100;
/// Characters of a name.
const MAX_NAME: usize = 80;

/// The tenants' own instruments of an [`Engine`].
pub struct Custom<'a>(&'a Engine);

/// What its owner says of an instrument; the symbol itself and dollars where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// As people call it.
    pub name: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
}

impl Engine {
    /// What tenants brought themselves.
    pub fn custom(&self) -> Custom<'_> {
        Custom(self)
    }
}

impl Custom<'_> {
    /// Those of the caller's tenant, by symbol.
    pub async fn list(&self, cx: &Cx) -> Result<Vec<CustomInstrument>> {
        cx.require(Permission::Read, "see prices")?;
        store::custom::all(self.0.db(), cx).await
    }

    /// One of the caller's tenant.
    ///
    /// # Errors
    /// [`Error::NotFound`] also for another tenant's, here and below.
    pub async fn find(&self, cx: &Cx, symbol: &Symbol) -> Result<Instrument> {
        let found = self.list(cx).await?.into_iter().find(|each| each.symbol == *symbol);
        Ok(instrument(found.ok_or(Error::NotFound("the symbol"))?))
    }

    /// Its bars; none shorter than a day.
    pub async fn series(&self, cx: &Cx, symbol: &Symbol, interval: Interval, range: Range) -> Result<Series> {
        self.find(cx, symbol).await?;
        let mut bars = match interval.is_daily_or_longer() {
            true => store::custom::bars(self.0.db(), cx, symbol).await?,
            false => Vec::new(),
        };
        if interval != Interval::Day1 {
            bars = aggregate(&bars, interval);
        }
        Ok(Series { symbol: symbol.clone(), interval, bars: range.cut(interval, bars, |bar| bar.time) })
    }

    /// What its prices say: as for an instrument of the market.
    pub async fn look(&self, cx: &Cx, symbol: &Symbol) -> Result<Look> {
        let instrument = self.find(cx, symbol).await?;
        let bars = store::custom::bars(self.0.db(), cx, symbol).await?;
        let cost = self.0.trade_cost();
        blocking(move || Look::of(instrument, bars, cost)).await
    }

    /// Its indicators, as [`crate::analysis::Analysis::rows`].
    pub async fn rows(
        &self,
        cx: &Cx,
        symbol: &Symbol,
        interval: Interval,
        range: Range,
    ) -> Result<Vec<IndicatorRow>> {
        let series = self.series(cx, symbol, interval, Range::default()).await?;
        let all = blocking(move || rows(&series.bars)).await?;
        Ok(range.cut(interval, all, |row| row.time))
    }

    /// Reads a file of daily prices, `date,open,high,low,close[,adj_close],volume`, and stores what is fit; makes the
    /// instrument where it is new. The same file again changes nothing.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a symbol of the market, [`Error::Invalid`] for a file without the columns `date` and
    /// `close`, a file that is too long, or one instrument too many.
    pub async fn import(&self, cx: &Cx, symbol: &Symbol, about: About, text: String) -> Result<Imported> {
        cx.require(Permission::Edit, "bring prices")?;
        if self.0.instruments().find(symbol).await?.is_some() {
            let why = format!("{symbol} belongs to the market; choose a symbol that nobody else uses");
            return Err(Error::Conflict(why));
        }
        let own = self.list(cx).await?;
        let known = own.into_iter().collect::<Vec<_>>();
        let before = known.iter().find(|each| each.symbol == *symbol);
        if before.is_none() && known.len() >= MAX_INSTRUMENTS {
            let why = format!("you have brought {MAX_INSTRUMENTS} instruments already, which is the most");
            return Err(Error::invalid("symbol", why));
        }
        let name = about.name.map(|name| name.trim().to_string()).filter(|name| !name.is_empty());
        let name =
            name.or_else(|| before.map(|each| each.name.clone())).unwrap_or_else(|| symbol.to_string());
        if name.chars().count() > MAX_NAME {
            return Err(Error::invalid("name", format!("has at most {MAX_NAME} characters")));
        }
        let currency =
            about.currency.map(|code| code.trim().to_ascii_uppercase()).filter(|code| !code.is_empty());
        let currency = currency
            .or_else(|| before.map(|each| each.currency.clone()))
            .unwrap_or_else(|| "USD".to_string());
        if currency.len() != 3 || !currency.chars().all(|c| c.is_ascii_uppercase()) {
            return Err(Error::invalid("currency", "is a code of three letters, as USD"));
        }
        let stored = store::custom::bars(self.0.db(), cx, symbol).await?;
        let (now, whose) = (self.0.clock().now(), symbol.clone());
        let money = currency.clone();
        let (bars, mut done) = blocking(move || judged(&whose, &money, &stored, &text, now)).await??;
        let mut tx = self.0.db().begin_for(cx).await?;
        store::custom::upsert(&mut tx, cx, symbol, &name, &currency, now).await?;
        let upserted = store::custom::upsert_bars(&mut tx, cx, symbol, &bars).await?;
        done.upserted = u32::try_from(upserted).unwrap_or(u32::MAX);
        done.unchanged = done.read - done.rejected - done.upserted;
        let what = json!({ "read": done.read, "upserted": done.upserted, "rejected": done.rejected });
        store::audit::insert(&mut tx, cx, now, "custom.import", symbol.as_str(), what).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Away with an instrument and its prices.
    pub async fn remove(&self, cx: &Cx, symbol: &Symbol) -> Result<()> {
        cx.require(Permission::Edit, "remove prices")?;
        let mut tx = self.0.db().begin_for(cx).await?;
        if !store::custom::delete(&mut tx, cx, symbol).await? {
            return Err(Error::NotFound("the symbol"));
        }
        let now = self.0.clock().now();
        store::audit::insert(&mut tx, cx, now, "custom.remove", symbol.as_str(), json!({})).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Everything a page shows of an instrument.
#[derive(Debug, Clone)]
pub struct Look {
    /// The instrument.
    pub instrument: Instrument,
    /// Its daily bars, oldest first.
    pub series: Series,
    /// Its last close; `None` without any.
    pub quote: Option<Quote>,
    /// What the signals say, oldest first.
    pub sheet: SignalSheet,
    /// Trend and levels.
    pub lay: Lay,
}

impl Look {
    fn of(instrument: Instrument, bars: Vec<Bar>, cost: f64) -> Look {
        let symbol = instrument.symbol.clone();
        let quote = bars.split_last().map(|(last, earlier)| {
            let before = earlier.last().map(|bar| bar.close);
            let as_of = close_of(Kind::Custom, last.date());
            Quote::new(symbol.clone(), last.close, before, last.volume, as_of, Source::Import)
        });
        let study = Study::of(bars.clone());
        let composite = study.watch.composite(None);
        let sheet = SignalSheet {
            badge: study.badge,
            composite: composite.as_ref().map(|composite| composite.score),
            parts: composite.map(|composite| composite.parts).unwrap_or_default(),
            scorecard: scorecard(&bars, &study.signals, cost),
            history: study.signals,
        };
        let lay = lay(&bars);
        Look { instrument, series: Series { symbol, interval: Interval::Day1, bars }, quote, sheet, lay }
    }
}

fn instrument(own: CustomInstrument) -> Instrument {
    Instrument {
        symbol: own.symbol,
        name: own.name,
        kind: Kind::Custom,
        sector: None,
        industry: None,
        exchange: None,
        currency: own.currency,
        market_cap: None,
        active: true,
    }
}

/// What of the file can be stored, and what is to be said of the rest.
fn judged(
    symbol: &Symbol,
    currency: &str,
    stored: &[Bar],
    text: &str,
    now: DateTime<Utc>,
) -> Result<(Vec<Bar>, Imported)> {
    let (lines, mut rejects) = csv::read(text)?;
    let bars: Vec<Bar> = lines.iter().map(|line| line.bar).collect();
    let first = bars.iter().map(|bar| bar.time).min();
    let known = &stored[..first.map_or(0, |first| stored.partition_point(|bar| bar.time < first))];
    let report = judge(&Batch {
        symbol,
        kind: Kind::Custom,
        interval: Interval::Day1,
        bars: &bars,
        known,
        splits: &[],
        dividends: None,
        currency: (currency, None),
        now,
        sessions: Sessions::EveryDay,
    });
    let mut repairs = Vec::new();
    for bar in &report.bars {
        match &bar.verdict {
            Verdict::Accept => {}
            Verdict::Reject(_, why) => rejects.push(said(&lines, &bar.raw, why)),
            Verdict::Repair(all) => repairs.extend(all.iter().map(|(_, why)| said(&lines, &bar.raw, why))),
        }
    }
    let read = u32::try_from(lines.len() + rejects.len()).unwrap_or(u32::MAX);
    // Rows the rules refused are lines too: they were counted twice.
    let refused = u32::try_from(report.bars.iter().filter(|bar| bar.is_rejected()).count()).unwrap_or(0);
    let rejected = u32::try_from(rejects.len()).unwrap_or(u32::MAX);
    for all in [&mut rejects, &mut repairs] {
        all.sort_by_key(|each| each.line);
        all.truncate(NAMED);
    }
    let fit = report.bars.iter().filter_map(Judged::accepted).copied().collect();
    Ok((fit, Imported { read: read - refused, rejected, rejects, repairs, ..Imported::default() }))
}

fn said(lines: &[Line], raw: &Bar, why: &str) -> LineReason {
    let line = lines.iter().find(|line| line.bar == *raw).map_or(0, |line| line.number);
    LineReason { line, reason: why.to_string() }
}

#[cfg(test)]
mod tests;
