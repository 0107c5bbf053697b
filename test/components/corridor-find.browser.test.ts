import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define.ts';
import type { CorridorFind } from '../../src/index.ts';
import { NO_QUERY, type FindQuery } from '../../src/record/find.ts';
import type { SourceId } from '../../src/record/source.ts';
import { cy } from '../../src/words/cy.ts';

const surgery = { name: 'Northcliffe Surgery', kind: 'gp', sources: ['surgery' as SourceId], count: 5 } as const;

async function finder(query: FindQuery = NO_QUERY): Promise<{ find: CorridorFind; asked: FindQuery[] }> {
  const asked: FindQuery[] = [];
  const find = await fixture<CorridorFind>(
    html`<corridor-find
      .query=${query}
      .found=${{ shown: 12, total: 848 }}
      .organisations=${[surgery]}
      .kinds=${[{ id: 'problems', count: 4 }]}
      @corridor-find-change=${(event: Event & { query: FindQuery }) => asked.push(event.query)}
    ></corridor-find>`,
  );
  return { find, asked };
}

function part<E extends HTMLElement = HTMLElement>(find: CorridorFind, selector: string): E {
  const element = find.shadowRoot?.querySelector<E>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function type(find: CorridorFind, text: string): void {
  const field = part<HTMLInputElement>(find, 'input[type=search]');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

describe('corridor-find', () => {
  it('is accessible, closed and open', async () => {
    const { find } = await finder({ ...NO_QUERY, text: 'gout', sections: new Set(['problems']) });
    await expect(find).to.be.accessible();
    part(find, '.filters').click();
    await find.updateComplete;
    await expect(find).to.be.accessible();
  });

  it('says how much is shown of how much there is while something is looked for, and nothing otherwise', async () => {
    const { find } = await finder();
    expect(part(find, '.said').textContent?.trim()).to.equal('');
    find.query = { ...NO_QUERY, text: 'gout' };
    await find.updateComplete;
    expect(part(find, '.said').textContent).to.equal('Showing 12 of 848');
    find.found = undefined;
    await find.updateComplete;
    expect(part(find, '.said').textContent).to.equal('Looking…');
    find.words = cy;
    find.found = { shown: 10, matched: 2, total: 1848 };
    await find.updateComplete;
    expect(part(find, '.said').textContent).to.equal('Yn dangos 2 o 1,848, a 8 a ddangosir bob amser');
    find.found = { shown: 1, total: 2 };
    await find.updateComplete;
    expect(part(find, '.said').textContent).to.equal('Yn dangos 1 o 2');
  });

  it('counts what fits apart from what is always shown: ten lines of which two fit are not ten that were found', async () => {
    const { find } = await finder({ ...NO_QUERY, text: 'gout' });
    find.found = { shown: 10, matched: 2, total: 848 };
    await find.updateComplete;
    expect(part(find, '.said').textContent).to.equal('Showing 2 of 848, and 8 always shown');
  });

  it('asks as the reader types, by day, organisation and kind, and counts the filters that are set', async () => {
    const { find, asked } = await finder();
    type(find, 'gou');
    part(find, '.filters').click();
    await find.updateComplete;
    const [organisation, kind] = find.shadowRoot?.querySelectorAll<HTMLInputElement>('[type=checkbox]') ?? [];
    organisation?.click();
    kind?.click();
    const from = part<HTMLInputElement>(find, '[type=date]');
    from.value = '2026-01-01';
    from.dispatchEvent(new Event('change'));
    await find.updateComplete;
    const last = asked.at(-1);
    expect(last?.text).to.equal('gou');
    expect(last?.from).to.equal('2026-01-01');
    expect([...(last?.sources ?? [])]).to.deep.equal(['surgery']);
    expect([...(last?.sections ?? [])]).to.deep.equal(['problems']);
    expect(part(find, '.filters').textContent?.trim()).to.equal('Filters: 3');
  });

  it('closes the filters at the first Escape, clears at the second and leaves the third to others', async () => {
    const { find, asked } = await finder({ ...NO_QUERY, text: 'gout' });
    const heard: string[] = [];
    find.addEventListener('keydown', ({ key }) => heard.push(key));
    const escape = async (): Promise<void> => {
      part(find, 'input').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
      );
      await find.updateComplete;
    };
    part(find, '.filters').click();
    await find.updateComplete;
    await escape();
    expect(find.shadowRoot?.querySelector('.panel')).to.equal(null);
    expect(asked).to.have.length(0);
    await escape();
    expect(asked.at(-1)).to.equal(NO_QUERY);
    expect(part<HTMLInputElement>(find, 'input').value).to.equal('');
    expect(heard).to.have.length(0);
    await escape();
    expect(heard).to.deep.equal(['Escape']);
  });

  it('says what is looked for to nobody outside', async () => {
    const { find } = await finder();
    const heard: Event[] = [];
    document.addEventListener('corridor-find-change', (event) => heard.push(event), { once: true, capture: false });
    type(find, 'gout');
    expect(heard).to.have.length(0);
  });
});
