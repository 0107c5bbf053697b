import { gzipSync } from 'node:zlib';
import { allergy } from '../support/fhir-server.ts';
import type { Fault, Reply, Wire } from './fault.ts';
import { bodyOf, CANARY, type Page } from './truth.ts';

// The forty faults as one table, so longer than other files: it is read as one (safety: federation fault matrix).

const FHIR = { 'content-type': 'application/fhir+json' };
const reply = (body: Buffer | string, headers: Reply['headers'] = FHIR, status = 200): Reply => ({
  status,
  headers,
  body,
});
const of = (page: Page, changes: Parameters<typeof bodyOf>[1]): Reply => reply(bodyOf(page, changes));
const among = <T>(list: readonly T[], variant: number): T => list[variant % list.length] as T;
const silence = (): void => undefined;
const beginAndStop = (wire: Wire): void => wire.begin();

const STATUSES = [500, 502, 503, 504, 429, 408] as const;
const foreign = (id: string, patient = 'p2') => allergy(id, patient, CANARY);
const GARBAGE: readonly ((page: Page) => Buffer | string)[] = [
  () => Buffer.from([0x93, 0x00, 0xff, 0x17, 0x80]),
  (page) => bodyOf(page).subarray(0, 200),
  (page) => Buffer.concat([Buffer.from('\u0000'), bodyOf(page)]),
  (page) => Buffer.concat([bodyOf(page).subarray(0, 40), Buffer.from([0xc3, 0x28]), bodyOf(page).subarray(40)]),
  () => `${'{"a":'.repeat(90_000)}1${'}'.repeat(90_000)}`,
  () => '',
];
const NEXT: readonly ((page: Page, base: string, count: number) => string)[] = [
  (page, base) => `${base}/${page.type}/page/${String(page.number)}`,
  () => 'http://127.0.0.1:1/fhir/AllergyIntolerance/page/1',
  (page, base, count) => `${base}/${page.type}/page/${String(page.number)}?again=${String(count)}`,
];

export const FAULTS: readonly Fault[] = [
  { id: 'F01', name: 'connection refused', outcome: 'gap', connection: () => 'refused' },
  {
    id: 'F02',
    name: 'a connection that is never answered',
    outcome: 'gap',
    clocks: 'short',
    connection: () => 'blackhole',
  },
  { id: 'F03', name: 'accepted, then silence', outcome: 'gap', clocks: 'short', wire: silence },
  { id: 'F04', name: 'a head, then silence', outcome: 'gap', clocks: 'short', wire: beginAndStop },
  { id: 'F05', name: 'a byte at a time', outcome: 'any', clocks: 'short', wire: trickle },
  {
    id: 'F06',
    name: 'late by seconds',
    outcome: 'whole',
    variants: 3,
    wire: (wire, variant) => void setTimeout(() => wire.finish(), among([20, 50, 80], variant)),
  },
  { id: 'F07', name: 'little bandwidth', outcome: 'whole', wire: drip },
  { id: 'F08', name: 'reset', outcome: 'gap', wire: (wire) => void wire.response.socket?.resetAndDestroy() },
  { id: 'F09', name: 'ended before its length', outcome: 'gap', wire: endEarly },
  { id: 'F10', name: 'chunks without an end', outcome: 'gap', chunked: true, wire: endEarly },
  {
    id: 'F11',
    name: 'an error of the server',
    outcome: 'gap',
    variants: STATUSES.length,
    answer: (_page, variant) => reply('', variant % 2 ? { 'retry-after': '0' } : {}, among(STATUSES, variant)),
  },
  { id: 'F12', name: 'a token that ran out in the middle', outcome: 'whole', token: () => reply('{}') },
  { id: 'F13', name: 'refused for one type', outcome: 'gap', answer: () => reply('', {}, 403) },
  {
    id: 'F14',
    name: 'the patient is gone',
    outcome: 'gap',
    variants: 2,
    answer: (_page, variant) => reply('', {}, among([404, 410], variant)),
  },
  {
    id: 'F15',
    name: 'an OperationOutcome in a 200',
    outcome: 'gap',
    answer: () => reply('{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception"}]}'),
  },
  {
    id: 'F16',
    name: 'a login page in a 200',
    outcome: 'gap',
    variants: 2,
    answer: (_page, variant) =>
      reply('<!doctype html><h1>Sign in', { 'content-type': among(['text/html', 'application/fhir+json'], variant) }),
  },
  {
    id: 'F17',
    name: 'garbage',
    outcome: 'gap',
    variants: GARBAGE.length,
    answer: (page, variant) => reply(among(GARBAGE, variant)(page)),
  },
  {
    id: 'F18',
    name: 'compression that is broken or a bomb',
    outcome: 'gap',
    variants: 3,
    answer: (page, variant) =>
      reply(among([() => gzipSync(bodyOf(page)).subarray(0, 60), () => BOMB, () => bodyOf(page)], variant)(), {
        ...FHIR,
        'content-encoding': 'gzip',
      }),
  },
  {
    id: 'F19',
    name: 'another character set or form',
    outcome: 'gap',
    variants: 3,
    answer: (page, variant) =>
      among<() => Reply>(
        [
          () => reply('<Bundle xmlns="http://hl7.org/fhir"/>', { 'content-type': 'application/fhir+xml' }),
          () => reply(Buffer.from(bodyOf(page).toString(), 'utf16le')),
          () => reply(bodyOf(page), { 'content-type': 'text/plain' }),
        ],
        variant,
      )(),
  },
  {
    id: 'F20',
    name: 'a next page that leads astray',
    outcome: 'gap',
    variants: NEXT.length,
    // The last page has no next of its own: one that leads on from it is no page of the record.
    answer: (page, variant, base, count) => of(page, { next: among(NEXT, variant)(page, base, count) }),
  },
  {
    id: 'F21',
    name: 'a wrong total',
    outcome: (moment, variant) => (variant % 3 === 0 && moment === 'first-byte' ? 'gap' : 'whole'),
    variants: 3,
    answer: (page, variant) => of(page, { total: among([page.total + 7, null, 0], variant) }),
  },
  {
    id: 'F22',
    name: 'items that change between the pages',
    outcome: 'gap',
    variants: 2,
    answer: (page, variant) => of(page, { resources: page.resources.slice(1), ...(variant % 2 && { next: null }) }),
  },
  {
    id: 'F23',
    name: 'another patient’s resource',
    outcome: 'any',
    variants: 2,
    answer: (page, variant) =>
      of(page, {
        resources: [...page.resources, among([foreign('x1'), { ...foreign('x1'), patient: undefined }], variant)],
      }),
  },
  {
    id: 'F24',
    name: 'unknown types and shapes, no ids',
    outcome: 'any',
    variants: 4,
    answer: (page, variant) =>
      of(page, {
        resources: [
          ...page.resources,
          among<unknown>(
            [
              { resourceType: 'Starship', id: 's1' },
              {
                resourceType: 'AllergyIntolerance',
                patient: { reference: 'Patient/p1' },
                clinicalStatus: 'active',
                code: { text: 'Nameless' },
              },
              { ...allergy('old1', 'p1'), substance: { text: 'STU3' }, type: { coding: [] } },
              null,
            ],
            variant,
          ),
        ],
      }),
  },
  {
    id: 'F25',
    name: 'one id with two contents',
    outcome: 'any',
    answer: (page) =>
      of(page, { resources: [...page.resources, allergy(String(page.resources[0]?.id), 'p1', 'Something else')] }),
  },
  {
    id: 'F26',
    name: 'references into nothing and in circles',
    outcome: 'whole',
    answer: (page) =>
      of(page, {
        resources: page.resources.map((resource, index) => ({
          ...resource,
          recorder: {
            reference: among(
              [
                'Practitioner/none',
                '#gone',
                'urn:uuid:00000000-0000-4000-8000-000000000000',
                'https://x.example/Practitioner/1',
              ],
              index,
            ),
          },
          contained: [{ resourceType: 'Practitioner', id: 'c', identifier: [{ assigner: { reference: '#c' } }] }],
        })),
      }),
  },
  {
    id: 'F27',
    name: 'a page or a resource beyond all measure',
    outcome: 'gap',
    variants: 2,
    answer: (page, variant) =>
      of(page, {
        resources:
          variant % 2
            ? [{ ...page.resources[0], note: [{ text: 'x'.repeat(400_000) }] }]
            : Array.from({ length: 1_500 }, (_, index) => allergy(`b${String(index)}`, 'p1', 'x'.repeat(300))),
      }),
  },
  {
    id: 'F28',
    name: 'a name that does not resolve, or to the wrong place',
    // The first address is dead: whether the second is reached in time is the machine's affair.
    outcome: (moment, variant) => (variant % 5 === 4 && moment === 'first-byte' ? 'any' : 'gap'),
    clocks: 'short',
    variants: 5,
    connection: (variant) =>
      among(['dns-unknown', 'dns-failed', 'dns-slow', 'dns-rebound', 'dns-dead-first'] as const, variant),
  },
  {
    id: 'F29',
    name: 'TLS that can’t be trusted',
    outcome: 'gap',
    variants: 5,
    connection: (variant) =>
      among(['expired', 'other-host', 'untrusted', 'client-certificate', 'tls-1.1'] as const, variant),
  },
  {
    id: 'F30',
    name: 'clocks ten minutes apart',
    outcome: 'gap',
    variants: 2,
    token: (variant) =>
      reply(
        '{"error":"invalid_client","error_description":"clock"}',
        {
          'content-type': 'application/json',
          date: new Date(Date.now() + among([1, -1], variant) * 600_000).toUTCString(),
        },
        400,
      ),
  },
  {
    id: 'F31',
    name: 'our keys could not be read there',
    outcome: 'gap',
    variants: 3,
    token: (variant) =>
      among(
        [
          reply('{"error":"invalid_client"}', { 'content-type': 'application/json' }, 401),
          reply('', {}, 503),
          reply('{"keys":', { 'content-type': 'application/json' }),
        ],
        variant,
      ),
  },
  {
    id: 'F32',
    name: 'a token endpoint that is slow, down or wrong',
    outcome: 'gap',
    clocks: 'short',
    variants: 4,
    token: (variant) =>
      among<Reply | 'silence'>(
        [
          'silence',
          reply('', {}, 500),
          reply('{"access_token":"t","token_type":"Bearer","scope":"system/*.cruds"}', {
            'content-type': 'application/json',
          }),
          reply('{"token_type":"Bearer"}', { 'content-type': 'application/json' }),
        ],
        variant,
      ),
  },
  {
    id: 'F33',
    name: 'a search that left the person out',
    outcome: (moment) => (moment === 'first-byte' ? 'gap' : 'any'),
    answer: (page, _variant, base) => of(page, { self: `${base}/${page.type}?_count=50` }),
  },
  { id: 'F34', name: 'a source that comes and goes', outcome: 'any', storm: 'flapping' },
  {
    id: 'F35',
    name: 'slow only for what is asked along',
    outcome: 'gap',
    clocks: 'short',
    type: 'Immunization',
    wire: silence,
  },
  { id: 'F36', name: 'busy for everybody', outcome: 'any', storm: 'busy' },
  { id: 'F37', name: 'a reader who is slow', outcome: 'whole', reader: 'slow' },
  { id: 'F38', name: 'a reader who leaves', outcome: 'any', reader: 'leaves' },
  { id: 'F39', name: 'a proxy that cuts what is quiet', outcome: 'whole', reader: 'quiet' },
  { id: 'F40', name: 'a character cut in two', outcome: 'whole', reader: 'bytes' },
];

const BOMB = gzipSync(Buffer.alloc(4_000_000, 0x20));

/** All but the last byte, and then the connection is closed in good order; of chunks it is the end that is missing. */
function endEarly(wire: Wire): void {
  wire.begin();
  wire.response.write(wire.body.subarray(wire.sent, wire.body.length - 1));
  setTimeout(() => wire.response.socket?.end(), 5);
}

function trickle(wire: Wire): void {
  wire.begin();
  let at = wire.sent;
  const timer = setInterval(() => {
    if (wire.response.destroyed || at >= wire.body.length) {
      clearInterval(timer);
      wire.response.end();
    } else wire.response.write(wire.body.subarray(at, ++at));
  }, 25);
}

function drip(wire: Wire): void {
  wire.begin();
  const piece = Math.max(1, Math.ceil((wire.body.length - wire.sent) / 8));
  let at = wire.sent;
  const next = (): void => {
    if (wire.response.destroyed) return;
    wire.response.write(wire.body.subarray(at, (at += piece)));
    if (at >= wire.body.length) wire.response.end();
    else setTimeout(next, 4);
  };
  next();
}
