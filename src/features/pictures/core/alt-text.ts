import { expectedOn, type Series, sorted, startOf } from './series.ts';

/** Slack's limit for the words of a picture, in characters. */
export const longestAltText = 2_000;
/** So many of several key results are drawn; the others are counted. */
export const mostDrawn = 6;
const longestTitle = 200;

/** Says what the picture of one key result shows. */
export function altTextOf(series: Series): string {
  const points = sorted(series);
  const last = points.at(-1);
  const title = shortened(series.title, longestTitle);
  const target = withUnit(series.target, series.unit);
  if (last === undefined) return `${title}: no value yet. The target is ${target}.`;
  const start = startOf(series);
  const days = Math.max(0, series.from.until(last.on).days);
  const moved =
    start === last.value
      ? `${title} stands at ${withUnit(last.value, series.unit)}`
      : `${title} went from ${withUnit(start, series.unit)} to ${withUnit(last.value, series.unit)}`;
  const goal = series.isKept ? `to be kept at ${target}` : `of a target of ${target}`;
  const expected = series.isKept
    ? ''
    : `; expected by now ${withUnit(expectedOn(series, last.on), series.unit)}`;
  return `${moved} ${goal} ${spanWords(days)}${expected}.${confidenceWords(points.map((it) => it.confidence))}`;
}

/** Says what the picture of several key results shows, a line each, as far as Slack lets it. */
export function altTextOfAll(all: readonly Series[]): string {
  const drawn = all.slice(0, mostDrawn);
  const more = all.length - drawn.length;
  const lines = drawn.map((series) => shortened(altTextOf(series), 310));
  if (lines.length === 0) return 'No key results yet.';
  return [...lines, ...(more > 0 ? [`${more} more.`] : [])].join('\n').slice(0, longestAltText);
}

function spanWords(days: number): string {
  const weeks = Math.round(days / 7);
  if (weeks === 0) return 'in the first days';
  return weeks === 1 ? 'in 1 week' : `in ${weeks} weeks`;
}

function confidenceWords(given: (number | null)[]): string {
  const known = given.filter((it) => it !== null);
  const [before, now] = known.length > 1 ? known.slice(-2) : [undefined, known[0]];
  if (now === undefined) return '';
  return before === undefined || before === now
    ? ` Confidence ${now}.`
    : ` Confidence ${now}, was ${before}.`;
}

/** Such as `4.2 %`: two places at most, large ones short. */
export function withUnit(value: number, unit: string): string {
  const number =
    Math.abs(value) >= 1e15
      ? value.toExponential(2)
      : value.toLocaleString('en', { maximumFractionDigits: 2 });
  return unit === '' ? number : `${number} ${shortened(unit, 20)}`;
}

/** Cut to so many characters, without those that no XML and no database takes. */
export function shortened(text: string, most: number): string {
  const characters = [...text.replaceAll(/[\s\p{Cc}\p{Cs}\p{Cn}]+/gu, ' ').trim()];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
