import { z } from 'zod';
import { type Finding, type Path, shown } from '../../platform/file/finding.ts';
import { wayBack } from '../../platform/file/loops.ts';
import {
  readContributors,
  readLent,
  readRetired,
  readSetDown,
  type Standing,
  type StandingForms,
} from './file-standing-parts.ts';

/** What a file's days are compared with. */
export type Today = {
  /** Of the workspace's zone. */
  today: string;
  /** Whether what the file says of a rock's standing will be done: it is new, or the operator overwrites. */
  applies(key: string): boolean;
};

/** The fields of a rock that are read here, one by one, so that each mistake in them is told at its place. */
export const standingFields = {
  contributors: z.unknown().optional(),
  set_down: z.unknown().optional(),
  retired: z.unknown().optional(),
  lent: z.unknown().optional(),
};
type Raw = { [Field in keyof typeof standingFields]?: unknown };

type Rock = Raw & {
  key?: string | undefined;
  owner?: string | undefined;
  owned_since?: string | undefined;
  confirmed?: string | false | undefined;
  acting?: boolean | undefined;
};

/** Reads how a rock stands, and finds what cannot be at once. */
export function readStanding(
  path: Path,
  loose: Rock,
  forms: StandingForms,
  days: Today,
  findings: Finding[],
): Standing {
  const standing: Standing = {
    contributors: readContributors(loose.contributors, path, forms, findings),
    setDown: readSetDown(loose.set_down, path, forms, findings),
    retired: readRetired(loose.retired, path, forms, findings),
    lent: readLent(loose.lent, path, forms, findings),
  };
  const find = (field: string, words: string): void => {
    findings.push({ path: [...path, ...field.split('.')], words });
  };
  findContradictions(loose, find);
  findStrangeDays(loose, standing, days, find);
  const { lent, retired } = standing;
  if (lent !== null && lent.to === loose.owner) {
    find('lent.to', `${shown(lent.to)} is the owner, who cannot borrow it; name somebody else`);
  }
  if (retired?.into != null && retired.into === loose.key) {
    find(
      'retired.into',
      `${shown(retired.into)} is this rock; name the one that it went into, or leave it out`,
    );
  }
  return standing;
}

function findContradictions(loose: Rock, find: (field: string, words: string) => void): void {
  const isSetDown = loose.set_down != null;
  const isRetired = loose.retired != null;
  if (isSetDown && isRetired) find('set_down', 'is there, and the rock is retired; take one of the two out');
  if (loose.owner !== undefined) {
    const owner = shown(loose.owner);
    if (isSetDown) find('set_down', `is there, and ${owner} owns the rock; take one of the two out`);
    if (isRetired) find('retired', `is there, and ${owner} owns the rock; take one of the two out`);
    return;
  }
  for (const field of ['owned_since', 'confirmed', 'acting', 'lent'] as const) {
    if (loose[field] === undefined || loose[field] === null) continue;
    find(field, 'is there, and nobody owns the rock; add "owner: …", or take it out');
  }
}

function findStrangeDays(
  loose: Rock,
  { setDown, retired, lent }: Standing,
  { today, applies }: Today,
  find: (field: string, words: string) => void,
): void {
  for (const [field, day] of [
    ['owned_since', loose.owned_since],
    ['confirmed', loose.confirmed],
    ['set_down.on', setDown?.on],
    ['retired.on', retired?.on],
  ] as const) {
    if (typeof day !== 'string' || day <= today) continue;
    find(field, `${day} is yet to come (it is ${today}); write a day that was`);
  }
  const { owned_since: since, confirmed } = loose;
  if (typeof confirmed === 'string' && since !== undefined && confirmed < since) {
    find('confirmed', `${confirmed} is before they owned it (${since}); mend one of them`);
  }
  if (setDown?.lookAgain != null && setDown.lookAgain < (setDown.on ?? today)) {
    const on = setDown.on === null ? `today, ${today}` : setDown.on;
    find('set_down.look_again', `${setDown.lookAgain} is before it was set down (${on}); mend one of them`);
  }
  // A loan that the register has already is not judged again when its file is imported a second time.
  if (lent !== null && lent.until < today && (loose.key === undefined || applies(loose.key))) {
    find(
      'lent.until',
      `${lent.until} is over (it is ${today}), and so is the loan; name a day to come, or take it out`,
    );
  }
}

/** Whoever follows a retired rock must come to one that is there; each loop is told once. */
export function findCircularRetirements(
  rocks: readonly { path: Path; key: string; into: string | null }[],
  present: ReadonlyMap<string, string>,
  findings: Finding[],
): void {
  const next = new Map(present);
  for (const { key, into } of rocks) {
    if (into === null) next.delete(key);
    else next.set(key, into);
  }
  const told = new Set<string>();
  for (const { path, key, into } of rocks) {
    if (into === null || into === key || told.has(key)) continue;
    const way = wayBack(key, next);
    if (way === null) continue;
    for (const stop of way) told.add(stop);
    const words = `${shown(key)} would go into itself through ${way.slice(1).map(shown).join(', ')}; take one \`into\` out`;
    findings.push({ path: [...path, 'retired', 'into'], words });
  }
}
