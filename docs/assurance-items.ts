/** A test that fails when the claim stops being true: its file and exact title. */
export type Proof = { readonly file: string; readonly title: string };

/** One requirement that binds this product: where it is met, or that it is not. */
export type AsvsItem = {
  /** Number and level in OWASP ASVS 5.0. */
  readonly item: string;
  /** What it comes to here, in our own words. */
  readonly means: string;
  readonly code: readonly string[];
  readonly proofs: readonly Proof[];
  /** What is not met, or not by this repository. */
  readonly open?: string;
};

const proof = (file: string, title: string): Proof => ({ file: `test/${file}`, title });

/**
 * The items of ASVS 5.0 level 2 (and those of level 3 taken on by choice) that ask something particular of this product.
 * Items that any page meets by having no such feature (passwords, uploads, WebRTC, GraphQL) are left out; an assessor goes
 * through the whole list.
 */
export const ASVS: readonly AsvsItem[] = [
  {
    item: '1.3.6 (L2)',
    means: 'No request leads to an address that is not the member’s own: `iss`, `next`, attachments, key sets',
    code: ['launcher/smart/iss.ts', 'launcher/federation/source-fetch.ts'],
    proofs: [
      proof('negative/iss.test.ts', '4 another port is another address'),
      proof('launcher/federation/source-fetch.test.ts', 'is never given the bearer, nor any request'),
    ],
  },
  {
    item: '1.5.3 (L3)',
    means: 'Parsers agree: doubled keys, prototypes, depth',
    code: ['launcher/federation/source-body.ts'],
    proofs: [
      proof(
        'negative/sources.test.ts',
        '72 keys of the payload reach no prototype, and of a doubled key the last counts',
      ),
      proof(
        'launcher/federation/source-body.test.ts',
        'of a million levels is refused, quickly and without falling over',
      ),
    ],
  },
  {
    item: '2.4.1 (L2)',
    means: 'Bulk browsing is noticed; launches and streams are limited',
    code: ['launcher/audit/bulk-browsing.ts', 'launcher/session/open-streams.ts'],
    proofs: [
      proof(
        'launcher/audit/reports.test.ts',
        'alerts the privacy officer once an hour when one user opens 200 records, and stops nobody',
      ),
      proof(
        'launcher/session/open-streams.test.ts',
        'refuse one user’s stream beyond that user’s share, and let others in',
      ),
    ],
  },
  {
    item: '3.2.2, 3.4.3 (L2)',
    means: 'Data becomes text, never markup; a strict policy, and no inline code',
    code: ['launcher/routes/security-headers.ts', 'src/components'],
    proofs: [
      proof('negative/sources.test.ts', '75 markup in a display stays the text it is'),
      proof('negative/sources.test.ts', '74 a narrative is never sent to the browser, whatever stands in it'),
      proof('launcher/routes/security-headers.test.ts', 'lets the error page’s own style through, and no other inline'),
    ],
  },
  {
    item: '3.3.1–3.3.4, 14.3.1–14.3.3 (L2)',
    means: 'No token or patient in cookies, storage, addresses or titles; pages are kept by nobody',
    code: ['src/app/open-record.ts', 'launcher/routes/security-headers.ts'],
    proofs: [
      proof(
        'journeys/launch.test.ts',
        'leaves no patient number in any address and nothing of the patient in storage, cookies or title',
      ),
      proof(
        'launcher/routes/security-headers.test.ts',
        'is kept by nobody, names nobody it came from, and asks for no feature',
      ),
    ],
  },
  {
    item: '3.4.6 (L2)',
    means: 'Only the member’s own pages may frame a record',
    code: ['launcher/routes/security-headers.ts'],
    proofs: [
      proof('negative/edge.test.ts', '90 may be framed by its member alone; one of nobody by nobody'),
      proof('journeys/refusals.test.ts', '90 a frame on a page that is not the member’s'),
    ],
  },
  {
    item: '3.5.5 (L2)',
    means: 'Messages between windows: only those whose origin is checked',
    code: ['src/app/host-port.ts'],
    proofs: [
      proof(
        'negative/absent.test.ts',
        '91 nothing but the vendor’s frame, which checks their origin, listens for them or sends any, but for a refusal told by its code to the one origin around it',
      ),
    ],
  },
  {
    item: '4.1.3, 15.3.4 (L2)',
    means: 'Headers of a proxy are believed only when the operator says so',
    code: ['launcher/server.ts'],
    proofs: [
      proof('launcher/server.test.ts', 'to believe a caller about where it comes from, unless told of a proxy'),
      proof('negative/over-http.test.ts', '14 takes its own address from nobody’s headers'),
    ],
  },
  {
    item: '4.2.1 (L2)',
    means: 'Heads and bodies have limits; what is ambiguous is refused',
    code: ['launcher/listen.ts', 'launcher/server.ts'],
    proofs: [proof('launcher/server.test.ts', 'heads that are too large or that never end')],
    open: 'No corpus of request smuggling is run against the proxy in front, which is the operator’s',
  },
  {
    item: '5.2.1, 5.2.3, 15.2.2 (L2)',
    means: 'Sizes, depth and decompression are bounded',
    code: ['launcher/federation/source-fetch.ts', 'launcher/config.ts'],
    proofs: [
      proof('launcher/federation/source-fetch.test.ts', 'is refused when it is nested too deeply or not UTF-8'),
      proof('negative/documents.test.ts', '78 a document without end is cut at the limit, and nothing of it is sent'),
    ],
  },
  {
    item: '8.2.2, 8.2.3, 8.3.1, 8.4.1 (L2)',
    means: 'Each source, section and item is decided on the server, for this person, role and organisation',
    code: ['launcher/access/decide.ts', 'launcher/access/redact.ts'],
    proofs: [
      proof(
        'launcher/access/matrix.test.ts',
        'answers every cell of role × label × relationship × organisation × consent as the reference table does',
      ),
    ],
  },
  {
    item: '8.3.2 (L3)',
    means: 'A withdrawal, an objection or the end of a session counts from the next byte, at every launcher',
    code: ['launcher/access/stop-barred.ts', 'launcher/routes/event-stream.ts'],
    proofs: [
      proof(
        'negative/access.test.ts',
        '82 sends nothing more from the next byte on, and is settled as withheld; the others go on',
      ),
      proof('launcher/two-launchers.test.ts', 'end a stream at one within a second of its session’s end at the other'),
    ],
  },
  {
    item: '10.1.1, 10.1.2, 10.2.1 (L2)',
    means: 'The EPR’s tokens stay in the launcher; state and verifier are bound to the window that asked',
    code: ['launcher/smart/authorise.ts', 'launcher/smart/finish.ts'],
    proofs: [
      proof(
        'negative/callback.test.ts',
        '19 an answer in a window that did not ask: no code is spent, and the state is burnt',
      ),
      proof(
        'negative/launch-link.test.ts',
        '20 mints everything anew each time, and stores no state, binding or verifier in the clear',
      ),
    ],
  },
  {
    item: '10.2.2 (L2)',
    means: 'Answers of one sign-in service can’t be brought to another (mix-up)',
    code: ['launcher/smart/finish.ts', 'launcher/routes/callback.ts'],
    proofs: [
      proof('negative/callback.test.ts', '21 another organisation’s callback: the verifier goes to neither'),
      proof('negative/callback.test.ts', '22 no iss though the server promised one (RFC 9207)'),
    ],
  },
  {
    item: '10.5.1–10.5.4 (L2)',
    means: 'id_tokens: nonce, issuer, audience, algorithm, key',
    code: ['launcher/smart/id-token.ts'],
    proofs: [
      proof('negative/id-token.test.ts', '34 alg none'),
      proof('negative/id-token.test.ts', '35 signed by another organisation'),
      proof('negative/id-token.test.ts', '43 a wrong nonce even where a missing one is forgiven'),
    ],
  },
  {
    item: '10.3.5 (L3)',
    means: 'Tokens bound to a key of the sender (DPoP, mutual TLS)',
    code: [],
    proofs: [],
    open: 'Not met: tokens are short-lived bearers obtained with private_key_jwt; DPoP tokens are refused, not used',
  },
  {
    item: '12.3.2–12.3.4 (L2)',
    means:
      'A source’s certificate is verified; without a good one the source has failed, and nothing goes in the clear',
    code: ['launcher/federation/source-fetch.ts'],
    proofs: [proof('negative/tls.test.ts', '70 TLS 1.1')],
    open: 'TLS in front of the launcher, and revocation lists, are the operator’s',
  },
  {
    item: '12.3.5 (L3)',
    means: 'Launcher and sources authenticate each other’s connections (mutual TLS)',
    code: [],
    proofs: [],
    open: 'Not met: a source that asks for a client certificate is told that there is none, and has failed',
  },
  {
    item: '11.2.2, 13.3.4 (L2, L3)',
    means: 'Every key can be changed without an interruption, and has a way out',
    code: ['launcher/commands/keys-roll.ts', 'launcher/trust/key-set.ts', 'launcher/session/roll-seal-keys.ts'],
    proofs: [
      proof(
        'launcher/commands/keys-roll.test.ts',
        'refuses a step out of turn or too early, changes the file step by step, and each step’s file is one the launcher takes',
      ),
      proof(
        'launcher/audit/roll-key.test.ts',
        'is refused by who knows neither key, and followed by who knows the old one or the new one',
      ),
    ],
    open: 'Keys lie in a file or the environment; a key vault or hardware module is the operator’s. `locator.key` can’t be changed',
  },
  {
    item: '13.2.4, 13.2.5, 15.3.2 (L2)',
    means: 'Outgoing requests go to an allow-list and follow no redirect',
    code: ['launcher/federation/source-fetch.ts'],
    proofs: [proof('launcher/federation/source-fetch.test.ts', 'is not followed as a redirect, of whatever kind')],
  },
  {
    item: '13.1.3, 13.2.6 (L3)',
    means: 'Every wait has a limit that is written down, and so has every retry',
    code: ['launcher/config.ts', 'docs/configuration.md'],
    proofs: [
      proof('launcher/federation/source-fetch.test.ts', 'is asked again after its own pause, twice at most in one ask'),
    ],
  },
  {
    item: '15.1.2, 15.2.4 (L2, L3)',
    means: 'A bill of materials; packages pinned by content; no install scripts',
    code: ['test/write-sbom.ts', 'test/check.ts', '.npmrc'],
    proofs: [
      proof('supply-chain.test.ts', 'pins every package by its content, whichever registry it is fetched through'),
      proof(
        'supply-chain.test.ts',
        'names every package of a running launcher with its version and hash, and no tool of development',
      ),
      proof('supply-chain.test.ts', 'are never run, and a package that has one at run time is known to do without'),
    ],
    open: 'Known weaknesses of packages are not looked up here: an operator’s scanner reads `dist/sbom.cdx.json`',
  },
  {
    item: '16.2.5 (L2)',
    means: 'Logs hold no patient data and no secrets',
    code: ['launcher/observability/log.ts'],
    proofs: [
      proof('launcher/observability/log.test.ts', 'leaves out whatever is not on the list, whoever passes it'),
      proof('negative/over-http.test.ts', '105 no name, number, code, state or token is in the log'),
    ],
  },
  {
    item: '16.4.2, 16.4.3 (L2)',
    means: 'The audit can’t be changed unnoticed, is held by others too, and survives a restore',
    code: ['launcher/audit/tree', 'launcher/verifier/verify-log.ts', 'launcher/commands/restore.ts'],
    proofs: [
      proof(
        'launcher/commands/backup.test.ts',
        'refuses one that is older than what is there, or than what a witness holds, until the loss is accepted',
      ),
      proof('launcher/commands/backup.test.ts', 'refuses a backup that was tampered with, and one that is damaged'),
    ],
  },
  {
    item: '16.5.2, 16.5.3 (L2)',
    means: 'Without an audit nothing is shown; without one source the others are',
    code: ['launcher/routes/record.ts', 'launcher/audit/store-audit.ts'],
    proofs: [
      proof('launcher/routes/record.test.ts', 'to show anything while the audit can’t be written'),
      proof(
        'journeys/gaps.test.ts',
        'a source that is down never delays the others: they are on screen while a slow one is still waited for',
      ),
    ],
  },
];
