-- Jobs: priority, results, cancelling, a count of leases that fences off workers who come back late.
alter table jobs add column priority integer not null default 0;
alter table jobs add column leases integer not null default 0;
alter table jobs add column started_at text;
alter table jobs add column cancel_asked_at text;
alter table jobs add column result text;
alter table jobs add column changed_at text;
create index jobs_finished on jobs (finished_at) where finished_at is not null;
create index jobs_changed on jobs (changed_at) where changed_at is not null;

-- Errors were texts; now each says which try it ended, and when.
update jobs
set errors = (
  select json_group_array(json_object(
    'attempt', entry.key + 1,
    'at', coalesce(jobs.finished_at, jobs.created_at),
    'reason', entry.value))
  from json_each(jobs.errors) entry
)
where errors <> '[]';

-- A queue stands here once somebody paused it.
create table queues (
  name text primary key,
  paused_at text
) strict;

-- The last slot of each line of the schedule: moved forward by whoever is first, so that a slot runs once.
-- The subject is a time zone where a line runs in every user's own; the timeline tells bundled market time from
-- wall time.
create table schedules (
  name text not null,
  subject text not null,
  timeline text not null,
  slot text not null,
  job_id blob,
  noted_at text not null,
  primary key (name, subject, timeline)
) strict;
