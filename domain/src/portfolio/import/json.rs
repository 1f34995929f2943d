//! JSON to records: Candlewick's own (`transactions`) and Ghostfolio's (`activities`). Read as a stream: what is not
//! used is never kept, and one row too many ends it.

use super::{Column, MAX_CELL_BYTES, Refusal, record::Record};
use crate::portfolio::{Fault, MAX_TRANSACTIONS};
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use std::fmt;

/// The message of the one error that is a refusal of its own.
const TOO_MANY: &str = "more rows than may be read";

/// The rows of either file.
pub(super) fn records(text: &str) -> Result<Vec<Record>, Refusal> {
    let read: Result<Document, _> = serde_json::from_str(text);
    match read {
        Ok(document) => {
            let Some(Rows(mut records)) = document.0 else {
                let what = "there is neither a list of transactions nor of activities";
                return Err(Refusal::BadJson(what.to_string()));
            };
            for (at, record) in records.iter_mut().enumerate() {
                record.row = at as u32 + 1;
            }
            Ok(records)
        }
        Err(error) if error.to_string().contains(TOO_MANY) => Err(Refusal::TooManyRows),
        Err(error) => Err(Refusal::BadJson(error.to_string())),
    }
}

/// The list under `transactions` or `activities`, or the file itself when it is a list.
struct Document(Option<Rows>);

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Document, D::Error> {
        struct Whole;
        impl<'de> Visitor<'de> for Whole {
            type Value = Document;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object with transactions or activities")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
                let mut rows = None;
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "transactions" | "activities" => rows = Some(map.next_value()?),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(Document(rows))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Document, A::Error> {
                Ok(Document(Some(Rows(collect(list)?))))
            }
        }
        from.deserialize_any(Whole)
    }
}

struct Rows(Vec<Record>);

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Rows, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = Rows;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of transactions")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Rows, A::Error> {
                Ok(Rows(collect(list)?))
            }
        }
        from.deserialize_seq(List)
    }
}

fn collect<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Vec<Record>, A::Error> {
    let mut rows = Vec::new();
    while let Some(OneRecord(record)) = list.next_element()? {
        if rows.len() >= MAX_TRANSACTIONS {
            return Err(A::Error::custom(TOO_MANY));
        }
        rows.push(record);
    }
    Ok(rows)
}

struct OneRecord(Record);

impl<'de> Deserialize<'de> for OneRecord {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<OneRecord, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = OneRecord;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a transaction as an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OneRecord, A::Error> {
                let mut record = Record::default();
                while let Some(key) = map.next_key::<String>()? {
                    let column = match key.as_str() {
                        "unitPrice" => Some(Column::Price),
                        "comment" => Some(Column::Note),
                        key => Column::ALL.into_iter().find(|column| column.as_str() == key),
                    };
                    match (column, key.as_str()) {
                        (Some(column), _) => match map.next_value()? {
                            Cell::Text(text) if text.len() > MAX_CELL_BYTES => {
                                record
                                    .faults
                                    .push(Fault::new(column.as_str(), "is longer than 8,000 characters"));
                            }
                            Cell::Text(text) if text.is_empty() => {}
                            Cell::Text(text) => {
                                record.cells.insert(column, text);
                            }
                            Cell::Nothing => {}
                            Cell::Other => {
                                record.faults.push(Fault::new(column.as_str(), "must be text or a number"));
                            }
                        },
                        (None, "dataSource") => {
                            if let Cell::Text(source) = map.next_value()? {
                                record.data_source = Some(source);
                            }
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(OneRecord(record))
            }
        }
        from.deserialize_map(Object)
    }
}

/// A value as a cell.
enum Cell {
    Text(String),
    Nothing,
    Other,
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Cell, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Cell;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_str<E>(self, text: &str) -> Result<Cell, E> {
                Ok(Cell::Text(text.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Cell, E> {
                Ok(Cell::Text(number.to_string()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Cell, E> {
                Ok(Cell::Text(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Cell, E> {
                Ok(Cell::Text(number.to_string()))
            }
            fn visit_unit<E>(self) -> Result<Cell, E> {
                Ok(Cell::Nothing)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Cell, E> {
                Ok(Cell::Other)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Cell, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Cell::Other)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Cell::Other)
            }
        }
        from.deserialize_any(Any)
    }
}
