import type { Button } from '@slack/types';
import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { button } from '../../platform/slack/elements.ts';
import { countRegister } from '../ownership/bringing-in.ts';
import type { GuideStep } from '../setup/guide/step.ts';
import { importActions } from './actions.ts';
import { importLine, plainNameOf, undoButton } from './blocks.ts';
import type { ImportKind, ImportSummary } from './core/import.ts';
import { listImports } from './operations.ts';
import { kindWords } from './words.ts';

/** As many imports as a step speaks of, and the command. */
const mostShown = { step: 3, command: 10 };

const whatRocksAre =
  'A rock is what somebody carries: a part of the product, a process, a number, a relationship. A spreadsheet, pasted cells or your channels will do; you see what would happen first.';

/** The third step: done when rocks were brought in, and not taken back. */
export async function importStep(db: Database, workspaceId: string): Promise<GuideStep> {
  const { zone } = await readCompanyClock(db, workspaceId);
  const imports = (await listImports(db, workspaceId)).filter(({ source }) => source !== 'starter');
  return {
    key: 'rocks',
    title: 'Rocks from what you have',
    isDone: imports.some(({ state, kind }) => state === 'applied' && kind === 'rocks'),
    lines: [
      ...registerLines(await countRegister(db, workspaceId)),
      ...standing(imports, zone, whatRocksAre).lines,
    ],
    buttons: [...beginButtons(), ...takingUp(imports)],
  };
}

/** The step of what is often forgotten: done when something of the list was brought in. */
export async function starterStep(db: Database, workspaceId: string): Promise<GuideStep> {
  const { zone } = await readCompanyClock(db, workspaceId);
  const imports = (await listImports(db, workspaceId)).filter(({ source }) => source === 'starter');
  return {
    key: 'starter',
    title: 'What is often forgotten',
    isDone: imports.some(({ state }) => state === 'applied'),
    ...standing(imports, zone, 'Activities that most companies forget to assign: pick what you do.'),
    buttons: [button('Pick from the list', importActions.starter, 'rocks'), ...takingUp(imports)],
  };
}

/** All that was brought in, the starter list too, or that of one kind, and what can be done, for `/cairn import`. */
export async function importsStanding(db: Database, workspaceId: string, kind: ImportKind | null) {
  const { zone } = await readCompanyClock(db, workspaceId);
  const all = await listImports(db, workspaceId);
  const imports = kind === null ? all : all.filter((one) => one.kind === kind);
  const begin = kind === null ? beginButtons() : [beginButton(kind)];
  return {
    lines: [
      ...(kind === null ? registerLines(await countRegister(db, workspaceId)) : []),
      ...standing(
        imports,
        zone,
        kind === null ? whatRocksAre : 'Nothing was brought in yet.',
        mostShown.command,
      ).lines,
    ],
    buttons: [...begin, ...takingUp(imports, mostShown.command)],
  };
}

const beginButtons = (): Button[] => [
  { ...beginButton('rocks'), style: 'primary' },
  beginButton('okrs'),
  beginButton('roadmap'),
];

function beginButton(kind: ImportKind): Button {
  return button(`Bring in ${kindWords[kind]}`, `${importActions.begin}/${kind}`, kind);
}

/** "112 rocks, 97 with an owner." */
function registerLines({ rocks, owned }: { rocks: number; owned: number }): string[] {
  return rocks === 0 ? [] : [`${rocks === 1 ? 'One rock' : `${rocks} rocks`}, ${owned} with an owner.`];
}

function standing(imports: readonly ImportSummary[], zone: string, empty: string, most = mostShown.step) {
  const lines = imports.slice(0, most).map((one) => importLine(one, zone));
  return { lines: lines.length === 0 ? [empty] : lines };
}

/** On with what is open, and back from each that is shown: whoever keeps the last one may want another to go. */
function takingUp(imports: readonly ImportSummary[], most = mostShown.step): Button[] {
  const open = imports.find(({ state }) => state === 'open');
  const undoable = imports
    .slice(0, most)
    .filter(({ state, undoUntil }) => state === 'applied' && undoUntil !== null);
  const isOne = undoable.length === 1;
  return [
    ...(open === undefined ? [] : [button('Go on', `${importActions.show}/${open.id}`, String(open.id))]),
    ...undoable.map((one) =>
      undoButton(importActions.undo, one.id, isOne ? 'Undo' : `Undo: ${plainNameOf(one)}`),
    ),
  ];
}
