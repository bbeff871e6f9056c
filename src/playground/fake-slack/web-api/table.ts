import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { dndMethods } from './dnd.ts';
import { fileMethods } from './files.ts';
import { historyMethods } from './history.ts';
import type { Method } from './method.ts';
import { peopleMethods } from './people.ts';
import { teamMethods } from './team.ts';
import { usergroupMethods } from './usergroups.ts';
import { viewMethods } from './views.ts';

/** Every Web API method that the fake knows; any other name answers unknown_method. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...teamMethods,
    ...peopleMethods,
    ...usergroupMethods,
    ...dndMethods,
    ...conversationMethods,
    ...historyMethods,
    ...chatMethods,
    ...fileMethods,
    ...viewMethods,
  }),
);
