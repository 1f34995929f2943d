//! How the table of positions is ordered, as it stands in the address: `?sort=value`, upwards with `&order=asc`.

use crate::routes;
use domain::portfolio::{PortfolioId, Position};
use leptos_router::params::ParamsMap;
use std::cmp::Ordering;

/// What a position is ordered by. Columns that not every position has a figure in put those last, either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum By {
    Symbol,
    Cost,
    Value,
    Day,
    Unrealised,
    Realised,
    Dividends,
}

const ALL: [(By, &str); 7] = [
    (By::Symbol, "symbol"),
    (By::Cost, "cost"),
    (By::Value, "value"),
    (By::Day, "day"),
    (By::Unrealised, "unrealised"),
    (By::Realised, "realised"),
    (By::Dividends, "dividends"),
];

/// By what, and whether upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub by: By,
    /// Smallest first.
    pub ascending: bool,
}

impl Order {
    /// Reads an address; without a column that there is, the largest values come first.
    pub fn of(query: &ParamsMap) -> Order {
        let word = query.get("sort").unwrap_or_default();
        let by = ALL.into_iter().find(|(_, name)| *name == word).map_or(By::Value, |(by, _)| by);
        Order { by, ascending: query.get("order").as_deref() == Some("asc") }
    }

    /// Where a click on a column leads: largest first and then smallest first; words the other way round.
    pub fn href(self, by: By, id: PortfolioId) -> String {
        let first = by == By::Symbol;
        let ascending = if self.by == by { !self.ascending } else { first };
        let name = ALL.into_iter().find(|(each, _)| *each == by).map_or("", |(_, name)| name);
        let order = if ascending { "&order=asc" } else { "" };
        format!("{}?sort={name}{order}", routes::portfolio(id, "holdings"))
    }

    /// Brings positions into the order.
    pub fn sort(self, positions: &mut [Position]) {
        positions.sort_by(|a, b| {
            let figures = match self.by {
                By::Symbol => return self.turned(a.symbol.cmp(&b.symbol)),
                By::Day => {
                    return self.absent_last(a.day_change_ratio, b.day_change_ratio, |a, b| a.total_cmp(b));
                }
                By::Cost => (a.cost, b.cost),
                By::Value => (a.value, b.value),
                By::Unrealised => (a.unrealised, b.unrealised),
                By::Realised => (a.realised, b.realised),
                By::Dividends => (a.dividends, b.dividends),
            };
            self.absent_last(figures.0, figures.1, Ord::cmp).then_with(|| a.symbol.cmp(&b.symbol))
        });
    }

    fn turned(self, order: Ordering) -> Ordering {
        if self.ascending { order } else { order.reverse() }
    }

    fn absent_last<T>(self, a: Option<T>, b: Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => self.turned(compare(&a, &b)),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(pairs: &[(&'static str, &str)]) -> Order {
        let mut query = ParamsMap::new();
        for (name, value) in pairs {
            query.insert(*name, (*value).to_string());
        }
        Order::of(&query)
    }

    #[test]
    fn a_column_sorts_downwards_first_and_upwards_again_and_words_the_other_way_round() {
        let id = PortfolioId(uuid::Uuid::nil());
        let plain = order(&[]);
        assert_eq!(plain, Order { by: By::Value, ascending: false });
        assert_eq!(order(&[("sort", "colour"), ("order", "up")]), plain);
        assert!(plain.href(By::Cost, id).ends_with("holdings?sort=cost"));
        assert!(plain.href(By::Value, id).ends_with("?sort=value&order=asc"));
        assert!(plain.href(By::Symbol, id).ends_with("?sort=symbol&order=asc"));
        assert!(
            order(&[("sort", "symbol"), ("order", "asc")]).href(By::Symbol, id).ends_with("?sort=symbol")
        );
    }

    #[test]
    fn what_has_no_figure_comes_last_either_way() {
        let up = Order { by: By::Cost, ascending: true };
        let down = Order { ascending: false, ..up };
        for order in [up, down] {
            assert_eq!(order.absent_last(None, Some(1), Ord::cmp), Ordering::Greater);
            assert_eq!(order.absent_last(Some(1), None, Ord::cmp), Ordering::Less);
        }
        assert_eq!(up.absent_last(Some(1), Some(2), Ord::cmp), Ordering::Less);
        assert_eq!(down.absent_last(Some(1), Some(2), Ord::cmp), Ordering::Greater);
    }
}
