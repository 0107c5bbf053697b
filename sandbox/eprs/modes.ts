import type { Mode } from '../community.ts';
import { Mistake } from '../mistake.ts';

export const MODES: readonly Mode[] = ['normal', 'slow', 'down', 'half-way', 'wrong-patient', 'garbage'];

/** How one EPR behaves just now. */
export type ModeSwitch = {
  readonly mode: Mode;
  readonly slowMs: number;
  set(mode: Mode, slowMs?: number): void;
};

export const SLOW_MS = 3_000;

export function openModeSwitch(slowMs: number = SLOW_MS): ModeSwitch {
  let state: { readonly mode: Mode; readonly slowMs: number } = { mode: 'normal', slowMs };
  return {
    get mode() {
      return state.mode;
    },
    get slowMs() {
      return state.slowMs;
    },
    set(mode, newSlowMs) {
      state = { mode, slowMs: newSlowMs ?? state.slowMs };
    },
  };
}

export function parseMode(text: unknown): Mode | undefined {
  return MODES.find((mode) => mode === text);
}

/** `XB001=down,XB002=slow`, as CORRIDOR_SANDBOX_MODES says it. A word that is no mode is a mistake to be told, not a default. */
export function parseModes(text: string): ReadonlyMap<string, Mode> {
  const pairs = text.split(',').filter((part) => part.trim() !== '');
  return new Map(
    pairs.map((part) => {
      const [ods, word] = part.split('=').map((side) => side.trim());
      const mode = parseMode(word);
      if (!ods || !mode) throw new Mistake(`CORRIDOR_SANDBOX_MODES: “${part}” is not <ods>=<${MODES.join('|')}>`);
      return [ods, mode];
    }),
  );
}
