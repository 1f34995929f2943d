-- Accounts and tenants -------------------------------------------------------------------------------------
create table tenants (
  id blob primary key,
  name text not null,
  created_at text not null
) strict;
create table users (
  id blob primary key,
  email text not null unique,
  full_name text not null,
  password_hash text not null,
  tier text not null default 'free',
  time_zone text not null default 'America/New_York',
  base_currency text not null default 'USD',
  theme text not null default 'system',
  colours text not null default 'default',
  email_verified_at text,
  last_login_at text,
  last_login_address text,
  last_seen_at text,
  created_at text not null
) strict;
create table memberships (
  tenant_id blob not null references tenants (id) on delete cascade,
  user_id blob not null references users (id) on delete cascade,
  role text not null,
  created_at text not null,
  primary key (tenant_id, user_id)
) strict;
create index memberships_by_user on memberships (user_id);
create table sessions (
  id blob primary key,
  token_hash blob not null unique,
  user_id blob not null references users (id) on delete cascade,
  tenant_id blob not null references tenants (id) on delete cascade,
  user_agent text not null,
  address text not null,
  created_at text not null,
  last_seen_at text not null,
  expires_at text not null
) strict;
create index sessions_by_user on sessions (user_id);
create table refresh_tokens (
  id blob primary key,
  family blob not null,
  token_hash blob not null unique,
  user_id blob not null references users (id) on delete cascade,
  tenant_id blob not null references tenants (id) on delete cascade,
  created_at text not null,
  expires_at text not null,
  used_at text,
  revoked_at text
) strict;
create index refresh_tokens_by_family on refresh_tokens (family);
create table api_keys (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  user_id blob not null references users (id) on delete cascade,
  name text not null,
  prefix text not null,
  key_hash blob not null unique,
  created_at text not null,
  last_used_at text,
  revoked_at text
) strict;
create index api_keys_by_tenant on api_keys (tenant_id);
create table audit (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  user_id blob not null,
  at text not null,
  request_id text not null,
  action text not null,
  subject text not null,
  detail text not null
) strict;
create index audit_by_tenant on audit (tenant_id, at);
-- Watchlists -----------------------------------------------------------------------------------------------
create table watchlists (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  name text not null,
  position integer not null,
  created_at text not null,
  unique (tenant_id, name)
) strict;
create table watchlist_symbols (
  tenant_id blob not null references tenants (id) on delete cascade,
  watchlist_id blob not null references watchlists (id) on delete cascade,
  symbol text not null,
  position integer not null,
  primary key (watchlist_id, symbol)
) strict;
create index watchlist_symbols_by_tenant on watchlist_symbols (tenant_id, symbol);
-- Market data ----------------------------------------------------------------------------------------------
create table instruments (
  symbol text primary key,
  name text not null,
  kind text not null,
  sector text,
  industry text,
  exchange text,
  currency text not null,
  market_cap real,
  active integer not null
) strict;
-- `time` is unix seconds; a daily bar carries its exchange-local date at 00:00 UTC.
create table bars (
  symbol text not null,
  interval text not null,
  time integer not null,
  open real,
  high real,
  low real,
  close real not null,
  adj_close real,
  volume real,
  source text not null,
  primary key (symbol, interval, time)
) strict, without rowid;
create table splits (
  symbol text not null,
  date text not null,
  numerator real not null,
  denominator real not null,
  source text not null,
  primary key (symbol, date)
) strict;
create table macro_series (
  id text primary key,
  name text not null,
  frequency text not null,
  units text not null,
  source text not null
) strict;
create table macro_observations (
  series_id text not null references macro_series (id) on delete cascade,
  date text not null,
  value real not null,
  primary key (series_id, date)
) strict, without rowid;
create table trend_points (
  keyword text not null,
  geo text not null,
  date text not null,
  score real not null,
  source text not null,
  primary key (keyword, geo, date)
) strict, without rowid;
create table articles (
  id blob primary key,
  symbol text,
  title text not null,
  description text,
  publisher text not null,
  url text,
  published_at text not null,
  score real not null,
  source text not null
) strict;
create index articles_by_symbol on articles (symbol, published_at);
create index articles_by_time on articles (published_at);
create table datasets (
  name text primary key,
  version text not null,
  loaded_at text not null
) strict;
-- Jobs -----------------------------------------------------------------------------------------------------
create table jobs (
  id blob primary key,
  tenant_id blob references tenants (id) on delete cascade,
  queue text not null,
  kind text not null,
  payload text not null,
  unique_key text,
  state text not null,
  percent integer not null default 0,
  step text not null default '',
  attempts integer not null default 0,
  max_attempts integer not null,
  errors text not null,
  run_at text not null,
  leased_until text,
  created_at text not null,
  finished_at text
) strict;
create index jobs_due on jobs (state, run_at);
create unique index jobs_unique on jobs (unique_key) where unique_key is not null and state in ('queued', 'running');
