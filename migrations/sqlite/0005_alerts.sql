-- Alerts for operators. They belong to the installation, not to a tenant.
create table ops_alerts (
  id blob primary key,
  level text not null,
  key text not null,
  subject text not null,
  text text not null,
  count integer not null,
  first_at text not null,
  last_at text not null,
  -- When it was last sent out; the same key within an hour of that only counts.
  told_at text not null,
  acknowledged_at text,
  acknowledged_by blob
) strict;
create unique index ops_alerts_open on ops_alerts (key) where acknowledged_at is null;
create index ops_alerts_by_key on ops_alerts (key, last_at);
create index ops_alerts_by_time on ops_alerts (last_at);
create table ops_deliveries (
  alert_id blob not null references ops_alerts (id) on delete cascade,
  channel text not null,
  -- Of which telling: ops_alerts.told_at.
  told_at text not null,
  sent_at text,
  error text,
  -- What the channel calls it, as the number of an issue.
  reference text,
  primary key (alert_id, channel)
) strict;
-- When each channel is free again; shared by all processes.
create table ops_channels (
  name text primary key,
  free_at text not null
) strict;
