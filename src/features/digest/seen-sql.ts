import { type RawBuilder, sql } from 'kysely';

/**
 * Whether everybody may see a thing: a digest is read by many, and what is for few does not become more visible by being
 * counted among what matters.
 */
function isRockForAll(alias: string): RawBuilder<boolean> {
  const id = sql.ref(`${alias}.rock_id`);
  return sql`(${id} is null or exists (select from rocks w where w.id = ${id} and w.visibility = 'workspace'))`;
}

function isObjectiveForAll(alias: string): RawBuilder<boolean> {
  const id = sql.ref(`${alias}.objective_id`);
  return sql`(${id} is null or exists (select from objectives w where w.id = ${id} and w.visibility = 'workspace'))`;
}

/** Of an item of the roadmap: neither its rock nor its objective is for few. */
export function isItemForAll(alias: string): RawBuilder<boolean> {
  return sql`(${isRockForAll(alias)} and ${isObjectiveForAll(alias)})`;
}

/** Of a decision: it is for all, and so is what it is about. */
export function isDecisionForAll(alias: string): RawBuilder<boolean> {
  const item = sql.ref(`${alias}.item_id`);
  return sql`(${sql.ref(`${alias}.visibility`)} = 'workspace' and ${isRockForAll(alias)} and ${isObjectiveForAll(alias)}
    and (${item} is null or exists (select from roadmap_items it where it.id = ${item} and ${isItemForAll('it')})))`;
}

/** Of an action: it belongs to a rock that everybody may see, or to a review in a public channel. */
export function isActionForAll(alias: string): RawBuilder<boolean> {
  const rock = sql.ref(`${alias}.rock_id`);
  const item = sql.ref(`${alias}.item_id`);
  const review = sql.ref(`${alias}.occurrence_id`);
  return sql`((${rock} is not null or ${review} is not null) and ${isRockForAll(alias)}
    and (${review} is null or exists (select from occurrences v join cadences e on e.id = v.cadence_id
      join channels h on h.id = e.channel_id where v.id = ${review} and not h.is_private))
    and (${item} is null or exists (select from roadmap_items it where it.id = ${item} and ${isItemForAll('it')})))`;
}
