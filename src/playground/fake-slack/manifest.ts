import { parse } from 'yaml';
import { z } from 'zod';

const command = z.object({
  command: z.string().startsWith('/'),
  description: z.string(),
  usage_hint: z.string().default(''),
  should_escape: z.boolean().default(false),
});

/** An entry in the menu of every message, or in Slack's own menu of shortcuts. */
const shortcut = z.object({
  name: z.string().min(1).max(24),
  type: z.enum(['message', 'global']),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
});

// A manifest has far more in it than the fake needs: what is not named here is left alone.
const manifest = z.object({
  display_information: z.object({ name: z.string() }),
  features: z.object({
    app_home: z
      .object({
        home_tab_enabled: z.boolean().default(false),
        messages_tab_enabled: z.boolean().default(false),
        messages_tab_read_only_enabled: z.boolean().default(false),
      })
      .prefault({}),
    slash_commands: z.array(command).default([]),
    shortcuts: z.array(shortcut).max(10).default([]),
  }),
  oauth_config: z.object({
    scopes: z
      .object({ bot: z.array(z.string()), bot_optional: z.array(z.string()).optional() })
      .refine(({ bot, bot_optional = [] }) => bot_optional.every((scope) => bot.includes(scope)), {
        message: 'an optional scope has to stand among the bot scopes as well',
        path: ['bot_optional'],
      }),
  }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}),
    interactivity: z
      .object({
        is_enabled: z.boolean(),
        /** where Slack asks, over HTTP, for what menus that are filled from outside offer */
        message_menu_options_url: z.url().optional(),
      })
      .default({ is_enabled: false }),
    socket_mode_enabled: z.boolean().optional(),
  }),
});

/** The part of manifest.yml that the fake lives by: scopes, commands, events, tabs. */
export type AppManifest = z.infer<typeof manifest>;
export type CommandDefinition = z.infer<typeof command>;

/** Reads the text of a manifest.yml; throws with every problem in words. */
export function parseManifest(text: string): AppManifest {
  const parsed = manifest.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`manifest.yml: ${z.prettifyError(parsed.error)}`);
}
