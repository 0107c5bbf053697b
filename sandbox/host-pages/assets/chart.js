// The chart's own script: asks its EPR for a launch and shows the shared record in the panel, a pop-up or a tab. What is
// peculiar to this make's way in is in a module of its own (`doors/`).
const byId = (id) => document.getElementById(id);
const chart = byId('chart');
const panel = byId('panel');
const splitter = byId('splitter');
const wide = byId('panel-wide');
const trouble = byId('trouble');

/** Asks this EPR's own server about the open chart. */
async function ask(question, body = {}) {
  const answer = await fetch(`${chart.dataset.chart}/${question}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    keepalive: true,
  });
  if (!answer.ok) throw new Error(`The system did not help (${answer.status}).`);
  return answer.json();
}

const { door: doorName, place: mainPlace } = chart.dataset;
const doorReady = doorName ? import(`./doors/${doorName}.js`) : Promise.resolve({});

async function launch(place) {
  const { launchBody } = await doorReady;
  return ask('launch', { place, ...launchBody?.() });
}

function say(error) {
  trouble.textContent = `The shared record could not be opened. ${error.message}`;
  trouble.hidden = false;
}

async function openPanel() {
  trouble.hidden = true;
  const { fill = plainFrame } = await doorReady;
  const opening = await launch('frame');
  showPanel();
  fill(byId('frame'), opening, host);
}

function plainFrame(place, { url }) {
  const frame = document.createElement('iframe');
  frame.id = 'shared-record-frame';
  frame.title = 'Shared record';
  frame.referrerPolicy = 'no-referrer';
  frame.src = url;
  place.replaceChildren(frame);
  return frame;
}

/** The chart of another patient, without leaving the page: as a program on a tablet or in one page goes on. */
async function swapChart(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`That chart could not be opened (${answer.status}).`);
  const other = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of ['.banner', '#summary']) document.querySelector(part).replaceWith(other.querySelector(part));
  chart.dataset.chart = other.getElementById('chart').dataset.chart;
  document.title = other.title;
  history.replaceState(null, '', address);
}

function showPanel() {
  panel.hidden = splitter.hidden = false;
}

function closePanel() {
  void doorReady.then(({ clear }) => clear?.());
  byId('frame').replaceChildren();
  panel.hidden = splitter.hidden = true;
  chart.classList.remove('wide');
}

// The window has to be opened in the click itself; where it goes is known a moment later.
async function openWindow(place, features, name = '_blank') {
  trouble.hidden = true;
  // A window that is there already stays as it is until it is led on; a new one is empty.
  const opened = window.open('', name, features);
  if (!opened) throw new Error('The browser did not allow a new window.');
  try {
    opened.location.replace((await launch(place)).url);
  } catch (error) {
    opened.close();
    throw error;
  }
}

function resize(share) {
  const width = Math.min(85, Math.max(30, share));
  chart.style.setProperty('--panel', `${width}%`);
  splitter.setAttribute('aria-valuenow', String(Math.round(width)));
}

splitter.addEventListener('pointerdown', (event) => {
  splitter.setPointerCapture(event.pointerId);
  chart.classList.add('resizing');
});
splitter.addEventListener('pointermove', (event) => {
  if (!splitter.hasPointerCapture(event.pointerId)) return;
  const { right, width } = chart.getBoundingClientRect();
  resize(((right - event.clientX) / width) * 100);
});
splitter.addEventListener('lostpointercapture', () => chart.classList.remove('resizing'));
splitter.addEventListener('keydown', (event) => {
  const step = { ArrowLeft: 5, ArrowRight: -5 }[event.key];
  if (step) resize((panel.getBoundingClientRect().width / chart.getBoundingClientRect().width) * 100 + step);
});
wide.addEventListener('click', () => wide.setAttribute('aria-pressed', String(chart.classList.toggle('wide'))));
byId('panel-close').addEventListener('click', closePanel);
const POPUP = 'popup,width=1100,height=850';
const open = () => (mainPlace === 'window' ? openWindow('window', POPUP, 'corridor-shared-record') : openPanel());
// The button may come later, with a card.
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('#shared-record')) void open().catch(say);
});
byId('shared-record-popup').addEventListener('click', () => void openWindow('popup', POPUP).catch(say));
byId('shared-record-tab').addEventListener('click', () => void openWindow('tab').catch(say));
byId('next-patient')?.addEventListener('change', ({ target }) => {
  const go = async () => {
    const { switchTo } = await doorReady;
    if (switchTo) await switchTo(target.value, host);
    else location.assign(target.value);
  };
  void go().catch(say);
});

/** What a door is lent. */
const host = { ask, swapChart, plainFrame, openPanel, showPanel, closePanel, say, launcher: chart.dataset.launcher };
void doorReady.then(({ start }) => start?.(host)).catch(say);
