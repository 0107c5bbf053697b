import { expect, it } from 'vitest';
import { relationshipOf } from '../../../launcher/access/relationship.ts';
import { careEvidenceOf } from '../../../launcher/smart/care-evidence.ts';

const patient = (more: object) => ({ resourceType: 'Patient', id: '1', ...more });
const practice = (ods: string) => ({ generalPractitioner: [{ identifier: { value: ods } }] });

it('a chart that is merely held, or a registration elsewhere, is no evidence of care', () => {
  expect(
    careEvidenceOf(patient({ managingOrganization: { identifier: { value: 'XB101' } } }), 'XB101'),
  ).toBeUndefined();
  expect(careEvidenceOf(patient(practice('XB001')), 'XB101')).toBeUndefined();
  expect(careEvidenceOf(patient({ generalPractitioner: 'XB101' }), 'XB101')).toBeUndefined();
});

it('a registration with the practice that asks is', () => {
  expect(careEvidenceOf(patient(practice('XB001')), 'XB001')).toBe('registration');
});

it('an open encounter comes first, and nothing at all is the reader’s own claim', () => {
  expect(relationshipOf({ encounterId: 'e', careEvidence: 'registration' })).toBe('encounter');
  expect(relationshipOf({ careEvidence: 'registration' })).toBe('registration');
  expect(relationshipOf({})).toBe('self-claimed');
});
