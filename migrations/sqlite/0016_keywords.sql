-- What tenants want to know the search interest in, beside what is collected for everybody.
create table keywords (
  tenant_id blob not null references tenants (id) on delete cascade,
  keyword text not null,
  created_at text not null,
  primary key (tenant_id, keyword)
) strict;
-- What was collected because tenants asked for it, whoever they were: such points are not market-wide. A keyword that
-- comes to be collected for everybody leaves here.
create table asked_keywords (
  keyword text primary key not null
) strict;
-- How much people looked for a keyword, from 0 to 100 whoever counted: page views as a share of the busiest day that is
-- kept; the scores of Google Trends are such shares already. Of all keywords, those of tenants among them.
create view trend_scores as
select keyword, date,
  case
    when source = 'trends' then score
    else coalesce(100.0 * score / nullif(max(score) over (partition by keyword, geo), 0.0), 0.0)
  end as score, geo
from trend_points;
-- Of what is collected for everybody.
drop view f_trends;
create view f_trends as
select keyword, date, score, geo
from trend_scores
where keyword not in (select keyword from asked_keywords);
