// SPDX-License-Identifier: Apache-2.0
// The environment is checked as a whole before anything starts, and the log keeps secrets and persons to itself.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConfiguration } from './configuration.ts';
import { newLog } from './log.ts';
import { settings } from './settings.ts';

const surroundings = { isTerminal: false, usualDataFolder: '/srv/rapport' };
const read = (given: Record<string, string>) => readConfiguration(given, surroundings);

describe('configuration', () => {
  test('of nothing is a service on this machine with a database and a demo of its own', () => {
    expect(read({})).toEqual({
      kind: 'read',
      configuration: {
        host: '127.0.0.1',
        port: 8080,
        publicUrl: null,
        dataFolder: '/srv/rapport',
        databaseUrl: null,
        databasePool: 10,
        hasDemo: true,
        ownerEmail: 'owner@example.com',
        secretKey: null,
        trustedProxies: [],
        sendsInside: false,
        identityProvider: null,
        log: { level: 'info', format: 'json' },
      },
    });
  });

  test('takes what is given, and an empty value as not given', () => {
    expect(
      read({
        HOST: '0.0.0.0',
        PORT: '0',
        RAPPORT_URL: 'https://pay.example.com/',
        RAPPORT_DATA: '/data',
        DATABASE_URL: 'postgres://u:p@db/rapport',
        RAPPORT_TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2',
        RAPPORT_LOG_LEVEL: '',
        RAPPORT_OIDC_DISCOVERY_URL: 'https://id.example.com/.well-known/openid-configuration',
        RAPPORT_OIDC_CLIENT_ID: 'rapport',
        RAPPORT_OIDC_CLIENT_SECRET: 's',
        UNRELATED: 'x',
      }),
    ).toMatchObject({
      kind: 'read',
      configuration: {
        host: '0.0.0.0',
        port: 0,
        publicUrl: 'https://pay.example.com',
        dataFolder: '/data',
        hasDemo: false,
        trustedProxies: ['10.0.0.1', '10.0.0.2'],
        sendsInside: false,
        identityProvider: { id: 'company', clientId: 'rapport' },
        log: { level: 'info' },
      },
    });
  });

  test.each([
    ['PORT', '70000', 'PORT has to be a port from 0 to 65535.'],
    ['PORT', '80a', 'PORT has to be a port from 0 to 65535.'],
    ['DATABASE_URL', 'mysql://u:geheim@x', 'DATABASE_URL has to begin with postgres:// or postgresql://.'],
    [
      'RAPPORT_URL',
      'https://a.example/path',
      'RAPPORT_URL has to be an address such as https://pay.example.com, without a path.',
    ],
    ['RAPPORT_DEMO', 'true', 'RAPPORT_DEMO has to be yes or no.'],
    ['RAPPORT_DATABASE_POOL', '1', 'RAPPORT_DATABASE_POOL has to be a number from 2 to 200.'],
    ['RAPPORT_OIDC_DISCOVERY_URL', 'http://id', 'RAPPORT_OIDC_DISCOVERY_URL has to begin with https://.'],
    ['RAPPORT_PROT', '1', 'RAPPORT_PROT is no setting of Rapport.'],
  ])('refuses %s=%s with a sentence that does not repeat the value', (name, value, problem) => {
    expect(read({ [name]: value })).toEqual({ kind: 'wrong', problems: [problem] });
  });

  test('tells every problem at once, and what an identity provider still needs', () => {
    expect(read({ PORT: 'x', RAPPORT_DEMO: 'x' })).toMatchObject({
      problems: [{}, {}].map(() => expect.any(String)),
    });
    expect(read({ RAPPORT_OIDC_CLIENT_ID: 'rapport' })).toMatchObject({
      problems: [
        'RAPPORT_OIDC_DISCOVERY_URL is missing: OpenID Connect needs all three of its settings.',
        'RAPPORT_OIDC_CLIENT_SECRET is missing: OpenID Connect needs all three of its settings.',
      ],
    });
  });

  test('is documented: every variable has its row in the guide, with the same words', () => {
    const guide = readFileSync('docs/guides/operate.md', 'utf8');
    const rows = guide
      .split('\n')
      .filter((line) => /^\| `[A-Z_]+`/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows).toEqual(
      Object.entries(settings).map(([name, { meaning, usually }]) => [`\`${name}\``, meaning, usually]),
    );
  });
});

describe('the log', () => {
  const linesOf = (format: 'json' | 'text', level: 'info' | 'warn' = 'info') => {
    const lines: string[] = [];
    const clock = () => new Date('2026-05-01T12:00:00Z');
    return { lines, log: newLog({ level, format, clock, write: (line) => lines.push(line) }) };
  };

  test('says when, how bad, what, and with which facts', () => {
    const { lines, log } = linesOf('json');
    log.info('started', { port: 8080, time: 'never' });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { port: 8080, time: '2026-05-01T12:00:00.000Z', level: 'info', event: 'started' },
    ]);
  });

  test('is one line for people, whatever the facts hold', () => {
    const { lines, log } = linesOf('text', 'warn');
    log.info('not said');
    log.warn('slow', { path: '/api/v1', why: 'two\nlines' });
    expect(lines).toEqual([String.raw`12:00:00 warn: slow path=/api/v1 why="two\nlines"`]);
  });

  test.each([
    [{ password: 'geheim' }],
    [{ clientSecret: 'geheim' }],
    [{ 'set-cookie': 'geheim' }],
    [{ url: 'postgres://rapport:geheim@db/rapport' }],
    [{ why: 'connect to postgres://geheim@db failed' }],
    [{ header: 'Bearer geheim' }],
    [{ why: 'no user geheim@example.com here' }],
    [{ body: 'geheim' }],
  ])('strikes out what is secret or personal in %j', (facts) => {
    for (const format of ['json', 'text'] as const) {
      const { lines, log } = linesOf(format);
      log.error('failed', facts);
      expect(lines.join()).not.toContain('geheim');
      expect(lines.join()).toContain('***');
    }
  });
});
