-- Who is invited to a tenant. The token of the link is kept nowhere, only its SHA-256.
create table invitations (
  id uuid primary key,
  tenant_id uuid not null references tenants (id) on delete cascade,
  token_hash bytea not null unique,
  email text not null,
  role text not null,
  invited_by uuid not null references users (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz
);
create index invitations_by_tenant on invitations (tenant_id, created_at);
