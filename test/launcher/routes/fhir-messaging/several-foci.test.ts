import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  addressed,
  type Answer,
  communication,
  fhirWorldOfEach,
  URL_OF_LAUNCHER,
} from '../../../support/fhir-messaging.ts';
import { doctor } from '../../../support/messaging.ts';

const epr = fhirWorldOfEach();

type Sent = ReturnType<typeof communication>;

const bundle = (messages: readonly Sent[], also: readonly object[] = []): object => ({
  resourceType: 'Bundle',
  type: 'message',
  entry: [
    {
      resource: {
        resourceType: 'MessageHeader',
        id: randomUUID(),
        eventCoding: { system: 'urn:corridor:event', code: 'message' },
        source: { endpoint: 'https://epr.example' },
        focus: [...messages.map(({ id }) => ({ reference: `urn:uuid:${id}` })), ...also],
      },
    },
    ...messages.map(({ id, resource }) => ({ fullUrl: `urn:uuid:${id}`, resource })),
  ],
});

const hand = (body: object): Promise<Answer> => epr.ask('$process-message', { body });
const bodies = async (): Promise<readonly unknown[]> =>
  (await epr.world.messages.list(doctor())).threads.flatMap(({ messages }) => messages.map(({ body }) => body)).sort();

type Issue = {
  readonly severity: string;
  readonly expression?: readonly string[];
  readonly details: { readonly coding: readonly [{ readonly code: string }] };
};
const issuesOf = ({ body }: Answer) =>
  (body['issue'] as readonly Issue[]).map(({ severity, expression, details }) => [
    severity,
    details.coding[0].code,
    expression,
  ]);

const [first, second] = ['One.', 'Two.'].map((text) => ({ payload: [{ contentString: text }] }));

describe('a message Bundle about several things', () => {
  it('is refused whole when one of them cannot be read, and says which', async () => {
    const wrong = communication({ status: 'preparation' });
    const answer = await hand(bundle([communication(first), wrong, communication(second)]));
    expect(answer.status).toBe(400);
    expect(issuesOf(answer)).toEqual([
      ['error', 'request.invalid', ['Communication.status', 'MessageHeader.focus[1]']],
      ['error', 'message.not_sent', ['MessageHeader.focus[0]', 'MessageHeader.focus[2]']],
    ]);
    expect(await bodies()).toEqual([]);
  });

  it('is refused whole when one of them is no message, or is not there', async () => {
    for (const other of ['urn:uuid:00000000-0000-4000-8000-000000000000', 'MessageHeader/x']) {
      const answer = await hand(bundle([communication(first)], [{ reference: other }]));
      expect(issuesOf(answer)).toEqual([
        ['error', 'request.invalid', ['MessageHeader.focus[1]']],
        ['error', 'message.not_sent', ['MessageHeader.focus[0]']],
      ]);
    }
    expect(await bodies()).toEqual([]);
  });

  it('is refused when it is about nothing, and when it is about more than can be taken at once', async () => {
    expect(issuesOf(await hand(bundle([])))).toEqual([['error', 'request.invalid', ['MessageHeader.focus']]]);
    const one = communication(first);
    const answer = await hand(bundle(Array.from({ length: 51 }, () => one)));
    expect([answer.status, issuesOf(answer)]).toEqual([413, [['error', 'message.too_long', ['MessageHeader.focus']]]]);
    expect(await bodies()).toEqual([]);
  });

  it('says of each whether it went, where one is refused by a rule after others went', async () => {
    const sent = communication(first);
    const strange = communication({ sender: addressed('XH001/pharmacy', 'Somebody') });
    const answer = await hand(bundle([sent, strange, communication(second)]));
    expect(answer.status).toBe(403);
    expect(issuesOf(answer)).toEqual([
      ['error', 'message.refused', ['MessageHeader.focus[1]']],
      ['information', 'message.sent', ['MessageHeader.focus[0]']],
      ['error', 'message.not_sent', ['MessageHeader.focus[2]']],
    ]);
    expect(await bodies()).toEqual(['One.']);
    // Put right and sent again, what had gone is not sent twice.
    expect((await hand(bundle([sent, communication(second)]))).status).toBe(200);
    expect(await bodies()).toEqual(['One.', 'Two.']);
  });

  it('is read to its last, each a message of its own, and the answer names them all', async () => {
    const messages = [communication(first), communication(second)];
    const answer = await hand(bundle(messages));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      entry: [
        {
          resource: {
            response: { code: 'ok' },
            focus: messages.map(({ id }) => ({ reference: `${URL_OF_LAUNCHER}/fhir/Communication/${id}` })),
          },
        },
      ],
    });
    expect(await bodies()).toEqual(['One.', 'Two.']);
  });
});
