//! Files in and out: exact round trips, Ghostfolio's and brokers' files, and files that are refused.

use crate::build::{cur, day, dec, portfolio, sym};
use chrono::Days;
use domain::portfolio::{
    CostMethod, Currency, Decimal, Entry, TransactionKind,
    import::{Column, Encoding, Format, Options, Preview, Refusal, RowState, read, to_csv, to_json},
};
use proptest::prelude::*;

fn options(format: Format) -> Options {
    Options::new(format, day("2026-01-31"), Currency::USD)
}

#[track_caller]
fn told(format: Format, text: &str) -> Preview {
    read(text.as_bytes(), &options(format), &[]).expect("a file")
}

#[track_caller]
fn entries(format: Format, text: &str) -> Vec<Entry> {
    let told = told(format, text);
    told.entries().unwrap_or_else(|| panic!("{:?}", told.faults))
}

/// `test/import/ok/sample.json` of Ghostfolio, what is read of it.
const GHOSTFOLIO: &str = r#"{
  "meta": {"date": "2023-02-05T00:00:00.000Z", "version": "dev"},
  "accounts": [{"balance": 2000, "balances": [{"date": "2024-12-31T00:00:00.000Z", "value": 2000}], "currency": "USD"}],
  "activities": [
    {"accountId": "b2d3fe1d", "comment": null, "fee": 49, "quantity": 0, "type": "FEE", "unitPrice": 0, "currency": "USD",
     "dataSource": "MANUAL", "date": "2021-09-01T00:00:00.000Z", "symbol": "14a69cb9-1e31-43fa-b320-83703d8ed74b", "tags": []},
    {"comment": "My first order 🤓", "fee": 19, "quantity": 5, "type": "BUY", "unitPrice": 298.58, "currency": "USD",
     "dataSource": "YAHOO", "date": "2021-09-16T00:00:00.000Z", "symbol": "MSFT"},
    {"comment": null, "fee": 0, "quantity": 5, "type": "DIVIDEND", "unitPrice": 0.62, "currency": "USD",
     "dataSource": "YAHOO", "date": "2021-11-17T00:00:00.000Z", "symbol": "MSFT"},
    {"comment": null, "fee": 0, "quantity": 1, "type": "BUY", "unitPrice": 500000, "currency": "USD",
     "dataSource": "MANUAL", "date": "2022-01-01T00:00:00.000Z", "symbol": "7e91b7d4-1430-4212-8380-289a06c9bbc1"},
    {"comment": null, "fee": 0, "quantity": 0, "type": "BUY", "unitPrice": 0, "currency": "USD",
     "dataSource": "YAHOO", "date": "2050-06-06T00:00:00.000Z", "symbol": "MSFT"}
  ],
  "user": {"settings": {"currency": "USD", "performanceCalculationType": "ROAI"}}
}"#;

#[test]
fn ghostfolios_json_is_read_and_what_is_no_symbol_is_asked_for() {
    let asked = told(Format::Ghostfolio, GHOSTFOLIO);
    assert_eq!(asked.entries(), None);
    assert_eq!((asked.new, asked.skipped, asked.faulty), (3, 1, 1));
    let fault = &asked.faults[0];
    assert_eq!((fault.row, fault.column.as_str()), (4, "symbol"));

    let mut options = options(Format::Ghostfolio);
    options.symbols.insert("7e91b7d4-1430-4212-8380-289a06c9bbc1".to_string(), sym("PENTHOUSE"));
    let told = read(GHOSTFOLIO.as_bytes(), &options, &[]).expect("a file");
    let entries = told.entries().expect("no fault");
    let of = |at: usize| &entries[at];
    assert_eq!((of(0).kind, of(0).fee, of(0).date), (TransactionKind::Fee, dec("49"), day("2021-09-01")));
    assert_eq!(of(1).note.as_deref(), Some("My first order 🤓"));
    assert_eq!((of(1).quantity, of(1).price), (Some(dec("5")), Some(dec("298.58"))));
    assert_eq!((of(2).kind, of(2).gross()), (TransactionKind::Dividend, Some(dec("3.10"))));
    assert_eq!((of(3).symbol.clone(), of(3).gross()), (Some(sym("PENTHOUSE")), Some(dec("500000"))));
}

#[test]
fn ghostfolios_csv_is_read() {
    // `test/import/ok/sample.csv` of Ghostfolio.
    let text = "Date,Code,DataSource,Currency,Price,Quantity,Action,Fee,Note\n\
        01-09-2021,Account Opening Fee,MANUAL,USD,0,0,fee,49,\n\
        16-09-2021,MSFT,YAHOO,USD,298.580,5,buy,19.00,My first order 🤓\n\
        17/11/2021,MSFT,YAHOO,USD,0.62,5,dividend,0.00,\n\
        20500606,US5949181045,YAHOO,USD,0.00,0,buy,0.00,\n";
    let told = told(Format::Ghostfolio, text);
    let entries = told.entries().expect("no fault");
    let dates: Vec<_> = entries.iter().map(|entry| entry.date.to_string()).collect();
    assert_eq!(dates, ["2021-09-01", "2021-09-16", "2021-11-17"]);
    assert_eq!(entries[0].note.as_deref(), Some("Account Opening Fee"));
    assert_eq!(told.skipped, 1);
}

#[test]
fn a_brokers_csv_is_read_by_its_headers() {
    // `test/import/ok/vti-buy-on-ibkr.csv` of Ghostfolio, its middle columns.
    let text = "\"CurrencyPrimary\",\"Symbol\",\"TradeDate\",\"Quantity\",\"TradePrice\",\"Buy/Sell\",\"FXRateToBase\",\
        \"TradeMoney\",\"Taxes\",\"IBCommission\",\"NetCash\"\n\
        \"USD\",\"VTI\",\"20230403\",\"17\",\"204.3473\",\"BUY\",\"0.9127\",\"3473.9041\",\"0\",\"-1\",\"-3474.9041\"\n";
    let entry = entries(Format::Csv, text).remove(0);
    assert_eq!((entry.kind, entry.symbol), (TransactionKind::Buy, Some(sym("VTI"))));
    assert_eq!((entry.quantity, entry.price, entry.fee), (Some(dec("17")), Some(dec("204.3473")), dec("1")));
    assert_eq!((entry.date, entry.fx_rate), (day("2023-04-03"), Some(dec("0.9127"))));
}

#[test]
fn semicolons_decimal_commas_and_german_words() {
    let text = "Datum;Typ;Ticker;Anzahl;Kurs;Gebühr;Währung;Notiz\r\n\
        31.05.2024;Kauf;SAP.DE;1,5;1.180,40;9,90;EUR;\"eins; zwei\"\r\n\
        03.06.2024;Verkauf;SAP.DE;-0,5;1.200;4,90;EUR;\r\n";
    for (bytes, encoding) in encodings(text) {
        let told = read(&bytes, &options(Format::Csv), &[]).expect("a file");
        assert_eq!((told.encoding, told.separator), (encoding, Some(';')));
        let entries = told.entries().unwrap_or_else(|| panic!("{:?}", told.faults));
        assert_eq!((entries[0].price, entries[0].fee), (Some(dec("1180.40")), dec("9.90")));
        assert_eq!(entries[0].note.as_deref(), Some("eins; zwei"));
        assert_eq!((entries[1].kind, entries[1].quantity), (TransactionKind::Sell, Some(dec("0.5"))));
        assert_eq!((entries[1].price, entries[1].date), (Some(dec("1200")), day("2024-06-03")));
    }
}

fn encodings(text: &str) -> Vec<(Vec<u8>, Encoding)> {
    let wide = |to: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(to).collect()
    };
    vec![
        (text.as_bytes().to_vec(), Encoding::Utf8),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Encoding::Utf8),
        (wide(u16::to_le_bytes, true), Encoding::Utf16Le),
        (wide(u16::to_be_bytes, true), Encoding::Utf16Be),
        (wide(u16::to_le_bytes, false), Encoding::Utf16Le),
        (text.chars().map(|letter| letter as u8).collect(), Encoding::Windows1252),
    ]
}

#[test]
fn tabs_american_dates_and_signs_without_a_type() {
    let text = "Trade Date\tTicker\tShares\tPrice\tCommission\n05/31/2024\tBRK-B\t10\t$1,234.50\t0\n6/3/2024\tBRK-B\t(4)\t$1,300.00\t1\n";
    let told = told(Format::Csv, text);
    let entries = told.entries().unwrap_or_else(|| panic!("{:?}", told.faults));
    assert_eq!(
        (entries[0].kind, entries[0].price, entries[0].date),
        (TransactionKind::Buy, Some(dec("1234.50")), day("2024-05-31"))
    );
    assert_eq!(
        (entries[1].kind, entries[1].quantity, entries[1].date),
        (TransactionKind::Sell, Some(dec("4")), day("2024-06-03"))
    );
}

#[test]
fn columns_may_be_mapped_by_hand() {
    let text = "when,what,how many,each\n2024-05-31,ABC,10,12.5\n";
    let refused = read(text.as_bytes(), &options(Format::Csv), &[]);
    assert_eq!(refused, Err(Refusal::NoColumn("the date", "when, what, how many, each".to_string())));
    let mut options = options(Format::Csv);
    let columns = [
        (Column::Date, "when"),
        (Column::Symbol, "what"),
        (Column::Quantity, "how many"),
        (Column::Price, "each"),
    ];
    options.mapping.columns = columns.map(|(column, header)| (column, header.to_string())).into();
    let entry = read(text.as_bytes(), &options, &[]).expect("a file").entries().expect("no fault").remove(0);
    assert_eq!(
        (entry.symbol, entry.quantity, entry.price),
        (Some(sym("ABC")), Some(dec("10")), Some(dec("12.5")))
    );
}

#[test]
fn every_fault_has_its_row_and_column_and_nothing_is_half_taken() {
    let text = "Date,Action,Ticker,Qty,Unit Price,Currency\n\
        2024-05-31,buy,ABC,10,12.5,USD\n\
        2024-13-31,buy,ABC,10,12.5,USD\n\
        2024-05-31,hodl,ABC,ten,12.5,USD\n\
        2024-05-31,buy,A B C,0,12.5,Dollars\n";
    let told = told(Format::Csv, text);
    assert_eq!((told.new, told.faulty, told.entries()), (1, 3, None));
    let places: Vec<_> =
        told.faults.iter().map(|fault| (fault.row, fault.column.as_str(), fault.field.as_str())).collect();
    assert_eq!(
        places,
        [
            (3, "Date", "date"),
            (4, "Qty", "quantity"),
            (4, "Action", "type"),
            (5, "Currency", "currency"),
            (5, "Ticker", "symbol")
        ]
    );
    assert!(told.faults[1].reason.contains("\"ten\""));
}

#[test]
fn what_the_portfolio_has_is_a_duplicate_as_often_as_it_has_it() {
    let row = "buy,ABC,2024-05-31,10,12.5,,0,0,USD,,\n";
    let text = format!("type,symbol,date,quantity,price,amount,fee,tax,currency,fxRate,note\n{row}{row}");
    let existing = entries(Format::Candlewick, &text).remove(0);
    let existing = Entry { quantity: Some(dec("10.00")), note: Some("other words".to_string()), ..existing };
    let told = read(text.as_bytes(), &options(Format::Candlewick), &[existing]).expect("a file");
    let states: Vec<_> = told.rows.iter().map(|row| (row.row, row.state, row.repeats)).collect();
    assert_eq!(states, [(2, RowState::Duplicate, None), (3, RowState::New, Some(2))]);
    assert_eq!(told.entries().map(|entries| entries.len()), Some(1));
}

#[test]
fn what_is_no_text_is_refused() {
    let refused = |bytes: &[u8]| read(bytes, &options(Format::Csv), &[]).expect_err("refused");
    assert_eq!(refused(b"PK\x03\x04rest"), Refusal::NotText("a ZIP archive or a workbook"));
    assert_eq!(refused(b"\x1f\x8b\x08rest"), Refusal::NotText("compressed by gzip"));
    assert_eq!(refused(b"date,type\n\0\0\0\0"), Refusal::NotText("binary"));
    assert_eq!(refused(b" \n \n"), Refusal::Empty);
    assert_eq!(refused(&vec![b'a'; 16 * 1024 * 1024 + 1]), Refusal::TooLarge);
    assert_eq!(refused(format!("date\n{}", "x".repeat(9_000)).as_bytes()), Refusal::TooLong(2));
    assert_eq!(refused(format!("date\n{}", ",".repeat(300)).as_bytes()), Refusal::TooManyColumns(2));
    assert_eq!(refused(b"date,note\n2024-05-31,\"never closed\n"), Refusal::OpenQuote(2));
    assert_eq!(refused("date\n2024-05-31\n".repeat(25_001).as_bytes()), Refusal::TooManyRows);
    let json = |text: &str| read(text.as_bytes(), &options(Format::Ghostfolio), &[]).expect_err("refused");
    assert!(matches!(json(&"[".repeat(100_000)), Refusal::BadJson(_)));
    assert!(matches!(json("{\"activities\": 3}"), Refusal::BadJson(_)));
    assert!(matches!(json("{\"other\": []}"), Refusal::BadJson(_)));
    assert_eq!(json(&format!("[{}{{}}]", "{},".repeat(50_000))), Refusal::TooManyRows);
}

#[test]
fn wrong_types_in_json_are_faults_of_their_fields() {
    let text = r#"[{"type": "BUY", "date": "2024-05-31", "symbol": ["A"], "quantity": {"a": 1}, "unitPrice": true, "currency": "USD"},
        {"type": "BUY", "date": "2024-05-31", "symbol": "A", "quantity": 1e300, "unitPrice": 1, "currency": "USD"}]"#;
    let told = told(Format::Ghostfolio, text);
    let places: Vec<_> = told.faults.iter().map(|fault| (fault.row, fault.field.as_str())).collect();
    assert_eq!(places, [(1, "symbol"), (1, "quantity"), (1, "price"), (2, "quantity")]);
}

#[test]
fn formulas_are_made_harmless_and_come_back() {
    let notes = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "'quoted'",
        "''=1",
        "＝1+1",
        "plain",
        " both ends ",
    ];
    let entries: Vec<Entry> = notes
        .into_iter()
        .map(|note| Entry {
            amount: Some(dec("1")),
            note: Some(note.to_string()),
            ..Entry::new(TransactionKind::Deposit, day("2024-05-31"), Currency::USD)
        })
        .collect();
    let text = to_csv(&entries);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for cell in
        reader.records().flat_map(|row| row.expect("a row").iter().map(str::to_string).collect::<Vec<_>>())
    {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{cell}");
    }
    assert_eq!(self::entries(Format::Candlewick, &text), entries);
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (1i64..1_000_000_000_000, 0u32..=12).prop_map(|(number, scale)| Decimal::new(number, scale))
}

fn entry() -> impl Strategy<Value = Entry> {
    use TransactionKind::*;
    let words =
        proptest::option::of("[^\0\r]{1,40}".prop_filter("has something to read", |note| !note.is_empty()));
    let parts = (
        proptest::sample::select(vec![
            Buy, Sell, Dividend, Interest, Fee, Tax, Deposit, Withdrawal, Split, TransferIn,
        ]),
        0u64..15_000,
        "[A-Z0-9.^=-]{0,8}[A-Z]{1,4}",
        (decimal(), decimal(), decimal(), decimal()),
        proptest::option::of(decimal()),
        words,
        proptest::sample::select(vec!["USD", "EUR", "JPY", "GBX"]),
    );
    let entry =
        parts.prop_map(|(kind, after, symbol, (quantity, price, fee, tax), fx_rate, note, currency)| {
            let units = !matches!(kind, Interest | Fee | Tax | Deposit | Withdrawal);
            let quantity = if kind == Split { Decimal::new(25, 1) } else { quantity };
            Entry {
                symbol: units.then(|| sym(&symbol)),
                quantity: units.then_some(quantity),
                price: units.then_some(price),
                amount: (!units).then_some(price),
                fee,
                tax,
                fx_rate,
                note,
                ..Entry::new(kind, day("1980-01-01") + Days::new(after), cur(currency))
            }
        });
    entry.prop_filter("may be kept", |entry| entry.check(day("2026-01-31")).is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_was_exported_comes_back_as_it_was(entries in proptest::collection::vec(entry(), 1..20)) {
        prop_assert_eq!(&self::entries(Format::Candlewick, &to_csv(&entries)), &entries);
        let json = to_json(&portfolio("USD", CostMethod::Fifo), &entries);
        prop_assert_eq!(&self::entries(Format::Candlewick, &json), &entries);
        // Once imported, the same file has nothing new.
        let again = read(json.as_bytes(), &options(Format::Candlewick), &entries).expect("a file");
        prop_assert_eq!((again.new, again.duplicates as usize), (0, entries.len()));
    }

    #[test]
    fn no_bytes_make_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        text in "(date|type|[\"',;\t\n=0-9.-]|buy|\\{|\\[|:|é){0,80}",
        format in proptest::sample::select(Format::ALL.to_vec()),
    ) {
        let _ = read(&bytes, &options(format), &[]);
        let _ = read(text.as_bytes(), &options(format), &[]);
        let _ = read(format!("date,type,currency,quantity\n{text}").as_bytes(), &options(format), &[]);
    }
}
