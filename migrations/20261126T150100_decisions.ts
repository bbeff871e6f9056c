import { type Kysely, sql } from 'kysely';

/** Decisions: open, decided, superseded; and actions that come from a review or a decision. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table decisions (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      number integer not null,
      question text not null,
      options text[] not null default '{}',
      driver_id bigint not null,
      approver_id bigint not null,
      due_on date,
      state text not null default 'open' check (state in ('open', 'decided', 'superseded')),
      outcome text,
      why text,
      look_again_on date,
      rock_id bigint,
      objective_id bigint,
      item_id bigint,
      team_id bigint,
      visibility text not null default 'workspace' check (visibility in ('workspace', 'team', 'people')),
      superseded_by_id bigint,
      source_url text,
      line_id bigint,
      created_at timestamptz not null,
      created_by bigint not null,
      decided_at timestamptz,
      decided_by bigint,
      looked_again_at timestamptz,
      search tsvector generated always as (
        setweight(to_tsvector('cairn', question), 'A')
        || setweight(to_tsvector('cairn', coalesce(outcome, '')), 'A')
        || setweight(to_tsvector('cairn', coalesce(why, '')), 'B')) stored,
      unique (workspace_id, id),
      unique (workspace_id, number),
      check ((state = 'open') = (decided_at is null)),
      check ((decided_at is null) = (outcome is null)),
      check ((state = 'superseded') = (superseded_by_id is not null)),
      check (superseded_by_id <> id),
      check (visibility <> 'team' or team_id is not null),
      foreign key (workspace_id, driver_id) references people (workspace_id, id),
      foreign key (workspace_id, approver_id) references people (workspace_id, id),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id),
      foreign key (workspace_id, objective_id) references objectives (workspace_id, id),
      foreign key (workspace_id, item_id) references roadmap_items (workspace_id, id),
      foreign key (workspace_id, team_id) references teams (workspace_id, id),
      foreign key (workspace_id, superseded_by_id) references decisions (workspace_id, id),
      foreign key (workspace_id, created_by) references people (workspace_id, id),
      foreign key (workspace_id, decided_by) references people (workspace_id, id)
    )`.execute(db);
  const comments: [string, string][] = [
    ['number', 'as people name it: decision 12'],
    ['approver_id', 'the one who approves; whoever presses may be somebody else'],
    ['look_again_on', 'when what was decided is due for another look'],
    ['team_id', 'whose decision it is; those who see it where its visibility is team'],
    ['source_url', 'the message that it was written down from'],
    ['line_id', 'the line of an agenda on which it was made'],
  ];
  for (const [column, comment] of comments)
    await sql`comment on column decisions.${sql.ref(column)} is ${sql.lit(comment)}`.execute(db);
  await sql`create index decisions_search on decisions using gin (search) with (fastupdate = off)`.execute(
    db,
  );
  await sql`create index decisions_open on decisions (workspace_id, due_on) where state = 'open'`.execute(db);
  await sql`create index decisions_latest on decisions (workspace_id, (coalesce(decided_at, created_at)) desc)`.execute(
    db,
  );
  await sql`create index decisions_rock on decisions (rock_id) where rock_id is not null`.execute(db);
  await sql`create index decisions_look_again on decisions (workspace_id, look_again_on)
    where state = 'decided' and look_again_on is not null`.execute(db);
  await sql`create index decisions_line on decisions (line_id) where line_id is not null`.execute(db);

  await sql`
    create table decision_people (
      workspace_id text not null,
      decision_id bigint not null,
      person_id bigint not null,
      part text not null check (part in ('contributor', 'informed', 'viewer')),
      primary key (decision_id, person_id, part),
      foreign key (workspace_id, decision_id) references decisions (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`create index decision_people_person on decision_people (person_id)`.execute(db);

  // What was decided is history: it is superseded by a later decision, and never edited away.
  await sql`
    create function decision_stays() returns trigger language plpgsql as $$
      begin
        if row (new.question, new.options, new.driver_id, new.approver_id, new.outcome, new.why, new.decided_at, new.decided_by)
            is distinct from
          row (old.question, old.options, old.driver_id, old.approver_id, old.outcome, old.why, old.decided_at, old.decided_by)
          or new.state = 'open' or (old.state = 'superseded' and new.state <> 'superseded')
        then
          raise exception 'decision % is made: it is superseded, not changed', old.number
            using errcode = 'integrity_constraint_violation';
        end if;
        return new;
      end
    $$`.execute(db);
  await sql`
    create trigger decisions_stay before update on decisions
      for each row when (old.state <> 'open') execute function decision_stays()`.execute(db);

  await sql`
    create function sees_decision(decision decisions, viewer bigint) returns boolean
      language plpgsql stable parallel safe as $$
      begin
        if viewer in (decision.driver_id, decision.approver_id, decision.created_by)
          or exists (select from decision_people d where d.decision_id = decision.id and d.person_id = viewer)
          or exists (select from people p where p.workspace_id = decision.workspace_id and p.id = viewer
            and (p.is_admin or p.is_slack_admin))
        then
          return true;
        end if;
        if decision.visibility = 'people' or (decision.visibility = 'team' and not exists (
            select from teams t left join team_members m on m.team_id = t.id and m.person_id = viewer
            where t.id = decision.team_id and (t.lead_id = viewer or m.person_id is not null)))
        then
          return false;
        end if;
        -- What is about something that few see is seen by those few.
        return (decision.rock_id is null
            or exists (select from rocks r where r.id = decision.rock_id and (r.visibility = 'workspace' or sees(r, viewer))))
          and (decision.objective_id is null
            or exists (select from objectives o where o.id = decision.objective_id and sees_objective(o, viewer)));
      end
    $$`.execute(db);
}
