//! What is chosen on the page, as it stands in its address.

use chrono::NaiveDate;
use domain::scanner::{Scan, Timeframe};
use leptos_router::params::ParamsMap;

/// What is chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Address {
    pub scan: Scan,
    pub timeframe: Timeframe,
    /// An earlier session.
    pub day: Option<NaiveDate>,
    /// Instead of the scan.
    pub filter: Option<String>,
    /// The column the table is sorted by.
    pub sort: Option<String>,
    pub ascending: bool,
}

impl Address {
    /// Reads an address; what makes no sense in it counts as not chosen.
    pub fn of(query: &ParamsMap) -> Address {
        let word = |name: &str| query.get(name).filter(|text| !text.trim().is_empty());
        Address {
            scan: word("scan").and_then(|word| Scan::parse(&word)).unwrap_or(Scan::Gainers),
            timeframe: word("timeframe").and_then(|word| Timeframe::parse(&word)).unwrap_or_default(),
            day: word("day").and_then(|word| word.parse().ok()),
            filter: word("filter"),
            sort: word("sort"),
            ascending: word("order").as_deref() == Some("asc"),
        }
    }

    /// What has to be asked for: the order is the table's own business.
    pub fn asked(&self) -> Address {
        Address { sort: None, ascending: false, ..self.clone() }
    }

    /// Another scan, of the newest session.
    pub fn with_scan(&self, scan: Scan) -> Address {
        Address { scan, filter: None, day: None, ..self.asked() }
    }

    /// Days or weeks.
    pub fn with_frame(&self, timeframe: Timeframe) -> Address {
        Address { timeframe, day: None, ..self.asked() }
    }

    /// Another session; the newest without one.
    pub fn with_day(&self, day: Option<NaiveDate>) -> Address {
        Address { day, ..self.asked() }
    }

    /// A filter instead of a scan.
    pub fn with_filter(&self, filter: &str, timeframe: Timeframe) -> Address {
        Address { filter: Some(filter.to_string()), timeframe, day: None, ..self.asked() }
    }

    /// Sorted by a column: downwards first, then upwards.
    pub fn sorted_by(&self, column: &str) -> Address {
        let again = self.sort.as_deref() == Some(column);
        Address { sort: Some(column.to_string()), ascending: again && !self.ascending, ..self.clone() }
    }

    /// The path and query of the page.
    pub fn href(&self) -> String {
        format!("{}?{}", super::HERE, self.query())
    }

    /// Where the same rows are a table for a spreadsheet.
    pub fn csv(&self) -> String {
        let path = match &self.filter {
            Some(_) => "/api/market/screen".to_string(),
            None => format!("/api/market/scanner/{}", self.scan.as_str()),
        };
        format!("{path}?{}&limit=1000&format=csv", self.asked().query())
    }

    fn query(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        match &self.filter {
            Some(filter) => pairs.push(("filter", filter.clone())),
            None => pairs.push(("scan", self.scan.as_str().to_string())),
        }
        if self.timeframe != Timeframe::Daily {
            pairs.push(("timeframe", self.timeframe.as_str().to_string()));
        }
        pairs.extend(self.day.map(|day| ("day", day.to_string())));
        if let Some(sort) = &self.sort {
            pairs.push(("sort", sort.clone()));
            pairs.push(("order", if self.ascending { "asc" } else { "desc" }.to_string()));
        }
        let pair = |(name, value): &(&str, String)| format!("{name}={}", escaped(value));
        pairs.iter().map(pair).collect::<Vec<_>>().join("&")
    }
}

/// Percent-encoded but for what needs none in a query (RFC 3986).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                escaped.push(char::from(byte))
            }
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Address {
        Address::of(&pairs.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect())
    }

    #[test]
    fn an_address_says_what_is_chosen_and_nonsense_is_nothing() {
        let plain = read(&[]);
        assert_eq!(plain, read(&[("scan", "nonsense"), ("day", "yesterday"), ("timeframe", "hourly")]));
        assert_eq!(plain.href(), "/scanner?scan=gainers");
        let past = read(&[("scan", "new-lows"), ("timeframe", "weekly"), ("day", "2022-03-04")]);
        assert_eq!(past.href(), "/scanner?scan=new-lows&timeframe=weekly&day=2022-03-04");
    }

    #[test]
    fn a_filter_survives_its_address() {
        let filter = "rsi14 < 30 & sector = \"Energy\"";
        let link = read(&[]).with_filter(filter, Timeframe::Daily).href();
        assert_eq!(link, "/scanner?filter=rsi14%20%3C%2030%20%26%20sector%20%3D%20%22Energy%22");
    }

    #[test]
    fn a_column_sorts_downwards_first_and_upwards_again() {
        let once = read(&[]).sorted_by("rsi14");
        assert_eq!((once.sort.as_deref(), once.ascending), (Some("rsi14"), false));
        assert!(once.sorted_by("rsi14").ascending);
        assert!(!once.sorted_by("rsi14").sorted_by("price").ascending);
    }
}
