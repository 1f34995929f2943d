//! How big the net is and how long it learns.

use chrono::NaiveDate;

/// Size of the net, length of its training, and the days at which it is trained anew for the judgement of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// What chance starts from.
    pub seed: u64,
    /// Cells.
    pub hidden: usize,
    /// Batches it learns from.
    pub batches: usize,
    /// Samples in each.
    pub batch: usize,
    /// Bars between two samples of a history.
    pub stride: usize,
    /// Forecasts are judged from the first of these days on; at each of them a net is trained on what was known.
    pub folds: Vec<NaiveDate>,
    /// Whether exponential smoothing is judged as well.
    pub with_ets: bool,
}

impl Settings {
    /// What is used unless somebody says otherwise: 16 cells, 400 batches of 128, a net every three years from 2009 to
    /// the last day; before 2009 the bundled data has too few symbols.
    pub fn standard(through: NaiveDate) -> Settings {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1);
        Settings {
            seed: 20_220_310,
            hidden: 16,
            batches: 400,
            batch: 128,
            stride: 5,
            folds: (2009..).step_by(3).map_while(day).take_while(|day| *day < through).collect(),
            with_ets: true,
        }
    }
}
