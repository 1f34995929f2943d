//! `check-signals`: proves on the stored data that no signal looks ahead.

use crate::{
    Config,
    serve::{StartError, open_engine},
};
use domain::{Symbol, signal::Cuts};

/// Checks every signal over the history of a symbol, or of all; true when none looks ahead.
///
/// # Errors
/// When the database can not be opened or read.
pub async fn check_signals(
    config: Config,
    symbol: Option<Symbol>,
    every_bar: bool,
) -> Result<bool, StartError> {
    let engine = open_engine(&config).await?;
    engine.load_bundled().await?;
    let symbols = match symbol {
        Some(symbol) => vec![symbol],
        None => engine.signals().in_use().await?,
    };
    let cuts = if every_bar { Cuts::Every } else { Cuts::Some };
    let mut wrong = 0;
    for symbol in &symbols {
        let found = engine.signals().check(symbol, cuts).await?;
        for (name, first) in &found {
            println!(
                "{symbol} {name}: looks ahead; first differs at {}, where later bars than {} change what it says",
                first.bar.date_naive(),
                first.known_until.date_naive()
            );
        }
        wrong += usize::from(!found.is_empty());
    }
    match wrong {
        0 => println!("{} histories checked: nothing looks ahead", symbols.len()),
        wrong => println!("{wrong} of {} histories have something that looks ahead", symbols.len()),
    }
    engine.close().await;
    Ok(wrong == 0)
}
