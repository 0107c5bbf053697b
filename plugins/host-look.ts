import { asObject, asString } from '../src/record/resource.ts';

/**
 * How a host wants the page to look, as far as it may say. Type, rows, corners and the colour of actions are the host's;
 * colours of severity and absence carry clinical meaning and are locked (ui.md §3, smart.md §5 row 93): they have no token.
 */
export type HostLook = {
  readonly scheme?: 'light' | 'dark';
  readonly tokens: { readonly [token: `--corridor-${string}`]: string };
};

type Rule = (value: string, scheme: 'light' | 'dark') => boolean;

const TOKENS: { readonly [token: `--corridor-${string}`]: Rule } = {
  '--corridor-font': (value) => /^[A-Za-z0-9 ,'"-]{1,120}$/.test(value) && !/[A-Za-z]\(|var/i.test(value),
  '--corridor-font-size': within(12, 22),
  '--corridor-row-height': within(24, 64),
  '--corridor-radius': within(0, 16),
  '--corridor-action-colour': isReadable,
  '--corridor-action-hover-colour': isReadable,
};

/** Whatever a host or its style file said, only this much of it reaches the page. */
export function readLook(said: unknown): HostLook {
  const { scheme, tokens } = asObject(said) ?? {};
  const known = scheme === 'light' || scheme === 'dark' ? scheme : undefined;
  const given = asObject(tokens) ?? {};
  const kept = Object.entries(TOKENS).flatMap(([name, allows]): [string, string][] => {
    const value = Object.hasOwn(given, name) ? asString(given[name])?.trim() : undefined;
    return value !== undefined && allows(value, known ?? 'light') ? [[name, value]] : [];
  });
  return { tokens: Object.fromEntries(kept), ...(known && { scheme: known }) };
}

/** A length that keeps the record readable; a number alone only where it is nought. */
function within(leastPx: number, mostPx: number): Rule {
  return (value) => {
    const [, number, unit] = /^(\d{1,3}(?:\.\d{1,4})?)(px|rem)?$/.exec(value) ?? [];
    const px = Number(number) * (unit === 'rem' ? 16 : 1);
    return number !== undefined && (unit !== undefined || px === 0) && px >= leastPx && px <= mostPx;
  };
}

/** The least readable of the surfaces that actions stand on, and the colour of the words on a filled one. */
const SURFACES = { light: ['#f0f4f5', '#ffffff'], dark: ['#232d34', '#0b1a28'] } as const;

/** WCAG 2.2 §1.4.3: nobody's house colour is worth a button that can't be read. */
function isReadable(value: string, scheme: 'light' | 'dark'): boolean {
  const luminance = luminanceOf(value);
  return (
    luminance !== undefined &&
    SURFACES[scheme].every((surface) => contrast(luminance, luminanceOf(surface) ?? 0) >= 4.5)
  );
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** Relative luminance of `#rgb` or `#rrggbb`; no other way of writing a colour is read. */
export function luminanceOf(colour: string): number | undefined {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1];
  if (hex === undefined) return undefined;
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
