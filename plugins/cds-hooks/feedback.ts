import { z } from 'zod';
import { PluginTrouble } from '../plugin.ts';

/** CDS Hooks 2.0 §Feedback. What a user wrote is not read: it may be about the patient. */
const feedback = z.object({
  feedback: z
    .array(z.object({ card: z.string().min(1).max(100), outcome: z.enum(['accepted', 'overridden']) }))
    .min(1)
    .max(50),
});

export type FeedbackCount = { readonly accepted: number; readonly overridden: number };

export function readFeedback(body: unknown): FeedbackCount {
  const read = feedback.safeParse(body);
  if (!read.success) throw new PluginTrouble('cds.request_invalid', 'not feedback');
  const accepted = read.data.feedback.filter(({ outcome }) => outcome === 'accepted').length;
  return { accepted, overridden: read.data.feedback.length - accepted };
}
