import { afterEach, describe, expect, it } from 'vitest';
import { allergy, openFhirServer, person, type FhirServer } from '../../support/fhir-server.ts';
import { NHS_NUMBER, permittedOf, RULE, settledOf } from '../../support/federation.ts';
import { askRecord, openReaderBench, readEvents, type ReaderBench } from '../../support/reader.ts';
import { until } from '../../support/until.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function sourceServer(): Promise<FhirServer> {
  const server = await openFhirServer([person('p1', NHS_NUMBER), allergy('a1', 'p1')]);
  open.push(server);
  return server;
}

async function bench(...args: Parameters<typeof openReaderBench>): Promise<ReaderBench> {
  const made = await openReaderBench(...args);
  open.push(made);
  return made;
}

describe('GET /api/record refuses', () => {
  it('whoever brings no bearer, another one, or one anywhere but in the header', async () => {
    const source = await sourceServer();
    const reader = await bench({ a: source.base });
    expect((await fetch(`${reader.url}/api/record`)).status).toBe(401);
    expect((await askRecord(reader, '', { headers: { authorization: 'Bearer guessed' } })).status).toBe(401);
    expect((await fetch(`${reader.url}/api/record?access_token=a-bearer-that-only-the-test-knows`)).status).toBe(401);
    expect(source.seen).toEqual([]);
  });

  it('what the policy refuses, and audits it', async () => {
    const source = await sourceServer();
    const reader = await bench(
      { a: source.base },
      { refusal: { refused: true, rule: 'role.commissioner', code: 'access.refused' } },
    );
    const answer = await askRecord(reader);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ error: 'access.refused' });
    expect(reader.events).toMatchObject([{ type: 'record.refused', outcome: 'refused', code: 'role.commissioner' }]);
    expect(source.seen).toEqual([]);
  });

  it('to show anything while the audit can’t be written', async () => {
    const source = await sourceServer();
    const { CorridorError } = await import('../../../launcher/errors.ts');
    const fail = (): Promise<void> => Promise.reject(new CorridorError('audit.unavailable'));
    for (const where of ['view', 'sources'] as const) {
      const audit = { record: where === 'view' ? fail : () => Promise.resolve(), recordAll: fail };
      const reader = await bench({ a: source.base }, { audit, bench: { audit } });
      const answer = await askRecord(reader);
      expect(answer.status).toBe(503);
      expect(await answer.text()).toBe('{"error":"audit.unavailable"}');
    }
    expect(source.seen).toEqual([]);
  });

  it('names of sources that are none, and too many streams', async () => {
    const source = await sourceServer();
    const reader = await bench({ a: source.base });
    expect((await askRecord(reader, '?only=')).status).toBe(400);
    expect((await askRecord(reader, '?only=a%20b')).status).toBe(400);
    reader.state.streams = 2;
    expect((await askRecord(reader)).status).toBe(429);
  });
});

describe('GET /api/record', () => {
  it('streams the record as compressed NDJSON that no cache keeps and no proxy holds back', async () => {
    const source = await sourceServer();
    const reader = await bench({ a: source.base });
    const answer = await askRecord(reader);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(answer.headers.get('content-encoding')).toMatch(/^(gzip|br|deflate)$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-accel-buffering')).toBe('no');
    const events = readEvents(await answer.text());
    expect(events.map(({ type }) => type)).toEqual(['opened', 'entries', 'settled', 'closed']);
    expect(settledOf(events, 'a').status.state).toBe('answered');
    expect(reader.state.streams).toBe(0);
  });

  it('writes the view and each source asked before the first line leaves', async () => {
    const source = await sourceServer();
    const reader = await bench({ a: source.base });
    const answer = await askRecord(reader);
    expect(reader.events.slice(0, 2).map(({ type }) => type)).toEqual(['record.viewed', 'source.asked']);
    await answer.text();
  });

  it('passes one source on while another is still silent', async () => {
    const source = await sourceServer();
    const slow = await sourceServer();
    slow.script('Patient', () => undefined);
    const reader = await bench({ a: source.base, slow: slow.base }, { bench: { deadlines: { slow: 4_000 } } });
    const answer = await askRecord(reader);
    const chunks = answer.body?.pipeThrough(new TextDecoderStream());
    let text = '';
    let beforeTheOther = false;
    for await (const chunk of chunks as unknown as AsyncIterable<string>) {
      text += chunk;
      beforeTheOther ||= text.includes('"settled","source":"a"') && !text.includes('"settled","source":"slow"');
    }
    expect(beforeTheOther).toBe(true);
    expect(readEvents(text).at(-1)?.type).toBe('closed');
  });

  it('lets go of the sources when the reader goes', async () => {
    const slow = await sourceServer();
    slow.script('AllergyIntolerance', () => undefined);
    const reader = await bench(
      { slow: slow.base },
      { bench: { deadlines: { slow: 20_000 }, limits: { heartbeatMs: 15_000, idleMs: 15_000, buffer: 8 } } },
    );
    const leaving = new AbortController();
    const answer = await askRecord(reader, '', {
      signal: leaving.signal,
      headers: { authorization: `Bearer a-bearer-that-only-the-test-knows` },
    });
    expect(answer.status).toBe(200);
    await until(() => slow.seen.some(({ path }) => path.includes('Allergy')));
    leaving.abort();
    await until(() => slow.seen.every(({ gone }) => gone) && reader.state.streams === 0);
  });

  it('is cut, without “closed”, when the session ends in the middle', async () => {
    const slow = await sourceServer();
    slow.script('Patient', () => undefined);
    // Were it not cut, it would be closed when this one is given up, which is no error.
    const reader = await bench({ slow: slow.base }, { bench: { deadlines: { slow: 15_000 } } });
    const answer = await askRecord(reader);
    await until(() => slow.seen.length > 0);
    reader.state.live = false;
    await expect(answer.text()).rejects.toThrow();
  });

  it('asks one source again when told to', async () => {
    const source = await sourceServer();
    let asked: unknown;
    const decide: NonNullable<Parameters<typeof openReaderBench>[1]>['decide'] = (_session, ask) => {
      asked = ask;
      return Promise.resolve(permittedOf({ sources: ['a'], ask }));
    };
    const reader = await bench({ a: source.base }, { decide });
    await (await askRecord(reader, '?only=a')).text();
    expect(asked).toEqual({ kind: 'record', only: ['a'] });
  });
});

describe('GET /api/record about a person whose whereabouts are restricted', () => {
  it('names no source by what it is, and knows its own names when one is asked again', async () => {
    const source = await sourceServer();
    let asked: unknown;
    const reader = await bench(
      { 'northcliffe-surgery': source.base },
      {
        ruleOf: () => ({ ...RULE, restrictedPatient: true }),
        decide: (_session, ask) => {
          asked = ask;
          return Promise.resolve(permittedOf({ sources: ['northcliffe-surgery'], ask }));
        },
      },
    );
    const text = await (await askRecord(reader)).text();
    expect(text).not.toMatch(/northcliffe/i);
    const events = readEvents(text);
    const name = events[0]?.type === 'opened' ? events[0].sources[0]?.id : undefined;
    expect(events.filter((event) => 'source' in event && event.source !== name)).toEqual([]);
    expect(events.flatMap((event) => (event.type === 'entries' ? event.entries.map(({ id }) => id) : []))).toEqual([
      `${name ?? ''}/AllergyIntolerance/a1`,
    ]);
    await (await askRecord(reader, `?only=${name ?? ''}`)).text();
    expect(asked).toEqual({ kind: 'record', only: ['northcliffe-surgery'] });
    expect((await askRecord(reader, '?only=northcliffe-surgery')).status).toBe(400);
  });
});
