import type { ServerResponse } from 'node:http';
import type { Page } from './truth.ts';

/** Which of the five sources have the fault. */
export const POSITIONS = ['fastest', 'middle', 'slowest', 'three', 'all'] as const;
export type Position = (typeof POSITIONS)[number];

/**
 * When it strikes. What breaks the wire breaks it at that byte; what is a wrong answer takes the place of the page that
 * is due then: the first; the second, in two pieces; the second; the third, its last byte late.
 */
export const MOMENTS = ['first-byte', 'mid-page', 'between-pages', 'last-byte'] as const;
export type Moment = (typeof MOMENTS)[number];

export type Reply = {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body: Buffer | string;
};

/** The answer under way when the fault strikes; some of it may have left already. */
export type Wire = {
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly sent: number;
  /** Writes the rest of the body as it should have been. */
  finish(): void;
  /** Begins the answer if it has not begun. */
  begin(headers?: { readonly [name: string]: string | number }): void;
};

/** How a connection can't be made. */
export type Unreachable =
  'refused' | 'blackhole' | 'dns-unknown' | 'dns-failed' | 'dns-slow' | 'dns-rebound' | 'dns-dead-first';
export type BadTls = 'expired' | 'other-host' | 'untrusted' | 'client-certificate' | 'tls-1.1';

/** What the fault must lead to, beside the rules that hold for all: `whole`, nothing is missing; `gap`, a gap is told. */
export type Outcome = 'whole' | 'gap' | 'any';

export type Fault = {
  readonly id: string;
  readonly name: string;
  readonly outcome: Outcome | ((moment: Moment, variant: number) => Outcome);
  /** How many forms it has; cells take them in turn. */
  readonly variants?: number;
  /** The faulted source's clocks: `short` where it is silence that is to be noticed. */
  readonly clocks?: 'short';
  /** Sent without a length, in chunks. */
  readonly chunked?: true;
  /** Strikes the pages of another type than the allergies. */
  readonly type?: string;
} & (
  | { readonly answer: (page: Page, variant: number, base: string, count: number) => Reply }
  | { readonly wire: (wire: Wire, variant: number) => void }
  | { readonly connection: (variant: number) => Unreachable | BadTls }
  /** From then on the source takes no token and its token endpoint does this. */
  | { readonly token: (variant: number) => Reply | 'silence' }
  | { readonly reader: 'slow' | 'leaves' | 'quiet' | 'bytes' }
  /** From then on each request has this chance to be cut or refused, in turn. */
  | { readonly storm: 'busy' | 'flapping' }
);
