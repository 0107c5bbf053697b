import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { makeCertificate, type CertificateOptions } from '../support/certificate.ts';
import type { BadTls, Fault, Moment, Reply, Unreachable, Wire } from './fault.ts';
import { bodyOf, pageOf, type Page } from './truth.ts';

/** One organisation of the matrix: well, until a cell gives it a fault. Its servers live for all cells of a lane. */
export class FaultySource {
  readonly number: number;
  readonly delayMs: number;
  base = '';
  requests = 0;
  /** How connections fail from now on; looked at by the lane's connector. */
  unreachable: Unreachable | undefined;
  /** Set once the fault has struck. */
  struck = false;
  onStrike: () => void = () => undefined;
  /** Requests under way that nobody has answered yet. */
  readonly open = new Set<ServerResponse>();
  #fault: Fault | undefined;
  #moment: Moment = 'first-byte';
  #variant = 0;
  #tokenFails = false;
  #refuseToken = false;
  #stormy = 0;
  readonly #plain: Server;
  readonly #tls: TlsServer;
  readonly #sockets = new Set<Socket>();

  private constructor(number: number, delayMs: number) {
    this.number = number;
    this.delayMs = delayMs;
    const handle = (request: IncomingMessage, response: ServerResponse): void => void this.#handle(request, response);
    this.#plain = createServer(handle);
    this.#tls = createTlsServer(TLS.good, handle);
    this.#tls.on('tlsClientError', () => undefined);
    for (const server of [this.#plain, this.#tls]) {
      server.on('connection', (socket: Socket) => {
        this.#sockets.add(socket);
        socket.on('close', () => this.#sockets.delete(socket));
        socket.on('error', () => undefined);
      });
    }
  }

  static async open(number: number, delayMs: number): Promise<FaultySource> {
    const source = new FaultySource(number, delayMs);
    for (const server of [source.#plain, source.#tls])
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return source;
  }

  /** Well again, and given the fault, if any, that it will show at the moment. */
  prepare(fault: Fault | undefined, moment: Moment, variant: number): void {
    this.reset();
    this.#fault = fault;
    this.#moment = moment;
    this.#variant = variant;
    const tls = fault && 'connection' in fault && isTls(fault.connection(variant));
    const server = tls ? this.#tls : this.#plain;
    const port = String((server.address() as AddressInfo).port);
    this.base = tls ? `https://localhost:${port}/fhir` : `http://localhost:${port}/fhir`;
    if (fault && moment === 'first-byte') {
      if ('connection' in fault) this.#strikeConnection(fault.connection(variant));
      if ('token' in fault) this.#tokenFails = this.#refuseToken = fault.id !== 'F12';
    }
  }

  get tokenEndpoint(): string {
    return this.base.replace('/fhir', '/token');
  }

  reset(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#tls.setSecureContext(TLS.good);
    this.requests = this.#stormy = 0;
    this.unreachable = this.#fault = undefined;
    this.struck = this.#tokenFails = this.#refuseToken = false;
    this.onStrike = () => undefined;
    this.open.clear();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([this.#plain, this.#tls].map((server) => new Promise((resolve) => server.close(resolve))));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.open.add(response);
    response.once('close', () => this.open.delete(response));
    response.on('error', () => undefined);
    for await (const _ of request);
    if ((request.url ?? '').startsWith('/token')) return this.#giveToken(response);
    this.requests += 1;
    if (this.#refuseToken) return sendReply(response, { status: 401, body: '' });
    const match = /^\/fhir\/([A-Za-z]+)\/(?:_search|page\/(\d+))/.exec(request.url ?? '');
    const page = pageOf(this.number, this.base, match?.[1] ?? '', Number(match?.[2] ?? 0));
    setTimeout(() => this.#answer(response, page), this.delayMs);
  }

  #answer(response: ServerResponse, page: Page): void {
    const fault = this.#fault;
    if (this.struck && fault && 'storm' in fault && this.#storm(fault.storm, response)) return;
    const { number, at } = PLACES[this.#moment];
    const due =
      fault && page.type === (fault.type ?? 'AllergyIntolerance') && (fault.type ? true : page.number === number);
    if (!fault || !due) return sendReply(response, { body: bodyOf(page), headers: FHIR });
    // A token that has run out is refused once: the next one is good.
    if (this.struck && fault.id === 'F12') return sendReply(response, { body: bodyOf(page), headers: FHIR });
    this.struck = true;
    if ('token' in fault) {
      this.#tokenFails = this.#refuseToken = fault.id !== 'F12';
      sendReply(response, { status: 401, body: '' });
    } else if ('answer' in fault) {
      const reply = fault.answer(page, this.#variant, this.base, this.requests);
      sendReply(response, reply, at);
    } else if ('storm' in fault) {
      if (!this.#storm(fault.storm, response)) sendReply(response, { body: bodyOf(page), headers: FHIR });
    } else this.#strikeWire(fault, response, bodyOf(page), at);
    this.onStrike();
  }

  #strikeWire(fault: Fault, response: ServerResponse, body: Buffer, at: At): void {
    const wire = wireOf(response, body, fault.chunked === true, at);
    if ('wire' in fault) wire.finishLater(() => fault.wire(wire, this.#variant));
    else if ('connection' in fault)
      wire.finishLater(() => {
        this.#strikeConnection(fault.connection(this.#variant));
        response.socket?.destroy();
      });
    else if ('reader' in fault) this.#strikeReader(fault.reader, wire);
  }

  #strikeReader(reader: 'slow' | 'leaves' | 'quiet' | 'bytes', wire: WireUnderWay): void {
    // Whoever leaves finds an answer under way; a quiet one comes in the end.
    if (reader === 'bytes') wire.finishByByte();
    else if (reader === 'quiet') wire.finishLater(() => void setTimeout(() => wire.finish(), 90));
    else if (reader === 'slow') wire.finishLater(() => wire.finish());
  }

  #strikeConnection(kind: Unreachable | BadTls): void {
    this.struck = true;
    if (isTls(kind)) {
      this.#tls.setSecureContext(TLS[kind]);
      for (const socket of this.#sockets) socket.destroy();
    } else this.unreachable = kind;
  }

  #storm(storm: 'busy' | 'flapping', response: ServerResponse): boolean {
    this.#stormy += 1;
    if (storm === 'busy') sendReply(response, { status: 503, body: '', headers: { 'retry-after': '0' } });
    else if (this.#stormy % 2 === 0) return false;
    else response.socket?.resetAndDestroy();
    return true;
  }

  #giveToken(response: ServerResponse): void {
    const fault = this.#fault;
    const bad = this.#tokenFails && fault && 'token' in fault ? fault.token(this.#variant) : undefined;
    if (bad === 'silence') return;
    const good = { access_token: 'a-token', token_type: 'Bearer', expires_in: 300, scope: 'system/Patient.rs' };
    sendReply(response, bad ?? { body: JSON.stringify(good), headers: { 'content-type': 'application/json' } });
  }
}

const FHIR = { 'content-type': 'application/fhir+json' };

/** Before anything of it, with half of it sent, or with all but a byte. */
type At = 'start' | 'half' | 'end';
const PLACES: { readonly [moment in Moment]: { readonly number: number; readonly at: At } } = {
  'first-byte': { number: 0, at: 'start' },
  'mid-page': { number: 1, at: 'half' },
  'between-pages': { number: 1, at: 'start' },
  'last-byte': { number: 2, at: 'end' },
};

type WireUnderWay = Wire & { finishLater(strike: () => void): void; finishByByte(): void };

function wireOf(response: ServerResponse, body: Buffer, chunked: boolean, at: At): WireUnderWay {
  const sent = at === 'start' ? 0 : at === 'half' ? Math.floor(body.length / 2) : body.length - 1;
  const begin = (): void => {
    if (!response.headersSent) response.writeHead(200, { ...FHIR, ...(!chunked && { 'content-length': body.length }) });
    response.flushHeaders();
  };
  const finish = (): void => {
    begin();
    if (!response.destroyed) response.end(body.subarray(sent));
  };
  return {
    response,
    body,
    sent,
    begin,
    finish,
    finishLater: (strike) => {
      if (sent === 0) return strike();
      begin();
      response.write(body.subarray(0, sent), () => setTimeout(strike, 2));
    },
    finishByByte: () => {
      begin();
      // In pieces so small that each character of two bytes is cut.
      for (let index = 0; index < body.length; index += 1) {
        if (index < 600) response.write(body.subarray(index, index + 1));
        else return void response.end(body.subarray(index));
      }
      response.end();
    },
  };
}

function sendReply(response: ServerResponse, { status = 200, headers = {}, body }: Reply, at: At = 'start'): void {
  if (response.destroyed) return;
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (at === 'start' || bytes.length < 2) return void response.end(bytes);
  const cut = at === 'half' ? Math.floor(bytes.length / 2) : bytes.length - 1;
  response.write(bytes.subarray(0, cut));
  setTimeout(() => response.end(bytes.subarray(cut)), 5);
}

const BAD_TLS: readonly string[] = ['expired', 'other-host', 'untrusted', 'client-certificate', 'tls-1.1'];

export function isTls(kind: Unreachable | BadTls): kind is BadTls {
  return BAD_TLS.includes(kind);
}

/** The one authority the matrix trusts. */
export const AUTHORITY = makeCertificate({ name: 'Authority of the matrix' });

const TLS = makeContexts();

function makeContexts() {
  const good: CertificateOptions = { name: 'localhost', hosts: ['localhost'], by: AUTHORITY };
  const context = (options: CertificateOptions): { key: string; cert: string } => {
    const { keyPem, pem } = makeCertificate(options);
    return { key: keyPem, cert: pem };
  };
  return {
    good: context(good),
    expired: context({ ...good, fromDays: -30, toDays: -1 }),
    'other-host': context({ ...good, hosts: ['other.example'] }),
    untrusted: context({ ...good, by: makeCertificate({ name: 'Nobody' }) }),
    // The context alone can't ask for one: it takes a certificate of no use and is refused like it.
    'client-certificate': context({ name: 'client.example', hosts: [] }),
    'tls-1.1': { ...context(good), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const,
  };
}
