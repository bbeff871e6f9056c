import { type Kysely, sql } from 'kysely';

/** Whoever set a rock down goes on seeing it: they are asked to look at it again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function sees(rock rocks, viewer bigint) returns boolean
      language plpgsql stable parallel safe as $$
      begin
        return rock.visibility = 'workspace'
          or exists (select from people p where p.workspace_id = rock.workspace_id and p.id = viewer
            and (p.is_admin or p.is_slack_admin))
          or exists (select from stints s
            where s.rock_id = rock.id and s.ended_at is null and s.person_id = viewer)
          or coalesce(rock.set_down_by = viewer, false)
          or exists (select from rock_backups b where b.rock_id = rock.id and b.person_id = viewer)
          or exists (select from rock_contributors c where c.rock_id = rock.id and c.person_id = viewer)
          or exists (select from handoffs h where h.rock_id = rock.id and h.to_id = viewer
            and h.state in ('offered', 'changes-suggested', 'accepted', 'overlap'))
          or exists (select from teams t where t.id = rock.team_id and t.lead_id = viewer)
          or (rock.visibility = 'team'
            and exists (select from team_members m where m.team_id = rock.team_id and m.person_id = viewer))
          or (rock.visibility = 'people'
            and exists (select from rock_viewers v where v.rock_id = rock.id and v.person_id = viewer));
      end
    $$`.execute(db);
}
