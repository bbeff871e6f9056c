import { shortened } from './alt-text.ts';
import { card, colours, type Layer, type Spec, width } from './spec.ts';

/** What is drawn, and the same in words. */
export type Drawing = { spec: Spec; altText: string };

/** How many key results stood how on a day. */
export type HealthPoint = {
  /** An ISO date. */
  on: string;
  onTrack: number;
  atRisk: number;
  offTrack: number;
  /** Not heard, or not asked yet. */
  unknown: number;
};

const kinds: { of: Exclude<keyof HealthPoint, 'on'>; name: string; color: string }[] = [
  { of: 'onTrack', name: 'on track', color: '#0072B2' },
  { of: 'atRisk', name: 'at risk', color: '#E69F00' },
  { of: 'offTrack', name: 'off track', color: '#B24A00' },
  { of: 'unknown', name: 'not heard', color: '#9CA3AF' },
];

/** How key results stood from digest to digest, a bar each, in the order given. */
export function healthDrawing(points: readonly HealthPoint[]): Drawing {
  const values = points.flatMap((point, at) =>
    kinds.map(({ of, name }, rank) => ({ at, on: dayLabel(point.on), name, rank, count: point[of] })),
  );
  const first = points[0];
  const last = points.at(-1);
  const words = (of: HealthPoint) =>
    kinds.flatMap((kind) => (of[kind.of] === 0 ? [] : [`${of[kind.of]} ${kind.name}`])).join(', ') || 'none';
  return {
    spec: card([
      {
        ...panel('Health from digest to digest', 150),
        data: { values },
        mark: { type: 'bar', size: Math.max(6, Math.min(28, 300 / Math.max(1, points.length))) },
        encoding: {
          x: {
            field: 'on',
            type: 'ordinal',
            sort: { field: 'at' },
            axis: { title: null, labelAngle: 0, labelOverlap: true },
          },
          y: countAxis('count'),
          color: colourOf(
            kinds.map(({ name }) => name),
            kinds.map(({ color }) => color),
          ),
          order: { field: 'rank' },
        },
      },
    ]),
    altText:
      first === undefined || last === undefined
        ? 'No key results yet.'
        : `Health of key results over ${points.length} digests: on ${dayLabel(first.on)} ${words(first)}; on ${dayLabel(last.on)} ${words(last)}.`,
  };
}

/** How many people carry how much of their limit: without a name. */
export function spreadDrawing(buckets: readonly { label: string; people: number }[]): Drawing {
  return {
    spec: card([
      {
        ...panel('What people carry of their limit', 110),
        data: { values: [...buckets] },
        mark: { type: 'bar', color: colours.value, size: 18 },
        encoding: {
          y: { field: 'label', type: 'ordinal', sort: null, axis: { title: null, labelLimit: 160 } },
          x: countAxis('people'),
        },
      },
    ]),
    altText: `People by what they carry of their limit: ${buckets.map(({ label, people }) => `${label}: ${people}`).join(', ')}.`,
  };
}

/** As many people are drawn by name; the others are counted. */
const mostPeople = 12;

/** What each person carries beside their limit, the fullest first: for those alone who may see it. */
export function loadDrawing(people: readonly { name: string; load: number; limit: number }[]): Drawing {
  const fullest = people.toSorted((a, b) => b.load - b.limit - (a.load - a.limit)).slice(0, mostPeople);
  const more = people.length - fullest.length;
  const values = fullest.map(({ name, load, limit }, at) => ({
    // Two people may be called alike: each has a bar of their own.
    name: `${shortened(name, 18) || 'Somebody'}${'\u200b'.repeat(at)}`,
    load,
    limit,
  }));
  const sort = values.map(({ name }) => name);
  const y = { field: 'name', type: 'ordinal', sort, axis: { title: null, labelLimit: 160 } };
  const listed = fullest.map(({ name, load, limit }) => `${shortened(name, 30)} ${load} of ${limit}`);
  return {
    spec: card([
      {
        ...panel('Load by person, beside their limit', Math.max(30, 22 * values.length)),
        data: { values },
        layer: [
          { mark: { type: 'bar', color: colours.value, size: 12 }, encoding: { y, x: countAxis('load') } },
          {
            mark: { type: 'tick', color: colours.confidence, thickness: 3, size: 18 },
            encoding: { y, x: countAxis('limit') },
          },
        ],
      },
    ]),
    altText: shortened(`Load by person: ${listed.join(', ')}${more > 0 ? `, and ${more} more` : ''}.`, 600),
  };
}

/** How rocks are carried, in one bar. */
export function coverageDrawing(coverage: {
  confirmed: number;
  unconfirmed: number;
  unowned: number;
  setDown: number;
}): Drawing {
  const parts = [
    { name: 'confirmed', count: coverage.confirmed, color: '#0072B2' },
    { name: 'not confirmed lately', count: coverage.unconfirmed, color: '#56B4E9' },
    { name: 'carried by nobody', count: coverage.unowned, color: '#B24A00' },
    { name: 'set down', count: coverage.setDown, color: '#9CA3AF' },
  ];
  return {
    spec: card([
      {
        ...panel('How rocks are carried', 36),
        data: { values: parts.map(({ name, count }, rank) => ({ name, count, rank })) },
        mark: { type: 'bar', size: 28 },
        encoding: {
          x: countAxis('count'),
          color: colourOf(
            parts.map(({ name }) => name),
            parts.map(({ color }) => color),
          ),
          order: { field: 'rank' },
        },
      },
    ]),
    altText: `Rocks: ${parts.map(({ name, count }) => `${count} ${name}`).join(', ')}.`,
  };
}

function panel(title: string, height: number): Layer {
  return { width, height, title: { text: title } };
}

function countAxis(field: string): Layer {
  return {
    field,
    type: 'quantitative',
    axis: { title: null, tickMinStep: 1, tickCount: 5, format: '~s' },
  };
}

function colourOf(domain: string[], range: string[]): Layer {
  return {
    field: 'name',
    type: 'nominal',
    scale: { domain, range },
    legend: {
      title: null,
      orient: 'bottom',
      direction: 'horizontal',
      columns: 2,
      labelLimit: 220,
      labelFontSize: 11,
    },
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "23 Nov" of an ISO date. */
function dayLabel(iso: string): string {
  const [, month = '1', day = '1'] = iso.split('-');
  return `${Number(day)} ${months[Number(month) - 1] ?? ''}`;
}
