-- Accounts and tenants -------------------------------------------------------------------------------------
create table tenants (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);
create table users (
  id uuid primary key,
  email text not null unique,
  full_name text not null,
  password_hash text not null,
  tier text not null default 'free',
  time_zone text not null default 'America/New_York',
  base_currency text not null default 'USD',
  theme text not null default 'system',
  colours text not null default 'default',
  email_verified_at timestamptz,
  last_login_at timestamptz,
  last_login_address text,
  last_seen_at timestamptz,
  created_at timestamptz not null
);
create table memberships (
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  role text not null,
  created_at timestamptz not null,
  primary key (tenant_id, user_id)
);
create index memberships_by_user on memberships (user_id);
create table sessions (
  id uuid primary key,
  token_hash bytea not null unique,
  user_id uuid not null references users (id) on delete cascade,
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_agent text not null,
  address text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_by_user on sessions (user_id);
create table refresh_tokens (
  id uuid primary key,
  family uuid not null,
  token_hash bytea not null unique,
  user_id uuid not null references users (id) on delete cascade,
  tenant_id uuid not null references tenants (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index refresh_tokens_by_family on refresh_tokens (family);
create table api_keys (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  prefix text not null,
  key_hash bytea not null unique,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_by_tenant on api_keys (tenant_id);
create table audit (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null,
  at timestamptz not null,
  request_id text not null,
  action text not null,
  subject text not null,
  detail jsonb not null
);
create index audit_by_tenant on audit (tenant_id, at);
-- Watchlists -----------------------------------------------------------------------------------------------
create table watchlists (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  name text not null,
  position bigint not null,
  created_at timestamptz not null,
  unique (tenant_id, name)
);
create table watchlist_symbols (
  tenant_id uuid not null references tenants (id) on delete cascade,
  watchlist_id uuid not null references watchlists (id) on delete cascade,
  symbol text not null,
  position bigint not null,
  primary key (watchlist_id, symbol)
);
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
  market_cap double precision,
  active boolean not null
);
-- `time` is unix seconds; a daily bar carries its exchange-local date at 00:00 UTC.
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
);
create table splits (
  symbol text not null,
  date date not null,
  numerator double precision not null,
  denominator double precision not null,
  source text not null,
  primary key (symbol, date)
);
create table macro_series (
  id text primary key,
  name text not null,
  frequency text not null,
  units text not null,
  source text not null
);
create table macro_observations (
  series_id text not null references macro_series (id) on delete cascade,
  date date not null,
  value double precision not null,
  primary key (series_id, date)
);
create table trend_points (
  keyword text not null,
  geo text not null,
  date date not null,
  score double precision not null,
  source text not null,
  primary key (keyword, geo, date)
);
create table articles (
  id uuid primary key,
  symbol text,
  title text not null,
  description text,
  publisher text not null,
  url text,
  published_at timestamptz not null,
  score double precision not null,
  source text not null
);
create index articles_by_symbol on articles (symbol, published_at);
create index articles_by_time on articles (published_at);
create table datasets (
  name text primary key,
  version text not null,
  loaded_at timestamptz not null
);
-- Jobs -----------------------------------------------------------------------------------------------------
create table jobs (
  id uuid primary key,
  tenant_id uuid references tenants (id) on delete cascade,
  queue text not null,
  kind text not null,
  payload jsonb not null,
  unique_key text,
  state text not null,
  percent bigint not null default 0,
  step text not null default '',
  attempts bigint not null default 0,
  max_attempts bigint not null,
  errors jsonb not null,
  run_at timestamptz not null,
  leased_until timestamptz,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index jobs_due on jobs (state, run_at);
create unique index jobs_unique on jobs (unique_key) where unique_key is not null and state in ('queued', 'running');
