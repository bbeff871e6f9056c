import { parseArgs } from 'node:util';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { shown } from '../../platform/file/finding.ts';
import { optionWords } from '../arguments.ts';
import { readOrigin } from '../manifest-command.ts';

/** Reads what follows `cairn doctor`: the address that Slack calls, or null where it is not named. */
export function readDoctorArguments(args: string[]): Result<{ origin: string | null }> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { url: { type: 'string' } },
    });
    const [extra] = positionals;
    if (extra !== undefined) return refused('too-many', `${shown(extra)} is too much here.`);
    if (values.url === undefined) return accepted({ origin: null });
    const origin = readOrigin(values.url);
    return origin.ok ? accepted({ origin: origin.value }) : origin;
  } catch (error) {
    return refused('bad-option', optionWords(error, args, ['url', 'help']));
  }
}
