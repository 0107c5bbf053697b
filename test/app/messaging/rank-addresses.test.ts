import { describe, expect, it } from 'vitest';
import { rankAddresses } from '../../../src/app/messaging/rank-addresses.ts';
import type { AddressBookEntry } from '../../../src/messages/thread.ts';
import type { OdsCode } from '../../../src/record/source.ts';
import { letter, sampleRecord } from '../../support/browser/sample-record.ts';

const at = (ods: string, name: string, why: AddressBookEntry['why'] = 'directory'): AddressBookEntry => ({
  address: `${ods}/team`,
  organisation: { ods: ods as OdsCode, name },
  team: 'Team',
  why,
  origin: 'community',
});
const BOOK = [
  at('HOSPITAL', 'Ousebridge Royal Infirmary'),
  at('SURGERY', 'Northcliffe Surgery'),
  at('ELSEWHERE', 'Elsewhere'),
  at('COUNCIL', 'Ousebridge Council'),
];
const person = {
  resourceType: 'Patient',
  id: '1',
  name: [{ family: 'Bedford', given: ['Margaret'] }],
  generalPractitioner: [
    {
      identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'SURGERY' },
      display: 'Northcliffe Surgery',
      type: 'Organization',
    },
  ],
};
const team = {
  resourceType: 'CareTeam',
  id: 't',
  subject: { reference: 'Patient/1' },
  status: 'active',
  participant: [
    { member: { display: 'J. Marsh' }, role: [{ text: 'Key worker' }], onBehalfOf: { display: 'Ousebridge Council' } },
  ],
};

const whys = (book: readonly AddressBookEntry[] | undefined) => book?.map(({ why }) => why);

describe('the address book beside a record', () => {
  it('leaves everybody where they are whom the record does not name', () => {
    expect(whys(rankAddresses(BOOK, sampleRecord({ other: {} })))).toEqual(BOOK.map(() => 'directory'));
  });

  it('knows the registered practice, the key worker’s organisation and who holds anything', () => {
    const record = sampleRecord({ hospital: { resources: [letter('d')] }, surgery: { resources: [person, team] } });
    const book = rankAddresses(BOOK, record);
    expect(whys(book)).toEqual(['involved', 'registered-gp', 'directory', 'key-worker']);
    expect(book?.[3]?.takes).toBe('J. Marsh');
  });

  it('puts no practice first that only others name, where the practice itself says otherwise, and none of two', () => {
    const registeredAt = (ods: string): object => ({
      ...person,
      generalPractitioner: [
        {
          identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: ods },
          display: ods,
          type: 'Organization',
        },
      ],
    });
    const moved = sampleRecord({
      hospital: { resources: [registeredAt('ELSEWHERE')] },
      surgery: { resources: [registeredAt('SURGERY')] },
    });
    expect(whys(rankAddresses([...BOOK], moved))?.slice(1, 3)).toEqual(['registered-gp', 'directory']);
    const unclear = sampleRecord({
      hospital: { resources: [registeredAt('ELSEWHERE')] },
      other: { resources: [registeredAt('SURGERY')] },
    });
    expect(whys(rankAddresses([...BOOK], unclear))).not.toContain('registered-gp');
  });

  it('never takes away what the launcher says', () => {
    const said = [at('HOSPITAL', 'Ousebridge Royal Infirmary', 'key-worker')];
    expect(whys(rankAddresses(said, sampleRecord({ other: {} })))).toEqual(['key-worker']);
  });
});
