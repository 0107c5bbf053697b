/** What the reader may ask of the system around the record, and what that system is told. Comes with `host-acts.ts`. */
export type HostActWords = {
  /** Of one part of the record, by its short name. */
  readonly inChart: (part: string) => string;
  readonly opened: string;
  readonly unsupported: string;
  readonly denied: string;
  readonly close: string;
  readonly notClosed: string;
  readonly gaps: (gaps: number, total: number) => string;
};

const EN: HostActWords = {
  inChart: (part) => `${part} in your own chart`,
  opened: 'Your own system has been asked to show it.',
  unsupported: 'Your own system has no page for it.',
  denied: 'Your own system did not open it.',
  close: 'Close the shared record',
  notClosed: 'Your own system did not close it. Close its window or panel there.',
  gaps: (gaps, total) => `Shared record: ${gaps} of ${total} organisations did not answer, or not in full`,
};
const CY: HostActWords = {
  inChart: (part) => `${part} yn eich siart eich hun`,
  opened: 'Gofynnwyd i’ch system eich hun ei ddangos.',
  unsupported: 'Nid oes tudalen ar ei gyfer yn eich system eich hun.',
  denied: 'Ni wnaeth eich system eich hun ei agor.',
  close: 'Cau’r cofnod a rennir',
  notClosed: 'Ni wnaeth eich system eich hun ei gau. Caewch ei ffenestr neu ei banel yno.',
  gaps: (gaps, total) => `Cofnod a rennir: ni wnaeth ${gaps} o ${total} sefydliad ateb, neu nid yn llawn`,
};

export function hostActWords(language: string): HostActWords {
  return language.toLowerCase().startsWith('cy') ? CY : EN;
}
