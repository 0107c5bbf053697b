import type { Request } from 'express';
import type { AlertRow, AlertState } from '../../storage/tables/alerts.ts';
import { html, type Markup } from './html.ts';
import { sayDay, select } from './layout.ts';
import { choice } from './read-query.ts';

const STATES = { open: 'Open', seen: 'Taken', closed: 'Closed' } as const satisfies Record<AlertState, string>;
const KINDS: { readonly [kind: string]: string } = {
  'break-glass': 'Broke the glass',
  'self-claimed': 'Opened on the reader’s own word',
  'bulk-browsing': 'Opened unusually many records',
};

export const MOST_ALERTS = 100;

export function stateAsked(request: Request): AlertState {
  return choice(request, 'state', Object.keys(STATES) as AlertState[], 'open');
}

/** The privacy officer's queue. A patient stands in it under a keyed hash; a reason that was given is read with the command line. */
export function alertsPage(state: AlertState, alerts: readonly AlertRow[]): Markup {
  const options = Object.entries(STATES).map(([value, words]) => [value, words] as const);
  return html`<h1>Alerts: ${STATES[state].toLowerCase()}</h1>
    <form class="ask" method="get" action="/admin/alerts">
      ${select('state', 'Show', options, state)}
      <div><button>Show</button></div>
    </form>
    ${alerts.length === 0 ? html`<p role="status">There is none.</p>` : queue(alerts)}
    ${alerts.length === MOST_ALERTS && html`<p>The newest ${MOST_ALERTS} are shown.</p>`}
    <p class="small">
      The same person has the same code in every alert. The reason given for a broken glass may name somebody, so it is
      not on this page: <code>corridor alerts list --kind break-glass</code>. Who it was about:
      <code>corridor audit</code>.
    </p>`;
}

function queue(alerts: readonly AlertRow[]): Markup {
  return html`<div class="scroll">
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">When</th>
          <th scope="col">Reader</th>
          <th scope="col">Person, in code</th>
          <th scope="col">Do</th>
        </tr>
      </thead>
      <tbody>
        ${alerts.map(
          ({ id, at, kind, user, organisation, patientHandle, detailCode, state }) =>
            html`<tr>
              <th scope="row">${KINDS[kind] ?? kind}</th>
              <td>${sayDay(at)} ${at.slice(11, 16)} UTC</td>
              <td>
                <code>${user}</code
                ><br />${organisation}${detailCode !== undefined && html` <code>${detailCode}</code>`}
              </td>
              <td><code>${patientHandle?.slice(0, 12) ?? '–'}</code></td>
              <td>
                <div class="row">
                  ${state === 'open' && move(id, 'seen', 'Take')} ${state !== 'closed' && move(id, 'closed', 'Close')}
                </div>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function move(id: string, to: 'seen' | 'closed', words: string): Markup {
  return html`<form method="post" action="/admin/alerts">
    <input type="hidden" name="id" value="${id}" />
    <input type="hidden" name="to" value="${to}" />
    <button class="${to === 'closed' && 'quiet'}" aria-label="${`${words} alert ${id.slice(0, 8)}`}">${words}</button>
  </form>`;
}
