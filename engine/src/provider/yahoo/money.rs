//! Currencies as Yahoo writes them: London, Johannesburg and Tel Aviv are quoted in hundredths.

/// The ISO 4217 code and what a price has to be divided by to be in it.
pub(super) fn major(currency: &str) -> (&str, f64) {
    match currency {
        "GBp" | "GBX" => ("GBP", 100.0),
        "ZAc" | "ZAC" => ("ZAR", 100.0),
        "ILA" => ("ILS", 100.0),
        other => (other, 1.0),
    }
}

/// The price in the major unit: 1.5852 for 158.52 hundredths, not 1.5852000000000002.
pub(super) fn in_major(price: f64, unit: f64) -> f64 {
    const DIGITS: f64 = 1e8;
    if unit == 1.0 { price } else { (price / unit * DIGITS).round() / DIGITS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_known_by_their_names_and_pounds_stay_pounds() {
        assert_eq!(major("GBp"), ("GBP", 100.0));
        assert_eq!(major("GBP"), ("GBP", 1.0));
        assert_eq!(major("ZAc"), ("ZAR", 100.0));
        assert_eq!(major("ILA"), ("ILS", 100.0));
        assert_eq!(major("ILS"), ("ILS", 1.0));
    }
}
