import { asObject, asString } from '../../../src/record/resource.ts';
import type { Dialect } from './dialect.ts';

/**
 * OpenEMR. The launch's context stands beside the token as the standard says; in some releases `intent` comes inside an
 * object with the appointment and encounter it was pressed in. It looks for `client_id` in the body even of a confidential client (openemr issue 7182).
 */
export const openemr: Dialect = {
  id: 'openemr',
  manner: { sendClientId: true },
  readContext: ({ token }) => {
    const intent = asString(asObject(token['intent'])?.['intent']) ?? asString(token['intent']);
    const encounterId = asString(token['encounter']) ?? asString(asObject(token['intent'])?.['encounter']);
    return { ...(intent !== undefined && { intent }), ...(encounterId !== undefined && { encounterId }) };
  },
};
