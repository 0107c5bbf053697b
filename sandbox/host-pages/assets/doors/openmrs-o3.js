// The part of the shell of OpenMRS O3: it loads the real module, lends it a pretend framework, and mounts its dashboard
// for the patient of the chart. No OpenMRS is run.
import '/vendor/openmrs-o3.js';

const MODULE = globalThis._corridor_esm_shared_record_app;
const SESSION = { session: { authenticated: true, user: { uuid: 'pretend-user' } } };
const { dataset } = document.getElementById('chart');

let host;
let mounted;

const framework = {
  defineConfigSchema: () => {},
  getConfig: async () => ({
    launcherUrl: dataset.launcher,
    organisation: dataset.ods,
    voucherUrl: `${dataset.chart}/voucher`,
    nhsNumber: { system: 'https://fhir.nhs.uk/Id/nhs-number', identifierType: '' },
    sections: {},
  }),
  fetchCurrentPatient: () => host.ask('patient'),
  getSessionStore: () => ({ getState: () => SESSION, subscribe: () => () => {} }),
  interpolateUrl: (template) => template,
  // Leading to another dashboard of this chart: there is but one.
  navigate: () => host.closePanel(),
};

MODULE.init({ '@openmrs/esm-framework': { pretend: { get: async () => () => framework } } });

export async function fill(place, _opening, lent) {
  host = lent;
  await clear();
  place.replaceChildren();
  const { recordDashboard } = (await MODULE.get('./start'))();
  const parcel = await recordDashboard();
  await parcel.bootstrap();
  await parcel.mount({ domElement: place, patientUuid: dataset.chart.split('/').at(-1) });
  mounted = parcel;
}

export async function clear() {
  const parcel = mounted;
  mounted = undefined;
  await parcel?.unmount();
}

/** O3 takes the old dashboard down, and mounts it anew for the next patient. */
export async function switchTo(address, lent) {
  const wasOpen = mounted !== undefined;
  await clear();
  await lent.swapChart(address);
  if (wasOpen) await lent.openPanel();
}
