import { z } from 'zod';
import { apiPath, descriptionPath, type Endpoint, endpoints, pageLength } from './endpoints.ts';
import { longestValue } from './query.ts';
import { mostRequests } from './rate.ts';
import { schemas } from './schemas.ts';

/** The statuses that a request may come to besides 200. */
const refusals = {
  400: 'The question cannot be answered as it is: a parameter is not known, too long, or names nothing',
  401: 'No token, one that is not known, or one that was revoked',
  404: 'Nothing is there, or not everybody may see it',
  405: 'Something else than GET',
  429: `More than ${mostRequests} requests in a minute; Retry-After says in how many seconds to ask again`,
};

/** The description of the whole API by OpenAPI 3.1, made from what it answers with. */
export function describeApi(): object {
  const operations = Object.entries(endpoints).map(([name, endpoint]) => [
    `/${endpoint.path}`,
    { get: operationOf(name, endpoint) },
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Cairn',
      version: '1',
      description:
        'Who owns what, and how it stands: what everybody in the workspace may see, to be read by other tools.',
    },
    servers: [{ url: apiPath.slice(0, -1) }],
    security: [{ token: [] }],
    paths: {
      ...Object.fromEntries(operations),
      [`/${descriptionPath}`]: {
        get: {
          operationId: 'openapi',
          summary: 'This description; it needs no token',
          security: [],
          responses: { 200: { description: 'OpenAPI 3.1', ...json({ type: 'object' }) } },
        },
      },
    },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An admin makes one in `/cairn setup`' },
      },
      schemas: components(),
    },
  };
}

function operationOf(name: string, endpoint: Endpoint): object {
  const hasKey = endpoint.path.includes('{key}');
  const codes = Object.entries(refusals).filter(([code]) => code !== '404' || hasKey);
  return {
    operationId: name,
    summary: endpoint.words,
    parameters: [
      ...(hasKey ? [{ name: 'key', in: 'path', required: true, schema: { type: 'string' } }] : []),
      ...endpoint.parameters.map(({ name: parameter, words, values, isRequired = false }) => ({
        name: parameter,
        in: 'query',
        required: isRequired,
        description: words,
        schema: schemaOf(parameter, values),
      })),
    ],
    responses: {
      200: { description: 'What was asked for', ...json(refTo(endpoint.answer)) },
      ...Object.fromEntries(
        codes.map(([code, description]) => [code, { description, ...json(ref('Error')) }]),
      ),
    },
  };
}

function schemaOf(parameter: string, values: readonly string[] | undefined): object {
  if (parameter === 'limit')
    return { type: 'integer', minimum: 1, maximum: pageLength.most, default: pageLength.usual };
  if (values !== undefined) return { type: 'string', enum: values };
  return parameter === 'cursor' ? { type: 'string' } : { type: 'string', maxLength: longestValue };
}

function components(): object {
  const { schemas: made } = z.toJSONSchema(schemas, { uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    // Each is a part of one document here, and no document of its own.
    Object.entries(made).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema]),
  );
}

function refTo(schema: z.ZodType): object {
  const known = schemas.get(schema);
  if (known === undefined) throw new Error('an answer has no name in the description');
  return ref(known.id);
}

function ref(id: string): object {
  return { $ref: `#/components/schemas/${id}` };
}

function json(schema: object): object {
  return { content: { 'application/json': { schema } } };
}
