import { nearest } from '../core/edit-distance.ts';
import type { Command, CommandCall } from './calls.ts';
import { spoken } from './command-text.ts';
import { type Content, section, sections } from './elements.ts';
import { inline, shortened } from './mrkdwn.ts';

/** Finds the command that somebody means and runs it; whoever asks for help gets help. */
export class Commands {
  readonly #byNoun = new Map<string, Command>();

  add(command: Command): void {
    if (this.#byNoun.has(command.noun)) throw new Error(`two features listen to ${command.noun}`);
    this.#byNoun.set(command.noun, command);
  }

  /** `name` is the slash command as typed, such as `/owner` or `/cairn`. */
  async run(name: string, call: CommandCall): Promise<Content | undefined> {
    if (name !== '/cairn') return await this.#runNoun(name.slice(1).toLowerCase(), call);
    const [first, ...rest] = call.words;
    const noun = first?.kind === 'word' && !first.isQuoted ? first.text.toLowerCase() : undefined;
    if (noun === undefined || noun === 'help') return this.#overview();
    return await this.#runNoun(noun, { ...call, words: rest });
  }

  async #runNoun(noun: string, call: CommandCall): Promise<Content | undefined> {
    const command = this.#byNoun.get(noun);
    if (command === undefined) return this.#unknown(noun);
    const [only, ...more] = call.words;
    const asksForHelp =
      only?.kind === 'word' && !only.isQuoted && more.length === 0 && only.text.toLowerCase() === 'help';
    return asksForHelp ? helpOf([command]) : await command.run(call);
  }

  #overview(): Content {
    return helpOf([...this.#byNoun.values()]);
  }

  #unknown(noun: string): Content {
    const meant = nearest(noun, [...this.#byNoun.keys()]);
    const guess = meant === undefined ? '' : ` Did you mean \`/cairn ${meant}\`?`;
    return plain(
      `I don't know \`${inline(shortened(noun, 50))}\`.${guess} \`/cairn help\` shows what I can do.`,
    );
  }
}

/** The answer to a verb that a command does not have: the nearest one, and where help is. */
export function unknownVerb(noun: string, call: CommandCall, verbs: readonly string[]): Content {
  const typed = shortened(spoken(call.words.slice(0, 1)), 50);
  const meant = nearest(typed, verbs);
  const guess = meant === undefined ? '' : ` Did you mean \`/${noun} ${meant}\`?`;
  return plain(`I don't know \`/${noun} ${inline(typed)}\`.${guess} \`/${noun} help\` shows what I can do.`);
}

/** One paragraph that reads the same as text and as a block. */
export function plain(mrkdwn: string): Content {
  return { text: mrkdwn, blocks: [section(mrkdwn)] };
}

function helpOf(commands: Command[]): Content {
  const lines = commands.flatMap((command) =>
    command.usage.map(
      ({ typed, does }) => `\`${typed.replaceAll('>', '&gt;').replaceAll('<', '&lt;')}\`  ${does}`,
    ),
  );
  return { text: lines.join('\n'), blocks: sections(lines) };
}
