-- How much people looked for a keyword, from 0 to 100 whoever counted: page views as a share of the busiest day that is
-- kept; the scores of Google Trends are such shares already.
create or replace view f_trends as
select keyword, date,
  case
    when source = 'trends' then score
    else coalesce(100.0 * score / nullif(max(score) over (partition by keyword, geo), 0.0), 0.0)
  end as score, geo
from trend_points;
-- What portfolios hold is collected, over all tenants.
create index transactions_by_symbol on transactions (symbol, currency);
