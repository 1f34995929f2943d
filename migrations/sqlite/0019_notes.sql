-- What the people of a tenant write about symbols, of the market or the tenant's own, for each other.
create table notes (
  tenant_id blob not null references tenants (id) on delete cascade,
  id blob not null,
  symbol text not null,
  text text not null,
  -- Who wrote it first; stays when they leave the tenant.
  author_id blob not null references users (id) on delete cascade,
  written_at text not null,
  edited_at text,
  primary key (tenant_id, id)
) strict;
create index notes_by_symbol on notes (tenant_id, symbol, written_at desc);
