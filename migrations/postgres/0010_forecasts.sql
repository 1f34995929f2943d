-- Trainings of forecast models, what was forecast, how models did. All of it belongs to the market and to no tenant.
create table forecast_models (
  version text primary key,
  model text not null,
  trained_through date not null,
  trained_at timestamptz not null,
  seed bigint not null,
  -- `bundled` where it came with the program, `trained` where it was learnt here.
  source text not null,
  body text not null
);
create index forecast_models_newest on forecast_models (model, trained_through, trained_at);
-- A forecast is written once and never changed. `rolled` is what a model trained before that day would have said.
create table forecasts (
  symbol text not null,
  as_of date not null,
  model text not null,
  version text,
  price double precision not null,
  short_low80 double precision not null,
  short_target double precision not null,
  short_high80 double precision not null,
  medium_low80 double precision not null,
  medium_target double precision not null,
  medium_high80 double precision not null,
  long_low80 double precision not null,
  long_target double precision not null,
  long_high80 double precision not null,
  bullish double precision not null,
  made_at timestamptz not null,
  source text not null,
  primary key (symbol, as_of, model)
);
-- By symbol; an empty symbol is all of them together.
create table forecast_skill (
  symbol text not null,
  model text not null,
  horizon_days bigint not null,
  mase double precision not null,
  naive_mase double precision not null,
  drift_mase double precision not null,
  directional double precision,
  coverage80 double precision not null,
  windows bigint not null,
  has_skill boolean not null,
  primary key (symbol, model, horizon_days)
);
