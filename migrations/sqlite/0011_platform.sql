-- Instruments that a tenant brought itself, with their daily prices. Never in the star schema.
create table custom_instruments (
  tenant_id blob not null references tenants (id) on delete cascade,
  symbol text not null,
  name text not null,
  currency text not null,
  created_at text not null,
  primary key (tenant_id, symbol)
) strict;
create table custom_bars (
  tenant_id blob not null references tenants (id) on delete cascade,
  symbol text not null,
  time integer not null,
  open real,
  high real,
  low real,
  close real not null,
  adj_close real,
  volume real,
  primary key (tenant_id, symbol, time),
  foreign key (tenant_id, symbol) references custom_instruments (tenant_id, symbol) on delete cascade
) strict, without rowid;
-- What each process knows of the providers, so that all of them can show all of it.
create table provider_health (
  process blob not null,
  name text not null,
  health text not null,
  noted_at text not null,
  primary key (process, name)
) strict;
create index ops_alerts_acknowledged on ops_alerts (acknowledged_at) where acknowledged_at is not null;
