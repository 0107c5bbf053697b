import { describe, expect, it } from 'vitest';
import { ConfigError, environmentName, readConfig, SETTINGS } from '../../launcher/config.ts';

function problemsOf(environment: Record<string, string>, values: Record<string, unknown> = {}): readonly string[] {
  try {
    readConfig(environment, values);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const KEY = Buffer.alloc(32, 7).toString('base64');

describe('a configuration is refused', () => {
  it.each([
    ['CORRIDOR_SERVER_PORT', 'http'],
    ['CORRIDOR_SERVER_PORT', '65536'],
    ['CORRIDOR_SERVER_PORT', '0x50'],
    ['CORRIDOR_SERVER_PORT', '1e3'],
    ['CORRIDOR_SERVER_PORT', '-1'],
    ['CORRIDOR_SERVER_PORT', '80.5'],
    ['CORRIDOR_SOURCE_PAGE_SIZE', '201'],
    ['CORRIDOR_SOURCE_PAGE_BYTES', '999'],
    ['CORRIDOR_LOG_LEVEL', 'loud'],
    ['CORRIDOR_SERVER_PUBLIC_URL', 'http://records.example'],
    ['CORRIDOR_SERVER_PUBLIC_URL', 'https://records.example/path'],
    ['CORRIDOR_SERVER_PUBLIC_URL', 'https://user@records.example'],
    ['CORRIDOR_SERVER_PUBLIC_URL', 'records.example'],
    ['CORRIDOR_SEAL_KEYS', 'a:AAAA'],
    ['CORRIDOR_SEAL_KEYS', `a:${KEY},a:${KEY}`],
    ['CORRIDOR_SEAL_KEYS', `a:${KEY},`],
    ['CORRIDOR_METRICS_TOKEN', 'short'],
  ])('with %s=%s, naming the setting and not repeating the value', (variable, value) => {
    const [problem = '', ...rest] = problemsOf({ [variable]: value });
    expect(rest).toEqual([]);
    expect(problem).toContain(`(${variable}): `);
    expect(problem.split('): ')[1]).not.toContain(value);
  });

  it('with every problem named at once', () => {
    expect(
      problemsOf({ CORRIDOR_SERVER_PORT: 'x', CORRIDOR_SOURCE_PAGES: 'x', CORRIDOR_SOURCE_PGES: '1' }),
    ).toHaveLength(3);
  });

  it('when a name is misspelt, in the environment or in code', () => {
    expect(problemsOf({ CORRIDOR_SESSION_IDLE: '1' })[0]).toMatch(/^CORRIDOR_SESSION_IDLE: there is no such setting/);
    expect(problemsOf({}, { 'session.idle': 1 })[0]).toMatch(/^session.idle: there is no such setting/);
  });

  it('when two limits contradict each other', () => {
    expect(problemsOf({ CORRIDOR_SESSION_IDLE_MS: '60000', CORRIDOR_SESSION_ABSOLUTE_MS: '50000' })[0]).toContain(
      'session.idleMs',
    );
    expect(problemsOf({ CORRIDOR_SOURCE_TOTAL_MS: '100' })).toHaveLength(2);
    expect(problemsOf({ CORRIDOR_STREAM_PER_USER: '300' })[0]).toContain('stream.perUser');
  });

  it('when code gives a value of the wrong kind', () => {
    expect(problemsOf({}, { 'server.port': '80 ' })).toHaveLength(1);
    expect(problemsOf({}, { 'server.port': true })).toHaveLength(1);
    expect(problemsOf({}, { 'storage.url': 5 })).toHaveLength(1);
  });
});

describe('a configuration', () => {
  it('has the limits that were agreed when nothing is set', () => {
    const config = readConfig({});
    expect(config.source).toMatchObject({
      pageSize: 200,
      pageBytes: 8 * 1024 * 1024,
      pages: 50,
      resources: 5_000,
      concurrency: 4,
      jsonDepth: 64,
    });
    expect(config.launch).toMatchObject({ ttlMs: 300_000, outstandingPerOrganisation: 1_000, tokenBytes: 2_048 });
    expect(config.session).toMatchObject({ idleMs: 900_000, absoluteMs: 28_800_000 });
  });

  it('reads the environment, and prefers what code gives', () => {
    const environment = {
      CORRIDOR_SERVER_PORT: '9000',
      CORRIDOR_SOURCE_PAGE_BYTES: '2048',
      CORRIDOR_LOG_LEVEL: 'warn',
    };
    const config = readConfig(environment, { 'server.port': 0 });
    expect([config.server.port, config.source.pageBytes, config.log.level]).toEqual([0, 2_048, 'warn']);
  });

  it('takes an empty variable as not set, and leaves variables of others alone', () => {
    const config = readConfig({
      CORRIDOR_SERVER_PORT: ' ',
      CORRIDOR_PORT: 'tcp://10.0.0.1:80',
      CORRIDOR_TEST_DATABASE_URL: 'x',
      PATH: '/bin',
    });
    expect(config.server.port).toBe(8_400);
  });

  it('takes http only on loopback for its public address, and drops a trailing slash', () => {
    expect(readConfig({}, { 'server.publicUrl': 'http://127.0.0.1:8400/' }).server.publicUrl).toBe(
      'http://127.0.0.1:8400',
    );
    expect(readConfig({}, { 'server.publicUrl': 'https://records.example' }).server.publicUrl).toBe(
      'https://records.example',
    );
  });

  it('reads the keys of the seal in order', () => {
    const keys = readConfig({ CORRIDOR_SEAL_KEYS: `new:${KEY}, old:${KEY}` }).seal.keys;
    expect(keys?.map(({ id, key }) => [id, key.length])).toEqual([
      ['new', 32],
      ['old', 32],
    ]);
  });

  it('can’t be changed once read', () => {
    expect(() => Object.assign(readConfig({}).source, { pages: 1 })).toThrow(TypeError);
  });

  it('gives each setting a variable of its own', () => {
    expect(environmentName('launch.outstandingPerOrganisation')).toBe('CORRIDOR_LAUNCH_OUTSTANDING_PER_ORGANISATION');
    const names = Object.keys(SETTINGS).map(environmentName);
    expect(new Set(names).size).toBe(names.length);
  });
});
