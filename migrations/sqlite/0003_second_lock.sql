-- Row-level security is PostgreSQL's; a SQLite file has one reader, Candlewick itself, and the `tenant_id` in every
-- statement. Nothing to do here.
select 1;
