-- Row-level security: a statement that forgets its tenant still shows and changes nothing of others.
-- `app.tenant` is set for each transaction with a caller; `system` is what happens before or without one, as logins
-- and jobs; where it is not set, no tenant's row is seen. Rows without a tenant belong to everybody.
-- Called after every migration: a table with a `tenant_id` can not be forgotten.
create function guard_tenants() returns void language plpgsql as $$
declare
  guarded record;
begin
  -- Two servers may start at once.
  perform pg_advisory_xact_lock(hashtext('guard_tenants'));
  for guarded in
    select t.table_name as name
    from information_schema.tables t
    join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
    where t.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.column_name = 'tenant_id'
      and not exists (
        select from pg_policies p
        where p.schemaname = t.table_schema and p.tablename = t.table_name and p.policyname = 'of_tenant'
      )
  loop
    execute format('alter table %I enable row level security', guarded.name);
    execute format('alter table %I force row level security', guarded.name);
    -- One condition for what is read and what is written.
    execute format(
      'create policy of_tenant on %I using (
         current_setting(''app.tenant'', true) = ''system'' or tenant_id is null
         or tenant_id::text = current_setting(''app.tenant'', true)
       )',
      guarded.name
    );
  end loop;
end
$$;
alter table tenants enable row level security;
alter table tenants force row level security;
create policy of_tenant on tenants using (
  current_setting('app.tenant', true) = 'system' or id::text = current_setting('app.tenant', true)
);
