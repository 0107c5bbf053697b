import { element, type Prose, type ProseElement, type ProseKind } from './prose.ts';
import { rtfTokens, type RtfToken } from './rtf-tokens.ts';

/** How words look until the group that said so ends. */
type Look = {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underlined: boolean;
  readonly struck: boolean;
  readonly shift: 'raised' | 'lowered' | undefined;
  readonly font: number;
  /** Characters to step over after a `\u`, which stand there for readers without Unicode. */
  readonly fallback: number;
  /** Not words of the letter: fonts, colours, the bytes of a picture. */
  readonly skip: boolean;
  /** The list of fonts is being read. */
  readonly fonts: boolean;
};

const PLAIN: Look = {
  bold: false,
  italic: false,
  underlined: false,
  struck: false,
  shift: undefined,
  font: 0,
  fallback: 1,
  skip: false,
  fonts: false,
};

/** Groups that hold no words of the letter. Others stay, also ones nobody knows: words are never lost with them. */
const NOT_WORDS =
  /^(?:colortbl|stylesheet|info|listtable|listoverridetable|rsidtbl|generator|pict|fldinst|objdata|objclass|themedata|colorschememapping|datastore|latentstyles|datafield|xmlnstbl|mmathPr|filetbl|revtbl|sp|panose|falt|bkmkstart|bkmkend|nonshppict|template|defchp|defpap|private|pgptbl|fontemb|fontfile|atnid|atnauthor|atndate|atnref|shprslt|passwordhash|userprops|ud)$/;
/** Of the groups a reader may leave out (`\*`), those with words in them. */
const OPTIONAL_WORDS = /^(?:shpinst|shppict|pn|annotation|footnote|ftnsep|pntext|listtext|fldrslt|upr)$/;

const CHARACTERS: Readonly<Record<string, string>> = {
  tab: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: '\u2003',
  enspace: '\u2002',
};

/** Character sets of fonts (`\fcharset`) and of the whole file, as browsers name them. */
const CHARSETS: Readonly<Record<number, string>> = {
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};

/**
 * An RTF letter as prose: paragraphs, bold, lists and tables; the words whole. Nothing of it is run, loaded or embedded.
 * It reads on past what it doesn't know, and the words of unknown groups are kept.
 */
export function proseOfRtf(source: string, pictureLeftOut: string): readonly Prose[] {
  return new RtfReader(pictureLeftOut).read(source);
}

class RtfReader {
  readonly #pictureLeftOut: string;
  readonly #made: Prose[] = [];
  #line: Prose[] = [];
  #text = '';
  #bytes: number[] = [];
  #look = PLAIN;
  readonly #looks: Look[] = [];
  #optional = false;
  #skipNext = 0;
  #charset = 'windows-1252';
  readonly #fonts = new Map<number, string>();
  #cells: ProseElement[] = [];
  #rows: ProseElement[] = [];
  #inTable = false;

  constructor(pictureLeftOut: string) {
    this.#pictureLeftOut = pictureLeftOut;
  }

  read(source: string): readonly Prose[] {
    for (const token of rtfTokens(source)) this.#take(token);
    if (this.#cells.length > 0) this.#endRow();
    this.#endParagraph();
    this.#endTable();
    return this.#made;
  }

  #take(token: RtfToken): void {
    if (token.kind !== 'byte') this.#flushBytes();
    switch (token.kind) {
      case 'open':
        this.#looks.push(this.#look);
        this.#skipNext = 0;
        return;
      case 'close':
        this.#change(this.#looks.pop() ?? PLAIN);
        this.#skipNext = 0;
        return;
      case 'optional':
        this.#optional = true;
        return;
      case 'word':
        this.#word(token.word, token.value);
        this.#optional = false;
        return;
      case 'byte':
        if (this.#skipNext > 0) this.#skipNext -= 1;
        else if (!this.#look.skip) this.#bytes.push(token.byte);
        return;
      case 'text': {
        const kept = token.text.slice(this.#skipNext);
        this.#skipNext = Math.max(0, this.#skipNext - token.text.length);
        this.#say(this.#look.fonts ? '' : kept);
      }
    }
  }

  #word(word: string, value: number | undefined): void {
    if (NOT_WORDS.test(word) || (this.#optional && !OPTIONAL_WORDS.test(word))) {
      if (word === 'pict' && !this.#look.skip)
        this.#line.push(this.#takeText(), element('note', [this.#pictureLeftOut]));
      this.#change({ ...this.#look, skip: true });
      return;
    }
    if (word === 'fonttbl') this.#change({ ...this.#look, fonts: true });
    else if (word === 'f') this.#change({ ...this.#look, font: value ?? 0 });
    else if (word === 'fcharset') this.#fonts.set(this.#look.font, CHARSETS[value ?? 0] ?? '');
    else if (word === 'ansicpg') this.#charset = codePage(value);
    else if (word === 'mac') this.#charset = 'macintosh';
    else if (word === 'uc') this.#look = { ...this.#look, fallback: Math.min(8, Math.max(0, value ?? 1)) };
    else if (word === 'u') this.#unicode(value ?? 0);
    else if (this.#look.skip) return;
    else if (word === 'par' || word === 'sect' || word === 'page') this.#endParagraph();
    else if (word === 'line' || word === 'softline') this.#line.push(this.#takeText(), element('break'));
    else if (word === 'cell' || word === 'nestcell') this.#endCell();
    else if (word === 'row' || word === 'nestrow') this.#endRow();
    else if (word === 'intbl') this.#inTable = true;
    else if (word === 'pard') this.#inTable = false;
    else this.#lookWord(word, value !== 0, CHARACTERS[word]);
  }

  #lookWord(word: string, on: boolean, character: string | undefined): void {
    const look = this.#look;
    if (character !== undefined) this.#say(character);
    else if (word === 'plain') this.#change({ ...PLAIN, fallback: look.fallback, font: look.font });
    else if (word === 'b') this.#change({ ...look, bold: on });
    else if (word === 'i') this.#change({ ...look, italic: on });
    else if (word === 'ulnone') this.#change({ ...look, underlined: false });
    else if (/^ul(?:d|db|w|th|dash)?$/.test(word)) this.#change({ ...look, underlined: on });
    else if (word === 'strike' || word === 'striked' || word === 'deleted') this.#change({ ...look, struck: on });
    else if (word === 'super') this.#change({ ...look, shift: on ? 'raised' : undefined });
    else if (word === 'sub') this.#change({ ...look, shift: on ? 'lowered' : undefined });
    else if (word === 'nosupersub') this.#change({ ...look, shift: undefined });
  }

  #unicode(value: number): void {
    const code = value < 0 ? value + 65_536 : value;
    // Characters above 65,535 come as two of these, one after the other.
    if (!this.#look.skip && code > 8 && code <= 0xffff) this.#say(String.fromCharCode(code));
    this.#skipNext = this.#look.fallback;
  }

  #say(text: string): void {
    if (!this.#look.skip) this.#text += text;
  }

  /** Bytes are collected, since some sets take two of them for one letter. */
  #flushBytes(): void {
    if (this.#bytes.length === 0) return;
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    this.#say(new TextDecoder(this.#fonts.get(this.#look.font) || this.#charset).decode(bytes));
  }

  #change(look: Look): void {
    this.#flushBytes();
    if (this.#text !== '') this.#line.push(this.#takeText());
    this.#look = look;
  }

  #takeText(): Prose {
    const { bold, italic, underlined, struck, shift } = this.#look;
    const text = this.#text;
    this.#text = '';
    const kinds: readonly (ProseKind | false | undefined)[] = [
      shift,
      struck && 'struck',
      underlined && 'underlined',
      italic && 'emphasis',
      bold && 'strong',
    ];
    return text === '' ? '' : kinds.reduce<Prose>((inside, kind) => (kind ? element(kind, [inside]) : inside), text);
  }

  #takeLine(): readonly Prose[] {
    const line = [...this.#line, this.#takeText()].filter((part) => part !== '');
    this.#line = [];
    return line;
  }

  #endParagraph(): void {
    const line = this.#takeLine();
    if (this.#inTable) {
      if (line.length > 0) this.#line = [...line, element('break')];
      return;
    }
    this.#endTable();
    if (line.length === 0) return;
    const heading = line.every((part) => typeof part !== 'string' && part.kind === 'strong');
    this.#made.push(element(heading ? 'subheading' : 'paragraph', line));
  }

  #endCell(): void {
    this.#cells.push(element('cell', this.#takeLine()));
  }

  #endRow(): void {
    if (this.#cells.length > 0) this.#rows.push(element('row', this.#cells));
    this.#cells = [];
    this.#inTable = false;
  }

  #endTable(): void {
    if (this.#rows.length > 0) this.#made.push(element('table', this.#rows));
    this.#rows = [];
  }
}

function codePage(value: number | undefined): string {
  if (value === 65_001) return 'utf-8';
  if (value === 10_000) return 'macintosh';
  const page = value ?? 1252;
  return (page >= 1250 && page <= 1258) || page === 874 ? `windows-${String(page)}` : 'windows-1252';
}
