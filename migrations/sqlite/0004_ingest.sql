-- What comes in: runs, corporate actions, judgements. All of it belongs to the market and to no tenant.
create table dividends (
  symbol text not null,
  date text not null,
  amount real not null,
  source text not null,
  primary key (symbol, date)
) strict;
create table etl_runs (
  id blob primary key,
  source text not null,
  started_at text not null,
  ended_at text,
  status text not null,
  read_rows integer not null default 0,
  upserted integer not null default 0,
  unchanged integer not null default 0,
  rejected integer not null default 0,
  repaired integer not null default 0,
  error text
) strict;
create index etl_runs_by_time on etl_runs (started_at);
-- A row per run and dimension, and a row per subject and dimension that the next run of it replaces.
create table quality_scores (
  run_id blob not null references etl_runs (id) on delete cascade,
  source text not null,
  dimension text not null,
  at text not null,
  checked integer not null,
  failed integer not null,
  primary key (run_id, dimension)
) strict;
create index quality_scores_by_time on quality_scores (at);
create table quality_subjects (
  source text not null,
  subject text not null,
  dimension text not null,
  at text not null,
  checked integer not null,
  failed integer not null,
  primary key (source, subject, dimension)
) strict;
-- `decision` is absent while somebody has to decide; `replaced` when a later run brought a good record.
create table quarantine (
  id blob primary key,
  source text not null,
  provider text not null,
  subject text not null,
  span text not null,
  at text not null,
  rule text not null,
  reason text not null,
  raw text not null,
  created_at text not null,
  decision text,
  decided_at text,
  decided_by blob,
  unique (source, subject, span, at, rule)
) strict;
create index quarantine_open on quarantine (created_at) where decision is null;
create table repairs (
  source text not null,
  provider text not null,
  subject text not null,
  span text not null,
  at text not null,
  rule text not null,
  reason text not null,
  raw text not null,
  value text not null,
  created_at text not null,
  primary key (source, subject, span, at, rule)
) strict;
create index repairs_by_time on repairs (created_at);
alter table articles add column fetched_at text;
alter table articles add column archived_at text;
create unique index articles_once on articles (symbol, url) where url is not null;
-- The star schema for BI tools: what belongs to the market, and nothing of any tenant.
create view dim_symbol as
select symbol, name, sector
from instruments
where kind <> 'custom';
create view dim_indicator as
select id as indicator_id, name, frequency
from macro_series;
create view f_price_daily as
select symbol, date(time, 'unixepoch') as date, open, high, low, close, adj_close, volume
from bars
where interval = '1d';
create view f_macro as
select series_id as indicator_id, date, value
from macro_observations;
create view f_trends as
select keyword, date, score, geo
from trend_points;
create view f_news_sentiment as
select symbol, coalesce(fetched_at, published_at) as fetched_at, published_at, publisher as source, title, url,
  score as vader_compound
from articles;
