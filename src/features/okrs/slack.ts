import type { Registry } from '../../platform/slack/calls.ts';
import { unknownVerb } from '../../platform/slack/commands.ts';
import { editingVerbs } from './editing/input.ts';
import { answerEditing, editingUsage, editsOkrs, registerEditing } from './editing/slack.ts';
import { answerClose, closesCycle, gradingUsage, registerGrading } from './grading/slack.ts';
import { registerPlanning } from './planning/slack.ts';
import {
  answerReading,
  type ReadingDeps,
  readingUsage,
  readQuestion,
  registerReading,
} from './reading/slack.ts';

/** Tells Slack's side of `/okr`. */
export function registerOkrs(slack: Registry, deps: ReadingDeps): void {
  registerEditing(slack, deps);
  registerReading(slack, deps);
  registerGrading(slack, deps);
  registerPlanning(slack, deps);
  slack.command({
    noun: 'okr',
    usage: [...readingUsage, ...editingUsage, ...gradingUsage],
    async run(call) {
      if (closesCycle(call.words)) return await answerClose(deps, call);
      if (editsOkrs(call.words)) return await answerEditing(deps, call);
      const question = readQuestion(call.words);
      if (question !== null) return await answerReading(deps, call, question);
      return unknownVerb('okr', call, ['list', 'show', 'tree', ...editingVerbs, 'close', 'help']);
    },
  });
}
