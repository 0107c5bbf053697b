import { asObjects, asString, type Json } from '../../src/record/resource.ts';
import { asList, partyOf, rename } from './elements.ts';

/** STU3 Observation: a comment is a note in R4, and what it is related to has an element for each kind. */
export function adaptObservation(resource: Json): Json {
  const { comment, related, component, ...rest } = rename(resource, { context: 'encounter' });
  const text = asString(comment);
  const links = asObjects(related);
  const members = targets(links, 'has-member');
  const sources = targets(links, 'derived-from');
  const others = links.filter(({ type }) => type !== 'has-member' && type !== 'derived-from');
  return {
    ...rest,
    ...interpretation(rest),
    ...(component !== undefined && {
      component: asObjects(component).map((one) => ({ ...one, ...interpretation(one) })),
    }),
    ...(text !== undefined && { note: [...asObjects(rest['note']), { text }] }),
    ...(members.length > 0 && { hasMember: members }),
    ...(sources.length > 0 && { derivedFrom: sources }),
    ...(others.length > 0 && { extension: [...asObjects(rest['extension']), ...others.map(keepRelation)] }),
  };
}

function targets(links: readonly Json[], type: string): readonly Json[] {
  return links.filter((link) => link['type'] === type).flatMap(({ target }) => asObjects(target));
}

/** `replaces`, `sequel-to` and others have no element in R4 (FHIR R4 Observation, changes since STU3). */
function keepRelation({ type, target }: Json): Json {
  return {
    url: 'http://hl7.org/fhir/3.0/StructureDefinition/extension-Observation.related',
    extension: [
      { url: 'type', valueCode: type },
      { url: 'target', valueReference: target },
    ],
  };
}

function interpretation(element: Json): Json {
  return element['interpretation'] === undefined ? {} : { interpretation: asList(element['interpretation']) };
}

/** STU3 DiagnosticReport: test groups and filing comments stay Observations it leads to. */
export function adaptReport(resource: Json): Json {
  const { performer, codedDiagnosis, image, ...rest } = rename(resource, { context: 'encounter' });
  return {
    ...rest,
    ...(rest['category'] !== undefined && { category: asList(rest['category']) }),
    ...(performer !== undefined && { performer: asList(performer).map(partyOf) }),
    ...(codedDiagnosis !== undefined && { conclusionCode: asList(codedDiagnosis) }),
    ...(image !== undefined && {
      media: asObjects(image).map(({ comment, link }) => ({ ...(comment !== undefined && { comment }), link })),
    }),
  };
}

/** STU3 request-status: what is called off or held back has another word in R4. */
const STATUSES: { readonly [stu3: string]: string } = { cancelled: 'revoked', suspended: 'on-hold' };

function statusOf({ status }: Json): Json {
  return typeof status === 'string' && Object.hasOwn(STATUSES, status) ? { status: STATUSES[status] } : {};
}

/** STU3 ProcedureRequest: in GP Connect a diary entry (intent `plan`) or a test that was asked for (`order`). */
export function adaptProcedureRequest(resource: Json): Json {
  const { requester, performer, definition: _definition, ...rest } = rename(resource, { context: 'encounter' });
  return {
    ...rest,
    ...statusOf(rest),
    resourceType: 'ServiceRequest',
    ...(requester !== undefined && { requester: partyOf(requester) }),
    ...(performer !== undefined && { performer: asList(performer) }),
  };
}

/** STU3 ReferralRequest: R4 keeps one kind of request. Its description is the referrer's own text: a note. */
export function adaptReferral(resource: Json): Json {
  const {
    requester,
    recipient,
    specialty,
    type,
    serviceRequested,
    description,
    definition: _definition,
    ...rest
  } = rename(resource, { context: 'encounter', groupIdentifier: 'requisition' });
  const [asked, ...more] = asObjects(serviceRequested);
  const text = asString(description);
  return {
    ...rest,
    ...statusOf(rest),
    resourceType: 'ServiceRequest',
    ...(asked && { code: asked }),
    ...(more.length > 0 && { orderDetail: more }),
    ...(type !== undefined && { category: asList(type) }),
    ...(specialty !== undefined && { performerType: specialty }),
    ...(requester !== undefined && { requester: partyOf(requester) }),
    ...(recipient !== undefined && { performer: asList(recipient) }),
    ...(text !== undefined && { note: [{ text }, ...asObjects(rest['note'])] }),
  };
}
