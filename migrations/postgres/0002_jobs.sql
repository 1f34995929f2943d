-- Jobs: priority, results, cancelling, a count of leases that fences off workers who come back late.
alter table jobs add column priority bigint not null default 0;
alter table jobs add column leases bigint not null default 0;
alter table jobs add column started_at timestamptz;
alter table jobs add column cancel_asked_at timestamptz;
alter table jobs add column result jsonb;
alter table jobs add column changed_at timestamptz;
create index jobs_finished on jobs (finished_at) where finished_at is not null;
create index jobs_changed on jobs (changed_at) where changed_at is not null;

-- Errors were texts; now each says which try it ended, and when.
update jobs
set errors = (
  select jsonb_agg(jsonb_build_object(
    'attempt', entry.place,
    'at', coalesce(jobs.finished_at, jobs.created_at),
    'reason', entry.text))
  from jsonb_array_elements_text(jobs.errors) with ordinality entry (text, place)
)
where errors <> '[]'::jsonb;

-- A queue stands here once somebody paused it.
create table queues (
  name text primary key,
  paused_at timestamptz
);

-- The last slot of each line of the schedule: moved forward by whoever is first, so that a slot runs once.
-- The subject is a time zone where a line runs in every user's own; the timeline tells bundled market time from
-- wall time.
create table schedules (
  name text not null,
  subject text not null,
  timeline text not null,
  slot timestamptz not null,
  job_id uuid,
  noted_at timestamptz not null,
  primary key (name, subject, timeline)
);
