//! Settings: where they come from, what they mean, what is wrong with them.
//!
//! A setting is `CANDLEWICK_<NAME>` in the environment, or `<name>` in the TOML file that
//! `CANDLEWICK_CONFIG` names. Secrets may come as `CANDLEWICK_<NAME>_FILE`. Each section has a file of its own
//! with the table of its settings; the tables are all that `config check` needs.

mod accounts;
mod alerts;
mod data;
mod http;
mod jobs;
mod mail;
mod market;
mod objects;
mod providers;
mod retention;
mod telemetry;
mod values;

pub use accounts::Accounts;
pub use alerts::Alerts;
pub use data::Data;
pub use http::Http;
pub use jobs::Jobs;
pub use mail::Mail;
pub use market::{Live, Market};
pub use objects::Files;
pub use providers::Providers;
pub use telemetry::Telemetry;
pub use values::{Origin, Problem, Values};

use std::fmt::Write as _;

/// What the name of every setting begins with in the environment.
pub const PREFIX: &str = "CANDLEWICK_";

/// One setting, as `config check` explains it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Without the prefix, in upper case.
    pub name: &'static str,
    /// What holds without it, in words or as the value.
    pub default: &'static str,
    /// Never shown, and also read from `..._FILE`.
    pub secret: bool,
    /// What it is for.
    pub explain: &'static str,
}

/// Everything the program was told, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where and as whom it answers.
    pub http: Http,
    /// Where it keeps what it knows.
    pub data: Data,
    /// Where it keeps files.
    pub files: Files,
    /// Where prices come from.
    pub market: Market,
    /// Who does the work in the background.
    pub jobs: Jobs,
    /// Where those are who are asked.
    pub providers: Providers,
    /// How long collected data is kept.
    pub retention: engine::retention::Periods,
    /// Who is who.
    pub accounts: Accounts,
    /// How mail is sent.
    pub mail: Mail,
    /// Where operators are told.
    pub alerts: Alerts,
    /// What it says about itself.
    pub telemetry: Telemetry,
}

/// The settings of every section, in the order in which they are explained.
pub fn settings() -> Vec<Setting> {
    [
        http::SETTINGS,
        data::SETTINGS,
        objects::SETTINGS,
        market::SETTINGS,
        providers::SETTINGS,
        jobs::SETTINGS,
        retention::SETTINGS,
        accounts::SETTINGS,
        mail::SETTINGS,
        alerts::SETTINGS,
        telemetry::SETTINGS,
    ]
    .concat()
}

impl Config {
    /// Reads the process environment and the file it names.
    ///
    /// # Errors
    /// Every problem at once, each naming its setting.
    pub fn load() -> Result<(Config, Values), Vec<Problem>> {
        Config::from_values(Values::read(std::env::vars(), &settings()))
    }

    /// Checks values that were read.
    ///
    /// # Errors
    /// Every problem at once, each naming its setting.
    pub fn from_values(mut values: Values) -> Result<(Config, Values), Vec<Problem>> {
        let http = Http::read(&mut values);
        let data = Data::read(&mut values);
        let files = Files::read(&mut values);
        let market = Market::read(&mut values);
        let jobs = Jobs::read(&mut values);
        let providers = Providers::read(&mut values);
        let retention = retention::read(&mut values);
        let accounts = Accounts::read(&mut values);
        let mail = Mail::read(&mut values);
        let alerts = Alerts::read(&mut values, &http, &accounts, &mail);
        let telemetry = Telemetry::read(&mut values);
        if !values.problems.is_empty() {
            return Err(values.problems);
        }
        Ok((
            Config {
                http,
                data,
                files,
                market,
                providers,
                jobs,
                retention,
                accounts,
                mail,
                alerts,
                telemetry,
            },
            values,
        ))
    }
}

/// The text of `config check`: every setting with its value, where that came from and what it is for.
pub fn explain(values: &Values) -> String {
    let mut text = String::new();
    for setting in settings() {
        let (shown, origin) = values.shown(&setting);
        // Writing into a String can not fail.
        let _ = writeln!(text, "{PREFIX}{} = {shown}  ({origin})\n    {}", setting.name, setting.explain);
    }
    for warning in &values.warnings {
        let _ = writeln!(text, "warning: {warning}");
    }
    text
}

#[cfg(test)]
mod tests;
