import { qtBridge, type QtTransport } from './qt-channel.ts';

/** Text to and from the native side. The control around the page is the only one that can hold the other end. */
export type Bridge = {
  send(text: string): void;
  /** `gone`: the native side has let go. Returns how to stop. */
  listen(receive: (data: unknown) => void, gone: () => void): () => void;
};

export type WebView2 = EventTarget & { postMessage(message: unknown): void };

type CefQuery = (query: {
  readonly request: string;
  readonly persistent: boolean;
  readonly onSuccess: (answer: string) => void;
  readonly onFailure: (code: number, message: string) => void;
}) => number;

/** What each engine puts into the windows of its control, and no browser does. */
type NativeWindow = {
  readonly chrome?: { readonly webview?: WebView2 };
  readonly cefQuery?: CefQuery;
  readonly cefQueryCancel?: (id: number) => void;
  readonly qt?: { readonly webChannelTransport?: QtTransport };
  readonly webkit?: {
    readonly messageHandlers?: { readonly corridor?: { postMessage(message: unknown): unknown } };
  };
};

const FINDERS: { readonly [name: string]: (ours: Window, native: NativeWindow) => Bridge | undefined } = {
  webview2: (_ours, { chrome }) => chrome?.webview && webView2Bridge(chrome.webview),
  cef: (_ours, native) => native.cefQuery && cefBridge(native.cefQuery, native.cefQueryCancel),
  qt: (_ours, { qt }) => qt?.webChannelTransport && qtBridge(qt.webChannelTransport),
  webkitgtk: (ours, { webkit }) =>
    webkit?.messageHandlers?.corridor && webKitBridge(ours, webkit.messageHandlers.corridor),
};

/** The bridge that is there; where the community file names one, that one or none. */
export function findBridge(ours: Window, named: string | undefined): Bridge | undefined {
  const native = ours as unknown as NativeWindow;
  for (const [name, find] of Object.entries(FINDERS)) {
    const bridge = named === undefined || named === name ? find(ours, native) : undefined;
    if (bridge) return bridge;
  }
  return undefined;
}

/** `PostWebMessageAsJson` arrives parsed, `PostWebMessageAsString` as text. */
export function webView2Bridge(webview: WebView2): Bridge {
  return {
    send: (text) => webview.postMessage(JSON.parse(text)),
    listen: (receive) => {
      const onMessage = (event: Event): void => receive((event as MessageEvent).data);
      webview.addEventListener('message', onMessage);
      return () => webview.removeEventListener('message', onMessage);
    },
  };
}

/** One query that stays open hears the host; each message of ours is a query of its own (CEF, `CefMessageRouter`). */
function cefBridge(query: CefQuery, cancel: ((id: number) => void) | undefined): Bridge {
  let gone: () => void = () => undefined;
  return {
    send: (request) => void query({ request, persistent: false, onSuccess: () => undefined, onFailure: () => gone() }),
    listen: (receive, lost) => {
      gone = lost;
      const id = query({
        request: '{"corridor":1,"listen":true}',
        persistent: true,
        onSuccess: receive,
        onFailure: lost,
      });
      return () => cancel?.(id);
    },
  };
}

/** WebKitGTK has no message to the page: the host runs `dispatchEvent(new MessageEvent('corridor-host', { data }))` in it. */
function webKitBridge(ours: Window, handler: { postMessage(message: unknown): unknown }): Bridge {
  return {
    send: (text) => void handler.postMessage(text),
    listen: (receive) => {
      const onMessage = (event: Event): void => receive((event as MessageEvent).data);
      ours.addEventListener('corridor-host', onMessage);
      return () => ours.removeEventListener('corridor-host', onMessage);
    },
  };
}
