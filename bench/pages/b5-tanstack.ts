import { useVirtualizer } from '@tanstack/react-virtual';
import { createElement, useRef, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { answersFor, fetched, rowOf, timed, type Row } from './b5-rows.ts';

/** Only the rows in view: fast, and the rest is out of reach of find and print. */
const rows = (await fetched()).map(rowOf);
answersFor(rows);

function List({ rows }: { readonly rows: readonly Row[] }): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 32,
    overscan: 8,
  });
  return createElement(
    'div',
    { ref: scroller, style: { height: '800px', overflow: 'auto' } },
    createElement(
      'ul',
      { style: { height: list.getTotalSize(), position: 'relative' } },
      list.getVirtualItems().map(({ key, index, start }) => {
        const row = rows[index];
        return createElement(
          'li',
          { key, style: { position: 'absolute', top: start } },
          createElement('b', null, row?.what),
          ' ',
          createElement('span', null, row?.value),
          ' ',
          createElement('time', null, row?.day),
        );
      }),
    ),
  );
}
const root = createRoot(document.body.appendChild(document.createElement('div')));
timed(
  () => root.render(createElement(List, { rows })),
  () => document.querySelector('li') !== null,
);
