import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';

/**
 * An app of another maker, as its library's guide shows it: `fhirclient` with its defaults, and an EPR that launches it.
 * It is here to show the fault that ours must not have (client-js issue 199).
 */
export type FhirclientApp = {
  /** Where the app's launch page is opened for a patient, in a frame of the EPR's page. */
  launchUrl(patientId: string): string;
  /** The EPR's page, of another site than the app. */
  readonly hostUrl: string;
  close(): Promise<void>;
};

const LIBRARY = readFileSync(new URL('../../node_modules/fhirclient/build/fhir-client.js', import.meta.url));

export async function openFhirclientApp(): Promise<FhirclientApp> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const app = `http://127.0.0.1:${String(port)}`;
  const epr = `http://localhost:${String(port)}`;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', epr);
    const send = (type: string, body: string | Buffer): void => {
      response.writeHead(200, {
        'content-type': type,
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*',
      });
      response.end(body);
    };
    const json = (value: object): void => send('application/json', JSON.stringify(value));
    if (url.pathname === '/fhir-client.js') return send('text/javascript', LIBRARY);
    if (url.pathname === '/app/launch')
      return send(
        'text/html',
        page(`FHIR.oauth2.authorize({ clientId: 'other', scope: 'launch patient/*.rs', redirectUri: '/app/index' });`),
      );
    if (url.pathname === '/app/index')
      return send(
        'text/html',
        page(
          `FHIR.oauth2.ready().then((client) => { document.body.textContent = client.patient.id; }, (error) => { document.body.textContent = String(error); });`,
        ),
      );
    if (url.pathname === '/fhir/.well-known/smart-configuration')
      return json({
        authorization_endpoint: `${epr}/authorize`,
        token_endpoint: `${epr}/token`,
        capabilities: ['launch-ehr', 'context-ehr-patient'],
        code_challenge_methods_supported: ['S256'],
        grant_types_supported: ['authorization_code'],
      });
    if (url.pathname === '/fhir/metadata')
      return json({ resourceType: 'CapabilityStatement', rest: [{ security: {} }] });
    if (url.pathname === '/authorize') {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', url.searchParams.get('launch') ?? '');
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      response.writeHead(302, { location: back.href });
      return void response.end();
    }
    if (url.pathname === '/token') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const patient = new URLSearchParams(Buffer.concat(chunks).toString()).get('code');
      return json({
        access_token: `token of ${String(patient)}`,
        token_type: 'Bearer',
        expires_in: 300,
        scope: 'launch patient/*.rs',
        patient,
      });
    }
    send('text/html', '<!doctype html><title>EPR</title>');
  };
  return {
    hostUrl: `${epr}/host`,
    launchUrl: (patientId) => `${app}/app/launch?iss=${encodeURIComponent(`${epr}/fhir`)}&launch=${patientId}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function page(script: string): string {
  return `<!doctype html><title>app</title><body>waiting</body><script src="/fhir-client.js"></script><script>${script}</script>`;
}
