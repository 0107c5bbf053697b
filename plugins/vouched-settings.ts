import { z } from 'zod';

const origin = z.string().regex(/^https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?$/);

/** A public key as a JSON Web Key; a private part is refused, so that none lies in a community file by mistake. */
const key = z
  .looseObject({ kty: z.enum(['EC', 'OKP', 'RSA']), kid: z.string().min(1).max(128) })
  .refine((jwk) => !('d' in jwk), 'a private key: only the public one belongs here');

/** What the launcher has to know of a host whose server vouches for its users; `whose` is how the documents call it. */
export function vouchedSettings(whose: string) {
  return {
    issuer: z.string().min(1).max(200).describe(`What ${whose} assertions say as \`iss\`.`),
    keys: z
      .array(key)
      .min(1)
      .max(5)
      .describe(
        `${whose.replace(/^./, (first) => first.toUpperCase())} public keys (JSON Web Keys with a \`kid\`); no other is believed.`,
      ),
    roles: z
      .record(z.string(), z.string())
      .describe(`${whose.replace(/^./, (first) => first.toUpperCase())} own role codes to roles of the community.`),
    origins: z.array(origin).min(1).max(10).describe(`Origins of ${whose} pages that may show the record in a frame.`),
  };
}

export type VouchedSettings = z.infer<z.ZodObject<ReturnType<typeof vouchedSettings>>>;
