import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { method } from './method.ts';

export const teamMethods = {
  'auth.test': method([], {}, ({ workspace }) => ({
    url: `https://${workspace.team.domain}.slack.com/`,
    team: workspace.team.name,
    user: workspace.bot.name.toLowerCase(),
    team_id: workspace.team.id,
    user_id: workspace.bot.user_id,
    bot_id: workspace.bot.bot_id,
    is_enterprise_install: false,
  })),
  'team.info': method(
    ['team:read'],
    { team: z.string().optional(), domain: z.string().optional() },
    ({ workspace }, { team }) => {
      if (team !== undefined && team !== workspace.team.id) throw new Refusal('team_not_found');
      return { team: { ...workspace.team, email_domain: '', icon: { image_default: true } } };
    },
  ),
  // Socket Mode asks with an app-level token; the one bot token that the fake gives out is not of that kind.
  'apps.connections.open': method([], {}, () => {
    throw new Refusal('not_allowed_token_type');
  }),
};
