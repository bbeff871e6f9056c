import { z } from 'zod';
import { type Block, interactiveOf } from '../blocks/blocks.ts';
import { completeBlocks } from '../blocks/complete.ts';
import { pictureProblems } from '../blocks/pictures.ts';
import { checkHome, checkModal, type ModalDefinition } from '../blocks/view.ts';
import { isPicture } from '../file-object.ts';
import { limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { viewObject } from '../view-object.ts';
import type { World } from '../world.ts';
import { json, method } from './method.ts';
import { needScope } from './scopes.ts';

/** Checks a modal and completes its blocks; refuses in Slack's way for views, which is invalid_arguments. */
export function parseModal(world: World, given: unknown): ModalDefinition {
  mustFit(given);
  const checked = checkModal(given);
  if (!checked.ok) throw new Refusal('invalid_arguments', { problems: checked.problems });
  mustHavePictures(world, checked.value.blocks);
  // "In order to use the file_input element within your app, your app must have the files:read scope."
  if (checked.value.blocks.some(hasFileInput)) needScope(world, 'files:read');
  return { ...checked.value, blocks: completeBlocks(checked.value.blocks, world.newBlockId) };
}

function hasFileInput(block: Block): boolean {
  return interactiveOf(block).some(({ type }) => type === 'file_input');
}

function mustHavePictures(world: World, blocks: readonly Block[]): void {
  const problems = pictureProblems(blocks, ['view', 'blocks'], (file) => isPicture(world, file));
  if (problems.length > 0) throw new Refusal('invalid_arguments', { problems });
}

function mustFit(given: unknown): void {
  if (Buffer.byteLength(JSON.stringify(given) ?? '') > limits.view.bytes) throw new Refusal('view_too_large');
}

export const viewMethods = {
  'views.open': method({ tier: 'T4', scopes: [] }, { view: json, trigger_id: z.string() }, (world, args) => {
    const definition = parseModal(world, args.view);
    const { user } = world.triggers.exchange(args.trigger_id);
    return { view: viewObject(world, world.views.open(user, definition)) };
  }),
  'views.push': method({ tier: 'T4', scopes: [] }, { view: json, trigger_id: z.string() }, (world, args) => {
    const definition = parseModal(world, args.view);
    const { user, view } = world.triggers.exchange(args.trigger_id);
    // Only what a person did inside the open modal can push onto it.
    if (view === undefined || world.views.find(view) === undefined) throw new Refusal('not_found');
    return { view: viewObject(world, world.views.push(user, definition)) };
  }),
  'views.update': method(
    { tier: 'T4', scopes: [] },
    {
      view: json,
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      hash: z.string().optional(),
    },
    (world, args) => {
      if ((args.view_id === undefined) === (args.external_id === undefined)) {
        const messages = [
          '[ERROR] exactly one of view_id and external_id is required [json-pointer:/view_id]',
        ];
        throw new Refusal('invalid_arguments', { messages });
      }
      const known =
        args.view_id === undefined
          ? world.views.findExternal(args.external_id ?? '')
          : world.views.find(args.view_id);
      if (known === undefined || known.type !== 'modal') throw new Refusal('not_found');
      if (args.hash !== undefined && args.hash !== known.hash) throw new Refusal('hash_conflict');
      return { view: viewObject(world, world.views.update(known, parseModal(world, args.view))) };
    },
  ),
  'views.publish': method(
    { tier: 'T4', scopes: [] },
    { view: json, user_id: z.string(), hash: z.string().optional() },
    (world, args) => {
      mustFit(args.view);
      const checked = checkHome(args.view);
      if (!checked.ok) throw new Refusal('invalid_arguments', { problems: checked.problems });
      mustHavePictures(world, checked.value.blocks);
      if (!world.manifest.features.app_home.home_tab_enabled) throw new Refusal('not_enabled');
      const user = world.workspace.users.get(args.user_id);
      if (user === undefined || user.is_bot) throw new Refusal('user_not_found');
      const known = world.views.home(user.id);
      if (args.hash !== undefined && args.hash !== known?.hash) throw new Refusal('hash_conflict');
      const blocks = completeBlocks(checked.value.blocks, world.newBlockId);
      return { view: viewObject(world, world.views.publish(user.id, { ...checked.value, blocks })) };
    },
  ),
};
