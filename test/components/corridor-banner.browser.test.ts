import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorBanner } from '../../src/index.ts';
import type { Patient } from '../../src/record/patient.ts';
import { formatNhsNumber } from '../../src/record/nhs-number.ts';
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
    expect(words(element)).to.contain('Allergies: not known, 1 did not answer');
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

  it('names safeguarding beside the alerts, and then does not say that there are no alerts', async () => {
    const flag = {
      resourceType: 'Flag',
      id: 'f',
      status: 'active',
      subject: { reference: 'Patient/1' },
      category: [{ text: 'Safeguarding' }],
      code: { text: 'Subject to child protection plan' },
    };
    const alone = words(await banner({ surgery: { resources: [flag] } }));
    expect(alone).to.contain('Safeguarding').and.not.to.contain('No alerts');
    const silent = words(await banner({ surgery: { resources: [flag] }, hospital: { ended: sample.didNotAnswer } }));
    expect(silent).to.contain('Safeguarding').and.to.contain('Alerts: none recorded, but incomplete');
  });

  it('does not call a pregnancy of years ago, or one denied, a pregnancy; and names one that stands', async () => {
    const status = (text: string, effectiveDateTime: string): object => ({
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      subject: { reference: 'Patient/1' },
      code: { text: 'Pregnancy status' },
      valueCodeableConcept: { text },
      effectiveDateTime,
    });
    const said = async (text: string, date: string): Promise<string> =>
      words(await banner({ surgery: { resources: [status(text, date)] } }));
    expect(await said('Pregnant', '2019-05-01')).not.to.contain('Pregnant');
    expect(await said('Not pregnant', '2026-11-01')).not.to.contain('regnant');
    expect(await said('Pregnant', '2026-11-01')).to.contain('Pregnant');
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
    expect(words(await banner({ surgery: {} }))).to.contain('Allergies: nothing recorded by the one that answered');
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

  it('says which number the reader’s own system holds when it was replaced, and nothing of it otherwise', async () => {
    const said = { surgery: { resources: [sample.allergy('a')] } };
    expect(words(await banner(said))).not.to.contain('Number changed');
    const patient: Patient = { ...sample.patient, supersedes: '9991814420' as Patient['nhsNumber'] };
    const element = await banner(said, patient);
    expect(words(element)).to.contain('Number changed: your system holds 999 181 4420');
    expect(words(element)).to.contain(`NHS No. ${formatNhsNumber(patient.nhsNumber)}`);
    await expect(element).to.be.accessible();
  });

  it('says that the number was not checked when the national service was silent, and nothing of it otherwise', async () => {
    const said = { surgery: { resources: [sample.allergy('a')] } };
    expect(words(await banner(said))).not.to.contain('not checked');
    const element = await banner(said, { ...sample.patient, numberUnchecked: true });
    expect(words(element)).to.contain('Number not checked: the national service did not answer');
    await expect(element).to.be.accessible();
  });

  it('drops neither allergies nor alerts nor the resuscitation decision when the host has its own banner', async () => {
    const element = await banner({
      surgery: { resources: [sample.allergy('a')] },
      hospital: { ended: sample.waiting },
    });
    const standing = (): string => (element.shadowRoot?.querySelector('.standing')?.textContent ?? '').trim();
    const full = standing();
    element.slim = true;
    await element.updateComplete;
    expect(words(element)).to.contain('BEDFORD').and.to.contain('999 012 3454');
    expect(full).to.contain('anaphylaxis').and.to.contain('Alerts');
    expect(standing()).to.equal(full);
  });

  it('stands as high while alerts are awaited as when they have come, beside a decision that is there already', async () => {
    const decision = {
      resourceType: 'Flag',
      id: 'd',
      status: 'active',
      subject: { reference: 'Patient/p' },
      code: { coding: [{ system: 'http://snomed.info/sct', code: '450476008', display: 'Not for attempted CPR' }] },
    };
    const risk = { ...decision, id: 'r', code: { text: 'At risk of falls' } };
    const heights: (number | undefined)[] = [];
    for (const hospital of [{ ended: sample.waiting }, { resources: [risk] }]) {
      const element = await banner({ surgery: { resources: [decision] }, hospital });
      element.style.inlineSize = '360px';
      expect(words(element)).to.contain('Do not attempt resuscitation');
      heights.push(element.shadowRoot?.querySelector('.pins')?.getBoundingClientRect().height);
    }
    expect(heights[0]).to.equal(heights[1]);
  });

  it('names the worst reaction of an allergy, and first, though a newer record of it has none', async () => {
    const others = ['Latex', 'Aspirin', 'Elastoplast'].map((agent, at) => ({
      ...sample.allergy(`o${String(at)}`, agent, `10${String(at)}`),
      criticality: 'low',
      recordedDate: '2026-01-01',
      reaction: [],
    }));
    const newer = { ...sample.allergy('n'), criticality: undefined, recordedDate: '2026-02-01', reaction: [] };
    const said = words(
      await banner({ pharmacy: { resources: [newer, ...others] }, surgery: { resources: [sample.allergy('a')] } }),
    );
    expect(said).to.match(/4 allergies recorded: Penicillin \(anaphylaxis\), .* and 1 more/);
  });

  it('never cuts off how many allergies it does not name', async () => {
    const agents = ['Penicillin', 'Adhesive dressings of every kind', 'Gliclazide and its relatives', 'Latex'];
    const element = await banner({
      surgery: { resources: agents.map((agent, at) => sample.allergy(String(at), agent, `10${String(at)}`)) },
      hospital: { ended: sample.didNotAnswer },
    });
    for (const width of [320, 420, 640, 1024]) {
      element.style.inlineSize = `${String(width)}px`;
      const more = element.shadowRoot?.querySelector('.more');
      expect(more?.textContent).to.equal('and 1 more');
      const [inner, outer] = [more?.getBoundingClientRect(), element.getBoundingClientRect()];
      expect(inner?.width).to.be.greaterThan(0);
      expect(inner?.right).to.be.at.most(outer.right);
      expect(inner?.bottom).to.be.at.most(outer.bottom);
    }
  });

  it('keeps the NHS number in view under a name of 10,000 characters', async () => {
    const element = await banner({ surgery: {} }, { ...sample.patient, given: 'Margaret '.repeat(1_100) });
    for (const width of [320, 1024]) {
      element.style.inlineSize = `${String(width)}px`;
      expect(element.getBoundingClientRect().height).to.be.lessThan(220);
      const number = element.shadowRoot?.querySelector('.number')?.getBoundingClientRect();
      expect(number?.bottom).to.be.at.most(element.getBoundingClientRect().bottom);
    }
  });
});
