import { afterEach, describe, expect, it } from 'vitest';
import { createBreaker } from '../../../launcher/federation/breaker.ts';
import { federate } from '../../../launcher/federation/federate.ts';
import type { NhsNumber } from '../../../src/record/nhs-number.ts';
import { allergy, bundle, openFhirServer, person, sendJson, type FhirServer } from '../../support/fhir-server.ts';
import {
  collect,
  entriesOf,
  locatedOf,
  NHS_NUMBER,
  PATIENT,
  openBench,
  settledOf,
  type Bench,
} from '../../support/federation.ts';
import { quiet } from '../../support/quiet.ts';
import { until } from '../../support/until.ts';

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function server(...more: Parameters<typeof openFhirServer>[0][number][]): Promise<FhirServer> {
  const opened = await openFhirServer([person('p1', NHS_NUMBER), allergy('a1', 'p1'), ...more]);
  open.push(opened);
  return opened;
}

function bench(...args: Parameters<typeof openBench>): Bench {
  const made = openBench(...args);
  open.push(made.agents);
  return made;
}

function never(): AbortSignal {
  return new AbortController().signal;
}

describe('what must never be shown or sent', () => {
  it('drops every resource about somebody else, counts it, and flags the source', async () => {
    const others = Array.from({ length: 300 }, (_, index) =>
      allergy(`x${String(index)}`, index === 150 ? 'p2' : 'p1', `Substance ${String(index)}`),
    );
    const a = await server(...others);
    const { deps, events } = bench({ a: a.base });
    const seen = await collect(federate(locatedOf({ sources: ['a'] }), deps, never()));
    expect(entriesOf(seen, 'a')).toHaveLength(300);
    expect(JSON.stringify(seen)).not.toContain('Substance 150');
    expect(settledOf(seen, 'a').status).toMatchObject({ state: 'failed', code: 'source.wrong_patient' });
    expect(settledOf(seen, 'a').status.sections['allergies']).toMatchObject({
      state: 'failed',
      code: 'source.wrong_patient',
      count: 300,
    });
    expect(events.filter(({ type }) => type === 'source.wrong_patient')).toMatchObject([{ detail: { resources: 1 } }]);
  });

  it('asks nothing about a person the source may not mean', async () => {
    const two = await openFhirServer([person('p1', NHS_NUMBER), person('p2', NHS_NUMBER), allergy('a1', 'p1')]);
    const other = await openFhirServer([person('p1', NHS_NUMBER, { birthDate: '1950-01-01' }), allergy('a1', 'p1')]);
    open.push(two, other);
    const { deps, events } = bench({ two: two.base, other: other.base });
    const seen = await collect(federate(locatedOf({ sources: ['two', 'other'] }), deps, never()));
    expect(settledOf(seen, 'two').status).toMatchObject({ state: 'failed', code: 'source.ambiguous' });
    expect(settledOf(seen, 'other').status).toMatchObject({ state: 'failed', code: 'source.details_differ' });
    expect(events.filter(({ type }) => type === 'source.details_differ')).toMatchObject([
      { source: 'other', outcome: 'failed', nhsNumber: NHS_NUMBER },
    ]);
    expect([...two.seen, ...other.seen].map(({ path }) => path)).toEqual([
      '/fhir/Patient/_search',
      '/fhir/Patient/_search',
    ]);
  });

  it('sends no former name or number to the reader: those are for finding and matching alone', async () => {
    const a = await openFhirServer([person('p1', NHS_NUMBER, { name: [{ family: 'Sallow' }] }), allergy('a1', 'p1')]);
    open.push(a);
    const { deps } = bench({ a: a.base });
    const patient = { ...PATIENT, formerFamilies: ['Sallow'], formerNumbers: ['9991814426' as NhsNumber] };
    const seen = await collect(federate(locatedOf({ sources: ['a'], patient }), deps, never()));
    expect(entriesOf(seen, 'a')).toHaveLength(1);
    expect(seen[0]).toMatchObject({ type: 'opened', patient: PATIENT });
    expect(JSON.stringify(seen)).not.toMatch(/sallow|former|9991814426/i);
  });

  it('takes a server’s own absolute references, and nothing that names a patient of another server', async () => {
    const a = await server();
    const own = allergy('own', 'p1', 'Latex', { patient: { reference: `${a.base}/Patient/p1` } });
    const foreign = allergy('foreign', 'p1', 'Nuts', {
      patient: { reference: 'https://elsewhere.example/fhir/Patient/p1' },
    });
    a.script('AllergyIntolerance', (_seen, response) => sendJson(response, bundle([own, foreign], { total: 2 })));
    const { deps } = bench({ a: a.base });
    const seen = await collect(federate(locatedOf({ sources: ['a'] }), deps, never()));
    expect(entriesOf(seen, 'a')).toHaveLength(1);
    expect(JSON.stringify(seen)).toContain('Latex');
    expect(JSON.stringify(seen)).not.toContain('Nuts');
    expect(settledOf(seen, 'a').status).toMatchObject({ state: 'failed', code: 'source.wrong_patient' });
  });

  it('shows nothing when the audit can’t be written', async () => {
    const a = await server();
    const { deps } = bench(
      { a: a.base },
      {
        audit: { record: () => Promise.reject(new Error('full')), recordAll: () => Promise.reject(new Error('full')) },
      },
    );
    await expect(federate(locatedOf({ sources: ['a'] }), deps, never()).next()).rejects.toThrow('full');
    expect(a.seen).toEqual([]);
  });

  it('ends without “closed” when the audit fails half-way', async () => {
    const a = await server();
    let writes = 0;
    const recordAll = (): Promise<void> => (++writes > 1 ? Promise.reject(new Error('full')) : Promise.resolve());
    const { deps } = bench({ a: a.base }, { audit: { record: recordAll, recordAll } });
    await expect(collect(federate(locatedOf({ sources: ['a'] }), deps, never()))).rejects.toThrow('full');
  });

  it('keeps the NHS number out of every address', async () => {
    const a = await server();
    const { deps } = bench({ a: a.base });
    await collect(federate(locatedOf({ sources: ['a'] }), deps, never()));
    expect(a.seen.map(({ path, query }) => path + query).join()).not.toContain(NHS_NUMBER);
    expect(a.seen[0]?.form.get('identifier')).toContain(NHS_NUMBER);
  });
});

describe('one source’s trouble', () => {
  it('is its own: the others are settled before a dead, a silent or a slow one is given up', async () => {
    const good = await server();
    const silent = await server();
    silent.script('Patient', () => undefined);
    const dead = await openFhirServer([]);
    await dead.close();
    const { deps } = bench({ silent: silent.base, dead: dead.base, good: good.base }, { deadlines: { silent: 4_000 } });
    const seen = [];
    for await (const event of federate(locatedOf({ sources: ['silent', 'dead', 'good'] }), deps, never())) {
      seen.push(event);
    }
    const settled = seen.flatMap((event) => (event.type === 'settled' ? [event.source] : []));
    expect(settled.at(-1)).toBe('silent');
    expect(settledOf(seen, 'good').status).toMatchObject({
      state: 'answered',
      sections: { allergies: { state: 'answered', count: 1 } },
    });
    expect(settledOf(seen, 'dead').status).toMatchObject({ state: 'unavailable', code: 'source.unavailable' });
    expect(settledOf(seen, 'silent').status).toMatchObject({
      state: 'late',
      deadlineMs: 4_000,
      sections: { allergies: { state: 'late', count: 0 } },
    });
    expect(seen.at(-1)?.type).toBe('closed');
  });

  it('keeps what had arrived before the deadline', async () => {
    const a = await server(...Array.from({ length: 60 }, (_, index) => allergy(`x${String(index)}`, 'p1')));
    a.script('?', (_seen, _response) => undefined);
    a.script('', (seen, _response, usual) => (seen.query.includes('_offset') ? undefined : usual()));
    const { deps } = bench({ a: a.base }, { deadlines: { a: 3_000 } });
    const seen = await collect(federate(locatedOf({ sources: ['a'] }), deps, never()));
    expect(entriesOf(seen, 'a')).toHaveLength(50);
    expect(settledOf(seen, 'a').status).toMatchObject({
      state: 'late',
      sections: { allergies: { state: 'late', count: 50 } },
    });
  });

  it('is told apart: a refusal is withheld, a login page has failed, a type it lacks was not asked', async () => {
    const refusing = await server();
    refusing.script('AllergyIntolerance', (_seen, response) => sendJson(response, {}, 403));
    const login = await server();
    login.script('AllergyIntolerance', (_seen, response) =>
      sendJson(response, '<html><title>Sign in</title></html>', 200, 'text/html'),
    );
    const lacking = await server();
    lacking.script('AllergyIntolerance', (_seen, response) => sendJson(response, {}, 404));
    const { deps } = bench({ refusing: refusing.base, login: login.base, lacking: lacking.base });
    const seen = await collect(federate(locatedOf({ sources: ['refusing', 'login', 'lacking'] }), deps, never()));
    expect(settledOf(seen, 'refusing').status).toMatchObject({
      state: 'withheld',
      by: 'source',
      sections: { allergies: { state: 'withheld' } },
    });
    expect(settledOf(seen, 'login').status).toMatchObject({ state: 'failed', code: 'source.invalid_answer' });
    expect(settledOf(seen, 'lacking').status.sections).toEqual({});
  });

  it('counts as nothing held only when the source has answered and holds nothing', async () => {
    const empty = await openFhirServer([person('p1', NHS_NUMBER)]);
    const stranger = await openFhirServer([]);
    open.push(empty, stranger);
    const { deps } = bench({ empty: empty.base, stranger: stranger.base });
    const seen = await collect(federate(locatedOf({ sources: ['empty', 'stranger'] }), deps, never()));
    expect(settledOf(seen, 'empty').status).toMatchObject({
      state: 'nothing-held',
      sections: { allergies: { state: 'nothing-held', count: 0 } },
    });
    expect(settledOf(seen, 'stranger').status).toMatchObject({
      state: 'nothing-held',
      sections: { allergies: { state: 'nothing-held' } },
    });
  });

  it('says truncated when fewer came than the source counts', async () => {
    const a = await server();
    a.script('AllergyIntolerance', (_seen, response) =>
      sendJson(response, bundle([allergy('a1', 'p1')], { total: 12 })),
    );
    const { deps } = bench({ a: a.base });
    const seen = await collect(federate(locatedOf({ sources: ['a'] }), deps, never()));
    expect(settledOf(seen, 'a').status).toMatchObject({
      state: 'truncated',
      code: 'source.truncated',
      sections: { allergies: { state: 'truncated', count: 1 } },
    });
  });
});

describe('the breaker', () => {
  it('leaves a silent source alone for a while, without asking it, and says so', async () => {
    const a = await server();
    a.script('', (_seen, response) => void response.socket?.destroy());
    const { deps } = bench({ a: a.base }, { breaker: createBreaker({ failures: 2, openMs: 10_000 }) });
    const view = (): ReturnType<typeof collect> => collect(federate(locatedOf({ sources: ['a'] }), deps, never()));
    await view();
    await view();
    const asked = a.seen.length;
    expect(settledOf(await view(), 'a').status).toMatchObject({ state: 'unavailable', code: 'source.breaker_open' });
    expect(a.seen).toHaveLength(asked);
  });

  it('is not opened by refusals, nor by half an answer', async () => {
    const refusing = await server();
    refusing.script('Patient', (_seen, response) => sendJson(response, {}, 401));
    const half = await server();
    half.script('AllergyIntolerance', () => undefined);
    half.script('Flag', (_seen, response) =>
      sendJson(
        response,
        bundle([
          {
            resourceType: 'Flag',
            id: 'f1',
            status: 'active',
            code: { text: 'Lives alone' },
            subject: { reference: 'Patient/p1' },
          },
        ]),
      ),
    );
    const { deps } = bench(
      { refusing: refusing.base, half: half.base },
      { deadlines: { half: 1_500 }, breaker: createBreaker({ failures: 1, openMs: 10_000 }) },
    );
    const located = locatedOf({ sources: ['refusing', 'half'], sections: ['allergies', 'alerts'] });
    for (let time = 0; time < 3; time++) {
      const seen = await collect(federate(located, deps, never()));
      expect(settledOf(seen, 'refusing').status).toMatchObject({ state: 'failed', code: 'source.auth' });
      expect(settledOf(seen, 'half').status).toMatchObject({
        state: 'late',
        sections: { allergies: { state: 'late' } },
      });
    }
  });
});

describe('a view', () => {
  it('settles what may not be asked at once, without asking', async () => {
    const a = await server();
    const { deps } = bench({ a: a.base });
    const refused = [
      ['b', { state: 'not-agreed', rule: 'pathway.none' }],
      ['c', { state: 'not-connected', rule: 'none' }],
    ] as const;
    const seen = await collect(federate(locatedOf({ sources: ['a'], refused }), deps, never()));
    expect(seen.slice(0, 3).map(({ type }) => type)).toEqual(['opened', 'settled', 'settled']);
    expect(settledOf(seen, 'b').status).toMatchObject({ state: 'not-agreed', rule: 'pathway.none' });
    expect(seen[0]).toMatchObject({ sources: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
  });

  it('says it is alive while everybody is silent', async () => {
    const a = await server();
    a.script('Patient', () => undefined);
    const limits = { heartbeatMs: 100, idleMs: 10_000, buffer: 8 };
    const { deps } = bench({ a: a.base }, { deadlines: { a: 2_500 }, limits });
    const seen = await collect(federate(locatedOf({ sources: ['a'] }), deps, never()));
    expect(seen.filter(({ type }) => type === 'alive').length).toBeGreaterThanOrEqual(4);
  });

  it('lets go of every source within a second when the reader vanishes', async () => {
    const a = await server();
    a.script('AllergyIntolerance', () => undefined);
    const { deps, events } = bench(
      { a: a.base },
      { deadlines: { a: 10_000 }, limits: { heartbeatMs: 15_000, idleMs: 9_000, buffer: 8 } },
    );
    const reader = new AbortController();
    const view = federate(locatedOf({ sources: ['a'] }), deps, reader.signal);
    await view.next();
    const next = view.next();
    await until(() => a.seen.some(({ path }) => path.includes('AllergyIntolerance')));
    reader.abort();
    expect((await next).done).toBe(true);
    await until(() => a.seen.every(({ gone }) => gone));
    expect(events.filter(({ type }) => type === 'source.settled')).toMatchObject([
      { outcome: 'failed', code: 'request.abandoned' },
    ]);
  });

  it('reads no further than the reader does', async () => {
    const many = Array.from({ length: 200 }, (_, index) => allergy(`x${String(index)}`, 'p1'));
    const a = await server(...many);
    const limits = { heartbeatMs: 15_000, idleMs: 3_000, buffer: 2 };
    const { deps } = bench({ a: a.base }, { limits, deadlines: { a: 3_000 }, limits_: { pageSize: 10, pages: 100 } });
    const view = federate(locatedOf({ sources: ['a'] }), deps, never());
    await view.next();
    await view.next();
    await quiet(3_500);
    expect(a.seen.length).toBeLessThan(10);
    const rest = await collect(view);
    // The reader's own slowness never counted against the source.
    expect(settledOf(rest, 'a').status).toMatchObject({ state: 'answered', sections: { allergies: { count: 201 } } });
  });

  it('says once that it asked each source and how each ended, with the id the source was given', async () => {
    const a = await server();
    const { deps, events } = bench({ a: a.base });
    await collect(federate(locatedOf({ sources: ['a'] }), deps, never()));
    expect(events.map(({ type, source }) => `${type} ${source ?? ''}`)).toEqual(['source.asked a', 'source.settled a']);
    const sent = a.seen.map(({ headers }) => String(headers['x-request-id']));
    expect(new Set(sent).size).toBe(sent.length);
    expect(new Set(sent.map((id) => id.slice(0, -4)))).toEqual(new Set([events[0]?.requestId?.slice(0, -4)]));
    expect(a.seen.every(({ headers }) => headers['x-correlation-id'] === 'launch-1')).toBe(true);
  });
});
