-- Shared pages of portfolios. The token itself is kept nowhere, only its SHA-256.
create table shares (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  -- Who made it; the page shows what they may see.
  user_id uuid not null references users (id) on delete cascade,
  portfolio_id uuid not null references portfolios (id) on delete cascade,
  token_hash bytea not null unique,
  password_hash text,
  hide_amounts boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  views bigint not null default 0,
  viewed_at timestamptz
);
create index shares_by_portfolio on shares (tenant_id, portfolio_id, created_at);
