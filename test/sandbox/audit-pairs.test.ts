import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { asObjects, asString } from '../../src/record/resource.ts';
import { reasonOf } from '../../launcher/trust/acting-context.ts';
import { openView, readRecord } from '../support/plain-browser.ts';
import { unhurried } from '../support/unhurried.ts';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox(unhurried());
  const view = await openView(sandbox.launcherUrl, sandbox.mintLaunch('XB001', 'hero'));
  await readRecord(sandbox.launcherUrl, view.session);
});
afterAll(() => sandbox.close());

/** Who, in what role, for whom, why, about whom: from a source's AuditEvent and from the launcher's event alike. */
type Line = { user: string; role: string; organisation: string; purpose: string; patient: string };

function lineOf(event: { readonly [element: string]: unknown }): Line {
  const agents = asObjects(event['agent']);
  const user = agents.find((agent) => agent['requestor'] === true);
  const entities = asObjects(event['entity']);
  return {
    user: asString(user?.['altId']) ?? '',
    role: codeIn(asObjects(user?.['role'])[0]),
    organisation: valueIn(agents[3]?.['who']),
    purpose: codeIn(asObjects(user?.['purposeOfUse'])[0]),
    patient: valueIn(entities[0]?.['what']),
  };
}

const codeIn = (concept: unknown): string =>
  asString(asObjects((concept as { coding?: unknown })?.coding)[0]?.['code']) ?? '';
const valueIn = (who: unknown): string => (who as { identifier?: { value?: string } })?.identifier?.value ?? '';

describe('every question of a whole view of the hero', () => {
  it('stands in both logs under one X-Request-ID, with the same user, role, organisation, purpose and patient', async () => {
    const ours = (await sandbox.launcher.audit.read({ limit: 10_000 })).filter(({ type }) => type === 'source.asked');
    const byRequest = new Map(
      ours.map((event): [string, Line] => [
        (event.requestId ?? '').slice(0, -4),
        {
          user: event.user ?? '',
          role: event.role ?? '',
          organisation: event.organisation ?? '',
          purpose: reasonOf(event.purpose ?? '').code,
          patient: event.nhsNumber ?? '',
        },
      ]),
    );
    const asked = sandbox.eprs.flatMap((epr) => epr.audit.events().filter((event) => event.userId === undefined));
    const theirs = asked.map((event) => ({
      requestId: event.requestId ?? '',
      line: event.event ? lineOf(event.event) : undefined,
    }));
    const unpaired = theirs.filter(({ requestId, line }) => {
      const own = byRequest.get(requestId.slice(0, -4));
      return !own || JSON.stringify(own) !== JSON.stringify(line);
    });
    expect(theirs.length).toBeGreaterThan(18 * 10);
    expect(unpaired).toEqual([]);
    // And the other way round: nothing the launcher says it asked is unknown to the source it names. The one that is down
    // never met her, and is not asked.
    const known = new Set(theirs.map(({ requestId }) => requestId.slice(0, -4)));
    const unheard = [...byRequest.keys()].filter((key) => !known.has(key));
    expect(sandbox.eprs.some((epr) => epr.modes.mode === 'down')).toBe(true);
    expect(unheard).toEqual([]);
    expect(new Set(theirs.map(({ requestId }) => requestId)).size).toBe(theirs.length);
  });

  it('came by each of the profiles: in the assertion, signed with each request, exchanged for a token', () => {
    for (const ods of ['XB003', 'XB101', 'XB102', 'XB211'])
      expect(sandbox.audit(ods).filter(({ event }) => event !== undefined).length).toBeGreaterThan(0);
  });
});
