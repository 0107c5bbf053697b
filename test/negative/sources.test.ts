import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { guardedLookup } from '../../launcher/federation/source-address.ts';
import type { Resource } from '../../src/record/resource.ts';
import { allergy, bundle, person, sendJson, type Script } from '../support/fhir-server.ts';
import { NHS_NUMBER } from '../support/federation.ts';
import { useSourceViews } from '../support/source-views.ts';

const sources = useSourceViews();
const ALLERGIES = 'AllergyIntolerance';

/** A source that answers the search for allergies as scripted. */
async function answering(script: Script, more: Parameters<typeof sources.view>[1] = {}) {
  const server = await sources.serve([allergy('a1', 'p1')]);
  server.script(ALLERGIES, script);
  return { server, ...(await sources.view(server, more)) };
}
const sends = (value: unknown, status = 200, type?: string): Script => {
  return (_seen, response) => sendJson(response, value, status, type);
};

describe('a source that is not sure whom it means', () => {
  it('57 finds two people for the number: nothing of either is asked for', async () => {
    const server = await sources.serve([person('p2', NHS_NUMBER), allergy('a1', 'p1')]);
    expect(await sources.view(server)).toMatchObject({ ended: 'failed source.ambiguous', shown: [] });
    expect(server.seen.some(({ path }) => path.includes(ALLERGIES))).toBe(false);
  });

  it.each([
    ['58 answers with another NHS number', person('p1', '9990000026'), 'source.wrong_patient'],
    [
      '58 answers with another birth date',
      person('p1', NHS_NUMBER, { birthDate: '1999-01-01' }),
      'source.details_differ',
    ],
  ])('%s: discarded, and the alarm is in the audit', async (_title, patient, code) => {
    const server = await sources.serve([allergy('a1', 'p1')]);
    server.script('Patient', sends(bundle([patient])));
    const { ended, shown, audit } = await sources.view(server);
    expect([ended, shown]).toEqual([`failed ${code}`, []]);
    expect(audit.map(({ type }) => type)).toContain(code);
  });

  it.each<[string, Resource]>([
    ['59 another patient’s resource', allergy('bad', 'p2')],
    ['59 a resource of nobody', { ...allergy('bad', 'p1'), patient: undefined }],
    [
      '60 an absolute reference to another server’s patient',
      allergy('bad', 'x', 'X', { patient: { reference: 'https://x.example/Patient/p1' } }),
    ],
    ['60 a reference that climbs', allergy('bad', 'x', 'X', { patient: { reference: '../Patient/p2' } })],
    [
      '60 a contained patient',
      allergy('bad', 'x', 'X', { patient: { reference: '#p' }, contained: [person('p', '9990000026')] }),
    ],
  ])('%s is dropped, counted and told', async (_title, resource) => {
    const { ended, shown, audit } = await sources.view(await sources.serve([allergy('a1', 'p1'), resource]));
    expect([ended, shown]).toEqual(['failed source.wrong_patient', ['a1']]);
    expect(audit.find(({ type }) => type === 'source.wrong_patient')?.detail).toEqual({ resources: 1 });
  });
});

describe('a source that answers with something else', () => {
  it('61 a page with an OperationOutcome among its entries is not the whole answer', async () => {
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', code: 'incomplete' }] };
    const seen = await answering(sends(bundle([allergy('a1', 'p1'), outcome])));
    expect([seen.ended, seen.shown]).toEqual(['truncated source.truncated', ['a1']]);
  });

  it.each([
    [
      '62 a bare OperationOutcome in a 200',
      sends({ resourceType: 'OperationOutcome', issue: [] }),
      'failed source.invalid_answer',
    ],
    ['62 a web page in a 422', sends('<html>', 422, 'text/html'), 'failed source.invalid_answer'],
    ['71 a web page in a 200', sends('<html>', 200, 'text/html'), 'failed source.invalid_answer'],
    ['71 FHIR as XML', sends('<Bundle/>', 200, 'application/fhir+xml'), 'failed source.invalid_answer'],
    [
      '71 UTF-16',
      (_seen, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/fhir+json' })
          .end(Buffer.from(JSON.stringify(bundle([])), 'utf16le')),
      'failed source.invalid_answer',
    ],
    [
      '66 a redirect to elsewhere',
      (_seen, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
      'failed source.invalid_answer',
    ],
    [
      '67 more bytes than a page may have',
      sends(JSON.stringify({ x: 'y'.repeat(2_000_000) })),
      'failed source.too_large',
    ],
    ['67 a million brackets', sends(`${'['.repeat(900_000)}`), 'failed source.invalid_answer'],
    [
      '68 a compressed bomb',
      (_seen, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(60_000_000, 0x20))),
      'failed source.too_large',
    ],
  ] as readonly (readonly [string, Script, string])[])('%s', async (_title, script, ended) => {
    expect(await answering(script)).toMatchObject({ ended, shown: [] });
  });

  it('71 application/json and a byte order mark are read', async () => {
    const seen = await answering(
      sends(`\ufeff${JSON.stringify(bundle([allergy('a1', 'p1')]))}`, 200, 'application/json'),
    );
    expect([seen.ended, seen.shown]).toEqual(['answered', ['a1']]);
  });

  it('72 keys of the payload reach no prototype, and of a doubled key the last counts', async () => {
    const text = `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"AllergyIntolerance","id":"a0","id":"a1","__proto__":{"stained":1},"constructor":{"prototype":{"stained":1}},"code":{"text":"X"},"patient":{"reference":"Patient/p1"}}}]}`;
    const seen = await answering(sends(text));
    expect([seen.ended, seen.shown]).toEqual(['answered', ['a1']]);
    expect(({} as Record<string, unknown>)['stained']).toBeUndefined();
  });

  it('73 what has no type we know is counted as unread, not dropped in silence', async () => {
    const odd = [{ id: 'no-type' }, { extension: [] }, 'text'];
    const seen = await answering(sends(bundle([allergy('a1', 'p1'), ...odd])));
    expect(seen.shown).toEqual(['a1']);
    const unread = seen.events.flatMap((event) => (event.type === 'entries' ? event.unread : []));
    expect(unread).toHaveLength(odd.length);
  });
});

describe('a next page', () => {
  it.each(['to itself', 'in a circle', 'without end'])(
    '63 that leads %s is left, and what came is shown as not all',
    async (how) => {
      let page = 0;
      const source = await sources.serve();
      source.script(ALLERGIES, (_seen, response) => {
        page += 1;
        const next = how === 'to itself' ? 'x' : how === 'in a circle' ? `x${String(page % 3)}` : `x${String(page)}`;
        sendJson(
          response,
          bundle([allergy(`a${String(page)}`, 'p1')], { next: `${source.base}/${ALLERGIES}?page=${next}` }),
        );
      });
      const seen = await sources.view(source);
      expect(seen.ended).toBe('truncated source.truncated');
      expect(seen.shown.length).toBeGreaterThan(0);
      expect(page).toBeLessThanOrEqual(10);
    },
  );

  it.each([
    ['another host', (trap: string) => `${trap}/AllergyIntolerance?page=2`],
    ['a user name before the host', (trap: string) => trap.replace('//', '//a@')],
    ['a path that climbs out of the base', (_trap: string, base: string) => `${base}/../other`],
    ['another scheme', () => 'file:///etc/passwd'],
  ])('64 on %s is not followed, and no bearer leaves', async (_where, link) => {
    const trap = await sources.serve();
    const source = await sources.serve();
    source.script(ALLERGIES, sends(bundle([allergy('a1', 'p1')], { next: link(trap.base, source.base) })));
    const seen = await sources.view(source);
    expect([seen.ended, seen.shown]).toEqual(['truncated source.truncated', ['a1']]);
    expect(trap.seen).toEqual([]);
  });

  it.each(['AllergyIntolerance?page=2', '?_getpages=abc'])(
    '65 written relative to the base is followed: %s',
    async (next) => {
      const source = await sources.serve();
      source.script('', (seen, response, usual) => {
        if (seen.path.includes('Patient')) return usual();
        sendJson(
          response,
          seen.method === 'POST' ? bundle([allergy('a1', 'p1')], { next }) : bundle([allergy('a2', 'p1')]),
        );
      });
      const seen = await sources.view(source);
      expect([seen.ended, seen.shown]).toEqual(['answered', ['a1', 'a2']]);
    },
  );
});

describe('a source that is slow, down or not itself', () => {
  it.each([
    ['heads that never come', () => undefined],
    [
      'a body of a byte a second',
      (_seen, response) => {
        response.writeHead(200, { 'content-type': 'application/fhir+json' });
        const timer = setInterval(() => response.write(' '), 60);
        response.once('close', () => clearInterval(timer));
      },
    ],
    [
      'a body that stops half-way',
      (_seen, response) =>
        void response.writeHead(200, { 'content-type': 'application/fhir+json' }).write('{"resource'),
    ],
  ] as readonly (readonly [string, Script])[])(
    '69 %s: late at its deadline, and the others are whole',
    async (_what, script) => {
      expect(await answering(script, { deadlines: { hostile: 700 } })).toMatchObject({ ended: 'late', shown: [] });
    },
  );

  it('70 nobody listens', async () => {
    expect(await sources.view({ base: 'http://127.0.0.1:9/fhir' })).toMatchObject({
      ended: 'unavailable source.unavailable',
    });
  });

  it('70 no such name', async () => {
    const code = await new Promise((resolve) =>
      guardedLookup('nowhere.invalid', { all: true }, (error) => resolve(error?.code)),
    );
    expect(code).toMatch(/^E/);
  });
});

describe('what a source’s text may do', () => {
  it('74 a narrative is never sent to the browser, whatever stands in it', async () => {
    const div =
      '<div><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)/><iframe src="javascript:alert(1)"></iframe></div>';
    const text = { status: 'generated', div };
    const seen = await sources.view(await sources.serve([allergy('a1', 'p1', 'Penicillin', { text })]));
    expect(seen.shown).toEqual(['a1']);
    expect(JSON.stringify(seen.events)).not.toMatch(/<script|onerror|onload|javascript:|<iframe/);
  });

  it('75 overrides of direction and letters without width are taken out of names', async () => {
    const seen = await sources.view(
      await sources.serve([allergy('a1', 'p1', 'Peni\u202ecillin\u200b', { note: [{ text: 'a\u2066b' }] })]),
    );
    expect(seen.shown).toEqual(['a1']);
    expect(JSON.stringify(seen.events)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it('75 markup in a display stays the text it is', async () => {
    const seen = await sources.view(await sources.serve([allergy('a1', 'p1', '<b>Peanut</b>')]));
    expect(JSON.stringify(seen.events)).toContain('<b>Peanut</b>');
  });
});
