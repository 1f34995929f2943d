//! Collecting data by hand.

use crate::{
    Config,
    serve::{StartError, open_engine},
};
use domain::{
    Symbol,
    etl::{EtlRun, EtlSource, RunStatus},
    provider::Standing,
};
use engine::{
    Engine,
    ingest::{Ask, Progress},
    provider::Urgency,
};
use std::io::{IsTerminal, Write};
use tokio_util::sync::CancellationToken;

/// Runs over one source, or all five; a source that fails never stops the others. True when none failed.
///
/// # Errors
/// When the database can not be opened or written.
pub async fn etl_run(
    config: Config,
    source: Option<EtlSource>,
    symbols: Option<Vec<Symbol>>,
) -> Result<bool, StartError> {
    let engine = open_engine(&config).await?;
    engine.load_bundled().await?;
    look_at_market(&engine).await;
    let mut well = true;
    for source in source.map_or(EtlSource::ALL.to_vec(), |source| vec![source]) {
        let by_symbol = matches!(source, EtlSource::Prices | EtlSource::News | EtlSource::Reference);
        let symbols = symbols.clone().filter(|_| by_symbol);
        let ask = Ask { source, symbols, intraday: false, urgency: Urgency::Manual };
        let line = Line { source, shown: std::io::stderr().is_terminal() };
        match engine.ingest().run(&ask, &line).await {
            Ok(run) => {
                line.clear();
                well &= run.status != RunStatus::Failed;
                println!("{}", in_words(&run));
            }
            Err(error) => {
                line.clear();
                well = false;
                println!("{}: {error}", source.title());
            }
        }
    }
    engine.close().await;
    Ok(well)
}

/// One look at whether a provider of prices answers: while the market stands at the bundled date a run asks nobody.
async fn look_at_market(engine: &Engine) {
    let once = CancellationToken::new();
    once.cancel();
    engine.run_market(once).await;
    if engine.standing() == Standing::Waiting {
        println!("No provider of prices answers: what was shipped is checked instead.");
    }
}

fn in_words(run: &EtlRun) -> String {
    let EtlRun { read, upserted, unchanged, rejected, repaired, .. } = run;
    let counts = format!(
        "{read} read, {upserted} stored, {unchanged} unchanged, {repaired} repaired, {rejected} kept out"
    );
    let error = run.error.as_ref().map(|error| format!("\n  {error}")).unwrap_or_default();
    format!("{}: {}, {counts}{error}", run.source.title(), run.status.as_str())
}

/// One line on the terminal that moves on; nothing where it goes to a file.
struct Line {
    source: EtlSource,
    shown: bool,
}

impl Line {
    fn clear(&self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
    }
}

#[async_trait::async_trait]
impl Progress for Line {
    async fn say(&self, percent: u8, step: &str) -> engine::Result<()> {
        if self.shown {
            eprint!("\r\x1b[K{}: {percent} % {step}", self.source.title());
            // A progress line that can not be written is no reason to stop.
            let _ = std::io::stderr().flush();
        }
        Ok(())
    }
}
