-- Portfolios of a tenant. Money is exact decimal, kept as text.
create table portfolios (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  name text not null,
  currency text not null,
  cost_method text not null,
  benchmark text not null,
  -- Made of bundled history to look around in; said wherever it is shown.
  sample integer not null,
  -- The user whose holdings it keeps; one such portfolio a user.
  holdings_of blob,
  -- Limits of the check-up.
  limits text not null,
  -- Grows with every change to the portfolio or its transactions.
  version integer not null,
  created_at text not null,
  changed_at text not null,
  unique (tenant_id, name)
) strict;
create unique index portfolios_of_holdings on portfolios (tenant_id, holdings_of) where holdings_of is not null;
create table transactions (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  portfolio_id blob not null references portfolios (id) on delete cascade,
  kind text not null,
  date text not null,
  symbol text,
  quantity text,
  price text,
  amount text,
  fee text not null,
  tax text not null,
  currency text not null,
  fx_rate text,
  note text,
  -- The user who keeps it as a holding: one such a symbol.
  holding_of blob,
  version integer not null,
  created_at text not null
) strict;
create index transactions_by_portfolio on transactions (tenant_id, portfolio_id, date, id);
create unique index transactions_of_holdings on transactions (tenant_id, holding_of, symbol)
  where holding_of is not null;
-- What was created under which idempotency key, so that sending it twice creates it once.
create table creations (
  tenant_id blob not null references tenants (id) on delete cascade,
  user_id blob not null,
  key text not null,
  -- Of what was sent.
  hash blob not null,
  subject_id blob not null,
  created_at text not null,
  primary key (tenant_id, user_id, key)
) strict;
-- Files on their way in: looked at first, then taken as a whole or not at all.
create table imports (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  portfolio_id blob not null references portfolios (id) on delete cascade,
  format text not null,
  mapping text not null,
  text text not null,
  created_at text not null
) strict;
create index imports_by_portfolio on imports (tenant_id, portfolio_id, created_at);
