import { stands } from '../build-conflict.ts';
import type { Entry, EntryState } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readCode, readCoded, type Coded } from '../fhir/coding.ts';
import { readDate, readTiming } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readLooseTime } from '../fhir/loose-time.ts';
import { asTexts } from '../fhir/reference.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import { optional } from '../optional.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { namedBehindDenial } from './denied-allergy.ts';
import { keyOfParts } from './key-of-parts.ts';
import { isUnclear, noneOf, statementOf, type NoneOf } from './no-allergy.ts';
import { agentNames } from './same-allergy.ts';
import { isGrave } from './summarise-allergy.ts';

export type { NoneOf } from './no-allergy.ts';
export { summariseAllergy } from './summarise-allergy.ts';

/**
 * Allergies and adverse reactions (PRSB CIS; IPS 48765-2; UKCore-AllergyIntolerance).
 * Must have: the agent. No date limit: an allergy of 1975 is as dangerous as one of today.
 */
export type AllergyEntry = Entry & {
  readonly section: 'allergies';
  /** `none-known`: the source says there is none. `not-asked`: the source says it does not know. Neither is an allergy. */
  readonly statement: 'allergy' | 'none-known' | 'not-asked';
  /** `none-known` only: of what there is none. "No known drug allergy" says nothing of peanuts. */
  readonly noneOf?: NoneOf;
  /** FHIR allergy-intolerance-category: food, medication, environment, biologic. */
  readonly categories: readonly string[];
  readonly kind?: 'allergy' | 'intolerance';
  readonly criticality?: 'low' | 'high' | 'unable-to-assess';
  /** An onset that is not a date: "as a child". */
  readonly onsetText?: string;
  /** `date` is when it last happened: when it began is not known. */
  readonly last?: true;
  /** What a reaction was to, where the agent does not name it (amoxicillin, of "Drug allergy"), or what a denial names behind itself. */
  readonly substances?: readonly string[];
  readonly reactions: readonly Reaction[];
};

export type Reaction = {
  /** What was taken, where it is not the agent itself (`substances`). */
  readonly substance?: string;
  readonly manifestations: readonly string[];
  readonly severity?: string;
  readonly description?: string;
};

/** FHIR R4 AllergyIntolerance.clinicalStatus; verificationStatus overrules it below. */
const STATES: { readonly [status: string]: EntryState } = { active: 'current', inactive: 'past', resolved: 'past' };

export const allergies: Section<AllergyEntry> = {
  id: 'allergies',
  heading: 'Allergies and adverse reactions',
  groupedBy: 'agent',
  reads: ['AllergyIntolerance'],
  window: null,

  read(resource, context) {
    const agent = readAgent(resource);
    if (!agent) return unreadable(resource, context, 'code');
    const verification = readCode(resource['verificationStatus']);
    const status = readCode(resource['clinicalStatus']);
    const statement = statementOf(agent);
    const reactedTo = readSubstances(resource, agent);
    const substances = [...new Set([...reactedTo, ...namedBehindDenial(agent.text)])];
    const kind = resource['type'];
    const criticality = resource['criticality'];
    return read({
      ...readStatement(resource, context, 'allergies', [
        ...codedCautions(agent),
        ...(stateBy(status, STATES) === 'current' && abatement(resource) ? ['source-unclear' as const] : []),
        ...(isUnclear(agent) ? ['source-unclear' as const] : []),
      ]),
      section: 'allergies',
      title: reactedTo.length > 0 ? `${agent.text} (${reactedTo.join(', ')})` : agent.text,
      code: agent,
      state: stateOf(resource, status, verification),
      ...optional('statusAsRecorded', [status, verification].filter(Boolean).join(', ') || undefined),
      ...datesOf(resource),
      ...optional('onsetText', readLooseTime(resource, 'onset')),
      statement,
      ...(statement === 'none-known' && { noneOf: noneOf(agent) }),
      categories: asTexts(resource['category']),
      ...((kind === 'allergy' || kind === 'intolerance') && { kind }),
      ...((criticality === 'low' || criticality === 'high' || criticality === 'unable-to-assess') && { criticality }),
      ...(substances.length > 0 && { substances }),
      reactions: readReactions(resource, reactedTo),
    });
  },

  // The same agent (same-allergy.ts), by code or by name, in the same standing, equally sure. A refuted or resolved allergy
  // never joins an active one, an unconfirmed one never a confirmed one, what is said to be an intolerance never an
  // allergy, and "none known" never anything but itself. Records that state another reaction, severity or criticality do
  // join: it is one hazard, and two lines would make of one penicillin a mild one and a dangerous one. So the line shows
  // the worst and every reaction of all its records (summarise-allergy.ts), says when they differ, and each record stays
  // on a line of its own inside.
  identity(entry) {
    const sure = !entry.cautions.includes('unconfirmed');
    return {
      base: keyOfParts(
        entry.statement,
        entry.state,
        sure,
        entry.kind === 'intolerance',
        (entry.substances ?? []).map(normaliseWords).sort(),
      ),
      names: () => agentNames(entry.code, entry.title),
    };
  },

  factKey(entry) {
    return keyAlone(entry, allergies.identity?.(entry));
  },

  // What disagrees (allergy-conflicts.ts) needs the tables of substances, which follow the first sight (decision 24).
  conflicts() {
    return [];
  },

  compare(a, b) {
    return rank(a) - rank(b);
  },
};

function readAgent(resource: Resource): Coded | undefined {
  return readCoded(resource['code']) ?? readCoded(asObjects(resource['reaction'])[0]?.['substance']);
}

/** FHIR R4 reaction.substance: "differs from the code" where the code is a class, or only the word for an allergy. */
function readSubstances(resource: Resource, agent: Coded): readonly string[] {
  const named = [agent.text, ...agent.codings.flatMap(({ display }) => display ?? [])].map(normaliseWords);
  const texts = asObjects(resource['reaction']).flatMap((reaction) => readCoded(reaction['substance'])?.text ?? []);
  return [...new Set(texts)].filter((text) => !named.some((name) => name.includes(normaliseWords(text))));
}

function stateOf(resource: Resource, status: string | undefined, verification: string | undefined): EntryState {
  if (verification === 'entered-in-error') return 'in-error';
  if (verification === 'refuted') return 'negated';
  const state = stateBy(status, STATES);
  // An end of the allergy is recorded and its status still says active: the two contradict each other.
  return state === 'current' && abatement(resource) ? 'unknown' : state;
}

/** UK Core and the base extension for the end of an allergy. */
function abatement(resource: Resource): boolean {
  return extensionsNamed(resource, 'allergyintolerance-abatement', 'UKCore-AllergyIntoleranceEnd').length > 0;
}

/** When it began or last happened; failing that, when it was recorded, and said to be so. */
function datesOf(resource: Resource): Pick<AllergyEntry, 'date' | 'dateIs' | 'last'> {
  const date = readTiming(resource, 'onset');
  if (date) return { date };
  const last = readDate(resource['lastOccurrence']);
  if (last) return { date: last, last: true };
  const recorded = readDate(resource['recordedDate']);
  return recorded ? { date: recorded, dateIs: 'recorded' } : {};
}

function readReactions(resource: Resource, substances: readonly string[]): readonly Reaction[] {
  return asObjects(resource['reaction']).map((reaction) => {
    const substance = readCoded(reaction['substance'])?.text;
    const severity = plainText(reaction['severity']);
    const description = plainText(reaction['description']);
    return {
      ...(substance !== undefined && substances.includes(substance) && { substance }),
      manifestations: asObjects(reaction['manifestation']).flatMap((m) => readCoded(m)?.text ?? []),
      ...(severity && { severity }),
      ...(description && { description }),
    };
  });
}

/** What stands and is grave by any of its records, what else stands, what is over or refuted, then what is no allergy. */
function rank(fact: Fact<AllergyEntry>): number {
  if (fact.entries[0].statement !== 'allergy') return 3;
  return stands(fact.entries[0]) ? (fact.entries.some(isGrave) ? 0 : 1) : 2;
}
