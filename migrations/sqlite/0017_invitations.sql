-- Who is invited to a tenant. The token of the link is kept nowhere, only its SHA-256.
create table invitations (
  id blob primary key,
  tenant_id blob not null references tenants (id) on delete cascade,
  token_hash blob not null unique,
  email text not null,
  role text not null,
  invited_by blob not null references users (id) on delete cascade,
  created_at text not null,
  expires_at text not null,
  accepted_at text,
  withdrawn_at text
) strict;
create index invitations_by_tenant on invitations (tenant_id, created_at);
