-- What each scan said of a session. Market-wide.
create table scan_results (
  timeframe text not null,
  day text not null,
  scan text not null,
  made_at text not null,
  symbols integer not null,
  total integer not null,
  columns text not null,
  items text not null,
  primary key (timeframe, day, scan)
) strict;
-- Filters that people keep.
create table screens (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  user_id blob not null references users (id) on delete cascade,
  name text not null,
  filter text not null,
  timeframe text not null,
  shared integer not null,
  created_at text not null,
  unique (tenant_id, user_id, name)
) strict;
-- Crossings of thresholds as they happened. Market-wide. `told` are those that were new when they were found, not those of
-- the history a symbol came with.
create table signal_events (
  symbol text not null,
  -- Start of the bar, as in bars.
  time integer not null,
  kind text not null,
  action text not null,
  strength real,
  reason text not null,
  bars_used integer not null,
  told integer not null,
  noted_at text not null,
  primary key (symbol, time, kind, action)
) strict;
create index signal_events_by_noting on signal_events (told, noted_at);
-- Which state of a history was looked at for signals.
create table signal_marks (
  symbol text primary key,
  stamp integer not null
) strict;
-- How the signals did over the whole universe.
create table signal_scorecards (
  day text primary key,
  made_at text not null,
  card text not null
) strict;
-- When a user was here before: what is new is counted from there.
create table visits (
  tenant_id blob not null references tenants (id) on delete cascade,
  user_id blob not null references users (id) on delete cascade,
  seen_at text not null,
  before_at text,
  primary key (tenant_id, user_id)
) strict;
