//! Currencies by their ISO 4217 code.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Three capital letters. Pence and the like have their own codes: `GBX` is a hundredth of `GBP`.
///
/// ```
/// use domain::portfolio::Currency;
/// assert_eq!(Currency::parse(" usd ").unwrap().as_str(), "USD");
/// assert_eq!(Currency::parse("GBp").unwrap().as_str(), "GBX");
/// assert_eq!(Currency::parse("JPY").unwrap().decimals(), 0);
/// assert!(Currency::parse("DOLLAR").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The United States dollar.
    pub const USD: Currency = Currency(*b"USD");

    /// The euro.
    pub const EUR: Currency = Currency(*b"EUR");

    /// Trims, upper-cases and checks; `None` when it can be no code.
    pub fn parse(text: &str) -> Option<Currency> {
        let code: [u8; 3] = match text.trim() {
            "GBp" => *b"GBX",
            "ZAc" => *b"ZAX",
            text => text.as_bytes().try_into().ok()?,
        };
        let code = code.map(|letter| letter.to_ascii_uppercase());
        code.iter().all(u8::is_ascii_uppercase).then_some(Currency(code))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("three ASCII letters")
    }

    /// Decimals its smallest unit has: 2 for most, 0 for the yen, 3 for some dinars.
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// For a code that counts hundredths, the currency it is a hundredth of: `GBX` answers `GBP`.
    pub fn hundredth_of(self) -> Option<Currency> {
        match &self.0 {
            b"GBX" => Some(Currency(*b"GBP")),
            b"ILA" => Some(Currency(*b"ILS")),
            b"ZAX" => Some(Currency(*b"ZAR")),
            _ => None,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.as_str().to_string()
    }
}

impl FromStr for Currency {
    type Err = BadCurrency;
    fn from_str(text: &str) -> Result<Currency, BadCurrency> {
        Currency::parse(text).ok_or(BadCurrency)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Currency, D::Error> {
        let text = String::deserialize(from)?;
        Currency::parse(&text).ok_or_else(|| serde::de::Error::custom(BadCurrency))
    }
}

/// The text is not a currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a currency is its three-letter code, as USD")]
pub struct BadCurrency;
