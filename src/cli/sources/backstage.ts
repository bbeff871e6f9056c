import { isFindable, longest } from '../../features/ownership/core/rock-fields.ts';
import { isAddress, slug } from '../../features/people/core/handle.ts';
import { isMap } from '../../platform/file/entries.ts';
import { shown } from '../../platform/file/finding.ts';
import type { Fields } from '../../platform/file/writing.ts';
import { linksOf } from './backstage-links.ts';
import type { BackstageFiles, Entity } from './backstage-read.ts';
import {
  type Acquainted,
  type Aliases,
  Builder,
  type Converted,
  cut,
  listed,
  type Place,
} from './foreign.ts';
import { Who } from './who.ts';

/** The kinds that are rocks. Of two with one name the first keeps it as its key, and the other's says its kind. */
const rockKinds = ['Component', 'System', 'Domain', 'API', 'Resource'];
/** Fields that are read; of all others people are told. */
const readFields = new Set([
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'metadata.annotations',
  'metadata.links',
  'spec.owner',
  'spec.profile',
  'spec.members',
  'spec.memberOf',
  'spec.lead',
]);

/** Turns the entities of a Backstage catalog into people, teams and rocks; docs/files.md has the table. */
export function convertBackstage(
  { entities, skeletons }: BackstageFiles,
  aliases: Aliases,
  acquainted: Acquainted,
): Converted {
  const builder = new Builder();
  const of = (kind: string): Entity[] => entities.filter((entity) => entity.kind === kind);
  const who = new Who(acquainted, aliases, builder);
  for (const user of of('User')) addUser(user, who);
  for (const group of of('Group')) addGroup(group, of('User'), who, builder);

  const keys = new Map<string, Entity>();
  for (const kind of rockKinds) {
    for (const entity of of(kind)) {
      const plain = keyOf(entity);
      const key = keys.has(plain) ? `${plain}-${kind.toLowerCase()}` : plain;
      const other = keys.get(key);
      if (other !== undefined) {
        const words = `${shown(entity.name)} is there twice (also in ${other.file}, line ${other.lineOf([])}); keep one`;
        builder.find(words, placeOf(entity, 'metadata', 'name'));
        continue;
      }
      keys.set(key, entity);
      addRock(entity, key, who, builder);
    }
  }
  builder.notes.push(...who.notes(), ...notesOn(entities, skeletons));
  return builder.build();
}

function placeOf(entity: Entity, ...path: (string | number)[]): Place {
  const { file, kind, name, lineOf } = entity;
  return { file, line: lineOf(path), label: `${kind} ${name} ${path.join('.')}` };
}

/** A name in a namespace of its own is told apart by it. */
function keyOf({ namespace, name }: Pick<Entity, 'namespace' | 'name'>): string {
  return slug(namespace.toLowerCase() === 'default' ? name : `${namespace}-${name}`);
}

/** The same for people, whose short names may have dots and underscores. */
function handleOf({ namespace, name }: Pick<Entity, 'namespace' | 'name'>): string {
  return (namespace.toLowerCase() === 'default' ? name : `${namespace}-${name}`).toLowerCase();
}

function addUser(user: Entity, who: Who): void {
  const { email } = isMap(user.spec['profile']) ? user.spec['profile'] : {};
  const place = placeOf(user, 'spec', 'profile', 'email');
  who.introduce(handleOf(user), typeof email === 'string' && isAddress(email) ? email : null, place);
}

function addGroup(group: Entity, users: readonly Entity[], who: Who, builder: Builder): void {
  const { metadata, spec } = group;
  const { displayName } = isMap(spec['profile']) ? spec['profile'] : {};
  const key = keyOf(group);
  const title = [displayName, metadata['title']].find(
    (text) => typeof text === 'string' && text.trim() !== '',
  );
  const own = textsIn(spec['members']).map((ref, index) => ({
    ref,
    place: placeOf(group, 'spec', 'members', index),
  }));
  const theirs = users
    .filter((user) => textsIn(user.spec['memberOf']).some((ref) => keyOf(parseRef(ref, 'group')) === key))
    .map((user) => ({
      ref: `user:${user.namespace}/${user.name}`,
      place: placeOf(user, 'metadata', 'name'),
    }));
  const members = [...own, ...theirs].flatMap(({ ref, place }) => {
    const { kind, ...named } = parseRef(ref, 'user');
    return kind === 'user' ? (who.find(handleOf(named), ref, place) ?? []) : [];
  });
  const { lead } = spec;
  const leads =
    typeof lead === 'string'
      ? who.find(handleOf(parseRef(lead, 'user')), lead, placeOf(group, 'spec', 'lead'))
      : undefined;
  builder.add(
    'teams',
    key,
    {
      name: cut(typeof title === 'string' ? title : capitalised(group.name), 100),
      ...(leads === undefined ? {} : { lead: leads }),
      ...(members.length === 0 ? {} : { members: [...new Set(members)] }),
    },
    (field) => placeOf(group, ...(field === 'members' ? ['spec', 'members'] : ['metadata', 'name'])),
  );
}

function addRock(entity: Entity, key: string, who: Who, builder: Builder): void {
  const { metadata, name } = entity;
  const title = typeof metadata['title'] === 'string' ? cut(metadata['title'], longest.name) : '';
  const description = typeof metadata['description'] === 'string' ? metadata['description'] : '';
  const summary = cut(description, longest.summary);
  const links = linksOf(entity);
  const fields: Fields = {
    name: isFindable(title) ? title : name,
    ...(summary === '' ? {} : { summary }),
    ...ownerOf(entity, who),
    ...(links.length === 0 ? {} : { links }),
  };
  builder.add('rocks', key, fields, (field) => {
    const path =
      field === 'owner' || field === 'team'
        ? ['spec', 'owner']
        : ['metadata', field === 'summary' ? 'description' : field === 'links' ? 'links' : 'name'];
    return placeOf(entity, ...path);
  });
}

/** A group is a team, and nobody of it owns the rock by that; a user owns it, and has yet to confirm. */
function ownerOf(entity: Entity, who: Who): Fields {
  const ref = entity.spec['owner'];
  if (typeof ref !== 'string' || ref.trim() === '') return {};
  const { kind, ...named } = parseRef(ref, 'group');
  const place = placeOf(entity, 'spec', 'owner');
  if (kind === 'group') return { team: who.team(keyOf(named), named.name) };
  if (kind !== 'user') {
    who.strange(`${shown(ref)} is neither a group nor a user; name one of them`, place);
    return {};
  }
  const owner = who.find(handleOf(named), ref, place);
  return owner === undefined ? {} : { owner, confirmed: false };
}

type Ref = { kind: string; namespace: string; name: string };

/** `[kind:][namespace/]name`, in any mixture of capitals. */
function parseRef(ref: string, usualKind: string): Ref {
  const match = /^(?:([^:/]+):)?(?:([^:/]+)\/)?(.+)$/.exec(ref.trim());
  const [, kind = usualKind, namespace = 'default', name = ref] = match ?? [];
  return { kind: kind.toLowerCase(), namespace, name };
}

function notesOn(entities: readonly Entity[], skeletons: readonly string[]): string[] {
  const notes: string[] = [];
  const others = entities.filter(({ kind }) => ![...rockKinds, 'User', 'Group'].includes(kind));
  const kinds = Map.groupBy(others, ({ kind }) => kind);
  if (others.length > 0) {
    const counts = [...kinds].map(([kind, all]) => `${all.length} ${kind}`);
    notes.push(
      `Left out, since they are no rocks: ${counts.join(', ')}. What a Location names is not followed.`,
    );
  }
  if (skeletons.length > 0) {
    notes.push(`Left out, since a template has yet to fill them in: ${listed(skeletons)}.`);
  }
  const unread = new Map<string, number>();
  for (const { metadata, spec } of entities.filter((entity) => !others.includes(entity))) {
    const fields = [
      ...Object.keys(metadata).map((field) => `metadata.${field}`),
      ...Object.keys(spec).map((field) => `spec.${field}`),
    ];
    for (const field of fields) if (!readFields.has(field)) unread.set(field, (unread.get(field) ?? 0) + 1);
  }
  if (unread.size > 0) {
    const fields = [...unread]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([field, count]) => `${field} (${count})`);
    notes.push(`Not read, since a rock has no place for it: ${fields.join(', ')}.`);
  }
  const deprecated = entities
    .filter(({ spec }) => spec['lifecycle'] === 'deprecated')
    .map(({ name }) => name);
  if (deprecated.length > 0) {
    notes.push(
      `Deprecated, and rocks all the same, since somebody must carry them until they are gone: ${listed(deprecated)}.`,
    );
  }
  return notes;
}

function textsIn(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.filter((item) => typeof item === 'string') : [];
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
