import type { StepState } from '@hufu/ledger';
import type { Report, ReportLine, ReportSection } from '../report/model.ts';
import type { Language, Words } from '../report/words.ts';

const MARKS: Readonly<Record<StepState, string>> = {
  valid: '✓',
  invalid: '✗',
  indeterminate: '?',
  absent: '·',
};
const OUTCOMES: Readonly<Record<Report['outcome'], string>> = {
  valid: '✓',
  invalid: '✗',
  indeterminate: '?',
};

/** A report for a terminal. */
export function asText(report: Report, language: Language): string {
  const say = (words: Words | string): string => (typeof words === 'string' ? words : words[language]);
  const line = ({ label, value, state }: ReportLine): string => {
    const mark = state === undefined ? ' ' : MARKS[state];
    return `  ${mark} ${say(label)}: ${say(value)}`;
  };
  const section = ({ title, lines, note }: ReportSection): string =>
    ['', say(title), ...lines.map(line), ...(note === undefined ? [] : [`    ${say(note)}`])].join('\n');
  const head = `${OUTCOMES[report.outcome]} ${say(report.headline)}\n${say(report.summary)}\n`;
  return `${head}${report.sections.map(section).join('\n')}\n`;
}
