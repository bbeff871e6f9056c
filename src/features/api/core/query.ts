import { nearest } from '../../../platform/core/edit-distance.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { type Endpoint, type EndpointName, endpoints, pageLength } from './endpoints.ts';

/** Nothing that is asked for has a longer name. */
export const longestValue = 200;

/** A question that can be answered: what was given, as it is allowed there. */
export type Asked = { key: string; given: Readonly<Record<string, string>>; limit: number };

/** The endpoint of a path below the API's, with the key that the path names. Refuses a path that is none, with the nearest. */
export function findEndpoint(path: string): Result<{ name: EndpointName; key: string }> {
  const [first = '', second, ...more] = path.replace(/\/$/, '').split('/');
  for (const name of namesOf(endpoints)) {
    const [own, key] = endpoints[name].path.split('/');
    if (own !== first || more.length > 0 || (key === undefined) !== (second === undefined)) continue;
    const decoded = decode(second ?? '');
    if (decoded !== null) return accepted({ name, key: decoded });
  }
  const paths = namesOf(endpoints).map((name) => endpoints[name].path);
  const known = paths.filter((each) => !each.includes('{'));
  const near = nearest(first.slice(0, 40), known);
  const words =
    near === undefined
      ? `There is nothing at this path. There are ${known.join(', ')}; /api/v1/openapi.json describes them.`
      : `There is nothing at this path. Did you mean /api/v1/${near}?`;
  return refused('unknown-path', words);
}

/** Reads a query. Refuses a parameter that the endpoint has not, with the nearest, and values that it does not take. */
export function readQuery(endpoint: Endpoint, query: URLSearchParams): Result<Omit<Asked, 'key'>> {
  const given: Record<string, string> = {};
  for (const [name, raw] of query) {
    const parameter = endpoint.parameters.find((each) => each.name === name);
    if (parameter === undefined) return unknownParameter(endpoint, name);
    if (name in given) return refused('given-twice', `${name} is given twice. Give it once.`);
    const value = raw.trim();
    const problem = problemOf(name, value, parameter.values);
    if (problem !== null) return problem;
    // `?team=` asks for every team, as without it.
    if (value !== '') given[name] = value;
  }
  const missing = endpoint.parameters.find(
    (each) => each.isRequired === true && given[each.name] === undefined,
  );
  if (missing !== undefined)
    return refused(
      'missing',
      `Give ${missing.name}: ${missing.words}. For example ?${missing.name}=payments.`,
    );
  const limit = readLimit(given['limit']);
  return limit.ok ? accepted({ given, limit: limit.value }) : limit;
}

function problemOf(name: string, value: string, values: readonly string[] | undefined): Refusal | null {
  // A cursor is longer than what it stands for.
  const most = name === 'cursor' ? longestValue * 3 : longestValue;
  if (value.length > most) {
    const what = name === 'q' ? 'A question' : name === 'cursor' ? 'A cursor' : `The value of ${name}`;
    return refused('too-long', `${what} has ${most} characters at most; this one has ${value.length}.`);
  }
  if (/\p{Cc}/u.test(value)) return refused('bad-value', `${name} holds a control character. Leave it out.`);
  if (values === undefined || value === '' || values.includes(value)) return null;
  const near = nearest(value.slice(0, 40), values);
  const mend = near === undefined ? `It is one of ${values.join(', ')}.` : `Did you mean ${near}?`;
  return refused('bad-value', `${name} cannot be “${value.slice(0, 40)}”. ${mend}`);
}

function unknownParameter({ parameters }: Endpoint, name: string): Refusal {
  const names = parameters.map((each) => each.name);
  const typed = name.slice(0, 40);
  const near = nearest(typed, names);
  const takes = names.length === 0 ? 'This path takes none.' : `This path takes ${names.join(', ')}.`;
  const mend = near === undefined ? takes : `Did you mean ${near}?`;
  return refused('unknown-parameter', `There is no parameter “${typed}” here. ${mend}`);
}

function readLimit(text: string | undefined): Result<number> {
  if (text === undefined) return accepted(pageLength.usual);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= pageLength.most
    ? accepted(limit)
    : refused('bad-value', `limit is a whole number from 1 to ${pageLength.most}.`);
}

/** Null: it is not written as an address is, or holds what no key does. */
function decode(part: string): string | null {
  try {
    const key = decodeURIComponent(part);
    return /\p{Cc}/u.test(key) ? null : key;
  } catch {
    return null;
  }
}

function namesOf<Name extends string>(of: Record<Name, unknown>): Name[] {
  return Object.keys(of).filter((name): name is Name => name in of);
}
