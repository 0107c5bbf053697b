import { describe, expect, it } from 'vitest';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import type { SourceId } from '../../../src/record/source.ts';

/** One organisation with one source, whose lines are given. */
const file = (...lines: readonly string[]): string => `corridor: 1
name: Ousebridge Shared Care
environment: test
pathways:
  - { id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: all }
roles:
  - { id: gp, name: General practitioner, sections: all, clearance: N }
organisations:
  - ods: XB003
    name: Millrace Surgery
    kind: gp
    sources:
      - id: millrace
        authorisation: { profile: none, allowLoopbackHttp: true }
${lines.map((line) => `        ${line}`).join('\n')}
`;

describe('what a source offers', () => {
  it.each([
    ['a section that does not exist', 'offers: [letters]', 'offers[0]'],
    ['none', 'offers: []', 'offers'],
    ['no list', 'offers: documents', 'offers'],
  ])('is refused when it is %s', (_name, line, field) => {
    const parsed = parseCommunity(file('plugin: fhir-r4', 'base: http://localhost:8410/fhir', line), PLUGINS);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.problems.map((problem) => problem.field).join(' ')).toContain(field);
  });

  it('is the list of sections it gives, and is not handed to the plugin as a setting', () => {
    const parsed = parseCommunity(
      file('plugin: fhir-r4', 'base: http://localhost:8410/fhir', 'offers: [documents, about-me]'),
      PLUGINS,
    );
    const source = parsed.ok ? parsed.community.source('millrace' as SourceId) : undefined;
    expect(source?.offers).toEqual(['documents', 'about-me']);
    expect(source?.settings).toEqual({ base: 'http://localhost:8410/fhir' });
  });

  it('is whatever the source supports when it is left out', () => {
    const parsed = parseCommunity(file('plugin: fhir-r4', 'base: http://localhost:8410/fhir'), PLUGINS);
    expect(parsed.ok && parsed.community.source('millrace' as SourceId)).not.toHaveProperty('offers');
  });
});

const GP_CONNECT = (environment: string, allow: string): string =>
  file('plugin: gp-connect', 'provider: https://practice.example/fhir')
    .replace('environment: test', `environment: ${environment}`)
    .replace(
      '{ profile: none, allowLoopbackHttp: true }',
      `{ profile: gpconnect, fromAsid: '200000000115', toAsid: '200000000116'${allow} }`,
    );

describe('the unsigned token of GP Connect', () => {
  it('is refused unless it is allowed in so many letters, and in a live community altogether', () => {
    const problems = (environment: string, allow: string): string => {
      const parsed = parseCommunity(GP_CONNECT(environment, allow), PLUGINS);
      return parsed.ok ? '' : parsed.problems.map(({ field }) => field).join(' ');
    };
    expect(problems('test', '')).toContain('allowUnsignedJwt');
    expect(problems('test', ', allowUnsignedJwt: false')).toContain('allowUnsignedJwt');
    expect(problems('live', ', allowUnsignedJwt: true')).toContain('allowUnsignedJwt');
    expect(problems('test', ', allowUnsignedJwt: true')).toBe('');
  });
});

describe('the plugins of the community file', () => {
  it('read a GP Connect practice by its provider and proxy', () => {
    const lines = ['plugin: gp-connect', 'provider: http://localhost:8410/gpc', 'proxy: http://localhost:8499'];
    const parsed = parseCommunity(file(...lines), PLUGINS);
    expect(parsed.ok && parsed.community.source('millrace' as SourceId)?.settings.base).toBe(
      'http://localhost:8499/http://localhost:8410/gpc',
    );
  });

  it('read another shared record by its base, and refuse a way of asking that is none', () => {
    const good = parseCommunity(file('plugin: ips-summary', 'base: http://localhost:8410/fhir', 'ask: by-id'), PLUGINS);
    expect(good.ok).toBe(true);
    const bad = parseCommunity(file('plugin: ips-summary', 'base: http://localhost:8410/fhir', 'ask: nicely'), PLUGINS);
    expect(bad.ok ? '' : bad.problems.map(({ field }) => field).join()).toContain('ask');
  });
});
