/**
 * One engine's control, as far as a page can see it: written from each engine's own documents, with no engine behind it.
 * What the page says arrives later than the call, as at the other side of a process.
 */
export type Control = {
  hear(receive: (message: unknown) => void): void;
  say(message: object): void;
};

const later = (what: () => void): void => queueMicrotask(what);

type Dressed = Window & Record<string, unknown>;

/** `chrome.webview`: objects out, parsed JSON in (`PostWebMessageAsJson`). */
export function webView2Control(frame: Window): Control {
  let receive: (message: unknown) => void = () => undefined;
  const webview = Object.assign(new EventTarget(), {
    postMessage: (message: unknown) => later(() => receive(JSON.parse(JSON.stringify(message)))),
  });
  const dressed = frame as Dressed;
  Object.defineProperty(dressed, 'chrome', { configurable: true, value: { webview } });
  return {
    hear: (to) => (receive = to),
    say: (message) =>
      webview.dispatchEvent(new MessageEvent('message', { data: JSON.parse(JSON.stringify(message)) as unknown })),
  };
}

/** The page around a frame, playing WebView2 for trials (`allowSimulated`): the same words, by postMessage. */
export function playedControl(frame: Window): Control {
  let receive: (message: unknown) => void = () => undefined;
  // Plugin code runs in the test's own window here, so every frame's messages come from it.
  addEventListener('message', ({ data }: MessageEvent<{ simulatedWebView2?: unknown } | undefined>) => {
    if (data?.simulatedWebView2 !== undefined) receive(data.simulatedWebView2);
  });
  return {
    hear: (to) => (receive = to),
    // In the same task, as a test has to see it; a browser would take the way of a message.
    say: (message) =>
      frame.dispatchEvent(
        new MessageEvent('message', {
          data: { simulatedWebView2: JSON.parse(JSON.stringify(message)) as unknown },
          origin: location.origin,
          source: frame.parent,
        }),
      ),
  };
}

type Query = {
  request: string;
  persistent: boolean;
  onSuccess: (answer: string) => void;
  onFailure: (code: number, message: string) => void;
};

/** `cefQuery` of CEF's message router: text both ways, and one query that stays open. */
export function cefControl(frame: Window): Control & { letGo(): void } {
  let receive: (message: unknown) => void = () => undefined;
  let open: Query | undefined;
  let count = 0;
  Object.assign(frame as Dressed, {
    cefQuery: (query: Query) => {
      if (query.persistent) open = query;
      else later(() => receive(JSON.parse(query.request)));
      return ++count;
    },
    cefQueryCancel: () => (open = undefined),
  });
  return {
    hear: (to) => (receive = to),
    say: (message) => open?.onSuccess(JSON.stringify(message)),
    letGo: () => open?.onFailure(-1, 'The query has been canceled'),
  };
}

type Word = { type: number; id?: number; object?: string; method?: number; signal?: number; args?: unknown[] };

/** `qt.webChannelTransport`: the words of `QWebChannel`, answered late, as over its real wire. */
export function qtControl(frame: Window): Control {
  let receive: (message: unknown) => void = () => undefined;
  let connected = false;
  const transport = {
    onmessage: null as ((message: { data: string }) => void) | null,
    send: (text: string) => {
      const word = JSON.parse(text) as Word;
      if (word.type === 3) later(() => answer({ type: 10, id: word.id, data: { corridor: OBJECT } }));
      if (word.type === 7) connected = word.object === 'corridor' && word.signal === 8;
      if (word.type === 6 && word.object === 'corridor' && word.method === 5)
        later(() => receive(JSON.parse(String(word.args?.[0]))));
    },
  };
  const answer = (word: object): void => transport.onmessage?.({ data: JSON.stringify(word) });
  Object.assign(frame as Dressed, { qt: { webChannelTransport: transport } });
  return {
    hear: (to) => (receive = to),
    say: (message) => {
      if (connected) answer({ type: 1, object: 'corridor', signal: 8, args: [JSON.stringify(message)] });
    },
  };
}

const OBJECT = {
  methods: [
    ['deleteLater', 3],
    ['post', 5],
  ],
  signals: [
    ['destroyed', 0],
    ['message', 8],
  ],
  properties: [],
  enums: {},
};

/** `webkit.messageHandlers`: text out; in comes what the host runs in the page. */
export function webKitControl(frame: Window): Control {
  let receive: (message: unknown) => void = () => undefined;
  Object.assign(frame as Dressed, {
    webkit: {
      messageHandlers: { corridor: { postMessage: (text: string) => later(() => receive(JSON.parse(text))) } },
    },
  });
  return {
    hear: (to) => (receive = to),
    say: (message) => frame.dispatchEvent(new MessageEvent('corridor-host', { data: JSON.stringify(message) })),
  };
}
