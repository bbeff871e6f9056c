import { type Kysely, sql } from 'kysely';

/** What of objectives, key results and cycles must never be: loops, changes of what is closed, scores before the grading. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // An operator's file may bring in what was closed elsewhere, and says so for its transaction.
  await sql`
    create function refuse_closed(touched bigint[]) returns void language plpgsql stable as $$
      declare
        closed text;
      begin
        if current_setting('cairn.operator', true) = 'on' then return; end if;
        select c.key into closed from cycles c where c.id = any(touched) and c.state = 'closed';
        if found then
          raise exception '% is closed: nothing in it changes any more', closed using errcode = 'integrity_constraint_violation';
        end if;
      end
    $$`.execute(db);
  await sql`
    create function objective_stays() returns trigger language plpgsql as $$
      begin
        perform refuse_closed(array[new.cycle_id, case when tg_op = 'UPDATE' then old.cycle_id end]);
        return new;
      end
    $$`.execute(db);
  await sql`
    create trigger objectives_stay before insert or update of title, cycle_id, owner_id, team_id, reviewer_id,
      supports_id, state, why_dropped, visibility on objectives
      for each row execute function objective_stays()`.execute(db);
  // What a check-in says is not among these columns: whether it still counts is the check-in's to decide.
  await sql`
    create function key_result_stays() returns trigger language plpgsql as $$
      begin
        perform refuse_closed(array(select o.cycle_id from objectives o
          where o.id = new.objective_id or (tg_op = 'UPDATE' and o.id = old.objective_id)));
        return new;
      end
    $$`.execute(db);
  await sql`
    create trigger key_results_stay before insert or update of objective_id, title, type, unit, direction,
      target_value, commitment, owner_id, backup_id, state, why_dropped, first_due_on, score, grade_words
      on key_results for each row execute function key_result_stays()`.execute(db);

  await sql`
    create function scored_in_grading() returns trigger language plpgsql as $$
      begin
        if current_setting('cairn.operator', true) is distinct from 'on' and exists (
          select from objectives o join cycles c on c.id = o.cycle_id
          where o.id = new.objective_id and c.state in ('draft', 'active'))
        then
          raise exception 'a key result is scored when its cycle is graded' using errcode = 'check_violation';
        end if;
        return new;
      end
    $$`.execute(db);
  await sql`
    create trigger key_results_scored before insert or update of score on key_results
      for each row when (new.score is not null) execute function scored_in_grading()`.execute(db);

  await sql`
    create function cycle_stays() returns trigger language plpgsql as $$
      begin
        if current_setting('cairn.operator', true) is distinct from 'on' then
          raise exception '% is closed: it does not change any more', old.key using errcode = 'integrity_constraint_violation';
        end if;
        return new;
      end
    $$`.execute(db);
  await sql`
    create trigger cycles_stay before update of key, starts_on, ends_on, state, parent_id on cycles
      for each row when (old.state = 'closed' and row (new.key, new.starts_on, new.ends_on, new.state, new.parent_id)
        is distinct from row (old.key, old.starts_on, old.ends_on, old.state, old.parent_id))
      execute function cycle_stays()`.execute(db);

  // At the commit, one after the other in a workspace: so two who each see half of a loop cannot both make theirs.
  await sql`
    create function no_loop() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock(hashtextextended('objectives of ' || new.workspace_id, 0));
        if exists (
          with recursive way as (
            select o.id, o.supports_id from objectives o where o.id = new.id
            union
            select o.id, o.supports_id from objectives o join way w on o.id = w.supports_id
          )
          select from way where supports_id = new.id)
        then
          raise exception 'an objective would support itself' using errcode = 'check_violation';
        end if;
        return null;
      end
    $$`.execute(db);
  await sql`
    create constraint trigger objectives_no_loop after insert or update of supports_id on objectives
      deferrable initially deferred
      for each row when (new.supports_id is not null) execute function no_loop()`.execute(db);
}
