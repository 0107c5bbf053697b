import { describe, expect, it } from 'vitest';
import { dangerInWords, isDangerous, markOf, statusInWords } from '../../src/components/source-words.ts';
import type { SourceView } from '../../src/record/patient-record.ts';
import type { SourceStatus } from '../../src/record/source-status.ts';
import { cy } from '../../src/words/cy.ts';
import { enGB } from '../../src/words/en-GB.ts';

const failed = (code: string): SourceStatus => ({ state: 'failed', code, at: '', tookMs: 0, sections: {} });
const viewOf = (code: string) =>
  ({ source: { organisation: { name: 'Westmere Hospital' } }, status: failed(code) }) as unknown as SourceView;

describe('an answer that may be about somebody else', () => {
  it.each(['source.wrong_patient', 'source.details_differ', 'source.ambiguous'])('%s is said in red', (code) => {
    expect(isDangerous(failed(code))).toBe(true);
    expect(markOf(failed(code))).toBe('wrong-patient');
  });

  it('has a sentence of its own for each reason, in both languages', () => {
    for (const words of [enGB, cy]) {
      const codes = ['source.wrong_patient', 'source.details_differ', 'source.ambiguous'];
      const sentences = codes.map((code) => dangerInWords(viewOf(code), words));
      expect(new Set(sentences).size).toBe(codes.length);
      for (const sentence of sentences) expect(sentence).toContain('Westmere Hospital');
      for (const code of codes) expect(statusInWords(failed(code), words)).not.toContain(code);
    }
  });

  it('is not what an ordinary failure is', () => {
    expect(isDangerous(failed('source.invalid_answer'))).toBe(false);
    expect(dangerInWords(viewOf('source.invalid_answer'), enGB)).toBeUndefined();
  });
});
