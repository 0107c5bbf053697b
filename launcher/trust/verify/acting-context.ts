import { z } from 'zod';

const text = z.string().min(1).max(512);

const acting = z.object({
  launchId: text,
  /** The organisation the user acts for: the one whose EPR was open. */
  organisation: z.object({ ods: z.string().regex(/^[A-Z0-9]{3,10}$/), name: text }),
  user: z.object({
    /** `system|value` or `issuer|subject`: one person, one key, from whichever EPR they came. */
    key: text,
    name: text,
    sdsUserId: text.optional(),
    professionalId: z.object({ system: text, value: text }).optional(),
  }),
  role: z.object({ code: text, name: text, sdsRoleProfileId: text.optional() }),
  /** HL7 v3 ActReason. */
  purpose: z.enum(['TREAT', 'ETREAT', 'BTG', 'PATRQT']),
  /** Who the question is about. A hash where the source need not be told a number it does not know. */
  patient: z.union([
    z.object({ nhsNumber: z.string().regex(/^\d{10}$/) }),
    z.object({ hash: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  ]),
  assurance: z
    .object({ acr: text.optional(), aal: text.optional(), amr: z.array(text).max(16).readonly().optional() })
    .optional(),
  legalBasis: text.optional(),
  consentRefs: z.array(text).max(32).readonly().optional(),
  /** Where each field was learnt: `id_token`, `Practitioner`, `PractitionerRole`, `Patient`, `trace`, `configuration`, `launch`. */
  evidence: z.record(z.string().max(64), z.string().max(128)).optional(),
});

/** Who asks, in what role, for which organisation, about whom and why, as a source learns it. */
export type Acting = z.infer<typeof acting>;

/** From untrusted JSON; unknown members are dropped. */
export function parseActing(value: unknown): Acting | undefined {
  const read = acting.safeParse(value);
  return read.success ? read.data : undefined;
}
