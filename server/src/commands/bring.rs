//! Commands that bring something in order and end.

use crate::{
    Config,
    serve::{StartError, open_engine},
};
use domain::account::Tier;

/// Makes the database or brings it up to date.
///
/// # Errors
/// When it can not be opened or changed.
pub async fn migrate(config: Config) -> Result<(), StartError> {
    let engine = open_engine(&config).await?;
    engine.close().await;
    println!("The database is up to date.");
    Ok(())
}

/// Loads the market data shipped with the program.
///
/// # Errors
/// When the database does not take it.
pub async fn import_bundled(config: Config) -> Result<(), StartError> {
    let engine = open_engine(&config).await?;
    let report = engine.load_bundled().await?;
    engine.close().await;
    match report.loaded {
        true => println!(
            "Loaded {} instruments, {} bars, {} observations and {} sample headlines in {:.1} s.",
            report.instruments,
            report.bars,
            report.observations,
            report.articles,
            report.took.as_secs_f64()
        ),
        false => println!("Version {} of the bundled data is there already.", report.version),
    }
    Ok(())
}

/// Gives an account its first watchlist, if it has none.
///
/// # Errors
/// When there is no such account, or the work failed.
pub async fn onboard(config: Config, email: &str) -> Result<(), StartError> {
    let engine = open_engine(&config).await?;
    engine.load_bundled().await?;
    let done = async {
        engine.accounts().onboard(email).await?;
        engine.run_due_jobs().await
    };
    let done = done.await;
    engine.close().await;
    match done? {
        0 => println!("The running server is doing it."),
        _ => println!("{email} has a first watchlist."),
    }
    Ok(())
}

/// Changes what an account has subscribed to.
///
/// # Errors
/// When there is no such account or tier.
pub async fn subscribe(config: Config, email: &str, tier: &str) -> Result<(), StartError> {
    let tier =
        Tier::parse(tier).ok_or_else(|| engine::Error::invalid("tier", "is free, pro or enterprise"))?;
    let engine = open_engine(&config).await?;
    let done = engine.accounts().subscribe(email, tier).await;
    engine.close().await;
    done?;
    println!("{email} is now {}.", tier.as_str());
    Ok(())
}

/// Prints a link with which an account chooses a new password, for whoever operates the installation to hand on.
///
/// # Errors
/// When there is no such account.
pub async fn password(config: Config, email: &str) -> Result<(), StartError> {
    let engine = open_engine(&config).await?;
    let link = engine.accounts().reset_link(email).await;
    engine.close().await;
    println!("{}", link?);
    println!("It works once, within an hour.");
    Ok(())
}
