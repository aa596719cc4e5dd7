// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document says of every address what it takes and answers, and is whole in itself.
import { expect, test } from 'vitest';
import { endpoints } from '../wire/endpoint-list.ts';
import { openApiDocument } from './openapi.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
}
const document = openApiDocument(endpoints, '1.2.3') as {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const text = JSON.stringify(document);

test('every endpoint has its operation, with the parameters of its path and an answer to refusals', () => {
  for (const { name, method, path, status = 200 } of endpoints) {
    const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    expect(operation?.operationId).toBe(name);
    expect(Object.keys(operation!.responses).sort()).toEqual([`${status}`, 'default']);
    const named = operation!.parameters.filter((parameter) => parameter.in === 'path' && parameter.required);
    expect(named.map((parameter) => parameter.name).sort()).toEqual(
      [...path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter).sort(),
    );
  }
});

test('every reference leads to something in the document', () => {
  expect(document.openapi).toBe('3.1.0');
  const places = [...text.matchAll(/"\$ref":"(#[^"]*)"/g)].map(([, place]) => place!);
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) expect(found(place), place).toBeDefined();
});

function found(place: string): unknown {
  let here: unknown = document;
  for (const part of place.split('/').slice(1)) {
    const name = part.replace(/~1/g, '/').replace(/~0/g, '~');
    here = (here as Record<string, unknown> | undefined)?.[name];
  }
  return here;
}
