import { z } from 'zod';

/** A secret of the settings, or the name of the environment variable that holds it, so that a community file can be shared. */
export function secretOf(form: z.ZodType<string>, words: string) {
  const fromEnvironment = z.strictObject({
    env: z
      .string()
      // CORRIDOR_… are the launcher's own settings, and a name among them that it doesn't know stops its start.
      .regex(/^(?!CORRIDOR_)[A-Z][A-Z0-9_]{2,63}$/)
      .describe('Name of the environment variable that holds it.'),
  });
  return z
    .union([form, fromEnvironment])
    .transform((given, context): string => {
      if (typeof given === 'string') return given;
      const read = form.safeParse(process.env[given.env]);
      if (read.success) return read.data;
      context.addIssue({ code: 'custom', message: `${given.env} is not set to a secret of this form` });
      return z.NEVER;
    })
    .describe(words);
}
