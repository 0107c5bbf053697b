import { type AgentRule, type EntityRule, type Presence, PROFILES, type ProfileRules } from './balp-profiles.ts';

type Json = { readonly [field: string]: unknown };

/**
 * Everything in which an event departs from FHIR R4 AuditEvent, and from each BALP profile it claims. Empty: it conforms.
 * Messages name fields and codes, never a person.
 */
export function checkBalp(event: unknown): readonly string[] {
  const json = asObject(event);
  if (json?.['resourceType'] !== 'AuditEvent') return ['resourceType: is not AuditEvent'];
  const claimed = asList(asObject(json['meta'])?.['profile']).map(String);
  return [...checkR4(json), ...claimed.flatMap((address) => [...checkProfile(json, address)])];
}

/** Cardinalities, codes and the one invariant of FHIR R4 AuditEvent (hl7.org/fhir/R4/auditevent.html). */
function* checkR4(event: Json): Generator<string> {
  yield* coding(event['type'], 'type');
  if (!isInstant(event['recorded'])) yield 'recorded: is not an instant';
  const outcome = event['outcome'];
  if (outcome !== undefined && !['0', '4', '8', '12'].includes(outcome as string))
    yield 'outcome: is not 0, 4, 8 or 12';
  if (event['action'] !== undefined && !['C', 'R', 'U', 'D', 'E'].includes(event['action'] as string))
    yield 'action: is not C, R, U, D or E';
  for (const [index, subtype] of asList(event['subtype']).entries())
    yield* coding(subtype, `subtype[${String(index)}]`);
  if (event['subtype'] !== undefined && asList(event['subtype']).length === 0) yield 'subtype: is an empty list';
  const agents = asList(event['agent']);
  if (agents.length === 0) yield 'agent: 1..* but there is none';
  for (const [index, agent] of agents.entries()) {
    if (typeof asObject(agent)?.['requestor'] !== 'boolean') yield `agent[${String(index)}].requestor: 1..1`;
  }
  if (!isReference(asObject(event['source'])?.['observer'])) yield 'source.observer: 1..1';
  if (event['entity'] !== undefined && asList(event['entity']).length === 0) yield 'entity: is an empty list';
  for (const [index, entity] of asList(event['entity']).entries()) {
    const { name, query } = asObject(entity) ?? {};
    if (name !== undefined && query !== undefined) yield `entity[${String(index)}]: sev-1, name and query together`;
  }
}

function* checkProfile(event: Json, address: string): Generator<string> {
  const rules = PROFILES[address];
  const name = address.split('IHE.BasicAudit.').at(-1) ?? address;
  if (!rules) {
    yield `meta.profile: ${name} is not a profile this checker knows`;
    return;
  }
  for (const problem of problemsOf(event, rules)) yield `${name}: ${problem}`;
}

function* problemsOf(event: Json, rules: ProfileRules): Generator<string> {
  if (codeOf(event['type']) !== rules.type) yield `type: is not ${rules.type}`;
  const subtypes = asList(event['subtype']).map(codeOf);
  if (!subtypes.some((code) => rules.subtypes.includes(code))) yield 'subtype: has none the profile asks for';
  if (rules.closedSubtypes && subtypes.some((code) => !rules.subtypes.includes(code)))
    yield 'subtype: has one outside its value set';
  if (event['action'] !== rules.action) yield `action: is not ${rules.action}`;
  if (event['outcome'] === undefined) yield 'outcome: 1..1';
  if (rules.successOnly && event['outcome'] !== '0') yield 'outcome: is not 0';
  if (rules.noModifierExtension && event['modifierExtension'] !== undefined) yield 'modifierExtension: 0..0';
  yield* checkAgents(event, rules);
  yield* checkEntities(event, rules);
}

function* checkAgents(event: Json, rules: ProfileRules): Generator<string> {
  const agents = asList(event['agent']).map((agent) => asObject(agent) ?? {});
  if (agents.length < 2) yield 'agent: 2..*';
  for (const rule of rules.agents) {
    const found = agents.filter((agent) => typesOf(agent['type']).some((code) => rule.types.includes(code)));
    if (found.length < rule.min || found.length > 1)
      yield `agent[${rule.name}]: ${String(rule.min)}..1, is ${String(found.length)}`;
    for (const agent of found) yield* checkAgent(agent, rule, event);
  }
}

function* checkAgent(agent: Json, rule: AgentRule, event: Json): Generator<string> {
  const at = `agent[${rule.name}]`;
  if (!isReference(agent['who'])) yield `${at}.who: 1..1`;
  yield* presence(agent['network'], rule.network, `${at}.network`);
  const network = asObject(agent['network']);
  if (network && !/^[1-5]$/.test(String(network['type']))) yield `${at}.network.type: is not 1 to 5`;
  if (network && typeof network['address'] !== 'string') yield `${at}.network.address: is missing`;
  if (rule.requestor !== undefined && agent['requestor'] !== rule.requestor)
    yield `${at}.requestor: is not ${String(rule.requestor)}`;
  for (const field of rule.forbids ?? []) yield* presence(agent[field], 'forbidden', `${at}.${field}`);
  const observer = asObject(event['source'])?.['observer'];
  if (rule.isObserver && !sameReference(agent['who'], observer))
    yield `${at}: val-audit-source, is not source.observer`;
}

function* checkEntities(event: Json, rules: ProfileRules): Generator<string> {
  const entities = asList(event['entity']).map((entity) => asObject(entity) ?? {});
  if (entities.length < rules.minEntities) yield `entity: ${String(rules.minEntities)}..*`;
  const known = new Set(rules.entities.map(({ type }) => type));
  if (rules.closedEntities && entities.some((entity) => !known.has(codeOf(entity['type']))))
    yield 'entity: slicing is closed, and one is of none of its slices';
  for (const rule of rules.entities) {
    const found = entities.filter((entity) => codeOf(entity['type']) === rule.type);
    if (found.length < rule.min || (rule.max === 1 && found.length > 1))
      yield `entity[${rule.name}]: ${String(rule.min)}..${String(rule.max)}, is ${String(found.length)}`;
    for (const entity of found) yield* checkEntity(entity, rule);
  }
}

function* checkEntity(entity: Json, rule: EntityRule): Generator<string> {
  const at = `entity[${rule.name}]`;
  if (rule.roles && !rule.roles.includes(codeOf(entity['role']))) yield `${at}.role: is not ${rule.roles.join(' or ')}`;
  if (rule.what === 'patient' && !isPatient(entity['what'])) yield `${at}.what: is not a Reference(Patient)`;
  else if (rule.what === 'identifier' && !hasIdentifier(entity['what'])) yield `${at}.what.identifier.value: 1..1`;
  else if (rule.what === 'required' && !isReference(entity['what'])) yield `${at}.what: 1..1`;
  else if (rule.what === 'forbidden' && entity['what'] !== undefined) yield `${at}.what: 0..0`;
  yield* presence(entity['query'], rule.query, `${at}.query`);
  if (rule.query === 'required' && !isBase64(entity['query'])) yield `${at}.query: is not base64`;
  for (const field of rule.forbids ?? []) yield* presence(entity[field], 'forbidden', `${at}.${field}`);
}

function* presence(value: unknown, wanted: Presence, at: string): Generator<string> {
  if (wanted === 'required' && value === undefined) yield `${at}: 1..1`;
  if (wanted === 'forbidden' && value !== undefined) yield `${at}: 0..0`;
}

function* coding(value: unknown, at: string): Generator<string> {
  if (!/^.+\|.+$/.test(codeOf(value))) yield `${at}: is not a Coding with system and code`;
}

function typesOf(concept: unknown): readonly string[] {
  return asList(asObject(concept)?.['coding']).map(codeOf);
}

function codeOf(value: unknown): string {
  const { system, code } = asObject(value) ?? {};
  return typeof system === 'string' && typeof code === 'string' ? `${system}|${code}` : '';
}

function isInstant(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

function isReference(value: unknown): boolean {
  const reference = asObject(value);
  if (!reference) return false;
  return typeof reference['reference'] === 'string' || typeof reference['display'] === 'string' || hasIdentifier(value);
}

function hasIdentifier(value: unknown): boolean {
  const identifier = asObject(asObject(value)?.['identifier']);
  return typeof identifier?.['value'] === 'string' && identifier['value'] !== '';
}

function isPatient(value: unknown): boolean {
  const { reference, type } = asObject(value) ?? {};
  if (typeof reference === 'string' && !/(^|\/)Patient\/[A-Za-z0-9\-.]{1,64}$/.test(reference)) return false;
  if (type !== undefined && type !== 'Patient') return false;
  return isReference(value) && (type === 'Patient' || reference !== undefined);
}

function sameReference(one: unknown, other: unknown): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

function isBase64(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value !== '' &&
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
  );
}

function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
