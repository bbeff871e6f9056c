import { type Kysely, sql } from 'kysely';

/** Pages of the playbook that a company wrote itself, and reviews: their agendas, lines, answers and minutes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table playbook_pages (
      id bigint generated always as identity primary key,
      workspace_id text not null references workspaces,
      key text not null,
      name text not null,
      purpose text not null,
      inputs text[] not null default '{}',
      agenda text[] not null check (cardinality(agenda) > 0),
      outputs text[] not null default '{}',
      roles text[] not null default '{}',
      timing text,
      questions text[] not null default '{}',
      sources text[] not null default '{}',
      changed_at timestamptz not null,
      changed_by bigint,
      unique (workspace_id, key),
      unique (workspace_id, id),
      foreign key (workspace_id, changed_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on column playbook_pages.questions is 'what the ritual asks the members of its teams'`.execute(
    db,
  );
  await sql`comment on column playbook_pages.sources is 'what is gathered for its agenda besides the points of the page'`.execute(
    db,
  );

  await sql`
    create table reviews (
      workspace_id text not null,
      occurrence_id bigint primary key,
      ritual text not null,
      name text not null,
      looks_back_to timestamptz,
      left_out integer not null default 0,
      ended_at timestamptz,
      ended_by bigint,
      minutes jsonb,
      unique (workspace_id, occurrence_id),
      check ((ended_at is null) = (minutes is null)),
      foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      foreign key (workspace_id, ended_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on column reviews.looks_back_to is
    'its agenda tells what has changed since: when the one before was held; null: it is the first'`.execute(
    db,
  );
  await sql`comment on column reviews.ended_by is 'who pressed Close review; null: it closed itself'`.execute(
    db,
  );
  await sql`
    create table review_pages (
      workspace_id text not null,
      occurrence_id bigint not null,
      number integer not null,
      message_id bigint not null,
      primary key (occurrence_id, number),
      foreign key (workspace_id, occurrence_id) references reviews (workspace_id, occurrence_id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`comment on table review_pages is 'the messages of an agenda: the first in the channel, more in its thread'`.execute(
    db,
  );
  await sql`
    create table agenda_lines (
      id bigint generated always as identity primary key,
      workspace_id text not null,
      occurrence_id bigint not null,
      position integer not null,
      page integer not null,
      source text not null,
      subject_kind text,
      subject_id bigint,
      title text not null,
      facts text not null default '',
      from_line_id bigint,
      deferred_at timestamptz,
      deferred_by bigint,
      unique (workspace_id, id),
      unique (occurrence_id, position),
      check ((deferred_at is null) = (deferred_by is null)),
      foreign key (workspace_id, occurrence_id) references reviews (workspace_id, occurrence_id),
      foreign key (workspace_id, from_line_id) references agenda_lines (workspace_id, id),
      foreign key (workspace_id, deferred_by) references people (workspace_id, id)
    )`.execute(db);
  await sql`comment on column agenda_lines.from_line_id is 'the line of an earlier review that was deferred to this one'`.execute(
    db,
  );
  await sql`create unique index agenda_lines_once on agenda_lines (from_line_id) where from_line_id is not null`.execute(
    db,
  );
  await sql`alter table decisions add foreign key (workspace_id, line_id) references agenda_lines (workspace_id, id)`.execute(
    db,
  );
  await sql`
    alter table actions
      add column line_id bigint,
      add column occurrence_id bigint,
      add column item_id bigint,
      add foreign key (workspace_id, line_id) references agenda_lines (workspace_id, id),
      add foreign key (workspace_id, occurrence_id) references occurrences (workspace_id, id),
      add foreign key (workspace_id, item_id) references roadmap_items (workspace_id, id)`.execute(db);
  await sql`comment on column actions.occurrence_id is 'the review in which it was given'`.execute(db);
  await sql`create index actions_line on actions (line_id) where line_id is not null`.execute(db);
  await sql`create index actions_occurrence on actions (occurrence_id) where occurrence_id is not null`.execute(
    db,
  );
  await sql`create index actions_due on actions (workspace_id, due_on) where state = 'open' and due_on is not null`.execute(
    db,
  );

  await sql`
    create table review_preparations (
      workspace_id text not null,
      cadence_id bigint not null,
      due_at timestamptz not null,
      asked integer not null,
      primary key (cadence_id, due_at),
      foreign key (workspace_id, cadence_id) references cadences (workspace_id, id)
    )`.execute(db);
  await sql`comment on table review_preparations is
    'people were asked, once, what they shall bring to a review that comes at that time'`.execute(db);
  await sql`
    create table ritual_answers (
      workspace_id text not null,
      occurrence_id bigint not null,
      person_id bigint not null,
      asked_at timestamptz not null,
      answers jsonb,
      answered_at timestamptz,
      message_id bigint,
      primary key (occurrence_id, person_id),
      check ((answers is null) = (answered_at is null)),
      foreign key (workspace_id, occurrence_id) references reviews (workspace_id, occurrence_id),
      foreign key (workspace_id, person_id) references people (workspace_id, id),
      foreign key (workspace_id, message_id) references messages (workspace_id, id)
    )`.execute(db);
  await sql`comment on table ritual_answers is 'whom a ritual of the company''s own asked its questions, and what they said'`.execute(
    db,
  );
}
