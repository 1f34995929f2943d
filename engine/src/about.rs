//! Where the data came from, for the page that says so.

use crate::{Engine, Result, provider::bundled};
use chrono::NaiveDate;
use domain::{
    about::SourceInfo,
    provider::ProviderReport,
    source::{Provenance, SourceFile},
};

/// What can be said about the data of an [`Engine`].
pub struct About<'a>(&'a Engine);

impl Engine {
    /// Where the data came from.
    pub fn about(&self) -> About<'_> {
        About(self)
    }
}

impl About<'_> {
    /// How the sources outside are doing, in all processes on this database together.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn providers(&self) -> Result<ProviderReport> {
        let engine = self.0;
        let items = engine.health_everywhere().await?;
        Ok(ProviderReport { standing: engine.standing_by(&items), at: engine.clock().now(), items })
    }

    /// One line for every file of the data set and every package it was made from.
    #[allow(clippy::unused_async)] // like every other room; other providers will have to look
    pub async fn sources(&self) -> Result<Vec<SourceInfo>> {
        Ok(bundled::provenance().iter().flat_map(lines).collect())
    }
}

fn lines(file: &Provenance) -> Vec<SourceInfo> {
    let date = |text: &Option<String>| text.as_deref()?.get(..10)?.parse::<NaiveDate>().ok();
    let mut notes: Vec<String> = file.basis.iter().cloned().collect();
    if file.close_only {
        notes.push("closes only".into());
    }
    if date(&file.last).is_some_and(|last| last > bundled::MARKET_DATE) {
        notes.push(format!("loaded up to {}", bundled::MARKET_DATE));
    }
    let line = |source: Option<&SourceFile>| SourceInfo {
        dataset: match &file.name {
            Some(name) => format!("{name} ({})", file.content),
            None => file.content.clone(),
        },
        package: source.map_or("written for Candlewick", |source| &source.package).to_string(),
        version: source.map_or(env!("CARGO_PKG_VERSION"), |source| &source.version).to_string(),
        licence: source.map_or("MIT OR Apache-2.0", |source| &source.licence).to_string(),
        rows: file.rows,
        first: date(&file.first),
        last: date(&file.last),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
    };
    match file.sources.is_empty() {
        true => vec![line(None)],
        false => file.sources.iter().map(|source| line(Some(source))).collect(),
    }
}
