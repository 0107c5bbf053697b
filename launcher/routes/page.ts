/** What a page's script finds in its document: plain data, never a secret of an EPR. */
export type PageData = { readonly [name: string]: string | boolean };

/**
 * The one document of the launch: no inline script (CSP), the application from our own origin, its data inert.
 * `data-page` tells `src/app/app.ts` which page it is.
 */
export function page(name: 'launch' | 'callback' | 'open', data: PageData): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>Shared record</title>
<link rel="icon" href="data:,">
<script type="application/json" id="page-data">${inert(data)}</script>
<script type="module" src="/assets/app.js"></script>
</head>
<body data-page="${name}">
<div id="root"><p role="status">Opening the shared record…</p></div>
<noscript><p>The shared record needs JavaScript. Ask your system’s administrator to allow it for this address.</p></noscript>
</body>
</html>
`;
}

/** JSON in which nothing can end the element or begin another. */
function inert(data: PageData): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
