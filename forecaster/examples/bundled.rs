//! Makes the forecasts that are shipped in `data/forecasts/` from the prices in `data/bars/`:
//! `cargo run --release -p forecaster --example bundled`. The same prices give the same files.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use domain::{
    Bar, Symbol,
    forecast::{Forecast, Forecaster, History, Record, Training},
};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use forecaster::Lstm;
use std::{fs::File, io::Write, path::Path};

/// The day the bundled market stands at; later rows have not happened yet.
const MARKET_DATE: &str = "2022-03-10";

fn main() -> Result<()> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let until: NaiveDate = MARKET_DATE.parse()?;
    let manifest: serde_json::Value = serde_json::from_reader(File::open(data.join("manifest.json"))?)?;
    let mut histories = Vec::new();
    for file in manifest["files"].as_array().context("a list of files")? {
        if file["content"] == "bars" {
            let name = file["name"].as_str().and_then(Symbol::parse).context("a symbol")?;
            histories.push(history(&name, &data.join(file["path"].as_str().context("a path")?), until)?);
        }
    }
    histories.sort_by(|a, b| a.symbol.cmp(&b.symbol));
    let lstm = Lstm::default();
    let training = lstm.train(&histories, &|| false).context("enough history")?;
    let speaker = lstm.read(&training.version, &training.body).context("reads itself back")?;
    let now: Vec<Forecast> = histories.iter().filter_map(|history| speaker.forecast(history)).collect();
    for record in training.records.iter().filter(|record| record.symbol.is_none()) {
        for skill in &record.skill {
            println!("{:12} {skill:?}", record.model.as_str());
        }
    }
    write(&data.join("forecasts"), &training, &now)
}

fn history(symbol: &Symbol, path: &Path, until: NaiveDate) -> Result<History> {
    let mut rows = csv::Reader::from_reader(GzDecoder::new(File::open(path)?));
    let mut bars = Vec::new();
    for row in rows.records() {
        let row = row?;
        let (date, close): (NaiveDate, f64) = (row[0].parse()?, row[4].parse()?);
        let time = Bar::label(date);
        bars.push(Bar { time, open: None, high: None, low: None, close, adj_close: None, volume: None });
    }
    bars.retain(|bar| bar.date() <= until);
    Ok(History::of_bars(symbol, &bars))
}

fn write(folder: &Path, training: &Training, now: &[Forecast]) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let Training { version, through, seed, body, records, past } = training;
    let model = serde_json::json!({ "version": version, "through": through, "seed": seed, "body": body });
    pack(&folder.join("model.json.gz"), &model.to_string())?;
    let mut text = String::from(
        "symbol,model,horizon,mase,naive_mase,drift_mase,directional,coverage80,windows,has_skill\n",
    );
    for Record { symbol, model, skill } in records {
        let name = symbol.as_ref().map_or("", Symbol::as_str);
        for each in skill {
            let directional = each.directional.map(|share| format!("{share:.4}")).unwrap_or_default();
            text += &format!(
                "{name},{},{},{:.4},{:.4},{:.4},{directional},{:.4},{},{}\n",
                model.as_str(),
                each.horizon_days,
                each.mase,
                each.naive_mase,
                each.drift_mase,
                each.coverage80,
                each.windows,
                each.has_skill
            );
        }
    }
    std::fs::write(folder.join("skill.csv"), text)?;
    let mut text = String::from(
        "symbol,as_of,price,bullish,short_low,short,short_high,medium_low,medium,medium_high,long_low,long,long_high\n",
    );
    for each in past.iter().chain(now) {
        text += &format!("{},{},{},{:.1}", each.symbol, each.as_of, each.current_price, each.bullish_score);
        for target in each.targets {
            // Six digits are far more than a forecast is worth.
            for price in [target.low80, target.target_price, target.high80] {
                text += &format!(",{}", format!("{price:.5e}").parse::<f64>()?);
            }
        }
        text.push('\n');
    }
    pack(&folder.join("forecasts.csv.gz"), &text)
}

/// Compressed without a time or a name in it, so that the same text gives the same file.
fn pack(path: &Path, text: &str) -> Result<()> {
    let mut packed = GzEncoder::new(File::create(path)?, Compression::best());
    packed.write_all(text.as_bytes())?;
    packed.finish()?;
    Ok(())
}
