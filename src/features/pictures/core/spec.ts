import { mostDrawn, shortened, withUnit } from './alt-text.ts';
import { expectedOn, type Series, sorted, startOf } from './series.ts';

/** Colours that colour-blind people tell apart (Okabe and Ito), dark enough on the card's white. */
export const colours = { value: '#0072B2', pace: '#6B7280', confidence: '#B24A00', words: '#1F2937' };
/** Slack shows pictures some 480 pixels wide: drawn wider, their words would be too small to read. */
export const width = 400;

type Datum = { on: string; y: number; label?: string };
export type Layer = Record<string, unknown>;
/** A Vega-Lite specification, data included; plain enough for JSON. */
export type Spec = Layer;

/** What is drawn of one key result: its value with the expected pace, and confidence beneath. */
export function specOf(series: Series): Spec {
  return card([
    panel(series, { width, height: 150, title: shortened(series.title, 70), hasLabels: true }),
    confidencePanel(series),
  ]);
}

/** Several key results as small pictures side by side, six at most. */
export function specOfAll(all: readonly Series[]): Spec {
  const small = all
    .slice(0, mostDrawn)
    .map((series) =>
      panel(series, { width: 200, height: 75, title: shortened(series.title, 30), hasLabels: false }),
    );
  return card([{ concat: small, columns: 2, spacing: { row: 72, column: 50 }, bounds: 'flush' }]);
}

function panel(
  series: Series,
  { width, height, title, hasLabels }: { width: number; height: number; title: string; hasLabels: boolean },
): Layer {
  const points = sorted(series);
  const last = points.at(-1);
  const values: Datum[] = points.map(({ on, value }) => ({ on: String(on), y: drawable(value) }));
  const pace: Datum[] = [
    { on: String(series.from), y: drawable(series.isKept ? series.target : startOf(series)) },
    { on: String(series.to), y: drawable(series.target) },
  ];
  const atEnd = (y: number, label: string): Datum[] => [{ on: String(series.to), y: drawable(y), label }];
  const lastLabel: Datum[] =
    last === undefined
      ? []
      : [{ on: String(last.on), y: drawable(last.value), label: withUnit(last.value, series.unit) }];
  const subtitle =
    last === undefined
      ? `No value yet, target ${withUnit(series.target, series.unit)}`
      : hasLabels
        ? `${withUnit(last.value, series.unit)} now, ${withUnit(expectedOn(series, last.on), series.unit)} expected, target ${withUnit(series.target, series.unit)}`
        : `${withUnit(last.value, series.unit)}, target ${withUnit(series.target, series.unit)}`;
  const y = {
    field: 'y',
    type: 'quantitative',
    scale: { zero: false, nice: true },
    axis: { title: null, tickCount: hasLabels ? 5 : 2, format: '~s' },
  };
  const labelled = (data: Datum[], color: string, mark: Layer): Layer => ({
    data: { values: data },
    mark: { type: 'text', color, fontSize: 12, ...mark },
    encoding: { x: dayAxis(series), y, text: { field: 'label' } },
  });
  return {
    width,
    height,
    title: { text: title, subtitle, ...(hasLabels ? {} : { fontSize: 13 }) },
    layer: [
      {
        data: { values: pace },
        mark: { type: 'line', color: colours.pace, strokeWidth: 1.2, strokeDash: [5, 4] },
        encoding: { x: dayAxis(series), y },
      },
      {
        data: { values },
        mark: {
          type: 'line',
          color: colours.value,
          strokeWidth: 2.5,
          point: { color: colours.value, size: 36 },
        },
        encoding: { x: dayAxis(series), y },
      },
      ...(hasLabels
        ? [
            labelled(atEnd(series.target, series.isKept ? 'target' : 'expected'), colours.pace, {
              align: 'left',
              dx: 6,
            }),
            labelled(lastLabel, colours.value, { align: 'center', dy: -12, fontWeight: 600 }),
          ]
        : []),
    ],
  };
}

/** An axis has no ticks between numbers that floating point hardly tells apart, or that are out of all bounds. */
function drawable(value: number): number {
  if (Math.abs(value) < 1e-9) return 0;
  return Number(Math.max(-1e15, Math.min(1e15, value)).toPrecision(12));
}

function confidencePanel(series: Series): Layer {
  const known = sorted(series).flatMap(({ on, confidence }) =>
    confidence === null ? [] : [{ on: String(on), y: Math.min(10, Math.max(0, confidence)) }],
  );
  const last = known.at(-1);
  const encoding = {
    x: dayAxis(series),
    y: {
      field: 'y',
      type: 'quantitative',
      scale: { domain: [0, 10] },
      axis: { title: null, values: [0, 5, 10] },
    },
  };
  const color = colours.confidence;
  return {
    width,
    height: 50,
    title: { text: 'Confidence', fontSize: 12, color },
    layer: [
      {
        data: { values: known },
        mark: { type: 'line', color, strokeWidth: 2, point: { color, size: 30, shape: 'square' } },
        encoding,
      },
      {
        data: { values: last === undefined ? [] : [{ ...last, label: String(last.y) }] },
        mark: { type: 'text', color, fontSize: 12, fontWeight: 600, align: 'left', dx: 8 },
        encoding: { ...encoding, text: { field: 'label' } },
      },
    ],
  };
}

/** The whole cycle, and whatever lies outside it. */
function dayAxis(series: Series): Layer {
  const days = [series.from, series.to, ...sorted(series).map(({ on }) => on)].map(String).sort();
  return {
    field: 'on',
    type: 'temporal',
    scale: { type: 'utc', domain: [days[0], days.at(-1)] },
    axis: { title: null, format: '%-d %b', tickCount: 5, grid: false, labelOverlap: true },
  };
}

/** Panels below each other on an opaque white card, so that a picture rests on no theme of Slack's. */
export function card(vconcat: Layer[]): Spec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: '#FFFFFF',
    padding: 20,
    spacing: 14,
    vconcat,
    config: {
      font: 'Inter',
      view: { stroke: null },
      axis: { labelColor: colours.words, labelFontSize: 11, gridColor: '#E5E7EB', domainColor: '#9CA3AF' },
      title: {
        anchor: 'start',
        color: colours.words,
        fontSize: 15,
        fontWeight: 600,
        subtitleColor: '#4B5563',
        subtitleFontSize: 12,
        subtitlePadding: 4,
      },
    },
  };
}
