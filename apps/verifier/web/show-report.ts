import type { Report, ReportLine, ReportSection } from '../src/report/model.ts';
import type { Language, Words } from '../src/report/words.ts';

type Child = Node | string;

/** Text goes in as text: a bundle may hold anything, and nothing of it becomes markup. */
function element(tag: string, className: string, ...children: readonly Child[]): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

const say = (words: Words | string, language: Language): string =>
  typeof words === 'string' ? words : words[language];

function lineElements({ label, value, state, fixed }: ReportLine, language: Language): HTMLElement[] {
  const classes = [state ?? '', fixed === true ? 'fixed' : ''].filter((name) => name !== '').join(' ');
  return [element('dt', '', say(label, language)), element('dd', classes, say(value, language))];
}

function sectionElement({ title, lines, note }: ReportSection, language: Language): HTMLElement {
  const list = element('dl', '', ...lines.flatMap((line) => lineElements(line, language)));
  const notes = note === undefined ? [] : [element('p', 'note', say(note, language))];
  return element('section', '', element('h3', '', say(title, language)), list, ...notes);
}

/** A report as elements. */
export function reportElements(report: Report, language: Language): HTMLElement[] {
  const head = element(
    'div',
    `outcome ${report.outcome}`,
    element('h2', '', say(report.headline, language)),
    element('p', '', say(report.summary, language)),
  );
  return [head, ...report.sections.map((section) => sectionElement(section, language))];
}

/** A file that was not understood. */
export const problemElement = (title: Words, reason: Words, language: Language): HTMLElement =>
  element('div', 'outcome invalid', element('h2', '', title[language]), element('p', '', reason[language]));
