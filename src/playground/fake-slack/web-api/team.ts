import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { method } from './method.ts';

export const teamMethods = {
  'auth.test': method({ tier: 'special', scopes: [] }, {}, ({ workspace }) => ({
    url: `https://${workspace.team.domain}.slack.com/`,
    team: workspace.team.name,
    user: workspace.bot.name.toLowerCase(),
    team_id: workspace.team.id,
    user_id: workspace.bot.user_id,
    bot_id: workspace.bot.bot_id,
    is_enterprise_install: false,
  })),
  'team.info': method(
    { tier: 'T3', scopes: ['team:read'] },
    { team: z.string().optional(), domain: z.string().optional() },
    ({ workspace }, { team }) => {
      if (team !== undefined && team !== workspace.team.id) throw new Refusal('team_not_found');
      return { team: { ...workspace.team, email_domain: '', icon: { image_default: true } } };
    },
  ),
  'apps.connections.open': method({ tier: 'T1', scopes: [], token: 'app' }, {}, (world) => {
    if (world.manifest.settings.socket_mode_enabled !== true) {
      const messages = ['[ERROR] settings.socket_mode_enabled is not true in manifest.yml'];
      throw new Refusal('forbidden', { messages });
    }
    return { url: world.sockets.newAddress(world.connection.publicUrl()) };
  }),
};
