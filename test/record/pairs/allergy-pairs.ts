import type { Resource } from '../../../src/record/resource.ts';
import { another, both, code, snomed, there, words, type PairMaker } from './pair.ts';

/** Agent, SNOMED CT finding and substance; one of its class that is not itself. */
const AGENTS: readonly (readonly [agent: string, finding: string, substance: string, kin: string])[] = [
  ['Penicillin', '91936005', '764146007', 'Amoxicillin'],
  ['Amoxicillin', '294505008', '372687004', 'Flucloxacillin'],
  ['Aspirin', '293586001', '387458008', 'Ibuprofen'],
  ['Peanut', '91935009', '762952008', 'Cashew nut'],
  ['Latex', '300916003', '111088007', 'Adhesive dressings'],
  ['Erythromycin', '91931000', '372694001', 'Clarithromycin'],
  ['Trimethoprim', '', '', 'Co-trimoxazole'],
  ['Codeine', '', '', 'Morphine'],
  ['Elastoplast', '', '', 'Micropore'],
];

const agentOf = (resource: Resource): (typeof AGENTS)[number] => {
  const row = AGENTS.find(([agent]) => agent === resource['example']);
  if (!row) throw new Error('not one of the agents');
  return row;
};
const finding = ([agent, known]: (typeof AGENTS)[number]): object =>
  known ? snomed(known, `Allergy to ${agent.toLowerCase()}`) : words(agent);

export const allergyPairs: PairMaker = {
  section: 'allergies',
  apart: { '“sensitivity” behind the words': 'it is written for an allergy and for an intolerance' },

  one(chance) {
    const row = chance.pick(AGENTS);
    return {
      resourceType: 'AllergyIntolerance',
      id: 'a',
      example: row[0],
      type: 'allergy',
      clinicalStatus: code('active'),
      verificationStatus: code('confirmed'),
      code: finding(row),
      recordedDate: chance.day(1995, 2025),
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'the substance for the finding': there((one) => {
      const [agent, , substance] = agentOf(one);
      return { code: substance ? snomed(substance, agent) : words(agent) };
    }),
    'the substance, not said to be an allergy': there((one) => {
      const [agent, , substance] = agentOf(one);
      return { type: undefined, code: substance ? snomed(substance, agent) : words(agent) };
    }),
    'words without a code': there((one) => ({ type: undefined, code: words(agentOf(one)[0]) })),
    '“allergy to” before the words': there((one) => ({ code: words(`Allergy to ${agentOf(one)[0].toLowerCase()}`) })),
    '“allergy” behind the words': there((one) => ({ code: words(`${agentOf(one)[0]} allergy`) })),
    capitals: there((one) => ({ code: words(agentOf(one)[0].toUpperCase()) })),
    'another reaction': both(() => [
      { reaction: [{ manifestation: [words('Rash')], severity: 'mild' }] },
      { reaction: [{ manifestation: [words('Anaphylaxis')], severity: 'severe' }] },
    ]),
    'another criticality': both(() => [{ criticality: 'low' }, { criticality: 'high' }]),
    'recorded in another year': there((_, chance) => ({ recordedDate: chance.day(1980, 2025) })),
    'a note': there(() => ({ note: [{ text: 'Told by her daughter.' }] })),
    'no category': there(() => ({ category: ['medication'] })),
    '“sensitivity” behind the words': there((one) => ({ code: words(`${agentOf(one)[0]} sensitivity`) })),
  },

  unlike: {
    agent: there((one, chance) => {
      const row = another(chance, AGENTS, ([agent]) => agent === one['example']);
      return { code: finding(row) };
    }),
    'member of its class': there((one) => ({ code: words(agentOf(one)[3]) })),
    'status (resolved)': there((_, chance) => ({ clinicalStatus: code(chance.pick(['resolved', 'inactive'])) })),
    'status, by words alone': there((one) => ({ clinicalStatus: code('resolved'), code: words(agentOf(one)[0]) })),
    refutation: there(() => ({ verificationStatus: code('refuted') })),
    certainty: there(() => ({ verificationStatus: code('unconfirmed') })),
    'an intolerance': there(() => ({ type: 'intolerance' })),
    'an intolerance, by words alone': there((one) => ({ type: 'intolerance', code: words(agentOf(one)[0]) })),
    'status not recorded': there(() => ({ clinicalStatus: undefined })),
    'none known of it': there((one) => ({ code: words(`No known ${agentOf(one)[0].toLowerCase()} allergy`) })),
    'none known': there(() => ({ code: snomed('409137002', 'No known drug allergy') })),
    'not asked': there(() => ({ code: words('Not asked') })),
  },
};
