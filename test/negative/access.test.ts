import { afterEach, describe, expect, it } from 'vitest';
import { stopBarred } from '../../launcher/access/stop-barred.ts';
import { CorridorError } from '../../launcher/errors.ts';
import { federate } from '../../launcher/federation/federate.ts';
import type { SourceId } from '../../src/record/source.ts';
import {
  collect,
  entriesOf,
  locatedOf,
  NHS_NUMBER,
  openBench,
  permittedOf,
  RULE,
  settledOf,
} from '../support/federation.ts';
import { allergy, openFhirServer, person, type FhirServer } from '../support/fhir-server.ts';
import { askRecord, openReaderBench, readEvents } from '../support/reader.ts';
import { SMALL_SURGERY } from '../support/sandbox/small-epr.ts';
import { useSmallLauncher } from '../support/small-launcher.ts';
import { useSourceViews } from '../support/source-views.ts';

const sources = useSourceViews();
const at = useSmallLauncher();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const RESTRICTED = {
  meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
};

async function holding(...ids: string[]): Promise<FhirServer> {
  const server = await openFhirServer([person('p1', NHS_NUMBER), ...ids.map((id) => allergy(id, 'p1'))]);
  open.push(server);
  return server;
}

describe('a source that may no longer be shown', () => {
  it('82 sends nothing more from the next byte on, and is settled as withheld; the others go on', async () => {
    const [slow, well] = [await holding('a1'), await holding('b1')];
    const barred = new Map<SourceId, string>();
    let hear: () => void = () => undefined;
    const heard = new Promise<void>((resolve) => (hear = resolve));
    slow.script('AllergyIntolerance', async (_seen, _response, usual) => {
      barred.set('slow' as SourceId, 'consent.objection');
      await heard;
      usual();
    });
    const { deps, agents } = openBench({ slow: slow.base, well: well.base });
    open.push(agents);
    const asked = (): Promise<ReadonlyMap<SourceId, string>> => {
      // What it answers with comes no sooner than what stands.
      if (barred.size > 0) setImmediate(hear);
      return Promise.resolve(new Map(barred));
    };
    const view = federate(locatedOf({ sources: ['slow', 'well'] }), deps, new AbortController().signal);
    const events = await collect(stopBarred(view, { barred: asked, everyMs: 20, now: () => Date.now() }));
    expect(entriesOf(events, 'slow')).toEqual([]);
    expect(settledOf(events, 'slow').status).toMatchObject({ state: 'withheld', rule: 'consent.objection' });
    expect(settledOf(events, 'well').status.state).toBe('answered');
  });
});

describe('what a role or a label holds back', () => {
  it('83 a section that the role may not see is not asked for', async () => {
    const server = await sources.serve([allergy('a1', 'p1')]);
    const { shown } = await sources.view(server, { parts: { sections: ['allergies'] } });
    expect(shown).toEqual(['a1']);
    expect(server.seen.map(({ path }) => path).filter((path) => !/Patient|AllergyIntolerance/.test(path))).toEqual([]);
  });

  it.each([
    ['83 a label above the clearance is held back without a word', false, undefined],
    ['83 and counted only where the policy lets it be said', true, 1],
  ])('%s', async (_title, tellWithheld, count) => {
    const server = await sources.serve([allergy('a1', 'p1'), allergy('secret-canary', 'p1', 'Canary', RESTRICTED)]);
    const seen = await sources.view(server, { rule: { ...RULE, tellWithheld } });
    expect(seen.shown).toEqual(['a1']);
    expect(JSON.stringify(seen.events)).not.toMatch(/canary/i);
    expect(seen.status.sections['allergies']?.withheld).toBe(count);
  });

  it('83 a role that may see nothing asks nobody, and the refusal is in the audit', async () => {
    const source = await holding('a1');
    const refusal = { refused: true, rule: 'role.sections', code: 'access.refused' } as const;
    const reader = await openReaderBench({ a: source.base }, { refusal });
    open.push(reader);
    expect((await askRecord(reader)).status).toBe(403);
    expect(source.seen).toEqual([]);
    expect(reader.events).toMatchObject([{ type: 'record.refused', code: 'role.sections' }]);
  });
});

describe('breaking the glass', () => {
  const breakGlass = (session: string, body: object): Promise<Response> =>
    fetch(`${at.url}/api/break-glass`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${session}`, origin: at.url },
      body: JSON.stringify(body),
    });
  const REASON = 'unconscious, no next of kin';

  it.each([
    ['84 without a reason', { confirmed: true }],
    ['84 with a reason too short to be one', { confirmed: true, reason: 'urgent' }],
    ['84 without confirming it', { reason: REASON }],
    ['84 with a confirmation that is only truthy', { reason: REASON, confirmed: 'yes' }],
  ])('%s', async (_title, body) => {
    expect((await breakGlass(await at.open(), body)).status).toBe(400);
  });

  it('84 in a view that has ended, however often it is tried', async () => {
    const session = await at.open();
    await fetch(`${at.url}/api/session/end`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}`, origin: at.url },
    });
    expect((await breakGlass(session, { confirmed: true, reason: REASON })).status).toBe(401);
  });

  it('84 by a role whom no policy lets: refused and audited with the rule, and the reason goes nowhere', async () => {
    const nurse = SMALL_SURGERY.users[1];
    if (!nurse) throw new Error('the small surgery has no nurse');
    const session = await at.open(at.small.epr.launchUrl({ ...at.chart, user: nurse }));
    expect((await breakGlass(session, { confirmed: true, reason: REASON })).status).toBe(403);
    const events = await at.launcher.audit.read({ type: 'access.break_glass', limit: 100 });
    expect(events.at(-1)).toMatchObject({ outcome: 'refused', code: 'emergency.not-this-role' });
    expect(JSON.stringify(events)).not.toContain(REASON);
  });

  it('84 for one view is of no use to another', async () => {
    const [one, two] = [await at.open(), await at.open()];
    expect((await breakGlass(one, { confirmed: true, reason: REASON })).status).toBe(200);
    const opened = (await (await at.record(two)).text()).split('\n', 1)[0] ?? '';
    expect(opened).toContain('"opened"');
    expect(opened).not.toContain('emergency');
  });
});

describe('an audit that can’t be written', () => {
  it.each(['view', 'sources'] as const)('106 shows nothing and asks nobody: %s', async (where) => {
    const source = await holding('a1');
    const fail = (): Promise<void> => Promise.reject(new CorridorError('audit.unavailable'));
    const audit = { record: where === 'view' ? fail : () => Promise.resolve(), recordAll: fail };
    const reader = await openReaderBench({ a: source.base }, { audit, bench: { audit } });
    open.push(reader);
    const answer = await askRecord(reader);
    expect([answer.status, await answer.text()]).toEqual([503, '{"error":"audit.unavailable"}']);
    expect(source.seen).toEqual([]);
  });

  it('106 that fails half-way cuts the stream, which then can’t pass for whole', async () => {
    const source = await holding('a1');
    const audit = {
      record: () => Promise.resolve(),
      recordAll: (events: readonly { readonly type: string }[]) =>
        events.some(({ type }) => type === 'source.settled')
          ? Promise.reject(new Error('disk full'))
          : Promise.resolve(),
    };
    const reader = await openReaderBench({ a: source.base }, { bench: { audit } });
    open.push(reader);
    const text = await askRecord(reader)
      .then((answer) => answer.text())
      .catch(() => '');
    expect(text).not.toContain('"closed"');
    expect(text).not.toContain('"settled"');
  });
});

it('107 a reader has no more streams than are allowed, and the source is not asked for the one too many', async () => {
  const source = await holding('a1');
  const reader = await openReaderBench(
    { a: source.base },
    { decide: (_session, ask) => Promise.resolve(permittedOf({ sources: ['a'], ask })) },
  );
  open.push(reader);
  reader.state.streams = 2;
  expect((await askRecord(reader)).status).toBe(429);
  expect(source.seen).toEqual([]);
  reader.state.streams = 0;
  expect(readEvents(await (await askRecord(reader)).text()).at(-1)?.type).toBe('closed');
});
