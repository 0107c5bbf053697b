import type { Progress } from '../conformance/run-checks.ts';

/** A line on a terminal that says how far long work is; nothing where nobody watches. */
export function showProgress(): Progress {
  const { stderr } = process;
  return (done, of, title) => {
    if (!stderr.isTTY) return;
    stderr.write(`\r\u001b[K${done < of ? `${String(done)} of ${String(of)}  ${title}` : ''}`);
  };
}
