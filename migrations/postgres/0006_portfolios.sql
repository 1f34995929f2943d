-- Portfolios of a tenant. Money is exact decimal.
create table portfolios (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  name text not null,
  currency text not null,
  cost_method text not null,
  benchmark text not null,
  -- Made of bundled history to look around in; said wherever it is shown.
  sample boolean not null,
  -- The user whose holdings it keeps; one such portfolio a user.
  holdings_of uuid,
  -- Limits of the check-up.
  limits jsonb not null,
  -- Grows with every change to the portfolio or its transactions.
  version bigint not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (tenant_id, name)
);
create unique index portfolios_of_holdings on portfolios (tenant_id, holdings_of) where holdings_of is not null;
create table transactions (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  kind text not null,
  date date not null,
  symbol text,
  quantity numeric,
  price numeric,
  amount numeric,
  fee numeric not null,
  tax numeric not null,
  currency text not null,
  fx_rate numeric,
  note text,
  -- The user who keeps it as a holding: one such a symbol.
  holding_of uuid,
  version bigint not null,
  created_at timestamptz not null
);
create index transactions_by_portfolio on transactions (tenant_id, portfolio_id, date, id);
create unique index transactions_of_holdings on transactions (tenant_id, holding_of, symbol)
  where holding_of is not null;
-- What was created under which idempotency key, so that sending it twice creates it once.
create table creations (
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null,
  key text not null,
  -- Of what was sent.
  hash bytea not null,
  subject_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, user_id, key)
);
-- Files on their way in: looked at first, then taken as a whole or not at all.
create table imports (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  format text not null,
  mapping jsonb not null,
  text text not null,
  created_at timestamptz not null
);
create index imports_by_portfolio on imports (tenant_id, portfolio_id, created_at);
