/** The words about taking the record away as one document (HL7 IPS). They come with its element, after the first sight. */
export type SummaryWords = {
  readonly take: string;
  /** The document's own title. */
  readonly title: string;
  /** So many organisations have not answered in full, or hold something back. */
  readonly incomplete: (organisations: number) => string;
  /** Saved; so many lines of the record are not part of it. */
  readonly taken: (leftOut: number) => string;
  readonly failed: string;
};

const EN_GB: SummaryWords = {
  take: 'Save a patient summary (IPS)',
  title: 'Patient summary',
  incomplete: (n) => `Incomplete: ${String(n)} of the organisations not heard in full. The document says so.`,
  taken: (n) =>
    n === 0
      ? 'Saved. It says of each section what is missing.'
      : `Saved. It says of each section what is missing; ${String(n)} lines of this record are of headings it does not carry.`,
  failed: 'It could not be saved: it was not granted, or nobody answered.',
};

const CY: SummaryWords = {
  take: 'Cadw crynodeb claf (IPS)',
  title: 'Crynodeb claf',
  incomplete: (n) => `Anghyflawn: ni chlywyd yn llawn gan ${String(n)} o’r sefydliadau. Mae’r ddogfen yn dweud hynny.`,
  taken: (n) =>
    n === 0
      ? 'Wedi’i gadw. Mae’n dweud am bob adran beth sydd ar goll.'
      : `Wedi’i gadw. Mae’n dweud am bob adran beth sydd ar goll; mae ${String(n)} llinell o’r cofnod hwn dan benawdau nad yw’n eu cario.`,
  failed: 'Ni ellid ei gadw: ni chafodd ei ganiatáu, neu nid atebodd neb.',
};

export function summaryWords(language: string): SummaryWords {
  return language === 'cy' ? CY : EN_GB;
}
