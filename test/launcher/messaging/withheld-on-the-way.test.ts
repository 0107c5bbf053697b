import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { MessageJudge } from '../../../launcher/messaging/reader.ts';
import type { Community } from '../../../launcher/trust/community.ts';
import type { DeliveryAddress, OutgoingMessage } from '../../../src/messages/delivery.ts';
import type { NhsNumber } from '../../../src/record/nhs-number.ts';
import type { SourceId } from '../../../src/record/source.ts';
import {
  COUNCIL,
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  PARTNERS,
  pharmacist,
  RESIDENT,
  signal,
  SURGERY,
} from '../../support/messaging.ts';

const opened: MessagingWorld[] = [];
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

const HOUR = 3_600_000;
const OBJECTED = { allowed: false, rule: 'consent.objection', words: 'The person objects.' } as const;
const ALLOWED = { allowed: true } as const;
const barring =
  (...roles: readonly string[]): MessageJudge['see'] =>
  (party) =>
    Promise.resolve(roles.includes(party.role) ? OBJECTED : ALLOWED);

/** Every team of the surgery has an EPR; what the partners leave goes to the council. */
function community(): Community {
  const plain = messagingCommunity('surgery-epr');
  const members = plain.members.map((member) => ({
    ...member,
    teams: (member.teams ?? []).map((team) =>
      team.id === 'partners' ? { ...team, inbox: 'partners-epr' as SourceId, escalatesTo: COUNCIL } : team,
    ),
  }));
  return { ...plain, members };
}

async function open(judge: Partial<MessageJudge> = {}) {
  const handed: { readonly to: DeliveryAddress; readonly message: OutgoingMessage }[] = [];
  const world = await openMessagingWorld({
    community: community(),
    judge,
    deliver: (to, message) => {
      handed.push({ to, message });
      return Promise.resolve({ outcome: 'delivered' });
    },
  });
  opened.push(world);
  const thread = async () => (await world.messages.list(pharmacist())).threads[0];
  return { world, handed, thread };
}

describe('a message that a rule holds back on its way', () => {
  it('is handed to nobody when the person has objected since it was written', async () => {
    const { world, handed, thread } = await open();
    const draft = draftOf();
    await world.messages.send(pharmacist(), draft, signal);
    world.judged.see = barring('gp');
    await world.deliverAll();
    expect(handed).toEqual([]);
    expect((await world.inbox.counts(doctor())).unopened).toBe(0);
    world.judged.see = () => Promise.resolve(ALLOWED);
    expect((await thread())?.state).toBe('undeliverable');
    expect((await thread())?.messages[0]?.receipts).toContainEqual(
      expect.objectContaining({ kind: 'undeliverable', code: 'message.withheld', rule: 'consent.objection' }),
    );
    expect(world.audit).toContainEqual(
      expect.objectContaining({
        type: 'message.delivered',
        outcome: 'refused',
        code: 'consent.objection',
        nhsNumber: RESIDENT.nhsNumber,
        detail: expect.objectContaining({ reference: `Communication/${draft.id}`, to: SURGERY, state: 'withheld' }),
      }),
    );
  });

  it('is looked for under every number the person is known by, on its way and in a team’s list, and none of them is shown or sent', async () => {
    const [former, replaced] = ['9990000026', '9990000034'] as NhsNumber[] as [NhsNumber, NhsNumber];
    const known = { ...RESIDENT, supersedes: replaced, formerNumbers: [former] };
    const { world, handed } = await open();
    await world.messages.send(pharmacist(known), draftOf(), signal);
    const asked: string[][] = [];
    const under: MessageJudge['see'] = (_party, { nhsNumber, supersedes, formerNumbers = [] }) => {
      asked.push([nhsNumber, ...(supersedes === undefined ? [] : [supersedes]), ...formerNumbers].sort());
      return Promise.resolve(formerNumbers.includes(former) ? OBJECTED : ALLOWED);
    };
    world.judged.see = under;
    await world.deliverAll();
    expect(handed).toEqual([]);
    expect(asked).toEqual([[RESIDENT.nhsNumber, former, replaced].sort()]);
    world.judged.see = () => Promise.resolve(ALLOWED);
    world.clock.nowMs += HOUR;
    expect(await world.escalate()).toBe(1);
    await world.deliverAll();
    const lists = [(await world.messages.list(pharmacist(known))).threads, await world.inbox.list(pharmacist(known))];
    const text = JSON.stringify([handed, lists]);
    expect(text).not.toContain(former);
    expect(text).not.toContain(replaced);
    world.judged.see = under;
    expect((await world.inbox.list(pharmacist(known))).lines[0]?.patient).toMatchObject({
      withheld: { rule: 'consent.objection' },
    });
  });

  it('is not handed over at a second attempt that it did not hold at the first', async () => {
    let attempts = 0;
    const world = await openMessagingWorld({
      community: community(),
      deliver: () => {
        attempts += 1;
        return Promise.resolve({ outcome: 'retry', code: 'source.timeout' });
      },
    });
    opened.push(world);
    await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    world.judged.see = barring('gp');
    world.clock.nowMs += HOUR;
    await world.deliverAll();
    expect(attempts).toBe(1);
  });

  it('is an answer too: the side that asked and may see it no more is handed nothing', async () => {
    const { world, handed } = await open();
    const { thread } = await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    const reply = { id: randomUUID(), version: 1, kind: 'reply', body: 'Half of it.' } as const;
    await world.messages.act(doctor(), thread.id, reply);
    world.judged.see = barring('pharmacist');
    await world.deliverAll();
    world.judged.see = () => Promise.resolve(ALLOWED);
    const [seen] = (await world.messages.list(doctor())).threads;
    expect(seen?.messages[1]?.receipts).toContainEqual(
      expect.objectContaining({ kind: 'undeliverable', rule: 'consent.objection' }),
    );
    expect(handed).toHaveLength(1);
  });

  it('passes by a team that no rule lets see it, and goes to the next that may, both in the audit', async () => {
    const { world, handed, thread } = await open();
    world.judged.see = barring('partner');
    await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    handed.length = 0;
    world.clock.nowMs += 3 * HOUR;
    expect(await world.escalate()).toBe(1);
    await world.deliverAll();
    expect(handed.filter(({ to }) => to.address === PARTNERS)).toEqual([]);
    expect((await thread())?.escalations).toMatchObject([{ to: { address: COUNCIL } }]);
    const told = world.audit.filter(({ type }) => type === 'message.escalated');
    expect(told).toMatchObject([
      { outcome: 'refused', code: 'consent.objection', detail: { to: PARTNERS } },
      { outcome: 'success', code: 'message.urgent-unopened', detail: { to: COUNCIL } },
    ]);
  });

  it('stays where it is while nobody further on may see it, and goes on within the hour when somebody may again', async () => {
    const { world, handed, thread } = await open();
    world.judged.see = barring('partner', 'social-worker');
    await world.messages.send(pharmacist(), draftOf(), signal);
    await world.deliverAll();
    handed.length = 0;
    world.clock.nowMs += 5 * HOUR;
    expect(await world.escalate()).toBe(0);
    await world.deliverAll();
    expect(handed).toEqual([]);
    expect(await thread()).toMatchObject({ state: 'overdue', to: { address: SURGERY }, escalations: [] });
    world.judged.see = () => Promise.resolve(ALLOWED);
    world.clock.nowMs += HOUR;
    expect(await world.escalate()).toBe(1);
    expect((await thread())?.to.address).toBe(PARTNERS);
  });

  it('goes to the next team that may see it, which is told why', async () => {
    const { world, handed, thread } = await open();
    await world.messages.send(pharmacist(), draftOf(), signal);
    world.judged.see = barring('gp');
    await world.deliverAll();
    expect(await world.escalate()).toBe(1);
    await world.deliverAll();
    expect(handed.map(({ to }) => to.address)).toEqual([PARTNERS]);
    expect((await thread())?.escalations).toMatchObject([
      {
        rule: 'message.withheld',
        words: 'A rule of the community held it back from the team it was sent to.',
        to: { address: PARTNERS },
      },
    ]);
  });

  it('holds up no other: rules that do not answer about one person keep that message waiting, and hand over nothing', async () => {
    const other = { ...RESIDENT, nhsNumber: '9990000026' as NhsNumber };
    const { world, handed } = await open();
    await world.messages.send(pharmacist(), draftOf({ urgency: 'routine' }), signal);
    await world.messages.send(pharmacist(other), draftOf({ patient: other.nhsNumber }), signal);
    const slow: MessageJudge['see'] = (_party, { nhsNumber }) =>
      nhsNumber === RESIDENT.nhsNumber ? new Promise(() => undefined) : Promise.resolve(ALLOWED);
    world.judged.see = slow;
    const began = Date.now();
    await world.deliverAll();
    expect(handed.map(({ message }) => message.patient.nhsNumber)).toEqual([other.nhsNumber]);
    world.clock.nowMs += 3 * HOUR;
    await world.escalate();
    expect(Date.now() - began).toBeLessThan(20_000);
    world.judged.see = () => Promise.resolve(ALLOWED);
    world.clock.nowMs += HOUR;
    await world.deliverAll();
    expect(handed.map(({ message }) => message.patient.nhsNumber)).toContain(RESIDENT.nhsNumber);
  });

  it('is tried again when the rules can’t be asked, and is handed over to nobody meanwhile', async () => {
    const { world, handed } = await open();
    await world.messages.send(pharmacist(), draftOf(), signal);
    world.judged.see = () => Promise.reject(new Error('the store is down'));
    await world.deliverAll();
    expect(handed).toEqual([]);
    expect(world.failures).toHaveLength(1);
    world.judged.see = () => Promise.resolve(ALLOWED);
    world.clock.nowMs += HOUR;
    await world.deliverAll();
    expect(handed).toHaveLength(1);
  });
});
