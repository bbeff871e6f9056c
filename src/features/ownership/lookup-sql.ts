/** Parts of the statements that look rocks up. */

/** A `PersonRef` of the people's row `p`, as arguments of json_build_object. */
export const personRef = `'id', p.id, 'slackId', p.slack_id, 'name', p.name, 'isDeactivated', p.deactivated_at is not null`;

/**
 * Whether `viewer`, a person's id, may see the rock. It asks first what is true of nearly every rock and costs
 * nothing, before the function that looks who somebody is to it.
 */
export function seenBy(rock: string, viewer: string): string {
  return `(${rock}.visibility = 'workspace' or sees(${rock}, ${viewer}))`;
}

/** The last day of the absence in which `p` is at the moment, by the calendar of their own zone. */
const away = `(
  select json_build_object('until', max(a.ends_on)) from absences a
  where a.person_id = p.id
    and (company_now(w) at time zone coalesce(p.timezone, w.timezone))::date between a.starts_on and a.ends_on
  having count(*) > 0)`;

/**
 * The card of the rock `r` for the viewer, as JSON, beside its workspace `w`, team `t` and channel `c`. Every part is a
 * look-up by key.
 */
export function cardFor(viewer: string): string {
  return `json_build_object(
    'id', r.id, 'key', r.key, 'name', r.name, 'summary', r.summary, 'type', r.type, 'discipline', r.discipline,
    'importance', r.importance, 'weight', r.weight, 'visibility', r.visibility, 'state', r.state,
    'team', t.name, 'teamId', t.id, 'now', company_now(w), 'timezone', w.timezone,
    'channel', case when c.id is not null then json_build_object('slackId', c.slack_id, 'name', c.name) end,
    'owner', (
      select json_build_object(${personRef}, 'timezone', coalesce(p.timezone, w.timezone), 'away', ${away},
        'since', s.began_at, 'confirmedAt', s.confirmed_at, 'isActing', s.began = 'acting')
      from stints s join people p on p.id = s.person_id
      where s.rock_id = r.id and s.ended_at is null),
    'backups', (
      select json_agg(json_build_object(${personRef}, 'away', ${away}) order by b.position)
      from rock_backups b join people p on p.id = b.person_id where b.rock_id = r.id),
    'contributors', (
      select json_agg(json_build_object(${personRef}, 'discipline', rc.discipline) order by rc.discipline, p.name)
      from rock_contributors rc join people p on p.id = rc.person_id where rc.rock_id = r.id),
    'loan', (
      select json_build_object('until', h.until_on,
        'to', json_build_object(${personRef}, 'timezone', coalesce(p.timezone, w.timezone)))
      from handoffs h join people p on p.id = h.to_id
      where h.rock_id = r.id and h.kind = 'lend' and h.state = 'accepted'),
    'past', (
      select json_build_object('until', h.overlap_until, 'askPerson', json_build_object(${personRef}))
      from handoffs h join people p on p.id = h.from_id and p.deactivated_at is null
      where h.rock_id = r.id and h.state = 'overlap' and h.overlap_until > company_now(w)
        and not exists (select from stints s
          where s.rock_id = r.id and s.ended_at is null and s.person_id = h.from_id)
      order by h.accepted_at desc, h.id desc limit 1),
    'setDown', case when r.state = 'set-down' then json_build_object(
      'at', r.set_down_at, 'reason', r.set_down_reason, 'lookAgainOn', r.look_again_on,
      'by', (select json_build_object(${personRef}) from people p where p.id = r.set_down_by)) end,
    'retired', case when r.state = 'retired' then json_build_object(
      'at', r.retired_at, 'reason', r.retired_reason,
      'successor', (select json_build_object('id', n.id, 'name', n.name)
        from rocks n where n.id = r.successor_id and ${seenBy('n', viewer)})) end,
    'links', (
      select json_agg(json_build_object('label', l.label, 'url', l.url) order by l.position)
      from rock_links l where l.rock_id = r.id and l.position < 3)
  )`;
}
