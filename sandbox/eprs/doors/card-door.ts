import { randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { asObject, asObjects, asString, type Json } from '../../../src/record/resource.ts';
import { askLauncher } from './ask-launcher.ts';
import type { Door, DoorOptions } from './door.ts';
import { makeSigningKey } from './signing-key.ts';

const LIFE_S = 120;

/** A chart that asks a CDS service when it is opened and shows the card it sends (`plugins/cds-hooks`). */
export function cardDoor({ organisation, fhirBase, launcherUrl }: DoorOptions): Door {
  const { kid, privateKey, publicJwk } = makeSigningKey(`${organisation.ods.toLowerCase()}-cds`);
  const service = `${launcherUrl}/plugins/cds-hooks/cds-services/shared-record`;
  return {
    id: 'cds-hooks',
    plugins: () => ({ 'cds-hooks': { clients: [{ iss: fhirBase, keys: [publicJwk] }], counts: 'number' } }),
    // What the card gave is handed on, as CDS Hooks has it: the launcher believes no more of it than a section's name.
    open: (_chart, { body }) => {
      const appContext = asString(body['appContext']);
      return Promise.resolve(appContext === undefined ? undefined : { beside: { appContext } });
    },
    answer: async (question, chart, { patient }) => {
      if (question !== 'cards') return undefined;
      const token = jsonwebtoken.sign({}, privateKey, {
        algorithm: 'ES256',
        keyid: kid,
        issuer: fhirBase,
        audience: service,
        expiresIn: LIFE_S,
        jwtid: randomUUID(),
      });
      const call = {
        hook: 'patient-view',
        hookInstance: randomUUID(),
        fhirServer: fhirBase,
        context: { userId: `Practitioner/${chart.user.practitionerId}`, patientId: chart.patientId },
        prefetch: { patient },
      };
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await askLauncher(service, { headers, body: JSON.stringify(call) });
      return { cards: asObjects(answer['cards']).map(cardOf) };
    },
  };
}

/** The members that this make of EPR shows; what else a service sends is not for its page. */
function cardOf(card: Json): Json {
  const [link] = asObjects(card['links']);
  const appContext = asString(link?.['appContext']);
  return {
    summary: asString(card['summary']) ?? '',
    source: asString(asObject(card['source'])?.['label']) ?? '',
    label: asString(link?.['label']) ?? '',
    ...(appContext !== undefined && { appContext }),
  };
}
