type OpenItemWords = {
  readonly open: (organisation: string) => string;
  readonly opening: string;
  readonly failed: string;
};

/** Of the way to a record in its own EPR; they come with the elements of an opened line. */
export const openItemEnGB: OpenItemWords = {
  open: (organisation) => `Open in ${organisation}`,
  opening: 'Opening in a new window. You may be asked to sign in there.',
  failed: 'It could not be opened there. You may no longer be allowed to see it, or their system did not answer.',
};

export const openItemCy: OpenItemWords = {
  open: (organisation) => `Agor yn ${organisation}`,
  opening: 'Yn agor mewn ffenestr newydd. Efallai y gofynnir i chi fewngofnodi yno.',
  failed: 'Ni ellid ei agor yno. Efallai nad oes hawl gennych i’w weld mwyach, neu ni atebodd eu system.',
};
