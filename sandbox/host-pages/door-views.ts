import type { DoorId } from '../eprs/doors/door.ts';
import type { Epr } from '../eprs/epr.ts';
import type { SignedIn } from './chart-pages.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { readPerson, type Person } from './person.ts';

/** Doors whose page needs a script of its own (`assets/doors/`). */
const SCRIPTED: ReadonlySet<DoorId> = new Set([
  'cds-hooks',
  'fhircast',
  'oracle-mpage',
  'native-webview',
  'embed-sdk',
  'openmrs-o3',
  'openemr',
]);

/** Where the open patient changes beside the record, and not by a page of its own. */
const GOES_ON: ReadonlySet<DoorId> = new Set(['fhircast', 'native-webview', 'embed-sdk', 'openmrs-o3', 'openemr']);
const LISTED = 100;

/** What the chart's script needs to know, as attributes of the chart. */
export function doorFacts(epr: Epr): { readonly script: string; readonly place: string } {
  const { id } = epr.door;
  return { script: SCRIPTED.has(id) ? id : '', place: id === 'fhircast' ? 'window' : '' };
}

/** The button, unless a card brings it. */
export function mainButton({ door }: Epr): Html | false {
  return door.id !== 'cds-hooks' && html`<button id="shared-record" type="button" class="main">Shared record</button>`;
}

/** The next patient without closing this one's chart first. */
export function nextPatient(epr: Epr, { index }: SignedIn, open: Person): Html | false {
  if (!GOES_ON.has(epr.door.id)) return false;
  const people = epr.store
    .all('Patient')
    .map(readPerson)
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, LISTED);
  const options = people.map(
    ({ id, name }) =>
      html`<option value="/u/${index}/patients/${encodeURIComponent(id)}" ${id === open.id ? 'selected' : ''}>
        ${name}
      </option>`,
  );
  return html`<label class="next"
    >Open
    <select id="next-patient" autocomplete="off">
      ${options}
    </select></label
  >`;
}

/** What stands above a chart's own parts: orders with a place for cards, a pretend image, a word on what is played. */
export function doorParts({ door }: Epr): Html | false {
  if (door.id === 'cds-hooks')
    return html`<section class="part orders">
      <h2>Orders</h2>
      <ul>
        <li><span class="date">Draft</span><span>Full blood count, urea and electrolytes</span></li>
        <li><span class="date">Draft</span><span>Anaesthetic assessment</span></li>
      </ul>
      <h2>Advice</h2>
      <div id="cards" aria-live="polite"><p class="none">Asking …</p></div>
    </section>`;
  if (door.id === 'fhircast')
    return html`<section class="part image">
      <h2>Chest, PA</h2>
      <div class="film" role="img" aria-label="A drawing"></div>
      <p class="small">A drawing: no image was taken of anybody.</p>
    </section>`;
  if (door.id === 'native-webview')
    return html`<section class="part pretend">
      <h2>This tablet’s program is played by this page</h2>
      <p>
        A real one shows the shared record in a browser control (WebView2) and speaks to it over the control’s bridge.
        There is none in a browser, so the same messages go to a frame. No control was run.
      </p>
      <ol id="wire" aria-label="What went over the bridge"></ol>
    </section>`;
  if (door.id === 'openmrs-o3')
    return html`<section class="part pretend">
      <h2>A pretend OpenMRS chart</h2>
      <p>This page plays the shell of O3 around the real module of Corridor. No OpenMRS was run here.</p>
    </section>`;
  if (door.id === 'openemr')
    return html`<section class="part pretend">
      <h2>Shared record</h2>
      <p>
        A pretend OpenEMR: this page plays the window around its tabs; the scripts of the tab are the module’s own. No
        OpenEMR was run here.
      </p>
      <button id="openemr-card" type="button">Open the shared record</button>
    </section>`;
  return false;
}
