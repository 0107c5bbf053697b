// The part of the tablet's own program: what it would say to its WebView2 control goes to the frame by postMessage
// (`allowSimulated`), and is written down beside it. After plugins/native-webview/samples/webview2.cs.md.
let host;
let frame;
let page;
let native;
let launchId;
let epoch = 0;
let count = 0;

export function fill(place, { url }, lent) {
  host = lent;
  clear();
  frame = host.plainFrame(place, { url });
}

export function clear() {
  frame = page = native = undefined;
}

/** Off the screen first, then the next patient, then the ticket that lets the record follow. */
export async function switchTo(address, lent) {
  host = lent;
  if (frame) say('closing', {});
  await host.swapChart(address);
  if (!frame) return;
  epoch += 1;
  const { patient, ticket } = await host.ask('context', { follow: true });
  say('change', { patient, assertedAt: new Date().toISOString(), ...(ticket && { ticket }) });
}

addEventListener('message', ({ source, origin, data }) => {
  if (!frame || source !== frame.contentWindow || origin !== host.launcher) return;
  if (data?.simulatedWebView2?.corridor === 1) void hear(data.simulatedWebView2).catch(host.say);
});

async function hear(message) {
  if (message.type === 'hello') {
    // A new document: nothing of the old one counts.
    ({ page, launchId } = message);
    epoch = 1;
    native = crypto.randomUUID();
    write('page', message.type);
    const { patient } = await host.ask('context');
    say('context', { patient, assertedAt: new Date().toISOString() }, message.id);
  } else if (message.page === page && message.native === native) {
    write('page', message.type === 'ack' ? `ack: ${message.payload.result}` : message.type);
    if (message.type === 'close') {
      say('reply', { status: 'success' }, message.id);
      host.closePanel();
    }
  }
}

function say(type, payload, re) {
  if (!frame || native === undefined) return;
  count += 1;
  const message = { corridor: 1, id: `tablet-${count}`, launchId, epoch, type, payload, page, native };
  frame.contentWindow.postMessage({ simulatedWebView2: re ? { ...message, re } : message }, host.launcher);
  write('tablet', type);
}

const LINES = 6;

function write(who, words) {
  const list = document.getElementById('wire');
  const line = document.createElement('li');
  line.textContent = `${who}: ${words}`;
  list.append(line);
  while (list.childElementCount > LINES) list.firstElementChild.remove();
}
