/** What the viewer of a document says. Loaded with it, in the reader's language: no first sight needs it. */
export type DocumentWords = {
  /** What kind of file it turned out to be. */
  readonly kinds: Readonly<Record<'pdf' | 'picture' | 'html' | 'text' | 'rtf' | 'cda' | 'fhir' | 'none', string>>;
  readonly pages: (count: number) => string;
  readonly page: (number: number) => string;
  readonly pageOf: (count: number) => string;
  readonly goToPage: string;
  readonly previousPage: string;
  readonly nextPage: string;
  readonly larger: string;
  readonly smaller: string;
  readonly zoom: (percent: number) => string;
  readonly find: string;
  readonly found: (at: number, count: number) => string;
  readonly notFound: string;
  /** Words were looked for in what may be a picture of them. */
  readonly noWords: string;
  readonly previous: string;
  readonly next: string;
  readonly tools: string;
  /** A PDF as its words alone, for a narrow panel or a screen reader; and back. */
  readonly asWords: string;
  readonly noWordsOnPage: string;
  readonly print: string;
  readonly preparing: string;
  readonly download: string;
  /** The audit could not be told, so nothing was saved or printed. */
  readonly notKept: string;
  readonly size: (bytes: number) => string;
  readonly charset: (name: string) => string;
  /** Names of what a document's head says. */
  readonly facts: Readonly<
    Record<
      'person' | 'born' | 'number' | 'gender' | 'written' | 'author' | 'custodian' | 'recipient' | 'event' | 'title',
      string
    >
  >;
  readonly head: string;
  /** The head names a person with another birth date or NHS number than the banner's. */
  readonly otherPerson: (what: string, banner: string) => string;
  readonly emptySection: string;
  /** No words in all of it. */
  readonly nothing: string;
  readonly pictureLeftOut: string;
  readonly pageFailed: string;
  readonly pagesLeft: (count: number) => string;
  /** Why it is not shown here. */
  readonly notShown: Readonly<
    Record<
      | 'tiff'
      | 'word'
      | 'charset'
      | 'markup'
      | 'unknown'
      | 'long'
      | 'picture'
      | 'password'
      | 'broken'
      | 'late'
      | 'not-here',
      string
    >
  >;
  readonly original: string;
  /** Why it did not come, by the launcher's code; `other` for the rest. */
  readonly failures: Readonly<Record<DocumentFailure, string>>;
  readonly code: (code: string) => string;
  readonly parts: string;
  readonly part: (number: number, title: string) => string;
  readonly heldBy: (count: number) => string;
  readonly openedFrom: (name: string) => string;
  readonly copyOf: (name: string) => string;
  readonly replaced: (date: string) => string;
  readonly replacedUndated: string;
  readonly openLater: string;
  readonly earlier: (count: number) => string;
  readonly openEarlier: (date: string) => string;
  /** Head of a printed document. */
  readonly printed: (time: string) => string;
  readonly from: (name: string, when: string) => string;
};

export type DocumentFailure =
  'late' | 'silent' | 'large' | 'gone' | 'kind' | 'withheld' | 'refused' | 'person' | 'over' | 'log' | 'other';
