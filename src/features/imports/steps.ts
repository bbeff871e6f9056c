import { readCompanyClock } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { button } from '../../platform/slack/elements.ts';
import { countRegister } from '../ownership/bringing-in.ts';
import type { GuideStep } from '../setup/guide/step.ts';
import { importActions } from './actions.ts';
import { importLine, undoButton } from './blocks.ts';
import type { ImportKind, ImportSummary } from './core/import.ts';
import { listImports } from './operations.ts';
import { kindWords } from './words.ts';

/** As many imports as a step speaks of. */
const mostShown = 3;

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
      ...standing(
        imports,
        zone,
        'A rock is what somebody carries: a part of the product, a process, a number, a relationship. A spreadsheet, pasted cells or your channels will do; you see what would happen first.',
      ).lines,
    ],
    buttons: [
      button('Bring in rocks', `${importActions.begin}/rocks`, 'rocks', 'primary'),
      button('Bring in OKRs', `${importActions.begin}/okrs`, 'okrs'),
      button('Bring in the roadmap', `${importActions.begin}/roadmap`, 'roadmap'),
      ...takingUp(imports),
    ],
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

/** What was brought in of one kind, and what can be done, for `/cairn import`. */
export async function kindStanding(db: Database, workspaceId: string, kind: ImportKind) {
  const { zone } = await readCompanyClock(db, workspaceId);
  const imports = (await listImports(db, workspaceId)).filter((one) => one.kind === kind);
  const begin = button(`Bring in ${kindWords[kind]}`, `${importActions.begin}/${kind}`, kind);
  return { ...standing(imports, zone), buttons: [begin, ...takingUp(imports)] };
}

/** "112 rocks, 97 with an owner." */
function registerLines({ rocks, owned }: { rocks: number; owned: number }): string[] {
  return rocks === 0 ? [] : [`${rocks === 1 ? 'One rock' : `${rocks} rocks`}, ${owned} with an owner.`];
}

function standing(imports: readonly ImportSummary[], zone: string, empty = 'Nothing was brought in yet.') {
  const lines = imports.slice(0, mostShown).map((one) => importLine(one, zone));
  return { lines: lines.length === 0 ? [empty] : lines };
}

function takingUp(imports: readonly ImportSummary[]) {
  const open = imports.find(({ state }) => state === 'open');
  const last = imports.find(({ state, undoUntil }) => state === 'applied' && undoUntil !== null);
  return [
    ...(open === undefined ? [] : [button('Go on', `${importActions.show}/${open.id}`, String(open.id))]),
    ...(last === undefined ? [] : [undoButton(importActions.undo, last.id)]),
  ];
}
