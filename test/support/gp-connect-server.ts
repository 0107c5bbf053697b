import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly parameters: readonly string[];
  readonly nhsNumber: string | undefined;
  readonly body: string;
};

export type GpConnectServer = {
  /** Where the practice answers, without a proxy. */
  readonly base: string;
  readonly asked: Asked[];
  /** Takes over the next answers; `undefined` gives the usual one. */
  answer: ((asked: Asked) => { status?: number; type?: string; body: unknown } | undefined) | undefined;
  close(): Promise<void>;
};

const SPINE = 'https://fhir.nhs.uk/STU3/CodeSystem/Spine-ErrorOrWarningCode-1';

export function spineError(code: string): object {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'invalid', details: { coding: [{ system: SPINE, code, display: code }] } }],
  };
}

/** Area parameter and the SNOMED CT code of its List. */
const LISTS: { readonly [parameter: string]: string } = {
  includeAllergies: '886921000000105',
  includeMedication: '933361000000108',
  includeProblems: '717711000000103',
  includeConsultations: '1149501000000101',
  includeImmunisations: '1102181000000102',
  includeUncategorisedData: '826501000000100',
  includeInvestigations: '887191000000108',
  includeReferrals: '792931000000107',
  includeDiaryEntries: '714311000000108',
};

/**
 * A practice that speaks GP Connect Access Record Structured on loopback: one person, and for each area asked a List and
 * the resources under its parameter. It keeps what it was asked.
 */
export async function openGpConnectServer(
  patient: Json,
  areas: { readonly [parameter: string]: readonly Json[] },
): Promise<GpConnectServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      asked.push(one);
      const scripted = self.answer?.(one);
      if (scripted) send(response, scripted.status ?? 200, scripted.body, scripted.type);
      else send(response, 200, recordFor(one, patient, areas));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const self: GpConnectServer = {
    base: `http://127.0.0.1:${String(port)}/A82038/STU3/1/gpconnect/structured/fhir`,
    asked,
    answer: undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return self;
}

function recordFor(
  { parameters, nhsNumber }: Asked,
  patient: Json,
  areas: { readonly [name: string]: readonly Json[] },
): object {
  const known = asObjects(patient['identifier']).some(({ value }) => value === nhsNumber);
  if (!known) return spineError('PATIENT_NOT_FOUND');
  const lists = parameters.flatMap((name) =>
    LISTS[name] === undefined ? [] : [listOf(LISTS[name], areas[name] ?? [])],
  );
  const resources = parameters.flatMap((name) => areas[name] ?? []);
  return {
    resourceType: 'Bundle',
    meta: { profile: ['https://fhir.nhs.uk/STU3/StructureDefinition/GPConnect-StructuredRecord-Bundle-1'] },
    type: 'collection',
    entry: [patient, ...lists, ...resources].map((resource) => ({ resource })),
  };
}

function listOf(code: string, items: readonly Json[]): Json {
  return {
    resourceType: 'List',
    status: 'current',
    mode: 'snapshot',
    code: { coding: [{ system: 'http://snomed.info/sct', code }] },
    entry: items.map(({ resourceType, id }) => ({ item: { reference: `${String(resourceType)}/${String(id)}` } })),
    ...(items.length === 0 && { emptyReason: { coding: [{ code: 'no-content-recorded' }] } }),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  const parameters = asObjects(asObject(body === '' ? {} : (JSON.parse(body) as unknown))?.['parameter']);
  const number = parameters.find(({ name }) => name === 'patientNHSNumber');
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    parameters: parameters.flatMap(({ name }) => asString(name) ?? []).filter((name) => name.startsWith('include')),
    nhsNumber: asString(asObject(number?.['valueIdentifier'])?.['value']),
    body,
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  type = 'application/fhir+json;charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type });
  response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
}
