-- Shared pages of portfolios. The token itself is kept nowhere, only its SHA-256.
create table shares (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  -- Who made it; the page shows what they may see.
  user_id blob not null references users (id) on delete cascade,
  portfolio_id blob not null references portfolios (id) on delete cascade,
  token_hash blob not null unique,
  password_hash text,
  hide_amounts integer not null,
  created_at text not null,
  expires_at text,
  revoked_at text,
  views integer not null default 0,
  viewed_at text
) strict;
create index shares_by_portfolio on shares (tenant_id, portfolio_id, created_at);
