import type { AuditEvent } from '../audit.ts';
import { AGENT, type Coding, ENTITY, EVENT, HTEST, type Profile, profileAddress, ROLE, SUBTYPE } from './codes.ts';
import {
  type AuditPlaces,
  type FhirAgent,
  type FhirEntity,
  homeAgent,
  launcherAgent,
  launcherObserver,
  organisationAgents,
  patientEntities,
  queryEntity,
  requestEntities,
  sourceAgent,
  userAgents,
} from './parts.ts';
import { keptFor } from './event-text.ts';

/** A FHIR R4 AuditEvent as JSON, its keys in canonical order: `JSON.stringify` of it is its one spelling (RFC 8785). */
export type FhirAuditEvent = {
  readonly resourceType: 'AuditEvent';
  readonly [field: string]: unknown;
};

/** What differs between the patterns; the rest is the same for every event. */
type Pattern = {
  /** Claimed only when the event meets the whole profile. */
  readonly profile?: Profile;
  readonly type: Coding;
  readonly subtype: readonly Coding[];
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
  readonly agent: readonly FhirAgent[];
  readonly entity: readonly FhirEntity[];
};

type Build = (event: AuditEvent, places: AuditPlaces) => Pattern;

/** Every kind of event and the pattern it follows: leave one out and it does not compile. */
const PATTERNS: { readonly [type in AuditEvent['type']]: Build } = {
  'launch.started': login,
  'launch.refused': permitted,
  'launch.finished': login,
  'record.viewed': permitted,
  'record.refused': permitted,
  'source.asked': patientQuery,
  'source.settled': disclosedToUs,
  'source.wrong_patient': alarm,
  'source.details_differ': alarm,
  'document.viewed': patientRead,
  'record.seen': disclosedToReader,
  'record.printed': disclosedToReader,
  'record.exported': disclosedToReader,
  'access.break_glass': brokenGlass,
  'message.sent': patientCreate,
  'message.opened': readFromUs,
  'message.listed': disclosedToReader,
  'message.acted': activity,
  'message.delivered': disclosedToReader,
  'message.escalated': movedByUs,
  'message.refused': permitted,
  'notice.heard': disclosedToUs,
  'notice.subscribed': activity,
  'notice.told': ownActivity,
  'notice.refused': ownActivity,
  'notice.withdrawn': disclosedToUs,
  'handover.opened': movedByUs,
  'handover.acknowledged': activity,
  'handover.taken': activity,
  'handover.reassigned': activity,
  'handover.escalated': movedByUs,
  'context.changed': activity,
  'audit.read': auditRead,
  'patient.traced': activity,
  'patient.unchecked': activity,
  'patient.confirmed': activity,
  'locator.updated': activity,
  'alert.moved': ownActivity,
  'objection.recorded': ownActivity,
  'objection.ended': ownActivity,
  'plugin.acted': activity,
  'session.ended': (event, places) => ({ ...login(event, places), subtype: [SUBTYPE.logout] }),
};

/** IHE BALP over FHIR R4. The trail's own fields stand in one extension, which no profile forbids. */
export function buildAuditEvent(event: AuditEvent, places: AuditPlaces): FhirAuditEvent {
  const { profile, ...pattern } = PATTERNS[event.type](event, places);
  const failed = event.outcome !== 'success';
  const succeedsOnly = profile === 'PatientQuery' || profile === 'PatientRead' || profile === 'PatientCreate';
  const claimed = event.nhsNumber === undefined || (failed && succeedsOnly) ? undefined : profile;
  const entity = failed && profile !== 'AuthZconsent' ? [...pattern.entity, OUTCOME_ENTITY] : pattern.entity;
  return {
    action: pattern.action,
    agent: pattern.agent,
    ...(failed && profile !== 'AuthZconsent' && { contained: [operationOutcome(event)] }),
    ...(entity.length > 0 && { entity }),
    extension: [trail(event)],
    ...((claimed !== undefined || places.test) && { meta: metaOf(claimed, places) }),
    outcome: outcomeOf(event),
    ...(failed && { outcomeDesc: event.code ?? event.outcome }),
    recorded: event.at,
    resourceType: 'AuditEvent',
    source: launcherObserver(places),
    subtype: pattern.subtype,
    type: pattern.type,
  };
}

function metaOf(claimed: Profile | undefined, places: AuditPlaces): object {
  return keptFor(places, `meta ${claimed ?? ''}`, () => ({
    ...(claimed && { profile: [profileAddress(claimed)] }),
    ...(places.test && { security: [HTEST] }),
  }));
}

/** BALP: client is Source, server is Destination: the query's parameters flow from the client to the server. */
function patientQuery(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    profile: 'PatientQuery',
    type: EVENT.rest,
    subtype: [SUBTYPE.search],
    action: 'E',
    agent: [
      launcherAgent(places, AGENT.source),
      sourceAgent(event, places, AGENT.destination),
      ...userAgents(event),
      ...organisationAgents(event),
    ],
    entity: [...patientEntities(event), queryEntity(event, places), ...requestEntities(event)],
  };
}

/** BALP: of a read the data flow the other way, and so client and server swap their codes. */
function patientRead(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    profile: 'PatientRead',
    type: EVENT.rest,
    subtype: [SUBTYPE.read],
    action: 'R',
    agent: [
      launcherAgent(places, AGENT.destination),
      sourceAgent(event, places, AGENT.source),
      ...userAgents(event),
      ...organisationAgents(event),
    ],
    entity: [...patientEntities(event), dataEntity(event), ...requestEntities(event)],
  };
}

/** A message: what we wrote for one patient, on behalf of its author. */
function patientCreate(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    profile: 'PatientCreate',
    type: EVENT.rest,
    subtype: [SUBTYPE.create],
    action: 'C',
    agent: [
      homeAgent(event, places, AGENT.source),
      launcherAgent(places, AGENT.destination),
      ...userAgents(event, AGENT.author),
      ...organisationAgents(event),
    ],
    entity: [...patientEntities(event), dataEntity(event), ...requestEntities(event)],
  };
}

/** A message that is read here: what we hold goes to the reader's EPR, and so the codes stand as for any read. */
function readFromUs(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    profile: 'PatientRead',
    type: EVENT.rest,
    subtype: [SUBTYPE.read],
    action: 'R',
    agent: [
      homeAgent(event, places, AGENT.destination),
      launcherAgent(places, AGENT.source),
      ...userAgents(event),
      ...organisationAgents(event),
    ],
    entity: [...patientEntities(event), dataEntity(event), ...requestEntities(event)],
  };
}

/** What came from a source came in: a disclosure, as its recipient records it. */
function disclosedToUs(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    profile: 'PrivacyDisclosure.Recipient',
    type: EVENT.imported,
    subtype: [SUBTYPE.disclose],
    action: 'C',
    agent: [
      sourceAgent(event, places, AGENT.source),
      launcherAgent(places, AGENT.destination),
      ...userAgents(event),
      ...organisationAgents(event),
    ],
    entity: [...patientEntities(event), dataEntity(event), ...requestEntities(event)],
  };
}

/** What a reader saw, printed or took away left us: a disclosure, as its source records it. */
function disclosedToReader(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    profile: 'PrivacyDisclosure.Source',
    type: EVENT.exported,
    subtype: [SUBTYPE.disclose],
    action: 'R',
    agent: [
      launcherAgent(places, AGENT.source),
      homeAgent(event, places, AGENT.destination),
      ...userAgents(event),
      ...organisationAgents(event),
    ],
    entity: [...patientEntities(event), dataEntity(event)],
  };
}

/** The decision on a request. Entities are closed: patient, what it was decided by, token. */
function permitted(event: AuditEvent, places: AuditPlaces): Pattern {
  const consent = event.detail?.['consent'];
  return {
    ...(event.user !== undefined && event.organisation !== undefined && { profile: 'AuthZconsent' as const }),
    type: EVENT.securityAlert,
    subtype: [consent === undefined ? SUBTYPE.authzRole : SUBTYPE.authzConsent],
    action: 'E',
    agent: [
      homeAgent(event, places, AGENT.application),
      ...userAgents(event),
      ...organisationAgents(event),
      { ...withoutNetwork(launcherAgent(places, AGENT.authoriser)) },
    ],
    entity: [
      ...patientEntities(event),
      ...(event.nhsNumber === undefined ? [] : [consentEntity(consent, event.detail?.['policy'])]),
    ],
  };
}

function brokenGlass(event: AuditEvent, places: AuditPlaces): Pattern {
  const decision = permitted(event, places);
  const { profile: _profile, ...rest } = decision;
  // AuthZsubTypeVS binds every subtype of AuthZconsent, so an override claims no profile but keeps its fields.
  return { ...rest, subtype: [...decision.subtype, SUBTYPE.override] };
}

function alarm(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    type: EVENT.securityAlert,
    subtype: [SUBTYPE.objectSecurity],
    action: 'E',
    agent: [launcherAgent(places, AGENT.destination), sourceAgent(event, places, AGENT.source), ...userAgents(event)],
    entity: [...patientEntities(event), ...requestEntities(event)],
  };
}

function login(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    type: EVENT.authentication,
    subtype: [SUBTYPE.login],
    action: 'E',
    agent: [homeAgent(event, places, AGENT.application), ...userAgents(event), ...organisationAgents(event)],
    entity: patientEntities(event),
  };
}

function activity(event: AuditEvent, places: AuditPlaces): Pattern {
  return { ...login(event, places), type: EVENT.application, subtype: [ownSubtype(event)] };
}

/** Done at the launcher itself: no EPR took part. */
function ownActivity(event: AuditEvent, places: AuditPlaces): Pattern {
  return { ...activity(event, places), agent: [launcherAgent(places, AGENT.application), ...userAgents(event)] };
}

/** A rule moved it and nobody: the organisation is the one it went to. */
function movedByUs(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    type: EVENT.application,
    subtype: [ownSubtype(event)],
    action: 'E',
    agent: [launcherAgent(places, AGENT.application), ...userAgents(event), ...organisationAgents(event)],
    entity: patientEntities(event),
  };
}

function auditRead(event: AuditEvent, places: AuditPlaces): Pattern {
  return {
    type: EVENT.auditLogUsed,
    subtype: [ownSubtype(event)],
    action: 'R',
    agent: [launcherAgent(places, AGENT.source), ...userAgents(event)],
    entity: patientEntities(event),
  };
}

/** DICOM has no code for it. */
function ownSubtype({ type }: AuditEvent): Coding {
  return { code: type, system: 'urn:corridor:audit-event' };
}

/** What was given, by reference: never by content (ISO 27789: links only). */
function dataEntity(event: AuditEvent): FhirEntity {
  const reference = event.detail?.['reference'];
  const what =
    typeof reference === 'string'
      ? { reference }
      : { identifier: { system: 'urn:corridor:view', value: event.viewId ?? event.launchId ?? 'none' } };
  return { role: typeof reference === 'string' ? ROLE.domainResource : ROLE.report, type: ENTITY.system, what };
}

/** A consent of the person when one decided it; otherwise the version of the community's policy, which stands for all. */
function consentEntity(consent: Said, policy: Said): FhirEntity {
  const identifier =
    consent !== undefined
      ? { system: 'urn:corridor:consent', value: String(consent) }
      : policy !== undefined
        ? { system: 'urn:corridor:policy', value: String(policy) }
        : { system: 'urn:corridor:agreement', value: 'community' };
  return { type: ENTITY.consent, what: { identifier, type: 'Consent' } };
}

type Said = string | number | boolean | undefined;

const OUTCOME_ENTITY: FhirEntity = { type: ENTITY.outcome, what: { reference: '#outcome' } };

function operationOutcome(event: AuditEvent): object {
  const code = event.outcome === 'refused' ? 'forbidden' : 'exception';
  const details = { coding: [{ code: event.code ?? event.outcome, system: 'urn:corridor:code' }] };
  return { id: 'outcome', issue: [{ code, details, severity: 'error' }], resourceType: 'OperationOutcome' };
}

/** FHIR audit-event-outcome: 0 success, 4 minor failure, 8 serious failure. */
function outcomeOf(event: AuditEvent): '0' | '4' | '8' {
  if (event.outcome === 'success') return '0';
  return event.outcome === 'refused' || event.type === 'launch.refused' ? '8' : '4';
}

function withoutNetwork({ network: _network, ...agent }: FhirAgent): FhirAgent {
  return agent;
}

/** What joins events to each other and to the launch, and what no field of the profile holds. */
function trail(event: AuditEvent): object {
  // `type` and `user` come first and side by side: the verifier looks for them together.
  const fields: readonly (readonly [string, string | undefined])[] = [
    ['type', event.type],
    ['user', event.user],
    ['launch', event.launchId],
    ['view', event.viewId],
    ['code', event.code],
    ['detail', event.detail && JSON.stringify(event.detail)],
  ];
  const extension: object[] = [];
  for (const [url, valueString] of fields) if (valueString !== undefined) extension.push({ url, valueString });
  return { extension, url: 'urn:corridor:audit-trail' };
}
