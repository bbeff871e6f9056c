import { type Kysely, sql } from 'kysely';

/** Handoffs of every kind, several at once, with all that the clock does for them; pieces of work; who sees a rock. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table handoff_batches (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      kind text not null check (kind in ('bulk', 'reorganisation')),
      title text,
      state text not null default 'draft' check (state in ('draft', 'released', 'dropped')),
      by_id bigint not null,
      from_id bigint,
      created_at timestamptz not null,
      released_at timestamptz,
      unique (workspace_id, id),
      check ((state = 'released') = (released_at is not null)),
      foreign key (workspace_id, by_id) references people (workspace_id, id),
      foreign key (workspace_id, from_id) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on table handoff_batches is
    'handoffs that are prepared in private by one person and offered together'`.execute(db);

  await sql`alter table handoffs drop constraint handoffs_state_check`.execute(db);
  await sql`alter table handoffs drop constraint handoffs_check1`.execute(db);
  await sql`drop index handoffs_open`.execute(db);
  await sql`
    alter table handoffs
      alter column rock_id drop not null,
      alter column from_id drop not null,
      alter column why_it_matters drop not null,
      alter column where_it_stands drop not null,
      add column kind text not null default 'give' check (kind in ('give', 'lend', 'ask', 'assign', 'back', 'work')),
      add column by_id bigint,
      add column work text,
      add column due_on date,
      add column until_on date,
      add column reason text,
      add column overlap_days smallint not null default 14 check (overlap_days between 0 and 90),
      add column suggestion text,
      add column accepted_at timestamptz,
      add column overlap_until timestamptz,
      add column batch_id bigint,
      add column undoes_id bigint,
      add column request_message_id bigint,
      add check (state in ('draft', 'asked', 'offered', 'changes-suggested', 'accepted', 'overlap', 'completed',
        'declined', 'withdrawn', 'expired')),
      add foreign key (workspace_id, by_id) references people (workspace_id, id),
      add foreign key (workspace_id, batch_id) references handoff_batches (workspace_id, id),
      add foreign key (workspace_id, undoes_id) references handoffs (workspace_id, id),
      add foreign key (workspace_id, request_message_id) references messages (workspace_id, id),
      add constraint handoffs_of_what check ((kind = 'work') = (rock_id is null) and (kind = 'work') = (work is not null)),
      add constraint handoffs_from check (from_id is not null or kind = 'assign'),
      add constraint handoffs_loan check ((kind = 'lend') = (until_on is not null)),
      add constraint handoffs_asked check (state <> 'asked' or kind in ('ask', 'back')),
      add constraint handoffs_ended check (
        case when state in ('draft', 'asked', 'offered', 'changes-suggested') then ended_at is null
             when state in ('completed', 'declined', 'withdrawn', 'expired') then ended_at is not null
             else true end)`.execute(db);
  // Until now a handoff was over when it was accepted.
  await sql`
    update handoffs set by_id = from_id, state = case state when 'accepted' then 'completed' else state end,
      accepted_at = case state when 'accepted' then ended_at end`.execute(db);
  await sql`
    create unique index handoffs_open on handoffs (rock_id)
    where state in ('asked', 'offered', 'changes-suggested')`.execute(db);
  await sql`create unique index handoffs_loan on handoffs (rock_id) where kind = 'lend' and state = 'accepted'`.execute(
    db,
  );
  await sql`create index handoffs_rock on handoffs (rock_id, id)`.execute(db);
  await sql`create index handoffs_to on handoffs (workspace_id, to_id) where ended_at is null`.execute(db);
  await sql`create index handoffs_from on handoffs (workspace_id, from_id) where ended_at is null`.execute(
    db,
  );
  await sql`create index handoffs_by on handoffs (workspace_id, by_id) where ended_at is null`.execute(db);
  await sql`create index handoffs_batch on handoffs (batch_id) where batch_id is not null`.execute(db);
  await sql`comment on column handoffs.kind is
    'give, lend (until until_on; the owner stays accountable), ask (to_id asks from_id), assign (by a lead or admin), back (to_id had it before), work (a piece of work, no rock)'`.execute(
    db,
  );
  await sql`comment on column handoffs.by_id is 'who began it; null in rows of an older version: from_id'`.execute(
    db,
  );
  await sql`comment on column handoffs.from_id is 'who carries the rock; null where nobody does'`.execute(db);
  await sql`comment on column handoffs.accepted_at is 'company time; ended_at is when it was over for good'`.execute(
    db,
  );

  await sql`
    create table handoff_steps (
      workspace_id text not null,
      handoff_id bigint not null,
      step text not null check (step in
        ('remind', 'escalate', 'expire', 'return', 'overlap-end', 'follow-up-7', 'follow-up-30')),
      due_at timestamptz not null,
      primary key (handoff_id, step),
      foreign key (workspace_id, handoff_id) references handoffs (workspace_id, id)
    )`.execute(db);
  await sql`create index handoff_steps_due on handoff_steps (workspace_id, due_at)`.execute(db);
  await sql`comment on table handoff_steps is 'what the clock will do for a handoff (company time); a row goes when it is done or no longer wanted'`.execute(
    db,
  );

  await sql`
    create table follow_ups (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      handoff_id bigint not null,
      person_id bigint not null,
      day smallint not null check (day in (7, 30)),
      asked_at timestamptz not null,
      message_id bigint,
      answer text check (answer in ('still-asked', 'let-go', 'missing', 'complete')),
      words text,
      answered_at timestamptz,
      unique (workspace_id, id),
      unique (handoff_id, person_id, day),
      check ((answer is null) = (answered_at is null)),
      foreign key (workspace_id, handoff_id) references handoffs (workspace_id, id),
      foreign key (workspace_id, person_id) references people (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);

  await sql`
    create table actions (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      title text not null,
      owner_id bigint not null,
      by_id bigint not null,
      rock_id bigint,
      handoff_id bigint,
      due_on date,
      state text not null default 'open' check (state in ('open', 'done', 'dropped')),
      created_at timestamptz not null,
      ended_at timestamptz,
      unique (workspace_id, id),
      check ((state = 'open') = (ended_at is null)),
      foreign key (workspace_id, owner_id) references people (workspace_id, id),
      foreign key (workspace_id, by_id) references people (workspace_id, id),
      foreign key (workspace_id, rock_id) references rocks (workspace_id, id),
      foreign key (workspace_id, handoff_id) references handoffs (workspace_id, id)
    )`.execute(db);
  await sql`create index actions_owner on actions (workspace_id, owner_id, due_on) where state = 'open'`.execute(
    db,
  );
  await sql`create unique index actions_handoff on actions (handoff_id) where handoff_id is not null`.execute(
    db,
  );

  // Tested first and for most rocks alone: everybody may see what the workspace may see.
  await sql`
    create function sees(rock rocks, viewer bigint) returns boolean language sql stable parallel safe as $$
      select rock.visibility = 'workspace'
        or exists (select from people p where p.workspace_id = rock.workspace_id and p.id = viewer
          and (p.is_admin or p.is_slack_admin))
        or exists (select from stints s where s.rock_id = rock.id and s.ended_at is null and s.person_id = viewer)
        or exists (select from rock_backups b where b.rock_id = rock.id and b.person_id = viewer)
        or exists (select from rock_contributors c where c.rock_id = rock.id and c.person_id = viewer)
        or exists (select from handoffs h where h.rock_id = rock.id and h.to_id = viewer
          and h.state in ('offered', 'changes-suggested', 'accepted', 'overlap'))
        or exists (select from teams t where t.id = rock.team_id and t.lead_id = viewer)
        or (rock.visibility = 'team'
          and exists (select from team_members m where m.team_id = rock.team_id and m.person_id = viewer))
        or (rock.visibility = 'people'
          and exists (select from rock_viewers v where v.rock_id = rock.id and v.person_id = viewer))
    $$`.execute(db);
  await sql`comment on function sees is 'whether a person may see a rock: those whom it concerns, admins, and whom its visibility names'`.execute(
    db,
  );
}
