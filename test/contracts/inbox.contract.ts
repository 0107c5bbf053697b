import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ERRORS } from '../../launcher/errors.ts';
import type { DeliveryOutcome, InboxFace, InboxSettings, InboxTools } from '../../plugins/inbox-face.ts';
import type { EprPlugin } from '../../plugins/plugin.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import { draftOf, messagingCommunity, openMessagingWorld, pharmacist, signal } from '../support/messaging.ts';
import { openInboxBench, orderOf, PATIENT, serve, toolsFor, type InboxBench } from '../support/inbox-bench.ts';
import { quiet } from '../support/quiet.ts';
import { until } from '../support/until.ts';

/** What differs between two ways into an EPR; everything else of the suite is the same for both. */
export type InboxSide = {
  readonly plugin: EprPlugin;
  /** Settings for a base, as the community file has them; `later`: the EPR acknowledges afterwards. */
  settings(base: string, later: boolean): { readonly [name: string]: unknown };
  baseOf(bench: InboxBench): string;
  /** A proof that the organisation has it, as its system writes it, for this message. */
  proof(messageId: string, code?: 'ok' | 'transient-error' | 'fatal-error'): object;
};

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export function inboxContract(side: InboxSide): void {
  describe(`the inbox of ${side.plugin.id}`, () => {
    const face = side.plugin.inbox as InboxFace;
    const open: { close(): Promise<void> }[] = [];
    const bench = async (): Promise<InboxBench> => {
      const made = await openInboxBench(face);
      open.push(made);
      return made;
    };
    const settingsFor = (base: string, later = true): InboxSettings =>
      face.readSettings(side.settings(base, later)) as InboxSettings;
    /** Against a server that answers as the test says. */
    const against = async (
      handler: Handler,
      later = false,
      signal = AbortSignal.timeout(30_000),
      limits: Parameters<typeof toolsFor>[1] = {},
    ) => {
      const server = await serve(handler);
      const lent = toolsFor(server.origin, limits);
      open.push(server, lent);
      const id = randomUUID();
      const asked: InboxTools = later ? { ...lent.tools, acknowledgeTo: `${server.origin}/ack` } : lent.tools;
      return face.deliver(orderOf(settingsFor(server.origin, later), { id }), asked, signal);
    };
    const send = (made: InboxBench, id: string, more: object = {}): Promise<DeliveryOutcome> => {
      made.sent(id);
      const order = orderOf(settingsFor(side.baseOf(made)), { id, ...more });
      return face.deliver(order, made.tools, AbortSignal.timeout(30_000));
    };
    const answers = (status: number, text = '', headers: Record<string, string> = {}): Handler => {
      return (request, response) => {
        request.resume().on('end', () => {
          response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers }).end(text);
        });
      };
    };
    afterEach(async () => {
      for (const one of open.splice(0).reverse()) await one.close();
    });

    it.each([
      ['an address that is none', { base: 'northcliffe' }],
      ['a slash at the end', { base: 'https://fhir.example/r4/' }],
      ['a query', { base: 'https://fhir.example/r4?to=elsewhere' }],
      ['a path that climbs', { base: 'https://fhir.example/r4/../other' }],
      ['a setting nobody knows', { nobodyKnowsThis: true }],
    ])('refuses settings with %s, and names the field', (_what, wrong) => {
      const read = face.readSettings({ ...side.settings('https://fhir.example/r4', true), ...wrong });
      expect('problems' in read && (read.problems as readonly { readonly field: string }[]).length > 0).toBe(true);
    });

    it.each([400, 413, 422])('takes %i for a refusal for good, with a code that has words', async (status) => {
      const outcome = await against(answers(status, '{"resourceType":"OperationOutcome"}'));
      expect(outcome).toMatchObject({ outcome: 'refused' });
      expect(Object.keys(ERRORS)).toContain((outcome as { code: string }).code);
    });

    it.each([401, 403, 404, 405, 408, 409, 429, 500, 502, 503, 504])(
      'never takes %i for a word about the message: it goes again',
      async (status) => {
        const outcome = await against(answers(status));
        expect(outcome).toMatchObject({ outcome: 'retry' });
        expect(Object.keys(ERRORS)).toContain((outcome as { code: string }).code);
      },
    );

    it('waits as long as it is asked to, and not for ever', async () => {
      expect(await against(answers(429, '', { 'retry-after': '30' }))).toMatchObject({ afterMs: 30_000 });
      expect(await against(answers(503, '', { 'retry-after': '99999999' }))).toMatchObject({ afterMs: 3_600_000 });
    });

    it.each([
      ['a page to sign in at', '<!doctype html><title>Sign in</title>'],
      ['half a document', '{"resourceType":"Bundle","type":"mess'],
      ['an empty object', '{}'],
      ['a list', '[]'],
      ['a Bundle that is no message', '{"resourceType":"Bundle","type":"collection","entry":[]}'],
      ['a message without a header', '{"resourceType":"Bundle","type":"message","entry":[{"resource":{}}]}'],
    ])('never takes %s with 200 for a delivery', async (_what, text) => {
      expect(await against(answers(200, text))).toMatchObject({ outcome: 'retry' });
      expect(await against(answers(200, text), true)).toMatchObject({ outcome: 'retry' });
    });

    it('takes nothing with 200 for nothing, where nobody will say more later', async () => {
      expect(await against(answers(200))).toMatchObject({ outcome: 'retry', code: 'inbox.unclear' });
      expect(await against(answers(202))).toMatchObject({ outcome: 'retry', code: 'inbox.unclear' });
    });

    it('never takes an answer to another message for one to this', async () => {
      const text = JSON.stringify(side.proof(randomUUID()));
      expect(await against(answers(200, text))).toEqual({ outcome: 'retry', code: 'inbox.other_message' });
    });

    it('never takes a proof that comes with an error for a delivery', async () => {
      const outcome = await against((request, response) => {
        let body = '';
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () => {
          const id = (JSON.parse(body) as { entry: [{ resource: { id: string } }] }).entry[0].resource.id;
          response.writeHead(500).end(JSON.stringify(side.proof(id)));
        });
      });
      expect(outcome).toMatchObject({ outcome: 'retry' });
    });

    it('reads no more of an answer than it may, and says that it is too large', async () => {
      const outcome = await against(answers(200, JSON.stringify({ padding: 'x'.repeat(50_000) })));
      expect(outcome).toEqual({ outcome: 'retry', code: 'source.too_large' });
    });

    it('goes again after an answer that does not come in time', async () => {
      const outcome = await against(() => undefined, false, undefined, { headerMs: 200 });
      expect(outcome).toEqual({ outcome: 'retry', code: 'source.timeout' });
    });

    it('goes again after a connection that breaks', async () => {
      expect(await against((request) => request.socket.destroy())).toMatchObject({ outcome: 'retry' });
    });

    it('ends when its own time is over, and leaves it open what became of the message', async () => {
      await expect(against(() => undefined, false, AbortSignal.timeout(100))).rejects.toThrow();
    });

    it('follows nobody elsewhere: the message goes to the address of the community file alone', async () => {
      let elsewhere = 0;
      const other = await serve((_request, response) => void (elsewhere++, response.end()));
      open.push(other);
      const outcome = await against(answers(307, '', { location: `${other.origin}/take` }));
      expect(outcome).toMatchObject({ outcome: 'retry' });
      expect(elsewhere).toBe(0);
    });

    it.each([[undefined], [null], ['ok'], [[]], [{}], [{ resourceType: 'Bundle', type: 'message', entry: 'x' }]])(
      'takes %j for no acknowledgement',
      (body) => {
        expect(face.acknowledge(body)).toHaveProperty('fault');
      },
    );

    it('reads of an acknowledgement which message it is about, and nothing of the other side’s words', () => {
      const id = randomUUID();
      expect(face.acknowledge(side.proof(id))).toMatchObject([{ messageId: id, kind: 'delivered' }]);
      expect(face.acknowledge(side.proof(id, 'transient-error'))).toMatchObject([{ messageId: id, kind: 'retry' }]);
      const refused = face.acknowledge(side.proof(id, 'fatal-error'));
      expect(refused).toMatchObject([{ messageId: id, kind: 'refused' }]);
      expect(JSON.stringify(refused)).not.toContain('canary');
    });

    it('is handed over once more when the EPR that took it says later that it could not keep it, and is there then', async () => {
      const source = { id: 'north-epr' as SourceId, ods: 'XB001' as OdsCode };
      let handed = 0;
      const world = await openMessagingWorld({
        community: messagingCommunity(source.id),
        deliver: () => ((handed += 1), Promise.resolve({ outcome: 'accepted' })),
      });
      open.push(world);
      const draft = draftOf();
      await world.messages.send(pharmacist(), draft, signal);
      await world.deliverAll();
      const hear = async (code: 'ok' | 'transient-error'): Promise<void> => {
        const read = face.acknowledge(side.proof(draft.id, code));
        if ('fault' in read) throw new Error(read.fault);
        for (const { messageId, kind } of read) {
          const at = new Date(world.clock.nowMs).toISOString();
          if (kind === 'retry') expect(await world.again(messageId, source)).toBe(true);
          if (kind === 'delivered') await world.receipt({ messageId, by: source.ods, inbox: source.id, kind, at });
        }
      };
      await hear('transient-error');
      world.clock.nowMs += 60_000;
      await world.deliverAll();
      expect(handed).toBe(2);
      await hear('ok');
      expect((await world.messages.list(pharmacist())).threads[0]?.state).toBe('delivered');
    });

    it('is refused for good by an EPR that does not know the patient, or not under this birth date', async () => {
      const made = await bench();
      for (const patient of [
        { ...PATIENT, nhsNumber: '9990000026' },
        { ...PATIENT, birthDate: '1949-03-07' },
      ]) {
        const outcome = await sayOf(made, randomUUID(), (id) => send(made, id, { patient }));
        expect(outcome).toMatchObject({ kind: 'refused', code: 'inbox.patient_unknown' });
      }
      expect(made.inbox.received()).toEqual([]);
    });

    it('is refused for good by an EPR that refuses', async () => {
      const made = await bench();
      made.inbox.setFault('refuses');
      expect(await sayOf(made, randomUUID(), (id) => send(made, id))).toMatchObject({ kind: 'refused' });
    });

    it('is not delivered by an acknowledgement of a message that nobody sent', async () => {
      const made = await bench();
      made.inbox.setFault('answers-for-another');
      await send(made, randomUUID());
      await until(() => made.unknown.length > 0);
      expect(made.receipts).toEqual([]);
    });

    it('is not delivered by an EPR that has it and never says so', async () => {
      const made = await bench();
      made.inbox.setFault('silent');
      expect(await send(made, randomUUID())).toMatchObject({ outcome: 'accepted' });
      await quiet(200);
      expect(made.receipts).toEqual([]);
    });

    it('is delivered only when the EPR says so, however late', async () => {
      const made = await bench();
      made.inbox.setFault('late', 400);
      const id = randomUUID();
      expect(await send(made, id)).toMatchObject({ outcome: 'accepted' });
      expect(made.receipts.filter(({ kind }) => kind === 'delivered')).toEqual([]);
      await until(() => made.receipts.some(({ kind }) => kind === 'delivered'));
      expect(made.receipts.at(-1)).toMatchObject({ messageId: id, kind: 'delivered' });
    });

    it('reads an acknowledgement that is said twice as the same thing twice', async () => {
      const made = await bench();
      made.inbox.setFault('duplicate-ack');
      const id = randomUUID();
      await send(made, id);
      const delivered = (): readonly object[] => made.receipts.filter(({ kind }) => kind === 'delivered');
      await until(() => delivered().length === 2);
      expect(delivered()).toMatchObject([{ messageId: id }, { messageId: id }]);
      expect(made.inbox.received()).toHaveLength(1);
    });

    it('goes again while the EPR takes nothing, and is delivered when it does', async () => {
      const made = await bench();
      made.inbox.setFault('busy');
      const id = randomUUID();
      expect(await send(made, id)).toMatchObject({ outcome: 'retry', afterMs: 1_000 });
      made.inbox.setFault('none');
      expect(await sayOf(made, id, (again) => send(made, again))).toMatchObject({ kind: 'delivered' });
    });

    it('leaves one message that the EPR chokes on alone, and delivers the others', async () => {
      const made = await bench();
      made.inbox.setFault('poison');
      const bad = randomUUID();
      expect(await send(made, bad)).toMatchObject({ outcome: 'retry' });
      made.inbox.setFault('none');
      expect(await sayOf(made, randomUUID(), (id) => send(made, id))).toMatchObject({ kind: 'delivered' });
      expect(await send(made, bad)).toMatchObject({ outcome: 'retry' });
    });

    it('is there once, however often it is handed over', async () => {
      const made = await bench();
      const id = randomUUID();
      for (let attempt = 0; attempt < 3; attempt++) await send(made, id);
      await until(() => made.receipts.some(({ kind }) => kind === 'delivered'));
      expect(made.inbox.received()).toHaveLength(1);
    });

    it('arrives whole: patient, writer, words as written, and of what it hangs on the name alone', async () => {
      const made = await bench();
      const about = { source: 'eastfield-epr', resource: 'MedicationRequest/m1' };
      await sayOf(made, randomUUID(), (id) => send(made, id, { about, urgency: 'urgent' }));
      const [received] = made.inbox.received();
      expect(received).toMatchObject({ patientId: 'p1', title: 'Dose of amlodipine', urgent: true });
      expect(received?.from).toContain('Robin Vale');
      for (const line of ['Is it 5 mg or 10 mg? Ünïcode, “quotes” and', 'a second line.'])
        expect(received?.text).toContain(line);
    });

    it('names no patient in an address', async () => {
      const made = await bench();
      await send(made, randomUUID());
      expect(made.urls.length).toBeGreaterThan(0);
      for (const url of made.urls) expect(url).not.toMatch(/9990000018|ashdown|1948/i);
    });

    /** What is known of it in the end, said at once or later. */
    async function sayOf(
      made: InboxBench,
      id: string,
      deliver: (id: string) => Promise<DeliveryOutcome>,
    ): Promise<{ readonly kind: string; readonly code?: string }> {
      const outcome = await deliver(id);
      if (outcome.outcome !== 'accepted')
        return { kind: outcome.outcome, ...('code' in outcome && { code: outcome.code }) };
      const said = () => made.receipts.find((one) => one.messageId === id && one.kind !== 'accepted');
      await until(() => said() !== undefined);
      return said() ?? { kind: 'nothing' };
    }
  });
}
