import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeApi } from '../../../../src/features/api/core/description.ts';
import { endpoints } from '../../../../src/features/api/core/endpoints.ts';
import { tooMany } from '../../../../src/features/api/core/rate.ts';
import { digestOf, hintOf, makeSecret, readAuthorization } from '../../../../src/features/api/core/token.ts';

describe('a token', () => {
  it('is 32 random bytes behind a word that says whose it is', () => {
    const secret = makeSecret();
    expect(secret).toMatch(/^cairn_[\w-]{43}$/);
    expect(makeSecret()).not.toBe(secret);
    expect(hintOf(secret)).toBe(secret.slice(-4));
    expect(digestOf(secret)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is read from the header, however the scheme is written', () => {
    const secret = makeSecret();
    expect(readAuthorization(`Bearer ${secret}`)).toBe(secret);
    expect(readAuthorization(`bearer  ${secret} `)).toBe(secret);
    expect(readAuthorization(undefined)).toBeNull();
    expect(readAuthorization('Basic YTpi')).toBeNull();
    expect(readAuthorization('Bearer')).toBeNull();
    for (const other of ['x', `${secret}x`, secret.slice(0, -1), `x${secret}`])
      expect(readAuthorization(`Bearer ${other}`)).toBe('');
  });
});

it('who has asked too often is told when to ask again', () => {
  expect(tooMany(42).words).toBe(
    'A token may ask 120 times a minute, and this one has. Ask again in 42 seconds.',
  );
  expect(tooMany(1).words).toContain('Ask again in a second.');
});

describe('the description', () => {
  const description = z
    .object({
      openapi: z.literal('3.1.0'),
      paths: z.record(
        z.string(),
        z.object({
          get: z.object({
            operationId: z.string(),
            parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional(),
            responses: z.record(z.string(), z.unknown()),
          }),
        }),
      ),
      components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
    })
    .parse(describeApi());

  it('has every path with its parameters, and itself', () => {
    expect(Object.keys(description.paths)).toEqual([
      ...Object.values(endpoints).map(({ path }) => `/${path}`),
      '/openapi.json',
    ]);
    expect(description.paths['/rocks']?.get.parameters?.map(({ name }) => name)).toEqual([
      'team',
      'owner',
      'state',
      'limit',
      'cursor',
    ]);
    expect(description.paths['/rocks/{key}']?.get.parameters).toMatchObject([{ name: 'key', in: 'path' }]);
    expect(Object.keys(description.paths['/rocks']?.get.responses ?? {})).toEqual([
      '200',
      '400',
      '401',
      '405',
      '429',
    ]);
  });

  it('leads nowhere that is not in it', () => {
    const text = JSON.stringify(description);
    const led = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '');
    expect(led.length).toBeGreaterThan(20);
    for (const name of led) expect(Object.keys(description.components.schemas)).toContain(name);
    expect(text.match(/"\$ref":"(?!#\/components)/)).toBeNull();
  });

  it('has no room for an e-mail address, a load or the words of a check-in', () => {
    const fields = [...JSON.stringify(description.components).matchAll(/"(\w+)":\{/g)].map(
      ([, name]) => name,
    );
    for (const secret of ['email', 'load', 'weight', 'health_words', 'grade_words', 'notes'])
      expect(fields).not.toContain(secret);
  });
});
