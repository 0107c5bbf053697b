import type { Resource } from '../../../src/record/resource.ts';
import { another, both, code, there, words, type PairMaker } from './pair.ts';

const FAMILY = ['Marsh', 'Okafor', 'Begum', 'Nolan', 'Singh', 'Lomas'];
const GIVEN = ['Helen', 'Grace', 'Shazia', 'Claire', 'Arjan', 'Betty'];
const RELATIONS = ['Daughter', 'Husband', 'Neighbour', 'Brother'];

type Who = { readonly family: string; readonly given: string; readonly phone: string; readonly mobile: string };
const whoOf = (resource: Resource): Who => resource['example'] as Who;
const phones = (...values: readonly string[]): object => ({
  telecom: values.map((value) => ({ system: 'phone', value })),
});

/** What RelatedPerson says, as Patient.contact says it. */
const inPatient = (one: Resource): object => ({
  resourceType: 'Patient',
  name: [{ family: 'Example', given: ['Alex'] }],
  relationship: undefined,
  telecom: undefined,
  active: undefined,
  contact: [{ name: (one['name'] as object[])[0], relationship: one['relationship'], telecom: one['telecom'] }],
});

export const personalContactPairs: PairMaker = {
  section: 'personal-contacts',

  one(chance) {
    const who = {
      family: chance.pick(FAMILY),
      given: chance.pick(GIVEN),
      phone: `01632 960${chance.whole(100, 999)}`,
      mobile: `07700 900${chance.whole(100, 999)}`,
    };
    return {
      resourceType: 'RelatedPerson',
      id: 'r',
      example: who,
      active: true,
      name: [{ prefix: ['Mrs'], given: [who.given], family: who.family }],
      relationship: [words(chance.pick(RELATIONS))],
      ...phones(who.phone),
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'no title': there((one) => ({ name: [{ given: [whoOf(one).given], family: whoOf(one).family }] })),
    'the family name first': there((one) => ({
      name: [{ text: `${whoOf(one).family.toUpperCase()}, ${whoOf(one).given} (Mrs)` }],
    })),
    'another way of writing the number': there((one) => phones(whoOf(one).phone.replace('01632 ', '(01632) '))),
    'the number from abroad': there((one) => phones(`+44 ${whoOf(one).phone.slice(1)}`)),
    'no number': there(() => ({ telecom: undefined })),
    'a mobile beside the telephone': there((one) => phones(whoOf(one).phone, whoOf(one).mobile)),
    'a mobile in place of the telephone': there((one) => phones(whoOf(one).mobile)),
    'next of kin by one alone': there((one) => ({
      relationship: [...(one['relationship'] as object[]), words('Next of kin')],
    })),
    'no status': there(() => ({ active: undefined })),
    'inside the Patient': there(inPatient),
    'an email': there((one) => ({
      telecom: [...(one['telecom'] as object[]), { system: 'email', value: 'h@example.org' }],
    })),
    'since when, by one alone': there(() => ({ period: { start: '2019-03-01' } })),
  },

  unlike: {
    name: there((one, chance) => ({
      name: [{ given: [another(chance, GIVEN, (given) => given === whoOf(one).given)], family: whoOf(one).family }],
    })),
    'family name': there((one, chance) => ({
      name: [{ given: [whoOf(one).given], family: another(chance, FAMILY, (family) => family === whoOf(one).family) }],
    })),
    relationship: there((one, chance) => ({
      relationship: [
        words(another(chance, RELATIONS, (text) => text === (one['relationship'] as { text: string }[])[0]?.text)),
      ],
    })),
    number: there(() => phones('01632 960001')),
    mobile: both((one) => [phones(whoOf(one).mobile), phones('07700 900001')]),
    'status (no longer)': there(() => ({ active: false })),
    'period (over)': there(() => ({ period: { end: '2020-01-01' } })),
    email: both(() => [
      { telecom: [{ system: 'email', value: 'a@example.org' }] },
      { telecom: [{ system: 'email', value: 'b@example.org' }] },
    ]),
    'period (another beginning)': both(() => [
      { period: { start: '2010-01-01' } },
      { period: { start: '2020-01-01' } },
    ]),
    'nobody named': both(() => [{ name: undefined }, { name: undefined }]),
  },
};

const ROLES = ['District nurse', 'Social worker', 'Occupational therapist', 'Heart failure specialist nurse'];
type Member = {
  readonly member: { readonly display: string };
  readonly role: readonly object[];
  readonly onBehalfOf?: object;
};
const memberOf = (resource: Resource): Member =>
  (resource['participant'] as Member[])[0] ?? { member: { display: '' }, role: [] };
const member = (resource: Resource, change: object): object => ({
  participant: [{ ...memberOf(resource), ...change }],
});

export const professionalContactPairs: PairMaker = {
  section: 'professional-contacts',

  one(chance) {
    const who = { family: chance.pick(FAMILY), given: chance.pick(GIVEN), phone: '', mobile: '' };
    return {
      resourceType: 'CareTeam',
      id: 't',
      example: who,
      status: 'active',
      name: 'Community nursing north',
      period: { start: chance.day() },
      participant: [
        {
          role: [words(chance.pick(ROLES))],
          member: { display: `${who.given} ${who.family}` },
          onBehalfOf: { display: 'The trust' },
        },
      ],
    };
  },

  alike: {
    'an exact copy': there(() => ({})),
    'a title': there((one) => member(one, { member: { display: `Ms ${memberOf(one).member.display}` } })),
    'the family name first': there((one) =>
      member(one, { member: { display: `${whoOf(one).family.toUpperCase()}, ${whoOf(one).given} (Ms)` } }),
    ),
    'the post behind the name': there((one) =>
      member(one, { member: { display: `${memberOf(one).member.display}, District nurse` } }),
    ),
    'no team': there(() => ({ name: undefined })),
    'no organisation': there((one) => member(one, { onBehalfOf: undefined })),
    'no beginning': there(() => ({ period: undefined })),
    'no role': there((one) => member(one, { role: undefined })),
    'what it is for': there(() => ({ reasonCode: [words('Heart failure')] })),
    'another member beside': there((one) => ({
      participant: [...(one['participant'] as object[]), { member: { reference: 'Patient/1' } }],
    })),
  },

  unlike: {
    name: there((one, chance) =>
      member(one, {
        member: { display: `${another(chance, GIVEN, (given) => given === whoOf(one).given)} ${whoOf(one).family}` },
      }),
    ),
    role: there((one, chance) =>
      member(one, {
        role: [words(another(chance, ROLES, (text) => text === (memberOf(one).role as { text: string }[])[0]?.text))],
      }),
    ),
    'key worker': there((one) => member(one, { role: [...memberOf(one).role, words('Key worker')] })),
    team: there(() => ({ name: 'Community nursing south' })),
    organisation: there((one) => member(one, { onBehalfOf: { display: 'Another trust' } })),
    'status (no longer)': there(() => ({ status: 'inactive' })),
    'status (proposed)': there(() => ({ status: 'proposed' })),
    'period (a last day)': there((one) => ({ period: { ...(one['period'] as object), end: '2026-12-24' } })),
    'period (another beginning)': there((_, chance) => ({ period: { start: chance.day(1990, 2005) } })),
    'nobody named': both(() => {
      const post = { participant: [{ role: [words('Social worker')], member: undefined }], ...code('x') };
      return [post, post];
    }),
  },
};
