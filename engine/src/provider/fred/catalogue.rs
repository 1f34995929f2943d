//! What the series are called and measured in. The answers with the values do not say it.

use chrono::TimeDelta;
use domain::macros::{MacroSeries, Observation};

/// Identifier, name, frequency, units; as FRED publishes them.
const KNOWN: [(&str, &str, &str, &str); 16] = [
    ("CPIAUCSL", "Consumer prices, all items", "monthly", "index 1982-1984=100"),
    ("CPILFESL", "Consumer prices without food and energy", "monthly", "index 1982-1984=100"),
    ("UNRATE", "Unemployment rate", "monthly", "percent"),
    ("FEDFUNDS", "Federal funds rate", "monthly", "percent"),
    ("GDP", "Gross domestic product", "quarterly", "billions of dollars"),
    ("GDPC1", "Real gross domestic product", "quarterly", "billions of chained 2017 dollars"),
    ("DGS3MO", "3-month Treasury yield", "daily", "percent"),
    ("DGS2", "2-year Treasury yield", "daily", "percent"),
    ("DGS5", "5-year Treasury yield", "daily", "percent"),
    ("DGS10", "10-year Treasury yield", "daily", "percent"),
    ("DGS30", "30-year Treasury yield", "daily", "percent"),
    ("T10Y2Y", "10-year less 2-year Treasury yield", "daily", "percent"),
    ("T5YIE", "5-year breakeven inflation", "daily", "percent"),
    ("VIXCLS", "CBOE volatility index", "daily", "index"),
    ("NFCI", "Chicago Fed financial conditions", "weekly", "index"),
    ("PAYEMS", "Employees on nonfarm payrolls", "monthly", "thousands of persons"),
];

/// The series with what is known about it. Another one is called by its identifier, its frequency is read off
/// its dates, and its units stay unsaid.
pub(super) fn describe(id: &str, observations: Vec<Observation>) -> MacroSeries {
    let (name, frequency, units) = match KNOWN.iter().find(|known| known.0 == id) {
        Some((_, name, frequency, units)) => (*name, *frequency, *units),
        None => (id, spacing(&observations), ""),
    };
    MacroSeries {
        id: id.into(),
        name: name.into(),
        frequency: frequency.into(),
        units: units.into(),
        observations,
    }
}

/// The usual distance between two observations, in a word.
fn spacing(observations: &[Observation]) -> &'static str {
    let mut gaps: Vec<TimeDelta> = observations.windows(2).map(|pair| pair[1].date - pair[0].date).collect();
    gaps.sort();
    match gaps.get(gaps.len() / 2).map(TimeDelta::num_days) {
        Some(..=4) => "daily",
        Some(5..=10) => "weekly",
        Some(11..=45) => "monthly",
        Some(46..=180) => "quarterly",
        Some(181..) => "yearly",
        None => "",
    }
}
