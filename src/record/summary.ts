import { LADDER, levelOfLabels } from './confidentiality.ts';
import type { Entry, Link } from './entry.ts';
import type { Fact } from './fact.ts';
import { NHS_NUMBER_SYSTEM } from './nhs-number.ts';
import type { PatientRecord, SectionView } from './patient-record.ts';
import type { Patient } from './patient.ts';
import type { Json, Resource } from './resource.ts';
import type { DemographicsEntry } from './sections/demographics.ts';
import type { Organisation, SourceId } from './source.ts';
import { absenceElements, gapOf, gapSentences, worstGap } from './summary/absence.ts';
import { part } from './summary/elements.ts';
import { uuidOf } from './summary/identity.ts';
import { narrative } from './summary/narrative.ts';
import { SUMMARY_SECTIONS, type SummarySection } from './summary/sections.ts';
import { writeEntry } from './summary/write-entry.ts';

export { readSummary, type ReadSummary } from './summary/read-summary.ts';
export type { SectionStanding } from './summary/absence.ts';

export type SummaryFacts = {
  /** When the document is made: an ISO instant. The record knows no clock. */
  readonly at: string;
  /** Names this document; the same record, moment and name give the same document, byte for byte. */
  readonly documentId: string;
  /** Who puts it together: the organisation the reader works for. */
  readonly author: Organisation;
  readonly title: string;
};

export type Summary = {
  readonly bundle: Resource;
  /** Facts this document does not carry, by section: other headings, images, requests. Said in it as well. */
  readonly leftOut: ReadonlyMap<string, number>;
};

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';
const IPS = 'http://hl7.org/fhir/uv/ips/StructureDefinition';
const PARTICIPANT = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type';

/**
 * The merged record as an International Patient Summary (HL7 IPS, FHIR R4 document). Every statement of every organisation
 * is an entry of its own with its Provenance: two records of one medicine stay two, as they do in the record, and a reader
 * that groups finds the same facts. What is missing is said section by section.
 */
export function buildSummary(record: PatientRecord, facts: SummaryFacts): Summary {
  const made = new Making(record, facts);
  const views = new Map(record.sections.map((view) => [view.id as string, view]));
  const sections = SUMMARY_SECTIONS.flatMap((section) => {
    const own = section.of.flatMap((id) => views.get(id) ?? []);
    return made.section(section, own);
  });
  return { bundle: made.bundle(sections), leftOut: made.leftOut };
}

type Written = { readonly entry: Entry; readonly resource: Json };

class Making {
  readonly leftOut = new Map<string, number>();
  readonly #record: PatientRecord;
  readonly #facts: SummaryFacts;
  readonly #written: Written[] = [];
  readonly #organisations: ReadonlyMap<SourceId, Organisation>;
  readonly #carried: ReadonlyMap<string, Entry>;

  constructor(record: PatientRecord, facts: SummaryFacts) {
    this.#record = record;
    // Where the person was seen is where they may be found: the author of their document has no name (safety H24).
    const unnamed = { ...facts.author, ods: '' as Organisation['ods'], name: 'An organisation' };
    this.#facts = record.patient.restricted ? { ...facts, author: unnamed } : facts;
    this.#organisations = new Map(record.sources.map(({ source }) => [source.id, source.organisation]));
    const entries = record.sections.flatMap(({ facts: all }) => all.flatMap((fact): readonly Entry[] => fact.entries));
    const carried = entries.filter((entry) => this.#carries(entry));
    // Of several that one resource makes (a letter, and the plan that it is) the one that bears its name comes last.
    const named = (entry: Entry): boolean => entry.id === keyOf(entry);
    this.#carried = new Map([...carried, ...carried.filter(named)].map((entry) => [keyOf(entry), entry]));
    for (const { id, facts: all } of record.sections.filter((view) => view.id !== 'demographics')) {
      const left = all.filter((fact) => !fact.entries.every((entry) => this.#carries(entry))).length;
      if (left > 0) this.leftOut.set(id, left);
    }
  }

  section(section: SummarySection, views: readonly SectionView[]): readonly Json[] {
    const facts = views.flatMap((view) => view.facts).flatMap((fact) => this.#partOf(fact, section));
    const entries = facts.flatMap((fact): readonly Entry[] => fact.entries);
    const empty = entries.length === 0;
    const gap = worstGap(views.map((view) => gapOf(view, this.#record.unread)));
    const left = views.reduce((sum, { id }) => sum + (this.leftOut.get(id) ?? 0), 0);
    // What nobody was asked stays out; what was asked and is empty says why, or its silence would be anybody's guess.
    if (empty && left === 0 && !section.required && gap === 'notasked') return [];
    for (const entry of entries) this.#write(entry);
    return [
      {
        title: section.title,
        code: { coding: [{ system: 'http://loinc.org', code: section.code, display: section.display }] },
        text: narrative(gapSentences(gap, empty, left), facts, (source) => this.#nameOf(source)),
        ...part(
          'entry',
          entries.map((entry) => ({ reference: urn(this.#idOf(entry)) })),
        ),
        ...absenceElements(gap, empty, left),
      },
    ];
  }

  bundle(sections: readonly Json[]): Resource {
    const { at, documentId, author } = this.#facts;
    const resources = [
      this.#composition(sections),
      patientOf(this.#record.patient, this.#id('Patient')),
      ...this.#written.map(({ resource }) => resource),
      ...this.#sources().map((one) => organisationOf(one, this.#id(`Organization/${one.ods}`))),
      ...this.#written.map(({ entry }) => this.#provenance(entry)),
    ];
    return {
      resourceType: 'Bundle',
      id: this.#id('Bundle'),
      meta: { profile: [`${IPS}/Bundle-uv-ips`] },
      identifier: { system: 'urn:ietf:rfc:3986', value: urn(uuidOf(`${documentId} ${author.ods}`)) },
      type: 'document',
      timestamp: at,
      entry: resources.map((resource) => ({ fullUrl: urn(String(resource['id'])), resource })),
    };
  }

  #composition(sections: readonly Json[]): Json {
    const { at, author, title } = this.#facts;
    const said = this.#saidAtOnce();
    const organisation = { reference: urn(this.#id(`Organization/${author.ods}`)), display: author.name };
    return {
      resourceType: 'Composition',
      id: this.#id('Composition'),
      meta: { profile: [`${IPS}/Composition-uv-ips`] },
      ...(said.length > 0 && { text: narrative(said) }),
      status: 'final',
      type: { coding: [{ system: 'http://loinc.org', code: '60591-5', display: 'Patient summary Document' }] },
      subject: { reference: urn(this.#id('Patient')) },
      date: at,
      author: [organisation],
      title,
      confidentiality: this.#confidentiality(),
      custodian: organisation,
      section: sections,
    };
  }

  /** What a reader must know before any section. */
  #saidAtOnce(): readonly string[] {
    const { patient, unread, sections } = this.#record;
    const left = [...this.leftOut].map(([section, count]) => `${section} (${String(count)})`).join(', ');
    const people = sections.filter(({ id }) => id === 'demographics').flatMap(({ facts }) => facts);
    const dead = people
      .flatMap(({ entries }): readonly Entry[] => entries)
      .filter((entry) => (entry as DemographicsEntry).deceased);
    const by = [...new Set(dead.map(({ origin }) => this.#nameOf(origin.source)))].join('; ');
    return [
      // The Patient says what its own organisation says, which may not have heard.
      ...(patient.deceased === undefined && by !== '' ? [`Recorded as having died by: ${by}.`] : []),
      ...(left === '' ? [] : [`Held and not part of this summary: ${left}.`]),
      ...(unread.length === 0 ? [] : [`Sent and not understood: ${String(unread.length)}.`]),
    ];
  }

  /** The document is as confidential as the most confidential of its statements (safety I7), and as its person. */
  #confidentiality(): string | undefined {
    const level = levelOfLabels(this.#written.flatMap(({ entry }) => entry.labels));
    const own = this.#record.patient.restricted ? Math.max(level, LADDER.R) : level;
    return Object.keys(LADDER)[own];
  }

  #partOf(fact: Fact, { takes }: SummarySection): readonly Fact[] {
    const [first, ...rest] = fact.entries.filter((entry) => (takes?.(entry) ?? true) && this.#carries(entry));
    return first ? [{ ...fact, entries: [first, ...rest] }] : [];
  }

  #carries(entry: Entry): boolean {
    return writeEntry(entry, '', { subject: {}, organisation: {}, linked: () => [] }) !== undefined;
  }

  #write(entry: Entry): void {
    const organisation = { reference: urn(this.#id(`Organization/${this.#organisation(entry).ods}`)) };
    const resource = writeEntry(entry, this.#idOf(entry), {
      subject: { reference: urn(this.#id('Patient')) },
      organisation,
      linked: (rel) => this.#linked(entry, rel),
    });
    if (resource) this.#written.push({ entry, resource });
  }

  /** What the source links to, where it is part of this document too. */
  #linked({ origin, links }: Entry, rel: Link['rel']): readonly Json[] {
    return links
      .filter((link) => link.rel === rel)
      .flatMap(({ to }) => this.#carried.get(`${origin.source}/${to}`) ?? [])
      .map((target) => ({ reference: urn(this.#idOf(target)) }));
  }

  /** Whose statement it is: the source asked, as the launcher names it, and the person it names itself. */
  #provenance(entry: Entry): Json {
    const { name, ods } = this.#organisation(entry);
    const who = { reference: urn(this.#id(`Organization/${ods}`)), display: name };
    const { by, onBehalfOf, lastUpdated } = entry.origin;
    return {
      resourceType: 'Provenance',
      id: this.#id(`Provenance/${entry.id}`),
      target: [{ reference: urn(this.#idOf(entry)) }],
      ...part('occurredDateTime', lastUpdated),
      recorded: this.#facts.at,
      agent: [
        {
          type: { coding: [{ system: PARTICIPANT, code: by === undefined ? 'custodian' : 'author' }] },
          who: by === undefined ? who : { display: by },
          ...(by !== undefined && { onBehalfOf: who }),
        },
        ...(onBehalfOf === undefined ? [] : [{ who: { display: onBehalfOf } }]),
        { type: { coding: [{ system: PARTICIPANT, code: 'assembler' }] }, who: { display: this.#facts.author.name } },
      ],
      entity: [{ role: 'source', what: { identifier: { value: entry.id } } }],
    };
  }

  #sources(): readonly Organisation[] {
    const all = [this.#facts.author, ...this.#written.map(({ entry }) => this.#organisation(entry))];
    return [...new Map(all.map((one) => [one.ods, one])).values()];
  }

  /** A source that is not among the record's own would be an entry nobody vouches for. */
  #organisation(entry: Entry): Organisation {
    const found = this.#organisations.get(entry.origin.source);
    if (!found) throw new TypeError('an entry of no source of this record');
    return found;
  }

  #nameOf(source: SourceId): string {
    return this.#organisations.get(source)?.name ?? source;
  }

  #idOf(entry: Entry): string {
    return this.#id(entry.id);
  }

  #id(words: string): string {
    return uuidOf(`${this.#facts.documentId} ${words}`);
  }
}

function keyOf({ origin }: Entry): string {
  return `${origin.source}/${origin.resource}`;
}

function urn(id: string): string {
  return `urn:uuid:${id}`;
}

function organisationOf({ ods, name }: Organisation, id: string): Json {
  return {
    resourceType: 'Organization',
    id,
    ...part('identifier', ods === '' ? [] : [{ system: ODS, value: ods }]),
    name,
  };
}

/** UK Core: the number stands by the word of one organisation alone. */
const NOT_TRACED: Json = {
  url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
  valueCodeableConcept: {
    coding: [
      {
        system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland',
        code: '02',
        display: 'Number present but not traced',
      },
    ],
  },
};

/** The person as the banner shows them; a protected place stays out. */
function patientOf(patient: Patient, id: string): Json {
  const { nhsNumber, numberUnchecked, family, given, prefix, birthDate, gender, postcode, deceased, restricted } =
    patient;
  return {
    resourceType: 'Patient',
    id,
    ...(restricted && {
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
    }),
    identifier: [{ ...(numberUnchecked && { extension: [NOT_TRACED] }), system: NHS_NUMBER_SYSTEM, value: nhsNumber }],
    name: [{ use: 'official', ...part('prefix', prefix === undefined ? [] : [prefix]), family, given: [given] }],
    ...part('gender', gender),
    birthDate,
    ...(postcode !== undefined && !restricted && { address: [{ postalCode: postcode }] }),
    ...(deceased === true ? { deceasedBoolean: true } : part('deceasedDateTime', deceased)),
  };
}
