// Proves src/record/sections/device-name.ts, src/record/sections/medical-devices.ts, src/record/sections/which-device.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { equipment, type EquipmentEntry } from '../../../src/record/sections/equipment.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { type Change, device, order, use } from '../../support/devices.ts';
import { entryFrom } from '../../support/record.ts';
import { listedInAnyOrder } from '../../support/section.ts';

describe('equipment', () => {
  it('that is the instrument of a measurement is no entry and no gap', () => {
    const instrument = { resourceType: 'Device', id: 'x', type: { text: 'Sphygmomanometer' } };
    expect(readResources([instrument], 'gp' as SourceId)).toEqual({ entries: [], unread: [] });
  });

  it('that says not what it is is unread', () => {
    const nothing = order({ codeCodeableConcept: undefined });
    expect(readResources([nothing], 'council' as SourceId).unread[0]?.element).toBe('DeviceRequest.code');
  });

  it('that must not be supplied is negated and says so', () => {
    expect(entryFrom<EquipmentEntry>(order({ doNotPerform: true }))).toMatchObject({
      state: 'negated',
      prohibited: true,
    });
  });

  it.each([
    ['draft', 'planned'],
    ['active', 'current'],
    ['completed', 'unknown'],
    ['revoked', 'negated'],
    ['entered-in-error', 'in-error'],
    [undefined, 'unknown'],
  ])('ordered with status %s is %s', (status, state) => {
    expect(entryFrom(order({ status })).state).toBe(state);
  });

  it('keeps its comment, date and provider', () => {
    const note = [{ text: 'Number held by the provider' }];
    expect(entryFrom<EquipmentEntry>(order({ note, performer: { display: 'The council' } }))).toMatchObject({
      section: 'equipment',
      record: 'order',
      notes: ['Number held by the provider'],
      provider: 'The council',
      date: '2026-04-20',
    });
  });

  it('is told from medical devices by the council’s own words, and an order is no device', () => {
    expect(entryFrom(device({ type: { text: 'Bath hoist' } })).section).toBe('equipment');
    expect(entryFrom(use({ device: { display: 'Walking frame' } })).section).toBe('equipment');
    expect(entryFrom(order({ codeCodeableConcept: { text: 'Pacemaker' } })).section).toBe('equipment');
  });

  it('is one with another only by its number', () => {
    const identifier = [{ system: 'https://c.example', value: '1' }];
    const key = (change: Change, source: string): string =>
      equipment.factKey(entryFrom<EquipmentEntry>(order(change), source));
    expect(key({}, 'a')).not.toBe(key({}, 'b'));
    expect(key({ identifier }, 'a')).not.toBe(key({ identifier, status: 'revoked' }, 'b'));
    expect(key({ identifier }, 'a')).toBe(key({ identifier }, 'b'));
  });
});

describe('equipment, in full', () => {
  it('shows all that is said of it', () => {
    const reason = { reasonCode: [{ text: 'Falls' }, {}], reasonReference: [{ display: 'Weak legs' }] };
    const ordered = entryFrom<EquipmentEntry>(order({ ...reason, occurrencePeriod: { start: '2026-05-01' } }));
    expect(ordered).toMatchObject({
      record: 'order',
      reasons: ['Falls', 'Weak legs'],
      period: { start: '2026-05-01' },
      date: '2026-05-01',
      requested: '2026-04-20',
    });
    expect(ordered).not.toHaveProperty('prohibited');
    const used = use({ device: { display: 'Walking frame' }, timingPeriod: { start: '2026-06-01' } });
    expect(entryFrom(used)).toMatchObject({ record: 'use', period: { start: '2026-06-01' }, reasons: [] });
    expect(entryFrom(device({ type: { text: 'Commode' } }))).toMatchObject({ record: 'device', state: 'current' });
    expect(entryFrom(use({ device: { display: 'Walking frame' }, status: 'completed' })).state).toBe('past');
  });

  it('that must not be supplied and was entered in error is in error', () => {
    expect(entryFrom(order({ doNotPerform: true, status: 'entered-in-error' }))).toMatchObject({
      state: 'in-error',
      prohibited: true,
    });
  });

  it('that the council cannot name is unread by what should name it', () => {
    const context = { source: 'council' as SourceId, resolve: () => undefined };
    const social = { extension: [{ url: 'https://x.example/social-care' }] };
    expect(equipment.read(order({ codeCodeableConcept: undefined, ...social }), context)?.unread).toMatchObject([
      { element: 'DeviceRequest.code' },
    ]);
    const use = { resourceType: 'DeviceUseStatement', id: '1', status: 'active', ...social };
    expect(equipment.read(use, context)?.unread).toMatchObject([{ element: 'DeviceUseStatement.device' }]);
  });

  it('in place comes first, then what is to come, then what is not known or gone, the newest first', () => {
    const one = (text: string, status: string | undefined, authoredOn = '2026-01-01'): Resource =>
      order({ id: text, codeCodeableConcept: { text }, status, authoredOn });
    const each = [
      one('Refused ramp', 'revoked'),
      one('Old ramp', 'stopped'),
      one('Delivered ramp', 'completed'),
      one('Draft ramp', 'draft'),
      one('Ramp', 'active'),
      one('Newer ramp', 'active', '2026-02-01'),
    ];
    expect(listedInAnyOrder(equipment, each)).toEqual([
      ['Newer ramp', 'Ramp', 'Draft ramp', 'Delivered ramp', 'Old ramp', 'Refused ramp'],
    ]);
  });
});
