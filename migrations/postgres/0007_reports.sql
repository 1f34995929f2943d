-- Reports: what is kept of each. The PDF itself is in the object store, under the tenant's and the report's id.
create table reports (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  -- Who asked for it, or whose morning it is.
  user_id uuid not null references users (id) on delete cascade,
  -- Null is about the market and the watchlist.
  portfolio_id uuid,
  subject text not null,
  state text not null,
  paper text not null,
  -- Of the schedule; null on demand. One a user and slot.
  slot timestamptz,
  job_id uuid,
  created_at timestamptz not null,
  made_at timestamptz,
  sha256 text,
  size_bytes bigint,
  lead text,
  facts jsonb,
  mailed_at timestamptz,
  problem text,
  unique (tenant_id, user_id, slot)
);
create index reports_by_time on reports (tenant_id, created_at);
create index reports_by_age on reports (created_at);
create table report_preferences (
  tenant_id uuid not null references tenants (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  mail boolean not null,
  paper text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, user_id)
);
