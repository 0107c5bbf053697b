import { describe, expect, it } from 'vitest';
import { parseCommunity } from '../../../launcher/trust/parse-community.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import type { OdsCode } from '../../../src/record/source.ts';

const TEAM = '{ id: duty, name: Duty doctor, roles: [gp], inbox: north }';
const INBOX = '{ plugin: fhir-messaging }';

const file = (parts: {
  inbox?: string;
  team?: string;
  environment?: string;
  launch?: string;
  auth?: string;
}): string => {
  const { inbox = INBOX, team = TEAM, environment = 'test', launch = '', auth = 'https://auth.example/token' } = parts;
  return `corridor: 1
name: Ousebridge Shared Care
environment: ${environment}
pathways:
  - { id: direct-care, name: Direct care, purpose: direct-care, askers: all, givers: all }
roles:
  - { id: gp, name: General practitioner, sections: all, clearance: N }
organisations:
  - ods: XB001
    name: Northcliffe Surgery
    kind: gp
${launch}
    ${team === '' ? '' : `teams: [${team}]`}
    sources:
      - id: north
        plugin: fhir-r4
        base: https://fhir.example/r4
        authorisation: { profile: smart-b2b, tokenEndpoint: "${auth}", clientId: c, scopes: system/*.rs }
        ${inbox === '' ? '' : `inbox: ${inbox}`}
`;
};
const LAUNCH = (more: string): string => `    launch:
      plugin: smart-launch
      iss: https://fhir.example/r4
      issuers: [https://auth.example]
      clientId: c
      clientAuthentication: private_key_jwt
      allowedOrigins: [https://fhir.example]
      frameAncestors: [https://fhir.example]
      roles: { R8000: gp }
      ${more}`;

const problems = (parts: Parameters<typeof file>[0]): readonly string[] => {
  const parsed = parseCommunity(file(parts), PLUGINS);
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field} ${message}`);
};
const AT = 'organisations[0].sources[0].inbox';

describe('an inbox of the community file is refused', () => {
  it.each([
    [
      'by a plugin that hands nothing over',
      '{ plugin: fhir-r4 }',
      `${AT}.plugin is not a plugin that hands messages over`,
    ],
    ['by a plugin that is none', '{ plugin: pigeon-post }', `${AT}.plugin is not a plugin that hands messages over`],
    [
      'at http',
      '{ plugin: fhir-messaging, base: "http://fhir.example/in" }',
      `${AT}.base uses http beyond this machine`,
    ],
    [
      'with keys at http',
      '{ plugin: fhir-messaging, acknowledgements: { jwksUri: "http://fhir.example/keys" } }',
      `${AT}.acknowledgements.jwksUri uses http beyond this machine`,
    ],
    ['that waits for ever', '{ plugin: fhir-messaging, deadlineMs: 600000 }', `${AT}.deadlineMs`],
    ['with a setting nobody knows', '{ plugin: fhir-messaging, colour: blue }', AT],
    ['for documents of nobody', '{ plugin: document-filing }', `${AT}.senders`],
    [
      'for a mailbox that is none',
      '{ plugin: document-filing, senders: { XB101: { mailbox: x, telephone: "01632 960001" } } }',
      `${AT}.senders.XB101.mailbox`,
    ],
  ])('%s', (_what, inbox, found) => {
    expect(problems({ inbox }).join('\n')).toContain(found);
  });

  it('under a team whose source has none: what is written there would wait for ever', () => {
    expect(problems({ inbox: '' })).toEqual(['organisations[0].teams[0].inbox is a source without an inbox']);
  });

  it('as is a list for launches without a patient where there is no team', () => {
    expect(problems({ launch: LAUNCH('withoutPatient: inbox'), team: '' })).toEqual([
      'organisations[0].launch.withoutPatient shows the list of no team',
    ]);
    expect(problems({ launch: LAUNCH('withoutPatient: record') }).join()).toContain('launch.withoutPatient');
  });
});

describe('an inbox of the community file', () => {
  it('is reached at the source’s base, by its sign-in, with a scope of its own, unless it says otherwise', () => {
    const parsed = parseCommunity(file({}), PLUGINS);
    const source = parsed.ok && parsed.community.member('XB001' as OdsCode)?.sources[0];
    if (!source) throw new Error('no source');
    expect(source.inbox).toMatchObject({
      plugin: 'fhir-messaging',
      settings: { base: 'https://fhir.example/r4', answers: 'at-once' },
      authorisation: { tokenEndpoint: 'https://auth.example/token', scopes: 'system/Communication.c' },
      deadlineMs: 8_000,
    });
    // What reads the source is as it was: no scope to write goes out with a question.
    expect(source.authorisation).toMatchObject({ scopes: 'system/*.rs' });
    expect(source.settings).not.toHaveProperty('inbox');
  });

  it('may be at another address, by another mechanism', () => {
    const inbox =
      '{ plugin: document-filing, base: "https://itk.example/in", scopes: system/DocumentReference.c, senders: { XB101: { mailbox: XB101OT001, telephone: "01632 960001" } } }';
    const parsed = parseCommunity(file({ inbox, launch: LAUNCH('withoutPatient: inbox') }), PLUGINS);
    const member = parsed.ok ? parsed.community.member('XB001' as OdsCode) : undefined;
    expect(member?.sources[0]?.inbox).toMatchObject({
      plugin: 'document-filing',
      settings: { base: 'https://itk.example/in', answers: 'later' },
      authorisation: { scopes: 'system/DocumentReference.c' },
    });
    expect(member?.launch?.withoutPatient).toBe('inbox');
  });
});
