import { html, render } from 'lit';
import { answersFor, fetched, rowOf, timed } from './b5-rows.ts';

/** Every row at once: what a list is without any care for its length. */
const rows = (await fetched()).map(rowOf);
answersFor(rows);
timed(
  () => {
    render(
      html`<ul>
        ${rows.map((row) => html`<li><b>${row.what}</b> <span>${row.value}</span> <time>${row.day}</time></li>`)}
      </ul>`,
      document.body,
    );
  },
  () => document.querySelector('li') !== null,
);
