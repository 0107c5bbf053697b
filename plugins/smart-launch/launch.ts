import { asBoolean, asString } from '../../src/record/resource.ts';
import type { LaunchAnswer, LaunchFace, LaunchFacts, LaunchManner } from '../plugin.ts';
import { dialectOf } from './dialects/index.ts';
import type { SmartSettings } from './manifest.ts';
import { sectionOfAppContext, sectionOfContext } from './section.ts';
import { lookOf, styleAddress } from './style.ts';

/** SMART App Launch 2.x, with what differs at one vendor's as data (`dialects/`). */
export const launch: LaunchFace = {
  kind: 'smart',
  scopes,
  authoriseParameters,
  manner,
  standalone: (settings) => (settings as Partial<SmartSettings> | undefined)?.standalone === true,
  style: { address: styleAddress, look: lookOf },
  readContext,
};

/** SMART 2.2 §Scopes: who is asking, which patient is open, and that Patient's details. The record comes another way. */
function scopes(supported: readonly string[] | undefined, settings?: unknown): readonly string[] {
  const read =
    supported === undefined || supported.includes('patient/Patient.r') || !supported.includes('patient/Patient.read');
  const wanted = [
    'profile',
    'messaging/ui',
    'messaging/ui.launchActivity',
    ...(staysSignedIn(settings) ? ['online_access'] : []),
    ...((settings as Partial<SmartSettings> | undefined)?.scratchpad === true ? ['messaging/scratchpad'] : []),
  ];
  const optional = wanted.filter((scope) => supported?.includes(scope));
  const standard = ['launch', 'openid', 'fhirUser', ...optional, read ? 'patient/Patient.r' : 'patient/Patient.read'];
  return [...new Set(dialect(settings).scopes?.(standard) ?? standard)];
}

/** Asked for only where the organisation says so: a refresh token is a longer key than most launches need. */
function staysSignedIn(settings: unknown): boolean {
  return (settings as Partial<SmartSettings> | undefined)?.staysSignedIn === true;
}

function authoriseParameters(settings: unknown): { readonly [name: string]: string } {
  return dialect(settings).authorise ?? {};
}

/** The dialect's, and where an organisation's own settings say otherwise, theirs. */
function manner(settings: unknown): LaunchManner {
  const { authorisePost, basicEncoding, sendClientId } = (settings as Partial<SmartSettings> | undefined) ?? {};
  return {
    ...dialect(settings).manner,
    ...(authorisePost !== undefined && { authorisePost }),
    ...(basicEncoding !== undefined && { basicEncoding }),
    ...(sendClientId !== undefined && { sendClientId }),
  };
}

/** Launch context arrives beside the token, identity in the id_token; `profile` is what older servers call `fhirUser`. */
function readContext(answer: LaunchAnswer, settings?: unknown): LaunchFacts {
  const { token, claims } = answer;
  const patientId = asString(token['patient']);
  const encounterId = asString(token['encounter']);
  const fhirUser = asString(claims['fhirUser']) ?? asString(claims['profile']);
  const intent = asString(token['intent']);
  const standard: LaunchFacts = {
    needPatientBanner: readBanner(token['need_patient_banner']),
    ...(patientId !== undefined && { patientId }),
    ...(encounterId !== undefined && { encounterId }),
    ...(fhirUser !== undefined && { fhirUser }),
    ...(intent !== undefined && { intent }),
  };
  const facts = { ...standard, ...dialect(settings).readContext?.(answer) };
  // What the user asked for goes before what happened to be open.
  const section =
    facts.intent === undefined
      ? (sectionOfAppContext(answer) ?? sectionOfContext(answer))
      : sectionFor(facts.intent, settings);
  return section === undefined ? facts : { ...facts, intent: section };
}

/** Only a plain "false" takes the banner away. */
function readBanner(value: unknown): boolean {
  return (asBoolean(value) ?? asString(value)?.toLowerCase() !== 'false') !== false;
}

/** The EPR's own word for what the user wants, as the community file translates it. */
function sectionFor(intent: string, settings: unknown): string | undefined {
  const words = (settings as SmartSettings | undefined)?.sections ?? {};
  return Object.hasOwn(words, intent) ? words[intent] : undefined;
}

function dialect(settings: unknown): ReturnType<typeof dialectOf> {
  return dialectOf((settings as SmartSettings | undefined)?.dialect);
}
