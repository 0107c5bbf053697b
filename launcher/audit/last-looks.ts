/** What a page is given to compare with: a key for its hashes, and what was seen then. */
export type Looks = {
  /** Base64url. Of this reader and this person: hashes made with it mean nothing anywhere else. */
  readonly key: string;
  readonly last?: Look;
  /** The first look within the admission that the chart is open in. */
  readonly admission?: Look;
};

/** `seen`: the page's own bytes, base64; the launcher never reads them. */
export type Look = { readonly at: string; readonly seen: string };

/** Who looks at whom, and in which admission. */
export type LookAbout = { readonly user: string; readonly nhsNumber: string; readonly encounter?: string };

type Row = { readonly handle: string; readonly at: string; readonly sealed: string };

export type LastLooksDeps = {
  readonly store: {
    find(handle: string): Promise<Row | undefined>;
    saveLast(row: Row): Promise<void>;
    saveFirst(row: Row): Promise<void>;
  };
  readonly sealing: { seal(purpose: string, value: unknown): string; open(purpose: string, sealed: string): unknown };
  /** A keyed hash of the launcher's own secret (`patient-handle.ts`). */
  readonly handle: (text: string) => string;
  /** A look that can't be opened any more is as if there had been none; it is said here. */
  readonly onFailure: (error: unknown) => void;
  readonly now: () => number;
};

/**
 * Remembers for each reader what they last saw of each person, so that the next view can say what is new. It keeps hashes
 * made by the page, sealed, under a keyed hash of both: who reads the store learns neither who looked, nor at whom, nor
 * what was there.
 */
export class LastLooks {
  readonly #deps: LastLooksDeps;

  constructor(deps: LastLooksDeps) {
    this.#deps = deps;
  }

  async before(about: LookAbout): Promise<Looks> {
    const [last, admission] = await Promise.all([this.#open(lastOf(about)), this.#open(admissionOf(about))]);
    return {
      key: this.#deps.handle(`look-key|${about.user}|${about.nhsNumber}`),
      ...(last && { last }),
      ...(admission && { admission }),
    };
  }

  async keep(about: LookAbout, seen: string): Promise<void> {
    const at = new Date(this.#deps.now()).toISOString();
    const admission = admissionOf(about);
    await this.#deps.store.saveLast(this.#sealed(lastOf(about), at, seen));
    if (admission !== undefined) await this.#deps.store.saveFirst(this.#sealed(admission, at, seen));
  }

  #sealed(name: string, at: string, seen: string): Row {
    const handle = this.#deps.handle(name);
    return { handle, at, sealed: this.#deps.sealing.seal(`last-look|${handle}`, seen) };
  }

  async #open(name: string | undefined): Promise<Look | undefined> {
    if (name === undefined) return undefined;
    const handle = this.#deps.handle(name);
    const row = await this.#deps.store.find(handle);
    if (!row) return undefined;
    try {
      return { at: row.at, seen: String(this.#deps.sealing.open(`last-look|${handle}`, row.sealed)) };
    } catch (error) {
      this.#deps.onFailure(error);
      return undefined;
    }
  }
}

function lastOf({ user, nhsNumber }: LookAbout): string {
  return `look|${user}|${nhsNumber}`;
}

function admissionOf({ user, nhsNumber, encounter }: LookAbout): string | undefined {
  return encounter === undefined ? undefined : `look|${user}|${nhsNumber}|${encounter}`;
}
