//! What is chosen on the page, as it stands in its address.

use chrono::NaiveDate;
use domain::scanner::{Scan, Sort, Timeframe};
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
    /// The column the table is sorted by, and which way.
    pub sort: Option<Sort>,
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
            sort: word("sort").and_then(|column| Sort::by(&column, word("order").as_deref() == Some("asc"))),
        }
    }

    /// What has to be asked for. A screen may let through more than fits into an answer, so its order is asked for too; that
    /// of a scan is its own, and the table puts its rows into another.
    pub fn asked(&self) -> Address {
        match self.filter {
            Some(_) => self.clone(),
            None => self.unsorted(),
        }
    }

    fn unsorted(&self) -> Address {
        Address { sort: None, ..self.clone() }
    }

    /// Another scan, of the newest session.
    pub fn with_scan(&self, scan: Scan) -> Address {
        Address { scan, filter: None, day: None, ..self.unsorted() }
    }

    /// Days or weeks.
    pub fn with_frame(&self, timeframe: Timeframe) -> Address {
        Address { timeframe, day: None, ..self.unsorted() }
    }

    /// Another session; the newest without one.
    pub fn with_day(&self, day: Option<NaiveDate>) -> Address {
        Address { day, ..self.unsorted() }
    }

    /// A filter instead of a scan.
    pub fn with_filter(&self, filter: &str, timeframe: Timeframe) -> Address {
        Address { filter: Some(filter.to_string()), timeframe, day: None, ..self.unsorted() }
    }

    /// Sorted by a column: downwards first, then upwards.
    pub fn sorted_by(&self, column: &str) -> Address {
        let down = self.sort.is_some_and(|sort| sort.column() == column && !sort.is_ascending());
        Address { sort: Sort::by(column, down), ..self.clone() }
    }

    /// The path and query of the page.
    pub fn href(&self) -> String {
        format!("{}?{}", super::HERE, self.query())
    }

    /// Where the same rows are a table for a spreadsheet, in the same order.
    pub fn csv(&self) -> String {
        let path = match &self.filter {
            Some(_) => "/api/market/screen".to_string(),
            None => format!("/api/market/scanner/{}", self.scan.as_str()),
        };
        format!("{path}?{}&limit=1000&format=csv", self.query())
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
            pairs.push(("sort", sort.column().to_string()));
            pairs.push(("order", if sort.is_ascending() { "asc" } else { "desc" }.to_string()));
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
        let nonsense = [("scan", "nonsense"), ("day", "yesterday"), ("timeframe", "hourly"), ("sort", "rsi")];
        assert_eq!(plain, read(&nonsense));
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
        let sort = |address: Address| address.sort.map(|sort| (sort.column(), sort.is_ascending()));
        let once = read(&[]).sorted_by("rsi14");
        assert_eq!(sort(once.clone()), Some(("rsi14", false)));
        assert_eq!(sort(once.sorted_by("rsi14")), Some(("rsi14", true)));
        assert_eq!(sort(once.sorted_by("rsi14").sorted_by("close")), Some(("close", false)));
        assert_eq!(sort(once.with_scan(Scan::Losers)), None, "another table starts in its own order");
    }

    #[test]
    fn the_order_of_a_screen_is_asked_for_and_every_table_is_downloaded_as_it_is_sorted() {
        let scan = read(&[("scan", "losers")]).sorted_by("rsi14");
        assert_eq!(scan.asked(), read(&[("scan", "losers")]));
        assert_eq!(
            scan.csv(),
            "/api/market/scanner/losers?scan=losers&sort=rsi14&order=desc&limit=1000&format=csv"
        );
        let screen = read(&[("filter", "close > 5"), ("sort", "rsi14"), ("order", "asc")]);
        assert_eq!(screen.asked(), screen);
        assert_eq!(
            screen.csv(),
            "/api/market/screen?filter=close%20%3E%205&sort=rsi14&order=asc&limit=1000&format=csv"
        );
    }
}
