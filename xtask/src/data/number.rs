//! Numbers as the bundled files write them: short, exact to the chosen decimals, the same on every machine.

/// At most `decimals` digits after the point, without trailing zeros.
pub fn text(value: f64, decimals: usize) -> String {
    let full = format!("{value:.decimals$}");
    let short = if full.contains('.') { full.trim_end_matches('0').trim_end_matches('.') } else { &full };
    if short == "-0" { "0".to_string() } else { short.to_string() }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn single_precision_noise_of_a_source_is_rounded_away() {
        assert_eq!(text(158.520_004_272_460_94, 4), "158.52");
        assert_eq!(text(132.682_006_835_937_5 * 20.0, 3), "2653.64");
        assert_eq!(text(-0.000_01, 4), "0");
        assert_eq!(text(100.0, 0), "100");
    }
}
