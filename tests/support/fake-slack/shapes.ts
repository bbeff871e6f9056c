import fc from 'fast-check';

/** A value with exactly one thing wrong, and where: a JSON pointer below the value. */
export type Broken = { value: unknown; at: string };

/** What a field may be: values that Slack takes; and, one for each thing that can be wrong, values in which it is. */
export type Shape = { valid: fc.Arbitrary<unknown>; broken: fc.Arbitrary<Broken>[] };

type Field = Shape & {
  /** may be left out */
  optional?: true;
  /** is always there; what its absence means is told beside the fields */
  given?: true;
};

export const optional = (shape: Shape): Field => ({ ...shape, optional: true });
export const given = (shape: Shape): Field => ({ ...shape, given: true });

/** One value that is wrong at this place. */
export const wrong = (value: unknown, at = ''): fc.Arbitrary<Broken> => fc.constant({ value, at });
const letters = (length: number) => 'x'.repeat(length);

/** Text of `min` to `max` characters: short ones, and ones that are exactly as long as they may be. */
export function text(max: number, min = 1): Shape {
  const short = fc.string({ minLength: min, maxLength: Math.min(max, 12) });
  const full = fc.constant(letters(max));
  return {
    valid: fc.oneof({ weight: 9, arbitrary: short }, { weight: 1, arbitrary: full }),
    broken: [wrong(letters(max + 1)), wrong(7), ...(min > 0 ? [wrong('')] : [])],
  };
}

/** An address of the web of up to `max` characters. */
export function url(max: number): Shape {
  const start = 'https://x.example/';
  const long = (length: number) => start + letters(length - start.length);
  return {
    valid: fc.oneof(fc.webUrl(), fc.constant(long(max))),
    broken: [wrong(long(max + 1)), wrong('javascript:alert(1)'), wrong('x.example')],
  };
}

/** A whole number between two, both included. */
export function whole(min: number, max: number): Shape {
  return {
    valid: fc.integer({ min, max }),
    broken: [min - 1, max + 1, min + 0.5, `${min}`].map((value) => wrong(value)),
  };
}

export const yesOrNo: Shape = { valid: fc.boolean(), broken: [wrong('yes'), wrong(1)] };

/** One of these words, and no other. */
export function word(...words: string[]): Shape {
  return { valid: fc.constantFrom(...words), broken: [wrong('none-of-them')] };
}

/** Words of a form, such as a date, with examples of what is none. */
export function formed(valid: fc.Arbitrary<unknown>, ...others: unknown[]): Shape {
  return { valid, broken: others.map((value) => wrong(value)) };
}

/** A list of `min` to `max` items; without `max` of any number. */
export function list(item: Shape, max = Number.POSITIVE_INFINITY, min = 1): Shape {
  const some = fc.array(item.valid, { minLength: min, maxLength: Math.min(max, 3) });
  const exactly = (length: number) =>
    item.valid.map((one) => Array.from({ length }, () => structuredClone(one)));
  const bounded = Number.isFinite(max);
  return {
    valid: bounded ? fc.oneof({ weight: 9, arbitrary: some }, { weight: 1, arbitrary: exactly(max) }) : some,
    broken: [
      wrong('no list'),
      ...(min > 0 ? [wrong([])] : []),
      ...(bounded ? [exactly(max + 1).map((value) => ({ value, at: '' }))] : []),
      ...item.broken.map((site) =>
        fc.tuple(fc.array(item.valid, { maxLength: 1 }), site).map(([before, { value, at }]) => ({
          value: [...before, value],
          at: `/${before.length}${at}`,
        })),
      ),
    ],
  };
}

/** An object of these fields: wrong are one wrong field, one that is missing, and one that nobody knows. */
export function object(fields: Record<string, Field>, type?: string): Shape {
  const all = Object.entries(fields);
  const required = all.filter(([, field]) => !field.optional).map(([name]) => name);
  const base = type === undefined ? {} : { type };
  const valid = fc
    .record(Object.fromEntries(all.map(([name, field]) => [name, field.valid])), { requiredKeys: required })
    .map((rest): Record<string, unknown> => ({ ...base, ...rest }));
  const oneWrong = all.flatMap(([name, field]) =>
    field.broken.map((site) =>
      fc.tuple(valid, site).map(([rest, { value, at }]) => ({
        value: { ...rest, [name]: value },
        at: `/${name}${at}`,
      })),
    ),
  );
  const oneMissing = all
    .filter(([, field]) => !field.optional && !field.given)
    .map(([name]) =>
      valid.map((rest) => ({
        value: Object.fromEntries(Object.entries(rest).filter(([key]) => key !== name)),
        at: `/${name}`,
      })),
    );
  const unknown = valid.map((rest) => ({ value: { ...rest, colour: 'red' }, at: '/colour' }));
  return { valid, broken: [...oneWrong, ...oneMissing, unknown] };
}

/** One of several shapes that differ in their `type`. */
export function oneOf(...shapes: Shape[]): Shape {
  return {
    valid: fc.oneof(...shapes.map((shape) => shape.valid)),
    broken: [...shapes.flatMap((shape) => shape.broken), wrong({ type: 'chart' }, '/type')],
  };
}

/** A shape with more that can be wrong than its fields tell. */
export function alsoWrong(shape: Shape, ...more: fc.Arbitrary<Broken>[]): Shape {
  return { valid: shape.valid, broken: [...shape.broken, ...more] };
}
