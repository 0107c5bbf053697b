import { describe, expect, it } from 'vitest';
import type { PermittedRequest, RecordAsk } from '../../../../launcher/access/decision.ts';
import { createLocate } from '../../../../launcher/identity/locate.ts';
import type { Community } from '../../../../launcher/trust/community.ts';
import type { OdsCode } from '../../../../src/record/source.ts';

const pushes = { jwksUri: 'https://a.example/jwks' };
const sources: Record<string, { ods: string; pointers?: { jwksUri: string } }> = {
  home: { ods: 'XB001', pointers: pushes },
  holder: { ods: 'XB101', pointers: pushes },
  stranger: { ods: 'XB102', pointers: pushes },
  silent: { ods: 'XB201' },
  unfinished: { ods: 'XB202', pointers: pushes },
};
const community = (locator: 'all' | 'pointers') =>
  ({ locator, source: (id: string) => sources[id] }) as unknown as Community;
const request = (ask: RecordAsk = { kind: 'record' }) =>
  ({
    ask,
    permitted: new Map(Object.keys(sources).map((id) => [id, []])),
    session: { context: { home: { ods: 'XB001' }, patient: { nhsNumber: '9990000018' } } },
  }) as unknown as PermittedRequest;
const locateWith = (known: readonly string[] | undefined, locator: 'all' | 'pointers' = 'pointers', ask?: RecordAsk) =>
  createLocate({
    community: community(locator),
    find: () => Promise.resolve(known as readonly OdsCode[] | undefined),
    speaks: (organisation) => organisation !== 'XB202',
  })(request(ask));

describe('H06 nobody is left out', () => {
  const everyone = Object.keys(sources);
  it.each<[string, readonly string[] | undefined, 'all' | 'pointers', RecordAsk | undefined]>([
    ['where the community asks all', ['XB101'], 'all', undefined],
    ['when nobody ever said anything of this person', undefined, 'pointers', undefined],
    ['when the last who held them took it back', [], 'pointers', undefined],
    ['when the reader asks by name', ['XB101'], 'pointers', { kind: 'record', only: ['stranger' as never] }],
  ])('%s', async (_title, known, locator, ask) => {
    const located = await locateWith(known, locator, ask);
    expect([located.sources, located.notAsked]).toEqual([everyone, undefined]);
  });
});

describe('of those who push whom they know', () => {
  it('one that never said that it has named everybody is asked', async () => {
    expect((await locateWith(['XB101'])).sources).toContain('unfinished');
  });

  it('only the ones that named this person are asked, besides the home EPR and all who push nothing; the rest is said', async () => {
    const located = await locateWith(['XB101']);
    expect(located.sources).toEqual(['home', 'holder', 'silent', 'unfinished']);
    expect(located.notAsked).toEqual(['stranger']);
  });
});

describe('a person whose number was replaced', () => {
  it('is asked for wherever either number was named', async () => {
    const both = request();
    Object.assign(both.session.context.patient, { supersedes: '9990000026' });
    const located = await createLocate({
      community: community('pointers'),
      find: (number) => Promise.resolve([number === '9990000026' ? 'XB102' : 'XB101'] as unknown as OdsCode[]),
      speaks: () => true,
    })(both);
    expect(located.sources).toEqual(['home', 'holder', 'stranger', 'silent']);
  });
});
