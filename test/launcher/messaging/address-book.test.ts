import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Involved } from '../../../launcher/messaging/involved.ts';
import type { AddressBookEntry } from '../../../src/messages/thread.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';
import { draftOf, type MessagingWorld, openMessagingWorld, pharmacist, signal } from '../../support/messaging.ts';

const opened: MessagingWorld[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: Parameters<typeof openMessagingWorld>[0]): Promise<MessagingWorld> {
  const world = await openMessagingWorld(options);
  opened.push(world);
  return world;
}

const origin = { source: 'north' as SourceId, resource: 'CareTeam/c' };
const at = (ods: string, why: Involved['why'], more: Partial<Involved> = {}): Involved => ({
  ods: ods as OdsCode,
  why,
  origin,
  ...more,
});
const KEY_WORKER = at('XC001', 'key-worker', { person: { key: 'k1', name: 'Kit Marsh' } });
const CLOSED = {
  taking: false,
  times: [],
  closed: [],
  origin: { source: 'north' as SourceId, resource: 'HealthcareService/d' },
  asOf: '2026-11-22T09:00:00.000Z',
};
const whys = (entries: readonly AddressBookEntry[]) => entries.map(({ address, why }) => [address, why]);

describe('the address book', () => {
  it('names nobody as involved where the person’s whereabouts are restricted, and asks no source', async () => {
    const world = await open({
      involved: [at('XB001', 'registered-gp')],
      unheard: ['XC001' as OdsCode],
    });
    const hidden = pharmacist({ ...pharmacist().patient, restricted: true });
    const book = await world.messages.addresses(hidden, signal);
    expect(book.entries.every(({ why }) => why === 'directory')).toBe(true);
    expect(book.unheard).toEqual([]);
  });

  it('names nobody by a word that the rules of this moment keep from the reader', async () => {
    const involved = [KEY_WORKER, at('XB001', 'registered-gp', { origin: { ...origin, resource: 'Patient/p' } })];
    const barred = { allowed: false, rule: 'consent.objection', words: 'No.' } as const;
    const world = await open({
      involved,
      judge: {
        see: (_party, _resident, { item }) =>
          Promise.resolve(item?.resource.startsWith('CareTeam') ? barred : { allowed: true }),
      },
    });
    const { entries } = await world.messages.addresses(pharmacist(), signal);
    expect(entries.some(({ person }) => person !== undefined)).toBe(false);
    expect(entries.find(({ address }) => address === 'XC001/reablement')?.why).toBe('directory');
    expect(entries[0]).toMatchObject({ organisation: { ods: 'XB001' }, why: 'registered-gp' });
  });

  it('believes no source that belongs to nobody', async () => {
    const world = await open({ involved: [{ ...KEY_WORKER, origin: { ...origin, source: 'gone' as SourceId } }] });
    const { entries } = await world.messages.addresses(pharmacist(), signal);
    expect(entries.every(({ why }) => why === 'directory')).toBe(true);
  });

  it('offers no team, role or rule by the word of a team’s own system, and drops none', async () => {
    const services = new Map([
      ['XB001/duty-doctor', { takes: 'Anything', availability: CLOSED }],
      ['XB001/stranger', { takes: 'Everything', availability: { ...CLOSED, taking: true } }],
    ]);
    const world = await open({ services: () => Promise.resolve({ services, unheard: ['XC001' as OdsCode] }) });
    const { entries, unheard } = await world.messages.addresses(pharmacist(), signal);
    expect(entries.map(({ address }) => address)).toEqual([
      'XB001/partners',
      'XC001/reablement',
      'XH001/pharmacy',
      'XB001/duty-doctor',
    ]);
    expect(entries.at(-1)).toMatchObject({ team: 'Duty doctor', takes: 'Anything', availability: { taking: false } });
    expect(unheard).toMatchObject([{ ods: 'XC001' }]);
  });

  it('asks no team’s system when a message is sent, and sends to a team that is marked', async () => {
    let asked = 0;
    const services = new Map([['XB001/duty-doctor', { availability: CLOSED }]]);
    const world = await open({ services: () => ((asked += 1), Promise.resolve({ services, unheard: [] })) });
    const { thread } = await world.messages.send(pharmacist(), draftOf({ to: 'XB001/duty-doctor' }), signal);
    expect(thread.to).toMatchObject({ address: 'XB001/duty-doctor' });
    expect(asked).toBe(0);
  });

  it('sends nothing to a person whom no source names any more', async () => {
    const world = await open({ involved: [] });
    const sent = world.messages.send(pharmacist(), draftOf({ to: 'XC001/reablement/k1' }), signal);
    await expect(sent).rejects.toMatchObject({ code: 'message.recipient_unknown' });
  });

  it('asks no source to send to a team, and asks again whether a person is still named', async () => {
    let asked = 0;
    const world = await open({ involved: () => ((asked += 1), [KEY_WORKER]) });
    await world.messages.send(pharmacist(), draftOf({ to: 'XB001/duty-doctor' }), signal);
    expect(asked).toBe(0);
    await world.messages.send(pharmacist(), draftOf({ id: randomUUID(), to: 'XC001/reablement/k1' }), signal);
    expect(asked).toBe(1);
  });

  it('offers the key worker and the registered practice first, then who is involved, then everybody', async () => {
    const world = await open({ involved: [at('XB001', 'registered-gp'), KEY_WORKER] });
    const { entries } = await world.messages.addresses(pharmacist(), signal);
    expect(whys(entries)).toEqual([
      ['XC001/reablement/k1', 'key-worker'],
      ['XC001/reablement', 'key-worker'],
      ['XB001/duty-doctor', 'registered-gp'],
      ['XB001/partners', 'registered-gp'],
      ['XH001/pharmacy', 'directory'],
    ]);
    expect(entries[0]).toMatchObject({ person: 'Kit Marsh', origin });
    expect(entries[2]?.takes).toBe('Questions of dose');
    const { thread } = await world.messages.send(pharmacist(), draftOf({ to: 'XC001/reablement/k1' }), signal);
    expect(thread.to).toMatchObject({ address: 'XC001/reablement/k1', person: 'Kit Marsh' });
  });

  it('offers somebody in the team that their source names, and in no other of the organisation', async () => {
    const person = { key: 'k2', name: 'Dr Una Shaw' };
    const world = await open({ involved: [at('XB001', 'key-worker', { team: 'partners', person })] });
    const { entries } = await world.messages.addresses(pharmacist(), signal);
    expect(whys(entries).slice(0, 3)).toEqual([
      ['XB001/partners/k2', 'key-worker'],
      ['XB001/partners', 'key-worker'],
      ['XB001/duty-doctor', 'involved'],
    ]);
  });

  it('offers a colleague of no known team by name only where the organisation has a single one', async () => {
    const person = { key: 'k3', name: 'Ivo Lane' };
    const world = await open({ involved: [at('XB001', 'involved', { person }), at('XC001', 'involved', { person })] });
    const { entries } = await world.messages.addresses(pharmacist(), signal);
    const named = entries.filter((entry) => entry.person !== undefined);
    expect(named.map(({ address }) => address)).toEqual(['XC001/reablement/k3']);
  });

  it('says whose answer is missing, and is in the audit', async () => {
    const world = await open({ unheard: ['XC001' as OdsCode, 'NOBODY' as OdsCode] });
    const { unheard } = await world.messages.addresses(pharmacist(), signal);
    expect(unheard).toMatchObject([{ ods: 'XC001', name: 'Ousebridge Council' }]);
    expect(world.audit.at(-1)).toMatchObject({ type: 'message.listed', detail: { what: 'addresses' } });
  });
});
