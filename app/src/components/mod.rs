//! Everything that shows something, once each: values and callbacks in, never a fetch.
//!
//! Each file has a style sheet of the same name under `style/components`. All of them stand, in all their
//! states, on the page `/styleguide`. What changes while one looks is a `Signal`; a plain value fits too.
//! Nothing here reads a clock or writes an inline style.

mod banner;
mod breadcrumbs;
mod button;
mod change_pill;
mod data_table;
mod dialog;
mod field;
mod heatmap;
mod icon;
mod kpi_tile;
mod live_dot;
mod mark;
mod mood_chip;
mod price_cell;
mod progress_line;
mod provenance_chip;
mod rail;
mod segmented_control;
mod signal_badge;
mod skeleton;
mod sparkline;
mod states;
mod toast;
mod tooltip;
mod top_bar;
mod trend;

pub use banner::{Banner, Tone};
pub use breadcrumbs::{Breadcrumbs, Crumb};
pub use button::{Button, ButtonLink, ButtonLook};
pub use change_pill::ChangePill;
pub use data_table::{Column, DataTable, Sorted, TableHead};
pub use dialog::{Dialog, Drawer};
pub use field::{AreaField, CheckField, Field, SelectField};
pub use heatmap::{HeatCell, HeatKey, Heatmap};
pub use icon::{Glyph, Icon};
pub use kpi_tile::{KpiStrip, KpiTile};
pub use live_dot::{LiveDot, LiveState};
pub use mark::{Mark, Wordmark};
pub use mood_chip::MoodChip;
pub use price_cell::PriceCell;
pub use progress_line::ProgressLine;
pub use provenance_chip::{ProvenanceChip, source_name};
pub use rail::{BottomBar, Place, PlaceGroup, Rail, RailGroup};
pub use segmented_control::{SegmentedControl, SegmentedLinks};
pub use signal_badge::SignalBadge;
pub use skeleton::{Shape, Skeleton};
pub use sparkline::Sparkline;
pub use states::{EmptyState, FailedState, OfflineState};
pub use toast::{Toast, Toasts};
pub use tooltip::Tooltip;
pub use top_bar::{AccountMenu, SearchBox, Theme, ThemeSwitch, TopBar};
pub use trend::Trend;
