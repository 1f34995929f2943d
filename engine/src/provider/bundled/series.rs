//! Bundled economic series and page views, up to the market date.

use super::{MARKET_DATE, files};
use domain::macros::{MacroSeries, Observation, SearchInterest};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    id: String,
    name: String,
    frequency: String,
    units: String,
}

/// The economic series. An observation is dated by its period, so the latest ones were published later.
pub fn macros() -> Vec<MacroSeries> {
    files::table::<Row>("macro.csv")
        .into_iter()
        .map(|row| {
            let observations = observations(&format!("macro/{}.csv.gz", row.id));
            let Row { id, name, frequency, units } = row;
            MacroSeries { id, name, frequency, units, observations }
        })
        .collect()
}

/// Daily page views by keyword, a stand-in for search interest.
pub fn trends() -> Vec<SearchInterest> {
    files::about("trends")
        .map(|(keyword, entry)| SearchInterest {
            keyword: keyword.to_string(),
            observations: observations(&entry.path),
        })
        .collect()
}

fn observations(path: &str) -> Vec<Observation> {
    let text = files::history(path);
    files::lines(&text)
        .map(|mut fields| Observation {
            date: files::date(fields.next().unwrap_or_default()),
            value: files::number(fields.next()).expect("the converter drops blanks"),
        })
        .take_while(|observation| observation.date <= MARKET_DATE)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Values of the Bureau of Labor Statistics for February 2022 (index) and of the Treasury for 10 March 2022.
    #[test]
    fn series_end_at_the_market_date_with_the_published_values() {
        let all = macros();
        let last =
            |id: &str| *all.iter().find(|series| series.id == id).unwrap().observations.last().unwrap();
        let ten_years = last("DGS10");
        assert_eq!((ten_years.date, ten_years.value), (MARKET_DATE, 1.98));
        let prices = &all.iter().find(|series| series.id == "CPIAUCSL").unwrap().observations;
        assert!(
            prices.iter().any(|o| o.date.to_string() == "2022-02-01" && (283.0..285.0).contains(&o.value))
        );
        assert_eq!(all.len(), 8);
        assert!(all.iter().flat_map(|series| &series.observations).all(|o| o.date <= MARKET_DATE));
    }

    #[test]
    fn page_views_reach_the_market_date() {
        for trend in trends() {
            assert_eq!(trend.observations.last().unwrap().date, MARKET_DATE, "{}", trend.keyword);
        }
    }
}
