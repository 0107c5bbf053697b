import type { Request } from 'express';
import {
  createActingVerifier,
  createReplayGuard,
  isAboutPatient,
  keysAt,
  type Acting,
  type ActingVerifier,
} from '../../launcher/trust/verify/index.ts';
import { asObjects } from '../../src/record/resource.ts';
import type { Asked } from './asked.ts';
import type { FhirStore } from './fhir-store.ts';
import { FhirTrouble } from './outcome.ts';

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';

/** What an EPR of the pretend community believes of who asks, through the package that a real one would install. */
export type ActingGate = {
  /** For the FHIR server: the context of this request, or a refusal thrown. */
  admit(request: Request, asked: Asked): Promise<void>;
  /** Refuses a question about somebody else than the context names (smart.md §5 row 81). */
  checkPatient(asked: Asked, parameters?: URLSearchParams): void;
  /** For the token endpoint of a token exchange. */
  readonly subjectTokens: ActingVerifier;
};

export type ActingGateOptions = {
  readonly launcherUrl: string;
  readonly fhirBase: string;
  readonly tokenEndpoint: string;
  readonly store: FhirStore;
};

export function openActingGate({ launcherUrl, fhirBase, tokenEndpoint, store }: ActingGateOptions): ActingGate {
  const trusted = {
    issuer: launcherUrl,
    keys: keysAt(`${launcherUrl}/.well-known/jwks.json`),
    replay: createReplayGuard(),
  };
  const headers = createActingVerifier({ ...trusted, audience: fhirBase });
  return {
    async admit(request, asked) {
      const given = request.get('x-acting-context');
      if (given === undefined) {
        if (asked.bearer?.actingContext) asked.acting = { context: asked.bearer.actingContext, jti: '' };
        return;
      }
      const url = `${new URL(fhirBase).origin}${request.originalUrl}`;
      const verified = await headers.header(given, { method: request.method, url });
      if (!verified.ok) throw new FhirTrouble(401, 'login', `the acting context is refused: ${verified.reason}`);
      if (!agrees(verified.acting, asked.bearer?.actingContext))
        throw new FhirTrouble(403, 'forbidden', 'the token and the acting context name two different people');
      asked.acting = { context: verified.acting, jti: verified.jti };
    },
    checkPatient(asked, parameters) {
      if (!asked.acting) return;
      const { context, jti } = asked.acting;
      const numbers = [...numbersHeld(asked.patientId), ...numbersAsked(asked.type, parameters)];
      if (numbers.length > 0 && !numbers.some((number) => isAboutPatient(context, jti, number)))
        throw new FhirTrouble(403, 'forbidden', 'the acting context is about somebody else');
      asked.nhsNumber = numbers.find((number) => isAboutPatient(context, jti, number));
    },
    subjectTokens: createActingVerifier({ ...trusted, audience: tokenEndpoint }),
  };

  function numbersHeld(patientId: string | undefined): readonly string[] {
    const id = patientId?.replace(/^Patient\//, '');
    const patient = id === undefined ? undefined : store.read('Patient', id);
    return asObjects(patient?.['identifier'])
      .filter((identifier) => identifier['system'] === NHS_NUMBER)
      .map((identifier) => String(identifier['value']));
  }
}

function numbersAsked(type: string, parameters: URLSearchParams | undefined): readonly string[] {
  const identifier = type === 'Patient' ? parameters?.get('identifier') : undefined;
  return identifier?.startsWith(`${NHS_NUMBER}|`) ? [identifier.slice(NHS_NUMBER.length + 1)] : [];
}

/** A token that names its user names the same one as the header, in the same role and for the same organisation. */
function agrees(header: Acting, token: Acting | undefined): boolean {
  return (
    !token ||
    (token.user.key === header.user.key &&
      token.role.code === header.role.code &&
      token.organisation.ods === header.organisation.ods &&
      token.purpose === header.purpose)
  );
}
