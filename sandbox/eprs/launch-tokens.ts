import { randomBytes } from 'node:crypto';
import type { Json } from '../../src/record/resource.ts';
import type { SandboxUser } from '../community.ts';

/** What the chart knew when "Shared record" was pressed: who is signed in and whose chart is open. */
export type Chart = {
  readonly user: SandboxUser;
  readonly patientId: string;
  readonly encounterId?: string;
  readonly needPatientBanner: boolean;
  readonly intent?: string;
  /** What this make of EPR says beside the token: its hub, what a card gave it. */
  readonly beside?: Json;
};

/** What the home page knew when "Shared messages" was pressed: who is signed in. Nobody's chart is open. */
export type HomePage = Pick<Chart, 'user' | 'beside'> & { readonly patientId?: undefined };

export type LaunchTokens = {
  /** An opaque value that stands for what was open, once and for a minute. */
  mint(opened: Chart | HomePage): string;
  /** The same, the first time only. */
  redeem(token: string): Chart | HomePage | undefined;
};

const LIFE_MS = 60_000;
const LIMIT = 10_000;

export function openLaunchTokens(now: () => number): LaunchTokens {
  const open = new Map<string, { readonly chart: Chart | HomePage; readonly expiresAtMs: number }>();
  return {
    mint(chart) {
      const oldest = open.keys().next();
      if (open.size >= LIMIT && !oldest.done) open.delete(oldest.value);
      const token = randomBytes(32).toString('base64url');
      open.set(token, { chart, expiresAtMs: now() + LIFE_MS });
      return token;
    },
    redeem(token) {
      const found = open.get(token);
      open.delete(token);
      return found && found.expiresAtMs > now() ? found.chart : undefined;
    },
  };
}
