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
    expect(words(element)).to.contain('Allergy to penicillin (anaphylaxis)').and.to.contain('incomplete');
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
