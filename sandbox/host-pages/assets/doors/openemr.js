// The part of OpenEMR's window around its tabs, for the scripts of the real module: whose chart is open, and how a tab is
// opened. No OpenEMR is run.
let host;
let pid;
let ready;
const heard = new Set();
const { dataset } = document.getElementById('chart');
const patient = Object.assign(() => (pid === undefined ? undefined : { pid: () => pid }), {
  subscribe: (listener) => heard.add(listener),
});
window.app_view_model = { application_data: { patient } };
window.activateTabByName = () => {};
window.navigateTab = (address, name) => {
  if (name !== 'corridor') return;
  const tab = document.createElement('iframe');
  tab.id = 'openemr-tab';
  tab.title = 'Tab of the shared record';
  tab.src = address;
  document.getElementById('frame').replaceChildren(tab);
  host.showPanel();
};

export function start(lent) {
  host = lent;
  ready = load('shell.js').then(showCard);
  return ready;
}

async function showCard() {
  const { chart } = dataset;
  const facts = await host.ask('card');
  pid = facts.patient;
  for (const listener of heard) listener();
  const button = document.getElementById('openemr-card');
  Object.assign(button.dataset, facts, { corridorOpen: '', address: `${chart}/shared-record-tab` });
  await load('card.js');
}

/** What the chart's own button does is to press the card's: the module opens its tab. */
export async function fill() {
  await ready;
  document.getElementById('openemr-card').click();
}

/** The title bar changes first, and the tab is blank with it; its card is made for the next patient. */
export async function switchTo(address, lent) {
  pid = undefined;
  for (const listener of heard) listener();
  await lent.swapChart(address);
  ready = showCard();
  await ready;
}

function load(name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `/vendor/openemr/${name}`;
    script.addEventListener('load', resolve);
    script.addEventListener('error', reject);
    document.head.append(script);
  });
}
