//! Everything a page says about the future of a symbol.

use super::{Forecast, History, Horizon, Past, Prediction, Record, Target};
use serde::{Deserialize, Serialize};

/// What is expected, what was expected before, and how much all that was worth.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sheet {
    /// `None` where there is not enough history.
    pub prediction: Option<Prediction>,
    /// Earlier forecasts of the same model whose outcome is known, newest first.
    pub past: Vec<Past>,
    /// The records of every model for this symbol, then for all symbols together.
    pub records: Vec<Record>,
}

/// Forecasts beside what came, newest first. Where a split has put the history on another basis since, what was said is
/// put on it too.
pub fn came(history: &History, forecasts: &[Forecast]) -> Vec<Past> {
    let of = |forecast: &Forecast| {
        let at = history.dates.binary_search(&forecast.as_of).ok()?;
        let basis = history.closes[at] / forecast.current_price;
        let past = move |horizon: Horizon| {
            let due = at + horizon.bars();
            let said = forecast.targets[horizon.index()];
            let target = Target {
                target_price: said.target_price * basis,
                low80: said.low80 * basis,
                high80: said.high80 * basis,
                ..said
            };
            let (due, came) = (*history.dates.get(due)?, history.closes[due]);
            Some(Past { as_of: forecast.as_of, horizon, due, target, came })
        };
        Some(Horizon::ALL.into_iter().filter_map(past).collect::<Vec<_>>())
    };
    let mut all: Vec<Past> = forecasts.iter().filter_map(of).flatten().collect();
    all.sort_by_key(|past| (std::cmp::Reverse(past.due), past.horizon));
    all
}
