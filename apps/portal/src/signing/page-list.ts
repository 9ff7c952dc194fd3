/** `1,3-5` → [1, 3, 4, 5]; undefined when it is no list of pages from 1 to `last`. */
export function parsePageList(text: string, last: number): number[] | undefined {
  const pages = new Set<number>();
  for (const part of text.split(/[,，、\s]+/).filter((one) => one !== '')) {
    const range = /^(\d{1,5})(?:[-–—~](\d{1,5}))?$/.exec(part);
    if (range === null) return undefined;
    const from = Number(range[1]);
    const to = Number(range[2] ?? range[1]);
    if (from < 1 || to < from || to > last) return undefined;
    for (let page = from; page <= to; page++) pages.add(page);
  }
  return pages.size === 0 ? undefined : [...pages].sort((a, b) => a - b);
}

/** [1, 3, 4, 5] → `1,3-5`. */
export function formatPageList(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const run = runs.at(-1);
    if (run && run[1] === page - 1) run[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}
