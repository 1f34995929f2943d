-- Reports: what is kept of each. The PDF itself is in the object store, under the tenant's and the report's id.
create table reports (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  -- Who asked for it, or whose morning it is.
  user_id blob not null references users (id) on delete cascade,
  -- Null is about the market and the watchlist.
  portfolio_id blob,
  subject text not null,
  state text not null,
  paper text not null,
  -- Of the schedule; null on demand. One a user and slot.
  slot text,
  job_id blob,
  created_at text not null,
  made_at text,
  sha256 text,
  size_bytes integer,
  lead text,
  facts text,
  mailed_at text,
  problem text,
  unique (tenant_id, user_id, slot)
) strict;
create index reports_by_time on reports (tenant_id, created_at);
create index reports_by_age on reports (created_at);
create table report_preferences (
  tenant_id blob not null references tenants (id) on delete cascade,
  user_id blob not null references users (id) on delete cascade,
  mail integer not null,
  paper text not null,
  changed_at text not null,
  primary key (tenant_id, user_id)
) strict;
