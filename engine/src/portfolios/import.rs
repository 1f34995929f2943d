//! Files into a portfolio and out of it: looked at first, then taken as a whole or not at all.
//!
//! Programs send a file with each call. Pages send it once; it waits in the store until it is taken, or for a day.

use super::{Change, Portfolios, transactions::new};
use crate::{Cx, Error, FieldError, Result, analysis::blocking, store, store::imports::Upload};
use chrono::Duration;
use domain::{
    Event, Permission, Symbol,
    event::ImportProgress,
    portfolio::{
        Entry, Portfolio, PortfolioId, Transaction,
        import::{self, Format, Mapping, Options, Preview, Refusal},
    },
};
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How long a file waits.
const KEPT: Duration = Duration::hours(24);

/// Transactions written between two words about it.
const AT_ONCE: usize = 2_500;

/// Faults told one by one where a file is refused as a whole.
const MOST_FAULTS: usize = 100;

const NO_UPLOAD: Error = Error::NotFound("the file");

/// What came of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Transactions added.
    pub imported: u32,
    /// Rows left out because the portfolio has them.
    pub duplicates: u32,
    /// Rows left out because of their kind.
    pub skipped: u32,
}

fn refused(refusal: &Refusal) -> Error {
    Error::invalid("file", refusal.to_string())
}

/// # Errors
/// [`Error::Invalid`] naming row and column of what is wrong.
fn wanted(preview: &Preview) -> Result<Vec<Transaction>> {
    if let Some(entries) = preview.entries() {
        return Ok(entries.into_iter().map(new).collect());
    }
    let faults = preview.faults.iter().take(MOST_FAULTS);
    let told = faults.map(|fault| FieldError {
        field: format!("row {}, {}", fault.row, fault.column),
        reason: fault.reason.clone(),
    });
    Err(Error::Invalid(told.collect()))
}

impl Portfolios<'_> {
    /// What importing a file would do; nothing is changed.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `file` when nothing of it can be read.
    pub async fn look(
        &self,
        cx: &Cx,
        id: PortfolioId,
        format: Format,
        mapping: Mapping,
        file: Vec<u8>,
    ) -> Result<Preview> {
        let portfolio = self.get(cx, id).await?;
        let kept = store::transactions::of(self.0.db(), cx, id).await?;
        let existing = kept.into_iter().map(|kept| kept.transaction.entry).collect();
        self.read(&portfolio, format, mapping, file, existing).await
    }

    async fn read(
        &self,
        portfolio: &Portfolio,
        format: Format,
        mapping: Mapping,
        file: Vec<u8>,
        existing: Vec<Entry>,
    ) -> Result<Preview> {
        let mut options = Options::new(format, self.latest_day(), portfolio.currency);
        options.mapping = mapping;
        let read = blocking(move || import::read(&file, &options, &existing)).await?;
        let mut preview = read.map_err(|refusal| refused(&refusal))?;
        let universe = self.0.universe().await?;
        let named: BTreeSet<&Symbol> =
            preview.rows.iter().filter_map(|row| row.entry.as_ref()?.symbol.as_ref()).collect();
        let strange: Vec<&str> = named
            .iter()
            .filter(|symbol| universe.get(symbol).is_none())
            .map(|symbol| symbol.as_str())
            .collect();
        if !strange.is_empty() {
            let shown = strange.iter().take(12).copied().collect::<Vec<_>>().join(", ");
            let more = if strange.len() > 12 { ", and more" } else { "" };
            let note = format!("not known here, so valued at their latest trade: {shown}{more}");
            preview.notes.push(note);
        }
        Ok(preview)
    }

    /// Takes a file: every row of it, or nothing.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming row and column of what is wrong.
    pub async fn import(
        &self,
        cx: &Cx,
        id: PortfolioId,
        format: Format,
        mapping: Mapping,
        file: Vec<u8>,
    ) -> Result<Imported> {
        cx.require(Permission::Edit, "change portfolios")?;
        self.say(cx, id, 5, "Reading the file");
        // Read before anybody is made to wait: a file may be large.
        let preview = self.look(cx, id, format, mapping, file).await?;
        let transactions = wanted(&preview)?;
        let mut change = self.begin(cx).await?;
        let portfolio = change.one(id)?;
        let imported =
            Imported { imported: preview.new, duplicates: preview.duplicates, skipped: preview.skipped };
        store::imports::clear(&mut change.tx, cx, id, self.0.clock().now() - KEPT).await?;
        if transactions.is_empty() {
            change.tx.commit().await?;
            return Ok(imported);
        }
        self.write(&mut change, &portfolio, &transactions).await?;
        let detail = json!({ "format": format, "transactions": transactions.len() });
        self.finish(change, portfolio, "portfolio.import", &id.to_string(), detail).await?;
        self.say(cx, id, 100, "Done");
        Ok(imported)
    }

    /// Writes what a file holds, a part at a time, and says how far it is.
    async fn write(
        &self,
        change: &mut Change<'_>,
        portfolio: &Portfolio,
        transactions: &[Transaction],
    ) -> Result<()> {
        let (all, mut written) = (transactions.len(), 0);
        for part in transactions.chunks(AT_ONCE) {
            let percent = 30 + (written * 65 / all) as u8;
            self.say(change.cx, portfolio.id, percent, &format!("Writing, {written} of {all} done"));
            self.insert(change, portfolio, part, None).await?;
            written += part.len();
        }
        Ok(())
    }

    fn say(&self, cx: &Cx, id: PortfolioId, percent: u8, step: &str) {
        let progress = ImportProgress { portfolio_id: id.0, percent, step: step.into() };
        self.0.bus().publish_tenant(cx.tenant, Event::Import(progress));
    }

    /// Keeps a file until it is taken; answers its id.
    ///
    /// # Errors
    /// [`Error::Invalid`] for `file` when nothing of it can be read.
    pub async fn upload(&self, cx: &Cx, id: PortfolioId, format: Format, text: String) -> Result<Uuid> {
        cx.require(Permission::Edit, "change portfolios")?;
        self.get(cx, id).await?;
        if text.contains('\0') {
            return Err(refused(&Refusal::NotText("binary")));
        }
        // A broker's file whose columns nobody guesses can still be mapped by hand.
        match self.look(cx, id, format, Mapping::default(), text.clone().into_bytes()).await {
            Err(error) if format != Format::Csv => return Err(error),
            _ => {}
        }
        let mut change = self.begin(cx).await?;
        change.one(id)?;
        let (upload, now) = (Uuid::now_v7(), self.0.clock().now());
        store::imports::clear(&mut change.tx, cx, id, now - KEPT).await?;
        let file = Upload { format: format.as_str().into(), mapping: json!({}), text };
        store::imports::insert(&mut change.tx, cx, id, upload, &file, now).await?;
        change.tx.commit().await?;
        Ok(upload)
    }

    async fn waiting(&self, cx: &Cx, id: PortfolioId, upload: Uuid) -> Result<(Format, Mapping, Vec<u8>)> {
        self.get(cx, id).await?;
        let file = store::imports::find(self.0.db(), cx, id, upload).await?.ok_or(NO_UPLOAD)?;
        let broken = || Error::Internal(format!("import {upload} as {}", file.format));
        let format = Format::parse(&file.format).ok_or_else(broken)?;
        Ok((format, serde_json::from_value(file.mapping.clone())?, file.text.into_bytes()))
    }

    /// What importing a file that waits would do.
    ///
    /// # Errors
    /// [`Error::NotFound`] where none waits; else as [`Portfolios::look`].
    pub async fn uploaded(&self, cx: &Cx, id: PortfolioId, upload: Uuid) -> Result<Preview> {
        let (format, mapping, file) = self.waiting(cx, id, upload).await?;
        self.look(cx, id, format, mapping, file).await
    }

    /// Says how a file that waits is to be read.
    ///
    /// # Errors
    /// [`Error::NotFound`] where none waits.
    pub async fn remap(&self, cx: &Cx, id: PortfolioId, upload: Uuid, mapping: &Mapping) -> Result<()> {
        let (format, ..) = self.waiting(cx, id, upload).await?;
        let mut change = self.begin(cx).await?;
        change.one(id)?;
        let mapping = serde_json::to_value(mapping)?;
        store::imports::remap(&mut change.tx, cx, id, upload, format.as_str(), &mapping).await?;
        change.tx.commit().await
    }

    /// Takes a file that waits: every row of it, or nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] where none waits; else as [`Portfolios::import`].
    pub async fn take(&self, cx: &Cx, id: PortfolioId, upload: Uuid) -> Result<Imported> {
        let (format, mapping, file) = self.waiting(cx, id, upload).await?;
        self.import(cx, id, format, mapping, file).await
    }

    /// Everything in a portfolio as JSON, which [`Portfolios::import`] reads back without a difference.
    pub async fn export_json(&self, cx: &Cx, id: PortfolioId) -> Result<String> {
        let (portfolio, entries) = self.everything(cx, id).await?;
        blocking(move || import::to_json(&portfolio, &entries)).await
    }

    /// Every transaction of a portfolio as separated values; what a spreadsheet would take for a formula is not one.
    pub async fn export_csv(&self, cx: &Cx, id: PortfolioId) -> Result<String> {
        let (_, entries) = self.everything(cx, id).await?;
        blocking(move || import::to_csv(&entries)).await
    }

    async fn everything(&self, cx: &Cx, id: PortfolioId) -> Result<(Portfolio, Vec<Entry>)> {
        let portfolio = self.get(cx, id).await?;
        let kept = store::transactions::of(self.0.db(), cx, id).await?;
        Ok((portfolio, kept.into_iter().map(|kept| kept.transaction.entry).collect()))
    }
}
