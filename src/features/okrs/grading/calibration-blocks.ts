import { type Content, section } from '../../../platform/slack/elements.ts';
import { type Bin, type Calibration, distanceWords, leanWords } from './core/calibration.ts';

/** Confidence against hit or miss as a person, or a team together, reads it. `who` begins the sentence. */
export function calibrationBlocks(calibration: Calibration | null, who: 'You' | 'You all'): Content {
  if (calibration === null) {
    const text =
      'There is nothing to compare yet: I need a closed cycle with grades, and check-ins of yours in it.';
    return { text, blocks: [section(text)] };
  }
  const { count, middle, last, lean } = calibration;
  const results = count === 1 ? 'one answer about a key result' : `${count} answers about key results`;
  const lines = [
    `*How sure ${who === 'You' ? 'you were' : 'the team was'}*, in ${results} of closed cycles:`,
    ...(middle === null ? [] : [partLine('In the middle of the cycle', middle)]),
    partLine('At the last check-in', last),
    `${who === 'You' ? 'You were' : 'Together you were'} ${leanWords(lean)}. Distance: the mean square of confidence (8 is 0.8) less what happened (hit 1, miss 0). 0.00 is perfect, 0.25 is what always saying 5 gets.`,
  ];
  const text = lines.join('\n');
  return { text, blocks: [section(text)] };
}

function partLine(when: string, { bins, distance }: { bins: readonly Bin[]; distance: number }): string {
  const told = bins.filter(({ count }) => count > 0).map(binWords);
  return `• ${when}: ${told.join('; ')}. Distance ${distance.toFixed(2)}, ${distanceWords(distance)}.`;
}

function binWords({ name, count, hits }: Bin): string {
  return `confidence ${name}, ${hits} of ${count} hit`;
}
