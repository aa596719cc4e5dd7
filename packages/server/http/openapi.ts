// SPDX-License-Identifier: Apache-2.0
// The OpenAPI 3.1 document, made from the endpoints that validate requests: it cannot say anything else than they do.
import { z } from 'zod';
import type { Endpoint } from '../wire/endpoint.ts';
import { problem, problemMediaType } from '../wire/problem.ts';

type Data = { readonly [name: string]: unknown };

export function openApiDocument(endpoints: readonly Endpoint[], version: string): Data {
  const paths: Record<string, Record<string, Data>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rapport',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Facts in, books kept, statements out. Amounts are decimal texts with their asset; refusals are problem documents (RFC 9457).',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: namedSchemas(endpoints),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'rapport_session' },
        key: { type: 'http', scheme: 'bearer', description: 'API key' },
      },
    },
  };
}

function operationOf(endpoint: Endpoint): Data {
  const { name, tag, summary, demand, status = 200, isIdempotentByKey } = endpoint;
  const needsCaller = demand !== 'nobody';
  return {
    operationId: name,
    tags: [tag],
    summary,
    ...(needsCaller && demand !== 'signed in' ? { description: `Needs the permission \`${demand}\`.` } : {}),
    security: needsCaller ? [{ session: [] }, { key: [] }] : [],
    parameters: [
      ...parametersOf(endpoint.params, 'path'),
      ...parametersOf(endpoint.query, 'query'),
      ...(isIdempotentByKey === true ? [idempotencyKey] : []),
    ],
    ...bodyOf(endpoint),
    responses: { [`${status}`]: answerOf(endpoint), default: refusal },
  };
}

const idempotencyKey: Data = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Sent again with the same key, a request is answered as the first time',
  schema: { type: 'string', maxLength: 200 },
};

const refusal: Data = {
  description: 'Refused: a problem document with code, sentence, remedy and the real values',
  content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
};

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): readonly Data[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    readonly properties?: Readonly<Record<string, Data>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function bodyOf({ body, consumes }: Endpoint): Data {
  if (body === undefined && consumes === undefined) return {};
  const schema =
    body === undefined
      ? { type: 'string', contentMediaType: 'application/octet-stream' }
      : schemaOf(body, 'input');
  const types = consumes ?? ['application/json'];
  return {
    requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) },
  };
}

function answerOf({ response, produces, summary }: Endpoint): Data {
  if (response !== null)
    return {
      description: summary,
      content: { 'application/json': { schema: schemaOf(response, 'output') } },
    };
  const types = produces ?? ['application/octet-stream'];
  return {
    description: summary,
    content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }])),
  };
}

/** OpenAPI 3.1 takes JSON Schema 2020-12 as it is; named schemas move to the components of the document. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Data {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
  const { $schema: _, $defs: __, ...rest } = JSON.parse(text.replaceAll('#/$defs/', componentsPath)) as Data;
  return rest;
}

const componentsPath = '#/components/schemas/';

/** The schemas that others refer to by name, such as those that contain themselves. */
function namedSchemas(endpoints: readonly Endpoint[]): Data {
  const named: Record<string, unknown> = { Problem: schemaOf(problem, 'output') };
  for (const { response } of endpoints) {
    if (response === null) continue;
    const text = JSON.stringify(z.toJSONSchema(response, { io: 'output', unrepresentable: 'any' }));
    const { $defs = {} } = JSON.parse(text.replaceAll('#/$defs/', componentsPath)) as { $defs?: Data };
    Object.assign(named, $defs);
  }
  return named;
}
