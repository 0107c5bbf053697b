import { describe, expect, it } from 'vitest';
import { smartLaunch } from '../../../plugins/smart-launch/plugin.ts';

function intentOf(token: object): string | undefined {
  return smartLaunch.launch?.readContext({ token: { patient: 'p1', ...token }, claims: {} }).intent;
}

describe('what a card gave the EPR to hand on', () => {
  it.each<[string, unknown]>([
    ['no JSON', '{view'],
    ['no text', { view: 'allergies' }],
    ['a list', '["allergies"]'],
    ['markup', '{"view":"<img src=x>"}'],
    ['a path', '{"view":"../admin"}'],
    ['very long', JSON.stringify({ view: 'a'.repeat(300) })],
  ])('is nothing when it is %s', (_name, appContext) => {
    expect(intentOf({ appContext })).toBeUndefined();
  });

  it('changes no patient, whatever it says of one (row 98)', () => {
    const appContext = '{"view":"allergies","patient":"p2"}';
    expect(smartLaunch.launch?.readContext({ token: { patient: 'p1', appContext }, claims: {} })).toEqual({
      needPatientBanner: true,
      patientId: 'p1',
      intent: 'allergies',
    });
  });

  it('goes before what happened to be open, and after what the user asked for', () => {
    const fhirContext = [{ reference: 'Condition/1' }];
    expect(intentOf({ appContext: '{"view":"allergies"}', fhirContext })).toBe('allergies');
    expect(intentOf({ fhirContext })).toBe('problems');
  });
});
