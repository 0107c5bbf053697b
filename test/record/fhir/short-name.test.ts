import { describe, expect, it } from 'vitest';
import type { Coded, Coding } from '../../../src/record/fhir/coding.ts';
import { shortName, shortNames } from '../../../src/record/fhir/short-name.ts';

const coding = (code: string | undefined, text: string) => ({ ...(code && { code }), text }) as Coding;
const coded = (text: string, ...codings: readonly Coding[]): Coded => ({ text, codings });

describe('a short name', () => {
  it('is the words of the source', () => {
    expect(shortName(coded('Laboratory'))).toBe('Laboratory');
    expect(shortName(coded('Laboratory', coding('LAB', 'Laboratory')))).toBe('Laboratory');
    expect(shortName(coded('Laboratory', coding(undefined, 'Laboratory')))).toBe('Laboratory');
  });

  it('is the bare code where there is nothing but a code and its address', () => {
    expect(shortName(coded('LAB (https://x.example)', coding('LAB', 'LAB (https://x.example)')))).toBe('LAB');
    const both = [coding(undefined, 'undefined (x)'), coding('LAB', 'LAB (x)')];
    expect(shortName(coded('LAB (x)', ...both))).toBe('LAB');
  });

  it('is the words where no code is there to stand for them', () => {
    expect(shortName(coded('undefined (x)', coding(undefined, 'undefined (x)')))).toBe('undefined (x)');
  });

  it('is said once of several', () => {
    expect(shortNames([coded('Laboratory'), coded('Imaging'), coded('Laboratory')])).toEqual(['Laboratory', 'Imaging']);
  });
});
