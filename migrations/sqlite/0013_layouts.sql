-- How each user lays out the charts of symbols. The symbol '' is every symbol without a layout of its own.
create table chart_layouts (
  tenant_id blob not null references tenants (id) on delete cascade,
  user_id blob not null references users (id) on delete cascade,
  symbol text not null,
  layout text not null,
  updated_at text not null,
  primary key (tenant_id, user_id, symbol)
) strict;
