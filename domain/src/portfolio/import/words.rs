//! What files call things: formats, columns, kinds of transactions.

use crate::portfolio::TransactionKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a file is. Each may be JSON or separated values where the program writes both; the first letter tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// What Candlewick exports, CSV or JSON.
    Candlewick,
    /// What Ghostfolio exports (JSON) and imports (CSV).
    Ghostfolio,
    /// Any broker's separated values.
    Csv,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 3] = [Format::Candlewick, Format::Ghostfolio, Format::Csv];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Candlewick => "candlewick",
            Format::Ghostfolio => "ghostfolio",
            Format::Csv => "csv",
        }
    }

    /// Reads back [`Format::as_str`].
    pub fn parse(word: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.as_str() == word)
    }
}

/// A field of an entry that a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Column {
    Type,
    Symbol,
    Date,
    Quantity,
    Price,
    Amount,
    Fee,
    Tax,
    Currency,
    FxRate,
    Note,
}

impl Column {
    /// All columns in the order Candlewick writes them.
    pub const ALL: [Column; 11] = [
        Column::Type,
        Column::Symbol,
        Column::Date,
        Column::Quantity,
        Column::Price,
        Column::Amount,
        Column::Fee,
        Column::Tax,
        Column::Currency,
        Column::FxRate,
        Column::Note,
    ];

    /// The word on the wire and in the header of Candlewick's own files.
    pub fn as_str(self) -> &'static str {
        match self {
            Column::Type => "type",
            Column::Symbol => "symbol",
            Column::Date => "date",
            Column::Quantity => "quantity",
            Column::Price => "price",
            Column::Amount => "amount",
            Column::Fee => "fee",
            Column::Tax => "tax",
            Column::Currency => "currency",
            Column::FxRate => "fxRate",
            Column::Note => "note",
        }
    }

    /// True for columns of numbers.
    pub fn is_number(self) -> bool {
        use Column::*;
        matches!(self, Quantity | Price | Amount | Fee | Tax | FxRate)
    }

    /// What brokers call it: letters and digits of the header in lower case, the likeliest first.
    fn names(self) -> &'static [&'static str] {
        match self {
            Column::Type => &[
                "type",
                "buysell",
                "action",
                "transactiontype",
                "activitytype",
                "side",
                "typ",
                "transaktion",
                "order",
                "operation",
                "direction",
                "activity",
                "kind",
            ],
            Column::Symbol => {
                &["symbol", "ticker", "code", "tickersymbol", "instrument", "wertpapier", "security", "isin"]
            }
            Column::Date => &[
                "date",
                "tradedate",
                "datum",
                "transactiondate",
                "executiondate",
                "rundate",
                "time",
                "datetime",
                "settlementdate",
                "fecha",
                "data",
                "day",
            ],
            Column::Quantity => &[
                "quantity",
                "qty",
                "shares",
                "units",
                "noofshares",
                "stück",
                "anzahl",
                "stueck",
                "filled",
                "volume",
                "cantidad",
                "nombre",
            ],
            Column::Price => &[
                "price",
                "unitprice",
                "tradeprice",
                "priceshare",
                "pricepershare",
                "kurs",
                "preis",
                "averageprice",
                "executionprice",
                "quote",
                "precio",
                "cours",
            ],
            Column::Amount => &[
                "amount",
                "grossamount",
                "trademoney",
                "proceeds",
                "betrag",
                "total",
                "value",
                "wert",
                "netamount",
                "totalamount",
                "importe",
                "montant",
            ],
            Column::Fee => &[
                "fee",
                "fees",
                "commission",
                "ibcommission",
                "gebühr",
                "gebühren",
                "gebuehren",
                "provision",
                "charges",
                "commissions",
                "feescomm",
                "comisión",
                "frais",
            ],
            Column::Tax => &["tax", "taxes", "withholdingtax", "steuer", "steuern", "impuestos", "taxe"],
            Column::Currency => &[
                "currency",
                "ccy",
                "currencyprimary",
                "währung",
                "waehrung",
                "transactioncurrency",
                "divisa",
                "devise",
                "currencycode",
            ],
            Column::FxRate => &["fxrate", "fxratetobase", "exchangerate", "wechselkurs"],
            Column::Note => {
                &["note", "notes", "comment", "description", "memo", "notiz", "bemerkung", "remark"]
            }
        }
    }

    /// What Ghostfolio calls it, where that differs from what brokers do.
    fn ghostfolio_names(self) -> &'static [&'static str] {
        match self {
            Column::Price => &["price", "tradeprice", "unitprice", "value"],
            Column::Amount | Column::Tax | Column::FxRate => &[],
            _ => self.names(),
        }
    }
}

/// In which order the numbers of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// Which column of a file is what, by header.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Mapping {
    /// Header of each column used; an empty one says that the file has no such column.
    pub columns: BTreeMap<Column, String>,
    /// `None` to find out.
    pub date_order: Option<DateOrder>,
    /// `None` to find out.
    pub decimal_comma: Option<bool>,
}

/// Letters and digits in lower case.
fn plain(header: &str) -> String {
    header.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The place of each column: as mapped, else by name.
pub(super) fn places(headers: &[String], mapping: &Mapping, format: Format) -> BTreeMap<Column, usize> {
    let plains: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let mut places = BTreeMap::new();
    for column in Column::ALL {
        let place = match (mapping.columns.get(&column), format) {
            (Some(header), Format::Csv) => {
                headers.iter().position(|each| each.trim() == header.trim() && !header.is_empty())
            }
            (_, Format::Candlewick) => headers.iter().position(|each| each.trim() == column.as_str()),
            (_, Format::Ghostfolio) => {
                column.ghostfolio_names().iter().find_map(|name| plains.iter().position(|each| each == name))
            }
            (None, Format::Csv) => {
                column.names().iter().find_map(|name| plains.iter().position(|each| each == name))
            }
        };
        if let Some(place) = place {
            places.insert(column, place);
        }
    }
    places
}

/// The kind a broker's word means.
pub(super) fn kind(word: &str) -> Option<TransactionKind> {
    use TransactionKind::*;
    let word = plain(word);
    Some(match word.as_str() {
        "buy" | "bot" | "bought" | "purchase" | "kauf" | "b" | "achat" | "compra" | "buytoopen"
        | "youbought" | "reinvestment" | "sparplan" | "savingsplan" | "marketbuy" | "limitbuy" => Buy,
        "sell" | "sld" | "sold" | "sale" | "verkauf" | "s" | "vente" | "venta" | "selltoclose"
        | "yousold" | "marketsell" | "limitsell" | "sellshort" => Sell,
        "dividend" | "dividends" | "div" | "dividende" | "cashdividend" | "distribution" | "ausschüttung"
        | "dividendreceived" | "qualifieddividend" => Dividend,
        "interest" | "interests" | "zinsen" | "zins" | "interestincome" | "creditinterest" | "intérêts" => {
            Interest
        }
        "fee" | "fees" | "gebühr" | "gebühren" | "commission" | "custodyfee" | "servicefee" | "charge" => {
            Fee
        }
        "tax" | "taxes" | "steuer" | "steuern" | "withholdingtax" => Tax,
        "deposit" | "einzahlung" | "einlage" | "cashin" | "topup" | "cashtopup" | "funding"
        | "contribution" => Deposit,
        "withdrawal" | "withdraw" | "auszahlung" | "entnahme" | "cashout" | "removal" | "cashwithdrawal" => {
            Withdrawal
        }
        "split" | "stocksplit" | "aktiensplit" => Split,
        "transferin" | "deliveryinbound" | "inbounddelivery" | "einlieferung" | "receive" | "received" => {
            TransferIn
        }
        "transferout" | "deliveryoutbound" | "outbounddelivery" | "auslieferung" | "send" | "sent" => {
            TransferOut
        }
        _ => return None,
    })
}
