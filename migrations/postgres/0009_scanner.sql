-- What each scan said of a session. Market-wide.
create table scan_results (
  timeframe text not null,
  day date not null,
  scan text not null,
  made_at timestamptz not null,
  symbols bigint not null,
  total bigint not null,
  columns jsonb not null,
  items jsonb not null,
  primary key (timeframe, day, scan)
);
-- Filters that people keep.
create table screens (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  filter text not null,
  timeframe text not null,
  shared boolean not null,
  created_at timestamptz not null,
  unique (tenant_id, user_id, name)
);
-- Crossings of thresholds as they happened. Market-wide. `told` are those that were new when they were found, not those of
-- the history a symbol came with.
create table signal_events (
  symbol text not null,
  -- Start of the bar, as in bars.
  time bigint not null,
  kind text not null,
  action text not null,
  strength double precision,
  reason text not null,
  bars_used bigint not null,
  told boolean not null,
  noted_at timestamptz not null,
  primary key (symbol, time, kind, action)
);
create index signal_events_by_noting on signal_events (told, noted_at);
-- Which state of a history was looked at for signals.
create table signal_marks (
  symbol text primary key,
  stamp bigint not null
);
-- How the signals did over the whole universe.
create table signal_scorecards (
  day date primary key,
  made_at timestamptz not null,
  card jsonb not null
);
-- When a user was here before: what is new is counted from there.
create table visits (
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  seen_at timestamptz not null,
  before_at timestamptz,
  primary key (tenant_id, user_id)
);
