import type { FactKey } from '../../record/fact.ts';
import type { AllergyEntry, Reaction } from '../../record/sections/allergies.ts';
import { summariseAllergy, type AllergyInShort } from '../../record/sections/summarise-allergy.ts';
import type { Flag, Line } from '../line.ts';
import { SectionElement } from '../section-element.ts';
import type { Words } from '../../words/words.ts';
import type { Surroundings } from '../surroundings.ts';

/** @summary Allergies and adverse reactions: agent, reaction, severity. No date limit. */
export class CorridorAllergies extends SectionElement<AllergyEntry> {
  static override readonly lineOf = allergyLine;
}

/** Words that already say what the mark would. */
const SAYS_NONE = /\bno(ne)? known\b/i;

/**
 * The agent, what it does, how bad; what a source rules out or never asked is said in words before the agent. A line of
 * several records says the worst that any of them says and every reaction, and stands under the record that says the
 * worst: a newer record without a reaction must not hide an anaphylaxis (safety H12).
 */
export function allergyLine(
  entry: AllergyEntry,
  { words }: Surroundings,
  entries: readonly AllergyEntry[] = [entry],
): Line {
  const { allergies } = words;
  if (entry.statement !== 'allergy') {
    return {
      main: entry.title,
      flags: [
        entry.statement === 'not-asked'
          ? { tone: 'quiet', word: allergies.notAsked }
          : SAYS_NONE.test(entry.title)
            ? undefined
            : { tone: 'quiet', word: allergies.noneKnown },
      ],
      body: toldOf(entries),
    };
  }
  const [first = entry, ...others] = entries;
  const short = summariseAllergy({ key: '' as FactKey, section: 'allergies', entries: [first, ...others] });
  const said =
    others.length > 0
      ? reactionsTogether(entries, short)
      : entry.reactions.map((reaction) => reactionInWords(reaction)).join('; ');
  return {
    main: short.lead.title,
    lead: short.lead,
    flags: [entry.state === 'current' ? worstFlag(short, words) : undefined],
    parts: [
      said === '' ? allergies.reactionNotRecorded : said,
      [...new Set(entries.flatMap(({ onsetText }) => onsetText ?? []))].join(' / '),
      entry.kind === 'intolerance' ? allergies.intolerance : undefined,
      short.differs ? allergies.differs : undefined,
    ],
    body: toldOf(entries),
  };
}

/** What the source tells of it beyond the coded reaction, each text once: the note beside a denial may be the allergy. */
function toldOf(entries: readonly AllergyEntry[]): readonly string[] {
  const descriptions = entries.flatMap(({ reactions }) =>
    reactions.flatMap(({ manifestations, description }) =>
      manifestations.length > 0 && description !== undefined && !manifestations.includes(description)
        ? [description]
        : [],
    ),
  );
  return [...new Set([...descriptions, ...entries.flatMap(({ notes }) => notes)])];
}

function worstFlag({ criticality, severity }: AllergyInShort, { allergies }: Words): Flag | undefined {
  if (criticality === 'high') return { tone: 'risk', word: allergies.high };
  return severity?.toLowerCase() === 'severe' ? { tone: 'risk', word: allergies.severe } : undefined;
}

/** Each reaction once, the worst first, with every severity that was stated of it. */
function reactionsTogether(entries: readonly AllergyEntry[], short: AllergyInShort): string {
  const reactions = entries.flatMap((entry) => entry.reactions);
  const said = short.manifestations.map((what) => {
    const like = what.toLocaleLowerCase('en-GB');
    const severities = reactions
      .filter(({ manifestations, description }) =>
        [...manifestations, description].some((one) => one?.toLocaleLowerCase('en-GB') === like),
      )
      .flatMap(({ severity }) => severity ?? []);
    const worst = short.severity !== undefined && severities.includes(short.severity) ? [short.severity] : [];
    return [what, ...new Set([...worst, ...severities])].join(', ');
  });
  return said.length > 0 ? said.join('; ') : (short.severity ?? '');
}

function reactionInWords(reaction: Reaction): string {
  const what = reaction.manifestations.join(', ');
  return [what === '' ? reaction.description : what, reaction.severity].filter((part) => part !== undefined).join(', ');
}

declare global {
  interface HTMLElementTagNameMap {
    'corridor-allergies': CorridorAllergies;
  }
}
