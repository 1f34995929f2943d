-- What comes in: runs, corporate actions, judgements. All of it belongs to the market and to no tenant.
create table dividends (
  symbol text not null,
  date date not null,
  amount double precision not null,
  source text not null,
  primary key (symbol, date)
);
create table etl_runs (
  id uuid primary key,
  source text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  status text not null,
  read_rows bigint not null default 0,
  upserted bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  repaired bigint not null default 0,
  error text
);
create index etl_runs_by_time on etl_runs (started_at);
-- A row per run and dimension, and a row per subject and dimension that the next run of it replaces.
create table quality_scores (
  run_id uuid not null references etl_runs (id) on delete cascade,
  source text not null,
  dimension text not null,
  at timestamptz not null,
  checked bigint not null,
  failed bigint not null,
  primary key (run_id, dimension)
);
create index quality_scores_by_time on quality_scores (at);
create table quality_subjects (
  source text not null,
  subject text not null,
  dimension text not null,
  at timestamptz not null,
  checked bigint not null,
  failed bigint not null,
  primary key (source, subject, dimension)
);
-- `decision` is absent while somebody has to decide; `replaced` when a later run brought a good record.
create table quarantine (
  id uuid primary key,
  source text not null,
  provider text not null,
  subject text not null,
  span text not null,
  at timestamptz not null,
  rule text not null,
  reason text not null,
  raw jsonb not null,
  created_at timestamptz not null,
  decision text,
  decided_at timestamptz,
  decided_by uuid,
  unique (source, subject, span, at, rule)
);
create index quarantine_open on quarantine (created_at) where decision is null;
create table repairs (
  source text not null,
  provider text not null,
  subject text not null,
  span text not null,
  at timestamptz not null,
  rule text not null,
  reason text not null,
  raw jsonb not null,
  value jsonb not null,
  created_at timestamptz not null,
  primary key (source, subject, span, at, rule)
);
create index repairs_by_time on repairs (created_at);
alter table articles add column fetched_at timestamptz;
alter table articles add column archived_at timestamptz;
create unique index articles_once on articles (symbol, url) where url is not null;
-- Bars by interval. Daily and hourly ones are read by symbol over their whole history: a table each. Minute bars
-- come by the million and go after three months: a table a month, made before its first bar is stored, and
-- dropped as a whole. What has no month of its own falls into `bars_minute_other`.
alter table bars rename to bars_before;
alter table bars_before drop constraint bars_pkey;
create table bars (
  symbol text not null,
  interval text not null,
  time bigint not null,
  open double precision,
  high double precision,
  low double precision,
  close double precision not null,
  adj_close double precision,
  volume double precision,
  source text not null,
  primary key (symbol, interval, time)
) partition by list (interval);
create table bars_daily partition of bars for values in ('1d');
create table bars_hourly partition of bars for values in ('1h');
create table bars_minute partition of bars for values in ('1m') partition by range (time);
create table bars_minute_other partition of bars_minute default;
insert into bars (symbol, interval, time, open, high, low, close, adj_close, volume, source)
select symbol, interval, time, open, high, low, close, adj_close, volume, source
from bars_before;
drop table bars_before;
-- The star schema for BI tools: what belongs to the market, and nothing of any tenant.
create view dim_symbol as
select symbol, name, sector
from instruments
where kind <> 'custom';
create view dim_indicator as
select id as indicator_id, name, frequency
from macro_series;
create view f_price_daily as
select symbol, (timestamp '1970-01-01' + time * interval '1 second')::date as date, open, high, low, close,
  adj_close, volume
from bars
where bars.interval = '1d';
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
-- Whoever may not make roles goes without; `docs/BI.md` says what to run as an administrator then.
do $$
begin
  if not exists (select from pg_roles where rolname = 'bi_reader') then
    create role bi_reader nologin;
  end if;
exception
  when insufficient_privilege then raise notice 'the role bi_reader was not made: not allowed to';
  when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
  if exists (select from pg_roles where rolname = 'bi_reader') then
    execute format('grant usage on schema %I to bi_reader', current_schema());
    grant select on dim_symbol, dim_indicator, f_price_daily, f_macro, f_trends, f_news_sentiment to bi_reader;
  end if;
exception
  when insufficient_privilege then raise notice 'bi_reader was granted nothing: not allowed to';
end
$$;
