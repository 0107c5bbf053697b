/** What an RTF file is made of (RTF 1.9.1 §"Conventions of an RTF reader"). */
export type RtfToken =
  | { readonly kind: 'open' | 'close' | 'optional' }
  | { readonly kind: 'word'; readonly word: string; readonly value: number | undefined }
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'text'; readonly text: string };

/** Bytes as one character each, which is how RTF is written. Never throws; what is broken off just ends. */
export function* rtfTokens(source: string): Generator<RtfToken> {
  let at = 0;
  while (at < source.length) {
    const letter = source[at];
    if (letter === '{' || letter === '}') {
      yield { kind: letter === '{' ? 'open' : 'close' };
      at += 1;
    } else if (letter !== '\\') {
      const end = nextMark(source, at);
      const text = source.slice(at, end).replace(/[\r\n]/g, '');
      if (text !== '') yield { kind: 'text', text };
      at = end;
    } else {
      const [token, end] = control(source, at + 1);
      if (token) yield token;
      at = end;
    }
  }
}

function nextMark(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    const letter = source[at];
    if (letter === '\\' || letter === '{' || letter === '}') return at;
  }
  return source.length;
}

/** A control word or symbol; `at` is the place after the backslash. */
function control(source: string, at: number): readonly [RtfToken | undefined, number] {
  const symbol = source[at] ?? '';
  if (!/[a-z]/i.test(symbol)) return controlSymbol(source, symbol, at);
  const [whole = '', word = '', number] = /^([a-zA-Z]{1,40})(-?\d{1,10})? ?/.exec(source.slice(at, at + 64)) ?? [];
  const value = number === undefined ? undefined : Number(number);
  const end = at + Math.max(1, whole.length);
  // The bytes of a picture written as they are: they are no words, whatever they look like.
  if (word === 'bin') return [undefined, end + Math.max(0, value ?? 0)];
  return [{ kind: 'word', word, value }, end];
}

const SYMBOLS: Readonly<Record<string, string>> = { '~': '\u00a0', _: '\u2011', '\\': '\\', '{': '{', '}': '}' };

function controlSymbol(source: string, symbol: string, at: number): readonly [RtfToken | undefined, number] {
  if (symbol === "'") {
    const byte = parseInt(source.slice(at + 1, at + 3), 16);
    return [Number.isNaN(byte) ? undefined : { kind: 'byte', byte }, at + 3];
  }
  if (symbol === '*') return [{ kind: 'optional' }, at + 1];
  if (symbol === '\r' || symbol === '\n') return [{ kind: 'word', word: 'par', value: undefined }, at + 1];
  if (symbol === '\t') return [{ kind: 'word', word: 'tab', value: undefined }, at + 1];
  const text = SYMBOLS[symbol];
  return [text === undefined ? undefined : { kind: 'text', text }, at + 1];
}
