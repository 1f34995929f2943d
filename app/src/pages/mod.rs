//! What is seen: one folder an area. A page fetches, a component shows.

mod about;
mod account;
mod errors;
pub mod form;
mod how;
mod jobs;
mod landing;
pub mod lazy;
mod news;
mod ops_alerts;
mod overview;
mod own_prices;
mod portfolios;
mod quality;
mod reports;
mod scanner;
mod search;
mod settings;
#[cfg(any(debug_assertions, feature = "styleguide"))]
mod styleguide;
mod symbol;
mod watchlists;

pub use about::AboutPage;
pub use account::{Forgot, Join, Login, Register, Reset, Verify};
/// Released programs have no style guide; its address leads nowhere.
#[cfg(not(any(debug_assertions, feature = "styleguide")))]
pub use errors::NotFound as Styleguide;
pub use errors::{Failed, NotFound};
pub use how::HowPage;
pub use jobs::JobsPage;
pub use landing::Landing;
pub use news::{NewsPage, SymbolNewsPage};
pub use ops_alerts::OpsAlertsPage;
pub use overview::OverviewPage;
pub use own_prices::OwnPricesPage;
pub use portfolios::{
    CheckUpPage, DetailsPage, HoldingsPage, ImportPage, PerformancePage, PortfolioPage, PortfoliosPage,
    RiskPage, SharePage, TransactionsPage,
};
pub use quality::QualityPage;
pub use reports::ReportsPage;
pub use scanner::ScannerPage;
pub use search::SearchPage;
pub(crate) use search::{UNKNOWN, age_of};
pub use settings::SettingsPage;
#[cfg(any(debug_assertions, feature = "styleguide"))]
pub use styleguide::Styleguide;
pub use symbol::{ComparePage, SymbolPage};
pub use watchlists::WatchlistsPage;

use crate::error::AppError;
use domain::account::User;
use leptos::prelude::*;

/// Who is logged in; in context on every page.
#[derive(Clone, Copy)]
pub struct Me(pub Resource<Result<Option<User>, AppError>>);
