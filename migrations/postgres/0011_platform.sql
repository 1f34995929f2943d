-- Instruments that a tenant brought itself, with their daily prices. Never in the star schema.
create table custom_instruments (
  tenant_id uuid not null references tenants (id) on delete cascade,
  symbol text not null,
  name text not null,
  currency text not null,
  created_at timestamptz not null,
  primary key (tenant_id, symbol)
);
create table custom_bars (
  tenant_id uuid not null references tenants (id) on delete cascade,
  symbol text not null,
  time bigint not null,
  open double precision,
  high double precision,
  low double precision,
  close double precision not null,
  adj_close double precision,
  volume double precision,
  primary key (tenant_id, symbol, time),
  foreign key (tenant_id, symbol) references custom_instruments (tenant_id, symbol) on delete cascade
);
-- What each process knows of the providers, so that all of them can show all of it.
create table provider_health (
  process uuid not null,
  name text not null,
  health jsonb not null,
  noted_at timestamptz not null,
  primary key (process, name)
);
create index ops_alerts_acknowledged on ops_alerts (acknowledged_at) where acknowledged_at is not null;
