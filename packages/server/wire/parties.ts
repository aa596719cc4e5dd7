// SPDX-License-Identifier: Apache-2.0
// Parties and things: who they are in other systems, their attributes from day to day, their relations.
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { fieldForm, fieldValue } from './facts.ts';
import { day, identifier, pageOf, pageQuery, plainText, sequence } from './values.ts';
import { inWorkspace, workspacePath } from './workspace-path.ts';

const inParty = inWorkspace.extend({ party: identifier });

export const partyReference = z.object({
  system: z.string().max(200).default('').describe('Other system; empty: the name that all systems share'),
  reference: identifier,
});

/** A value that holds from a day on; `from` null: always. */
export const datedValue = z.object({
  attribute: identifier,
  value: fieldValue,
  from: day.nullable(),
  through: day.nullable(),
  sequence: sequence.nullable(),
});

export const party = z.object({
  party: z.string(),
  kind: z.string(),
  state: z.enum(['known', 'unknown']).describe('unknown: a fact named it, nobody has said yet who it is'),
  name: z.string().nullable().describe('null where it was erased or never given'),
  references: z.array(partyReference),
  createdAt: z.iso.datetime(),
});
export type Party = z.infer<typeof party>;

export const listParties = endpoint({
  name: 'listParties',
  method: 'GET',
  path: `${workspacePath}/parties`,
  demand: 'parties.read',
  summary: 'Parties, by name',
  tag: 'Parties',
  params: inWorkspace,
  query: pageQuery.extend({
    kind: identifier.optional(),
    state: z.enum(['known', 'unknown']).optional(),
    text: plainText(200).optional().describe('The beginning of words of a name, or part of a reference'),
  }),
  response: pageOf(party),
});

export const partyRequest = z.object({
  kind: identifier,
  name: plainText(200).nullable().default(null),
  references: z.array(partyReference).max(50).default([]),
  attributes: z.record(identifier, fieldValue).default({}).describe('Values that always hold'),
  /** Participation: the fields that the agreement names in `lasts`. */
});

export const createParty = endpoint({
  name: 'createParty',
  method: 'POST',
  path: `${workspacePath}/parties`,
  demand: 'parties.change',
  summary: 'Add a party, or say who an unknown one is',
  tag: 'Parties',
  params: inWorkspace,
  body: partyRequest,
  response: party,
  status: 201,
  isIdempotentByKey: true,
});

export const readParty = endpoint({
  name: 'readParty',
  method: 'GET',
  path: `${workspacePath}/parties/:party`,
  demand: 'parties.read',
  summary: 'A party with attributes and relations',
  tag: 'Parties',
  params: inParty,
  response: party.extend({
    attributes: z.array(datedValue),
    /** Relations as dated links to other parties: Manager, Territory, Household. */
    relations: z.array(
      z.object({
        attribute: z.string(),
        to: z.string(),
        toName: z.string().nullable(),
        from: day.nullable(),
        through: day.nullable(),
      }),
    ),
    related: z.array(z.object({ attribute: z.string(), of: z.string(), ofName: z.string().nullable() })),
    participation: z.array(
      z.object({ agreement: z.string(), from: day.nullable(), through: day.nullable() }),
    ),
  }),
});

export const changeParty = endpoint({
  name: 'changeParty',
  method: 'PATCH',
  path: `${workspacePath}/parties/:party`,
  demand: 'parties.change',
  summary: 'Change the name or add references',
  tag: 'Parties',
  params: inParty,
  body: z.object({
    name: plainText(200).optional(),
    references: z.array(partyReference).max(50).optional(),
  }),
  response: party,
});

/** One dated value: an attribute, a relation (its value is a party) or a day of participation. */
export const attributeRequest = z.object({
  attribute: identifier,
  value: fieldValue,
  from: day.nullable().default(null),
  through: day.nullable().default(null),
});
export const setAttributes = endpoint({
  name: 'setAttributes',
  method: 'POST',
  path: `${workspacePath}/parties/:party/attributes`,
  demand: 'relations.change',
  summary: 'Record attributes, relations and participation from a day on',
  tag: 'Parties',
  params: inParty,
  body: z.object({ values: z.array(attributeRequest).min(1).max(500) }),
  response: z.object({ sequences: z.array(sequence) }),
  isIdempotentByKey: true,
});

export const partyKind = z.object({
  kind: z.string(),
  plural: z.string(),
  role: z.enum(['the party', 'parties', 'things']),
  agreements: z.array(z.string()),
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.string().describe('In words'),
      form: fieldForm,
      isDated: z.boolean(),
    }),
  ),
});
export const listPartyKinds = endpoint({
  name: 'listPartyKinds',
  method: 'GET',
  path: `${workspacePath}/party-kinds`,
  demand: 'workspace.read',
  summary: 'Kinds of parties and things that active agreements declare',
  tag: 'Parties',
  params: inWorkspace,
  response: z.object({ items: z.array(partyKind) }),
});
