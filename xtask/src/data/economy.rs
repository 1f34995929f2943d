//! Economic series and page views. A blank in the source is no observation.

use super::{
    bars::{date, is_blank},
    output::{Facts, Output},
    source::Folder,
};
use anyhow::Result;

const AUTOTS: &str = "autots-1.0.4_daily";

/// Id, name, frequency, units, source, column of the date.
#[rustfmt::skip]
const SERIES: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("CPIAUCSL", "Consumer prices, all items", "monthly", "index 1982-1984=100", "puremacro-5.7.1_CPIAUCSL", "observation_date"),
    ("CPILFESL", "Consumer prices without food and energy", "monthly", "index 1982-1984=100", "puremacro-5.7.1_CPILFESL", "observation_date"),
    ("UNRATE", "Unemployment rate", "monthly", "percent", "puremacro-5.7.1_UNRATE", "observation_date"),
    ("FEDFUNDS", "Federal funds rate", "monthly", "percent", "puremacro-5.7.1_FEDFUNDS", "observation_date"),
    ("GDPC1", "Real gross domestic product", "quarterly", "billions of chained 2017 dollars", "puremacro-5.7.1_GDPC1", "observation_date"),
    ("NFCI", "Chicago Fed financial conditions", "weekly", "index", "puremacro-5.7.1_NFCI", "observation_date"),
    ("DGS10", "10-year Treasury yield", "daily", "percent", AUTOTS, "datetime"),
    ("T5YIE", "5-year breakeven inflation", "daily", "percent", AUTOTS, "datetime"),
];

/// Column in the source and keyword of the articles whose page views are kept.
const ARTICLES: &[(&str, &str)] = &[
    ("wiki_Google_Chrome", "Google Chrome"),
    ("wiki_Microsoft_Office", "Microsoft Office"),
    ("wiki_United_States", "United States"),
    ("wiki_Christmas", "Christmas"),
];

/// `macro/<id>.csv.gz` and their list, `macro.csv`.
pub fn macros(folder: &Folder) -> Result<Vec<Output>> {
    let mut outputs = Vec::new();
    let mut list = vec![["id", "name", "frequency", "units", "source"].map(String::from).to_vec()];
    for (id, name, frequency, units, file, date_column) in SERIES {
        let rows = history(folder, file, date_column, id, "value")?;
        outputs.push(Output::history("macro", Facts::history("macro", id, &[file])?, &rows)?);
        list.push(vec![
            id.to_string(),
            name.to_string(),
            frequency.to_string(),
            units.to_string(),
            file.to_string(),
        ]);
    }
    outputs.push(Output::table("macro.csv", "macro list", &list, &[])?);
    Ok(outputs)
}

/// `trends/<keyword>.csv.gz`.
pub fn trends(folder: &Folder) -> Result<Vec<Output>> {
    let file = |(column, keyword): &(&str, &str)| {
        let rows = history(folder, AUTOTS, "datetime", column, "views")?;
        Output::history("trends", Facts::history("trends", keyword, &[AUTOTS])?, &rows)
    };
    ARTICLES.iter().map(file).collect()
}

fn history(folder: &Folder, file: &str, time: &str, column: &str, header: &str) -> Result<Vec<Vec<String>>> {
    let table = folder.table(file)?;
    let (time, column) = (table.column(time)?, table.column(column)?);
    let mut rows = vec![vec!["date".to_string(), header.to_string()]];
    for row in table.rows.iter().filter(|row| !is_blank(&row[column])) {
        rows.push(vec![date(&row[time])?.to_string(), row[column].to_string()]);
    }
    Ok(rows)
}
