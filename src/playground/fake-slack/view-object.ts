import type { StateValues } from './people/state-values.ts';
import type { Home, Modal } from './state/views.ts';
import type { World } from './world.ts';

/** A view as Slack shows it in answers and interactions; `values` is what the person has entered so far. */
export function viewObject(
  world: World,
  view: Modal | Home,
  values: StateValues = {},
): Record<string, unknown> {
  const { workspace } = world;
  const modal = view.type === 'modal' ? view : undefined;
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    state: { values },
    hash: view.hash,
    title: modal?.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: modal?.clear_on_close ?? false,
    notify_on_close: modal?.notify_on_close ?? false,
    close: modal?.close ?? null,
    submit: modal?.submit ?? null,
    previous_view_id: view.previous_view_id,
    root_view_id: view.root_view_id,
    app_id: workspace.bot.app_id,
    external_id: view.external_id ?? '',
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.bot.bot_id,
  };
}
