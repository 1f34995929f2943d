-- `story` is the first article that told it, the own id where nobody did before; `folded` is what a search looks in.
-- Both are absent on what an older version writes, which then stands for itself.
alter table articles add column story blob;
alter table articles add column folded text;
update articles set
  story = id,
  folded = lower(title || ' ' || coalesce(description, '') || ' ' || publisher || ' ' || coalesce(symbol, ''));
create index articles_by_story on articles (story);
-- What was last told of a symbol's mood. `basis` names the headlines it was made of: with others it no longer counts.
create table moods (
  symbol text primary key,
  score real not null,
  headlines integer not null,
  basis text not null,
  analyser text not null,
  analysis text,
  at text not null
) strict;
-- What analysers that are paid for were asked, per day.
create table analyser_days (
  analyser text not null,
  day text not null,
  requests integer not null,
  tokens integer not null,
  primary key (analyser, day)
) strict;
