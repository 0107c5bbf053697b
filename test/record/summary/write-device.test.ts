import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { entryFrom } from '../../support/record.ts';
import { saidOf, UNKNOWN, written } from '../../support/written.ts';

const use = {
  resourceType: 'DeviceUseStatement',
  id: '1',
  status: 'active',
  contained: [{ resourceType: 'Device', id: 'd', type: { text: 'Pacemaker' } }],
  device: { reference: '#d' },
};
const device = {
  resourceType: 'Device',
  id: '1',
  status: 'active',
  type: { text: 'Hip prosthesis' },
  patient: { reference: 'Patient/p' },
};

/** A document knows a device only by its use: of which of the two a source told, and its word for it, nothing is said. */
const said = (resource: Resource): object => ({
  ...saidOf(entryFrom(resource)),
  record: undefined,
  device: undefined,
  statusAsRecorded: undefined,
});
const same = (resource: Resource): void => {
  expect(said(written(resource))).toEqual(said(resource));
};
const inside = (resource: Resource): unknown => (written(resource)['contained'] as readonly unknown[])[0];

describe('a device in a summary', () => {
  it('is the statement of its use, in full', () => {
    const thing = {
      resourceType: 'Device',
      type: { text: 'Pacemaker' },
      manufacturer: 'Maker',
      expirationDate: '2030-01-01',
      lotNumber: 'L1',
      serialNumber: 'S1',
      modelNumber: 'M1',
      udiCarrier: [{ deviceIdentifier: '00844588003288' }],
      safety: [{ text: 'MR conditional' }],
    };
    const full = {
      ...use,
      contained: [{ ...thing, id: 'd' }],
      status: 'on-hold',
      timingPeriod: { start: '2020', end: '2030' },
      source: { display: 'Dr Ada' },
      reasonCode: [{ text: 'Heart block' }],
      bodySite: { text: 'Chest' },
      note: [{ text: 'As told' }],
    };
    const { reasonCode, ...rest } = full;
    expect(written(full)).toEqual({
      ...rest,
      reasonCode,
      subject: { reference: 'Patient/p' },
      contained: [{ ...thing, id: 'device', patient: { reference: 'Patient/p' } }],
      device: { reference: '#device' },
    });
    same(full);
  });

  it('has nothing that is not said, and no user named for the organisation', () => {
    expect(written(use)).toEqual({
      resourceType: 'DeviceUseStatement',
      id: '1',
      status: 'active',
      subject: { reference: 'Patient/p' },
      _timingDateTime: UNKNOWN,
      device: { reference: '#device' },
      contained: [
        { resourceType: 'Device', id: 'device', type: { text: 'Pacemaker' }, patient: { reference: 'Patient/p' } },
      ],
    });
    same(use);
  });

  it.each([
    ['active', 'active'],
    ['inactive', 'completed'],
    ['entered-in-error', 'entered-in-error'],
  ])('that is %s by itself is %s in its use', (status, expected) => {
    expect(written({ ...device, status })).toMatchObject({ status: expected });
    same({ ...device, status });
  });

  it('whose standing nobody knows is not given one, nor one that no use has', () => {
    for (const status of ['unknown', undefined]) {
      expect(written({ ...device, status })).toMatchObject({ _status: UNKNOWN });
      expect(written({ ...device, status })).not.toHaveProperty('status');
      same({ ...device, status });
    }
    expect(written({ ...use, status: undefined })).toMatchObject({ _status: UNKNOWN });
    expect(written({ ...use, status: 'inactive' })).toMatchObject({ status: 'inactive' });
  });

  it('keeps what its carrier says for the carrier, and an identifier for what it identifies', () => {
    for (const carrierHRF of ['(01)00844588003288(17)141120', '=/A9999XYZ', '+H123PARTNO1', '&,1000']) {
      const carried = { ...device, udiCarrier: [{ carrierHRF }] };
      expect(inside(carried)).toMatchObject({ udiCarrier: [{ carrierHRF }] });
      same(carried);
    }
    const identified = { ...device, udiCarrier: [{ deviceIdentifier: '00844588003288' }] };
    expect(inside(identified)).toMatchObject({ udiCarrier: [{ deviceIdentifier: '00844588003288' }] });
    const inner = { ...device, udiCarrier: [{ deviceIdentifier: 'A+1' }] };
    expect(inside(inner)).toMatchObject({ udiCarrier: [{ deviceIdentifier: 'A+1' }] });
  });

  it.each<readonly [string, object, object]>([
    ['on a day', { timingDateTime: '2020' }, { timingDateTime: '2020' }],
    ['filed on a day', { recordedOn: '2020-01-01' }, { recordedOn: '2020-01-01', _timingDateTime: UNKNOWN }],
    ['on a day, filed later', { timingDateTime: '2019', recordedOn: '2020-01-01' }, { timingDateTime: '2019' }],
  ])('used %s is so', (_when, time, expected) => {
    expect(written({ ...use, ...time })).toMatchObject(expected);
    same({ ...use, ...time });
    expect(written(use)).not.toHaveProperty('recordedOn');
  });

  it('says why it is off', () => {
    same({ ...device, status: 'inactive', statusReason: [{ text: 'Off' }] });
  });
});
