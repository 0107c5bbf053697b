import type { Caution, Entry, EntryState } from '../entry.ts';
import type { Conflict, Fact } from '../fact.ts';
import { codeIn, hasCode, normaliseWords, readCode, readCoded, SNOMED, type Coded } from '../fhir/coding.ts';
import { readDate, readTiming } from '../fhir/date.ts';
import { codedCautions, read, readStatement, stateBy, unreadable } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';

/**
 * Allergies and adverse reactions (PRSB CIS; IPS 48765-2; UKCore-AllergyIntolerance).
 * Must have: the agent. No date limit: an allergy of 1975 is as dangerous as one of today.
 */
export type AllergyEntry = Entry & {
  readonly section: 'allergies';
  /** `none-known`: the source says there is none. `not-asked`: the source says it does not know. Neither is an allergy. */
  readonly statement: 'allergy' | 'none-known' | 'not-asked';
  readonly kind?: 'allergy' | 'intolerance';
  readonly criticality?: 'low' | 'high' | 'unable-to-assess';
  readonly reactions: readonly Reaction[];
};

export type Reaction = { readonly manifestations: readonly string[]; readonly severity?: string; readonly description?: string };

/** SNOMED CT: no known allergy, no known drug / food / latex / environmental allergy, and "no allergies". */
const NONE_KNOWN = ['716186003', '409137002', '429625007', '1003774007', '428607008', '428197003', '160244002'];
/** "Allergic disposition not known" and the IPS absent-unknown codes for "no information". */
const NOT_ASKED = ['1631000175102'];
const IPS_ABSENT = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips';

/** FHIR R4 AllergyIntolerance.clinicalStatus; verificationStatus overrules it below. */
const STATES: { readonly [status: string]: EntryState } = { active: 'current', inactive: 'past', resolved: 'past' };

export const allergies: Section<AllergyEntry> = {
  id: 'allergies',
  heading: 'Allergies and adverse reactions',
  reads: ['AllergyIntolerance'],
  window: null,

  read(resource, context) {
    const agent = readAgent(resource);
    if (!agent) return unreadable(resource, context, 'code');
    const verification = readCode(resource['verificationStatus']);
    const status = readCode(resource['clinicalStatus']);
    const date = readTiming(resource, 'onset') ?? readDate(resource['recordedDate']) ?? readDate(resource['lastOccurrence']);
    const kind = resource['type'];
    const criticality = resource['criticality'];
    return read({
      ...readStatement(resource, context, 'allergies', [...codedCautions(agent), ...cautionsOf(verification)]),
      section: 'allergies',
      title: agent.text,
      code: agent,
      state: stateOf(status, verification),
      ...((verification ?? status) && { statusAsRecorded: [status, verification].filter(Boolean).join(', ') }),
      ...(date && { date }),
      statement: statementOf(agent),
      ...((kind === 'allergy' || kind === 'intolerance') && { kind }),
      ...((criticality === 'low' || criticality === 'high' || criticality === 'unable-to-assess') && { criticality }),
      reactions: readReactions(resource),
    });
  },

  // Same agent, same standing. Severity and reaction stay apart on the lines inside: a reader sees both.
  // A refuted or resolved allergy never joins an active one, and "none known" never joins an allergy.
  factKey(entry) {
    return [entry.statement, entry.state, codeIn(entry.code, SNOMED) ?? normaliseWords(entry.title)].join('|');
  },

  conflicts(facts) {
    return [...knownAgainstNone(facts), ...refutedElsewhere(facts)];
  },

  compare(a, b) {
    return rank(a.entries[0]) - rank(b.entries[0]);
  },
};

function readAgent(resource: Resource): Coded | undefined {
  return readCoded(resource['code']) ?? readCoded(asObjects(resource['reaction'])[0]?.['substance']);
}

function statementOf(agent: Coded): AllergyEntry['statement'] {
  if (hasCode(agent, SNOMED, NONE_KNOWN) || hasCode(agent, IPS_ABSENT, ['no-known-allergies', 'no-known-medication-allergies', 'no-known-environmental-allergies', 'no-known-food-allergies'])) {
    return 'none-known';
  }
  if (hasCode(agent, SNOMED, NOT_ASKED) || hasCode(agent, IPS_ABSENT, ['no-allergy-info'])) return 'not-asked';
  const words = normaliseWords(agent.text);
  if (/^(no known|nil known|nka$|nkda$|no (drug )?allergies)/.test(words)) return 'none-known';
  return /^(not asked|no information|unknown|not known|not on file)/.test(words) ? 'not-asked' : 'allergy';
}

function stateOf(status: string | undefined, verification: string | undefined): EntryState {
  if (verification === 'entered-in-error') return 'in-error';
  if (verification === 'refuted') return 'negated';
  return stateBy(status, STATES);
}

function cautionsOf(verification: string | undefined): readonly Caution[] {
  return verification === 'unconfirmed' ? ['unconfirmed'] : [];
}

function readReactions(resource: Resource): readonly Reaction[] {
  return asObjects(resource['reaction']).map((reaction) => {
    const severity = plainText(reaction['severity']);
    const description = plainText(reaction['description']);
    return {
      manifestations: asObjects(reaction['manifestation']).flatMap((m) => readCoded(m)?.text ?? []),
      ...(severity && { severity }),
      ...(description && { description }),
    };
  });
}

/** One source knows an allergy, another says there is none (safety H07). */
function knownAgainstNone(facts: readonly Fact<AllergyEntry>[]): readonly Conflict[] {
  const none = facts.filter((fact) => fact.entries[0].statement === 'none-known' && fact.entries[0].state !== 'past');
  const known = facts.filter((fact) => fact.entries[0].statement === 'allergy' && fact.entries[0].state === 'current');
  if (none.length === 0 || known.length === 0) return [];
  return [conflictOf('allergy-and-no-known-allergies', [...known, ...none])];
}

/** The same agent stands as active at one source and as refuted at another. */
function refutedElsewhere(facts: readonly Fact<AllergyEntry>[]): readonly Conflict[] {
  return facts
    .filter((fact) => fact.entries[0].state === 'negated' && fact.entries[0].statement === 'allergy')
    .flatMap((refuted) => {
      const agent = normaliseWords(refuted.entries[0].title);
      const active = facts.filter((f) => f.entries[0].state === 'current' && normaliseWords(f.entries[0].title) === agent);
      return active.length > 0 ? [conflictOf('allergy-refuted-elsewhere', [...active, refuted])] : [];
    });
}

function conflictOf(kind: Conflict['kind'], facts: readonly Fact<AllergyEntry>[]): Conflict {
  const sides = facts.flatMap((fact) => fact.entries.map((entry) => entry.id));
  return { id: `${kind}:${[...sides].sort().join('+')}`, kind, section: 'allergies', facts: facts.map((fact) => fact.key), sides };
}

/** High criticality first, then other allergies, then "none known" and "not asked". */
function rank(entry: AllergyEntry): number {
  if (entry.statement !== 'allergy') return 3;
  return entry.state === 'current' ? (entry.criticality === 'high' ? 0 : 1) : 2;
}

