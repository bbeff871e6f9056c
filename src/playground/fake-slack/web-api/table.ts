import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { historyMethods } from './history.ts';
import type { Method } from './method.ts';
import { peopleMethods } from './people.ts';
import { teamMethods } from './team.ts';
import { viewMethods } from './views.ts';

/** Every Web API method that the fake knows; any other name answers unknown_method. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...teamMethods,
    ...peopleMethods,
    ...conversationMethods,
    ...historyMethods,
    ...chatMethods,
    ...viewMethods,
  }),
);
