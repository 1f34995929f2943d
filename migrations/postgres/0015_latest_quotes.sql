-- The latest price that was asked for of each symbol, and by which process, so that all of them can show it.
create table latest_quotes (
  symbol text primary key,
  quote jsonb not null,
  process uuid not null,
  noted_at timestamptz not null
);
create index latest_quotes_by_noting on latest_quotes (noted_at);
