import { createHash, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { afterEach, describe, expect, it } from 'vitest';
import type { Community } from '../../../launcher/trust/community.ts';
import type { DeliveryOutcome, DeliveryReceipt, OutgoingMessage } from '../../../src/messages/delivery.ts';
import { signedContent } from '../../../src/messages/signed-content.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';
import {
  doctor,
  draftOf,
  messagingCommunity,
  type MessagingWorld,
  openMessagingWorld,
  partner,
  PARTNERS,
  pharmacist,
  signal,
  SURGERY,
} from '../../support/messaging.ts';

const opened: MessagingWorld[] = [];
afterEach(async () => {
  for (const world of opened.splice(0)) await world.close();
});

const EPR = 'north-epr' as SourceId;
const OTHER_EPR = 'partners-epr' as SourceId;
const ACCEPTED: DeliveryOutcome = { outcome: 'accepted' };

/** The partners of the surgery have this inbox, or none. */
function communityOf(partnersInbox?: SourceId): Community {
  const community = messagingCommunity(EPR);
  const members = community.members.map((member) => ({
    ...member,
    teams: (member.teams ?? []).map((team) =>
      team.id === 'partners' && partnersInbox !== undefined ? { ...team, inbox: partnersInbox } : team,
    ),
  }));
  return { ...community, members };
}

/** A message that the duty doctor's EPR has taken and said nothing of, and that is the partners' by now. */
async function passedOn(partnersInbox: SourceId | undefined, partnersSay: DeliveryOutcome = ACCEPTED) {
  const handed: { readonly to: string; readonly message: OutgoingMessage }[] = [];
  const world = await openMessagingWorld({
    community: communityOf(partnersInbox),
    deliver: (to, message) => {
      handed.push({ to: to.address, message });
      return Promise.resolve(to.address === PARTNERS ? partnersSay : ACCEPTED);
    },
  });
  opened.push(world);
  const draft = draftOf();
  const { thread } = await world.messages.send(pharmacist(), draft, signal);
  await world.deliverAll();
  const act = { id: randomUUID(), version: 1, kind: 'reassign', to: PARTNERS } as const;
  await world.messages.act(doctor(), thread.id, act);
  await world.deliverAll();
  const say = (messageId: string, kind: DeliveryReceipt['kind'], inbox = EPR): Promise<boolean> =>
    world.receipt({
      messageId,
      by: 'XB001' as OdsCode,
      inbox,
      kind,
      at: new Date(world.clock.nowMs).toISOString(),
      ...(kind === 'refused' && { code: 'inbox.patient_unknown' }),
    });
  const seen = async () => {
    const [found] = (await world.messages.list(pharmacist())).threads;
    return { state: found?.state, receipts: (found?.messages[0]?.receipts ?? []).map(({ kind }) => kind) };
  };
  return { world, handed, id: draft.id, say, seen };
}

describe('what an EPR says later of a message', () => {
  it('is nothing about a team that has no inbox, or another one', async () => {
    const { say, id } = await passedOn(undefined);
    expect(await say(id, 'delivered', OTHER_EPR)).toBe(false);
    const world = await openMessagingWorld({ community: messagingCommunity() });
    opened.push(world);
    const draft = draftOf();
    await world.messages.send(pharmacist(), draft, signal);
    await world.deliverAll();
    const at = new Date(world.clock.nowMs).toISOString();
    const by = { by: 'XB001' as OdsCode, inbox: EPR };
    expect(await world.receipt({ ...by, messageId: draft.id, kind: 'refused', at })).toBe(false);
    expect((await world.messages.list(pharmacist())).threads[0]?.state).toBe('delivered');
  });

  it('is nothing about a message that has not begun to be handed over', async () => {
    const world = await openMessagingWorld({ community: messagingCommunity(EPR) });
    opened.push(world);
    const draft = draftOf();
    await world.messages.send(pharmacist(), draft, signal);
    const at = new Date(world.clock.nowMs).toISOString();
    const receipt = { messageId: draft.id, by: 'XB001' as OdsCode, inbox: EPR, kind: 'delivered', at } as const;
    expect(await world.receipt(receipt)).toBe(false);
    await world.deliverAll();
    expect(await world.receipt(receipt)).toBe(true);
  });

  it('settles nothing that waits for the EPR of the team it was passed on to: that is handed over until it has it', async () => {
    const { world, handed, id, say, seen } = await passedOn(OTHER_EPR, {
      outcome: 'retry',
      code: 'source.unavailable',
    });
    expect(await say(id, 'delivered')).toBe(true);
    expect((await seen()).state).toBe('queued');
    const before = handed.length;
    world.clock.nowMs += 600_000;
    await world.deliverAll();
    expect(handed.slice(before).map(({ to }) => to)).toEqual([PARTNERS]);
    expect((await seen()).state).toBe('queued');
  });

  it('refuses nothing that the team it was passed on to has, with an inbox of its own or in Corridor alone', async () => {
    for (const partnersInbox of [OTHER_EPR, undefined]) {
      const { world, id, say, seen } = await passedOn(partnersInbox, { outcome: 'delivered' });
      expect(await say(id, 'refused')).toBe(true);
      expect((await seen()).state).toBe('delivered');
      expect(await world.inbox.counts(partner())).toMatchObject({ unopened: 1 });
    }
  });

  it('is of one team alone where two share an EPR, which is handed each under a name of its own, signed as such', async () => {
    const { handed, id, say, seen, world } = await passedOn(EPR);
    const [first, second] = handed;
    if (!first || !second) throw new Error('it was not handed over twice');
    expect([first.to, second.to]).toEqual([SURGERY, PARTNERS]);
    expect(first.message.id).toBe(id);
    expect(second.message.id).not.toBe(id);
    expect(second.message.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
    const { signature, ...content } = second.message;
    expect(world.base.signing.verify(signature)).toBeDefined();
    expect(jsonwebtoken.decode(signature)).toMatchObject({
      jti: second.message.id,
      sha256: createHash('sha256').update(signedContent(content)).digest('base64url'),
    });
    await say(id, 'delivered');
    expect((await seen()).state).toBe('queued');
    await say(second.message.id, 'delivered');
    expect((await seen()).state).toBe('delivered');
    const told = world.audit.filter(({ detail }) => detail?.['state'] === 'delivered');
    expect(told.map(({ detail, source }) => [detail?.['reference'], source])).toEqual([
      [`Communication/${id}`, EPR],
      [`Communication/${id}`, EPR],
    ]);
  });

  it('calls what is handed to the same address again by the same name', async () => {
    const { world, handed } = await passedOn(EPR, { outcome: 'retry', code: 'source.timeout' });
    world.clock.nowMs += 600_000;
    await world.deliverAll();
    const names = handed.filter(({ to }) => to === PARTNERS).map(({ message }) => message.id);
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(names).size).toBe(1);
  });
});

describe('when an EPR says that it got a message', () => {
  it.each(['2031-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z'])(
    'is our own time where its clock is wrong: %s',
    async (at) => {
      const world = await openMessagingWorld({
        community: communityOf(),
        deliver: () => Promise.resolve({ outcome: 'delivered', at }),
      });
      opened.push(world);
      await world.messages.send(pharmacist(), draftOf(), signal);
      await world.deliverAll();
      const [found] = (await world.messages.list(pharmacist())).threads;
      const received = found?.messages[0]?.receipts.find(({ kind }) => kind === 'delivered');
      expect(received?.at).toBe(new Date(world.clock.nowMs).toISOString());
    },
  );
});
