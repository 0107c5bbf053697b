import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorBanner } from '../../src/index.ts';
import type { Patient } from '../../src/record/patient.ts';
import { readDate } from '../../src/record/fhir/date.ts';
import * as sample from '../support/browser/sample-record.ts';

async function banner(
  said: Parameters<typeof sample.sampleRecord>[0],
  patient: Patient = sample.patient,
): Promise<CorridorBanner> {
  const record = sample.sampleRecord(said, patient);
  return fixture(
    html`<corridor-banner
      .patient=${patient}
      .record=${record}
      .around=${sample.surroundingsOf(record)}
    ></corridor-banner>`,
  );
}

function words(element: Element): string {
  return (element.shadowRoot?.textContent ?? '').replace(/\s+/g, ' ');
}

describe('corridor-banner', () => {
  it('is accessible', async () => {
    await expect(await banner({ surgery: { resources: [sample.allergy('a')] } })).to.be.accessible();
  });

  it('never says "no known allergies" while an organisation is silent', async () => {
    const element = await banner({
      surgery: { resources: [sample.noKnownAllergies('n')] },
      hospital: { ended: sample.didNotAnswer },
    });
    expect(words(element)).to.contain('Allergies: not known, 1 has not answered');
    expect(words(element)).not.to.contain('No known');
  });

  for (const [code, display] of [
    ['429625007', 'No known food allergy'],
    ['428607008', 'No known environmental allergy'],
    ['1003774007', 'No known latex allergy'],
  ] as const) {
    it(`does not read "${display}" as no known allergies`, async () => {
      const said = words(await banner({ surgery: { resources: [sample.noneOfKind('n', code, display)] } }));
      expect(said).to.contain(`Allergies: nothing recorded but “${display}”`);
      expect(said).not.to.contain('No known allergies').and.not.to.contain('No known drug');
    });
  }

  it('says "no known drug allergies" as just that', async () => {
    const element = await banner({
      surgery: { resources: [sample.noneOfKind('n', '409137002', 'No known drug allergy')] },
    });
    expect(words(element))
      .to.contain('No known drug allergies, recorded by Northcliffe Surgery on 04-Jan-2026')
      .and.not.to.contain('No known allergies');
  });

  it('does not say "none known" while an organisation is still answering', async () => {
    for (const resource of [
      sample.noKnownAllergies('n'),
      sample.noneOfKind('n', '409137002', 'No known drug allergy'),
    ]) {
      const said = words(await banner({ surgery: { resources: [resource] }, hospital: { ended: sample.waiting } }));
      expect(said).to.contain('Allergies: waiting for 1 organisation').and.not.to.contain('No known');
    }
  });

  it('does not say "none known" when an allergy came and could not be read', async () => {
    const element = await banner({
      surgery: { resources: [sample.noKnownAllergies('n')] },
      hospital: { resources: [sample.unreadableAllergy('u')] },
    });
    expect(words(element)).to.contain('Allergies: not known, 1 entry could not be read').and.not.to.contain('No known');
  });

  it('does not say that nothing is recorded when the only allergy is a past one', async () => {
    const past = { ...sample.allergy('a'), clinicalStatus: { coding: [{ code: 'resolved' }] } };
    const said = words(await banner({ surgery: { resources: [past, sample.noKnownAllergies('n')] } }));
    expect(said).to.contain('Allergies: none current, 1 past or ruled out recorded').and.not.to.contain('No known');
  });

  it('says beside "none known" that some may not be shared, when something is withheld', async () => {
    const element = await banner({
      surgery: { resources: [sample.noKnownAllergies('n')] },
      hospital: { ended: sample.withheld },
    });
    expect(words(element)).to.contain('No known allergies, recorded by').and.to.contain('some may not be shared');
  });

  it('says "nothing recorded", and not "none known", when nobody has recorded an allergy', async () => {
    expect(words(await banner({ surgery: {} }))).to.contain('Allergies: nothing recorded by the 1 that answered');
  });

  it('says who recorded that there are none, and when', async () => {
    const element = await banner({ surgery: { resources: [sample.noKnownAllergies('n')] } });
    expect(words(element)).to.contain('No known allergies, recorded by Northcliffe Surgery on 04-Jan-2026');
  });

  it('says that known allergies are incomplete when an organisation did not answer', async () => {
    const element = await banner({
      surgery: { resources: [sample.allergy('a')] },
      hospital: { ended: sample.didNotAnswer },
    });
    expect(words(element)).to.contain('Penicillin (anaphylaxis)').and.to.contain('incomplete');
  });

  it('names an agent once, whichever words its sources use for it', async () => {
    const element = await banner({
      surgery: { resources: [sample.allergy('a')] },
      hospital: { resources: [{ ...sample.allergy('b', 'Penicillin', '764146007'), reaction: [] }] },
    });
    expect(words(element).match(/penicillin/gi)).to.have.length(1);
  });

  it('names the patient in the form of the NHS Common User Interface', async () => {
    const said = words(await banner({ surgery: {} }));
    expect(said)
      .to.contain('BEDFORD, Margaret Anne (Mrs)')
      .and.to.contain('14-Mar-1948 (78 y)')
      .and.to.contain('999 012 3454')
      .and.to.contain('Female');
  });

  it('gives somebody who has died the date and the age then, and no age now', async () => {
    const deceased = readDate('2025-06-01');
    const said = words(await banner({ surgery: {} }, { ...sample.patient, ...(deceased && { deceased }) }));
    expect(said).to.contain('Died 01-Jun-2025, died aged 77 y').and.not.to.contain('(78 y)');
  });

  it('says that whereabouts are restricted', async () => {
    expect(words(await banner({ surgery: {} }, { ...sample.patient, restricted: true }))).to.contain('Restricted');
  });

  it('is one slim line when the host has its own banner, and never none', async () => {
    const element = await banner({ surgery: {} });
    element.slim = true;
    await element.updateComplete;
    expect(words(element)).to.contain('BEDFORD').and.to.contain('999 012 3454').and.not.to.contain('Allergies');
  });
});
