-- Trainings of forecast models, what was forecast, how models did. All of it belongs to the market and to no tenant.
create table forecast_models (
  version text primary key,
  model text not null,
  trained_through text not null,
  trained_at text not null,
  seed integer not null,
  -- `bundled` where it came with the program, `trained` where it was learnt here.
  source text not null,
  body text not null
) strict;
create index forecast_models_newest on forecast_models (model, trained_through, trained_at);
-- A forecast is written once and never changed. `rolled` is what a model trained before that day would have said.
create table forecasts (
  symbol text not null,
  as_of text not null,
  model text not null,
  version text,
  price real not null,
  short_low80 real not null,
  short_target real not null,
  short_high80 real not null,
  medium_low80 real not null,
  medium_target real not null,
  medium_high80 real not null,
  long_low80 real not null,
  long_target real not null,
  long_high80 real not null,
  bullish real not null,
  made_at text not null,
  source text not null,
  primary key (symbol, as_of, model)
) strict;
-- By symbol; an empty symbol is all of them together.
create table forecast_skill (
  symbol text not null,
  model text not null,
  horizon_days integer not null,
  mase real not null,
  naive_mase real not null,
  drift_mase real not null,
  directional real,
  coverage80 real not null,
  windows integer not null,
  has_skill integer not null,
  primary key (symbol, model, horizon_days)
) strict;
