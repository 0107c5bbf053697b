import type { HostPatient } from '../../../plugins/host-port.ts';

/** Who the launcher's record is about, as far as a host's word can be held against it. */
export type RecordPerson = { readonly nhsNumber: string; readonly birthDate: string; readonly family: string };

/**
 * What the host says of the patient against what the launcher says (plugins.md §5 rule 5). Whatever is said must be the
 * same; `unsaid` when too little is said to know: two people share a family name, and many a birth date.
 */
export function comparePeople(host: HostPatient | undefined, person: RecordPerson): 'same' | 'another' | 'unsaid' {
  if (!host) return 'unsaid';
  const said = [
    [host.nhsNumber && digits(host.nhsNumber), digits(person.nhsNumber)],
    [host.birthDate, person.birthDate],
    [host.family && fold(host.family), fold(person.family)],
  ].filter(([theirs]) => theirs !== undefined && theirs !== '');
  if (said.some(([theirs, ours]) => theirs !== ours)) return 'another';
  return said.length >= 2 ? 'same' : 'unsaid';
}

function digits(text: string): string {
  return text.replace(/\D/g, '');
}

/** Case, accents, hyphens and blanks are one system's spelling, not another person. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\s'’.-]/gu, '')
    .toLowerCase();
}
