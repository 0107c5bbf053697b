import type { ExaminationEntry } from '../../record/sections/examination-findings.ts';
import type { InvestigationEntry } from '../../record/sections/investigation-results.ts';
import type { ObservedPart, Observed } from '../../record/fhir/observed.ts';
import type { Words } from '../../words/words.ts';
import type { Flag, Line } from '../line.ts';
import type { Surroundings } from '../surroundings.ts';

export type MeasuredEntry = InvestigationEntry | ExaminationEntry;

/** Anything with a value and parts: what these words need. */
type Measured = Observed & { readonly title: string; readonly parts: readonly ObservedPart[] };

/** A result or finding as a line: what was measured, the value with its unit as recorded, the source's own flag, the range. */
export function observedLine(entry: MeasuredEntry, { words }: Surroundings): Line {
  return {
    main: entry.title,
    parts: [valueInWords(entry, words), rangeInWords(entry), ...detailParts(entry)],
    flags: flagsOf(entry, words),
    body: bodyOf(entry),
    detail: entry.value === undefined ? [] : partsInWords(entry, words),
  };
}

/** The value as recorded, part by part when there are several; its absence in the source's words. */
export function valueInWords(entry: Measured, words: Words): string | undefined {
  const parts = partsInWords(entry, words);
  // A value that sums up its parts (120/80) stands for them; they are read when the line is opened.
  const said = entry.value ?? (parts.length > 0 ? parts.join(', ') : (absenceInWords(entry, words) ?? ''));
  return said === '' ? undefined : scoreInWords(said, entry.title);
}

/** `6 score`: the word is no unit, and no unit is missing. Before the number, as it is spoken; not twice after "Frailty Scale". */
export function scoreInWords(said: string, title: string): string {
  const [, value, word] = /^(\S+) \{?(scores?)\}?$/i.exec(said) ?? [];
  if (value === undefined || word === undefined) return said;
  return /\b(score|scale|index)\b/i.test(title) ? value : `${word} ${value}`;
}

export function partsInWords(entry: Measured, words: Words): readonly string[] {
  return entry.parts.map(
    (part) => `${part.label} ${part.value ?? absenceInWords(part, words) ?? words.results.noValue}`,
  );
}

/** Why there is no value: FHIR's codes in words, for “masked” alone can be taken for the value; any other reason as written. */
function absenceInWords({ absent }: Observed, { results }: Words): string | undefined {
  return absent !== undefined && Object.hasOwn(results.whyNoValue, absent) ? results.whyNoValue[absent] : absent;
}

export function rangeInWords(observed: Observed): string | undefined {
  const text = observed.ranges
    .map((range) => [range.kind, range.text, range.appliesTo].filter(Boolean).join(' '))
    .join('; ');
  return text === '' ? undefined : text;
}

type Meaning = {
  readonly word: keyof Words['results']['flags'];
  readonly tone: 'risk' | 'caution';
  readonly mark?: 'up' | 'down';
};

/** HL7 v3 ObservationInterpretation. The flag is the source's; none is worked out here (safety H18). */
const MEANINGS: Readonly<Record<string, Meaning | null>> = {
  H: { word: 'high', tone: 'caution', mark: 'up' },
  HU: { word: 'high', tone: 'caution', mark: 'up' },
  L: { word: 'low', tone: 'caution', mark: 'down' },
  LU: { word: 'low', tone: 'caution', mark: 'down' },
  HH: { word: 'critical-high', tone: 'risk', mark: 'up' },
  LL: { word: 'critical-low', tone: 'risk', mark: 'down' },
  A: { word: 'abnormal', tone: 'caution' },
  AA: { word: 'abnormal', tone: 'risk' },
  N: null,
};

export function flagsOf(entry: MeasuredEntry, words: Words): readonly Flag[] {
  const all: readonly (Observed | ObservedPart)[] = [entry, ...entry.parts];
  return all.flatMap((observed) =>
    observed.flags.flatMap((flag): readonly Flag[] => {
      const meaning = flag.code === undefined ? undefined : MEANINGS[flag.code.toUpperCase()];
      if (meaning === null) return [];
      const part = 'label' in observed ? `${observed.label} ` : '';
      if (!meaning) return [{ tone: 'information', word: part + flag.text }];
      return [
        {
          tone: meaning.tone,
          word: part + words.results.flags[meaning.word],
          ...(meaning.mark && { mark: meaning.mark }),
        },
      ];
    }),
  );
}

function detailParts(entry: MeasuredEntry): readonly (string | undefined)[] {
  return entry.section === 'examination-findings' ? [entry.method, entry.bodySite] : [entry.method, entry.specimen];
}

function bodyOf(entry: MeasuredEntry): readonly string[] {
  if (entry.section === 'examination-findings') return [];
  return entry.conclusion ? [entry.conclusion] : [];
}
