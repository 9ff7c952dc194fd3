import type { Field } from '../../engine/field.ts';
import type { Section } from '../../engine/record-type.ts';
import { label, options } from '../shared/labels.ts';
import { files } from '../shared/papers.ts';
import { money } from './money.ts';

const COMPLETE = ['complete'] as const;

/** Asked for by 项目竣工 alone (LIB-PROJ-16). @param own what the board asks for besides */
export function completionSection(own: readonly Field[]): Section {
  return {
    name: 'completion',
    label: label('竣工信息', 'Completion'),
    at: COMPLETE,
    fields: [
      {
        kind: 'date',
        notAfterToday: true,
        name: 'actualEndDate',
        label: label('实际竣工日期', 'Completed on'),
        required: { at: COMPLETE },
      },
      {
        kind: 'date',
        notAfterToday: true,
        name: 'acceptDate',
        label: label('竣工验收日期', 'Accepted on'),
        required: { at: COMPLETE },
      },
      {
        kind: 'text',
        max: 60,
        name: 'acceptNo',
        label: label('竣工验收（备案）编号', 'Number of the acceptance'),
      },
      money('settlementAmount', '结算金额', 'Final account'),
      {
        kind: 'choice',
        name: 'qualityResult',
        label: label('质量评定', 'Quality achieved'),
        required: { at: COMPLETE },
        options: options({
          QUALIFIED: ['合格', 'Qualified'],
          GOOD: ['优良', 'Good'],
          EXCELLENT: ['优质工程', 'Excellent'],
        }),
      },
      ...own,
      files({
        name: 'completionFile',
        label: label('竣工材料（竣工验收证明）', 'Completion papers (proof of acceptance)'),
        required: { at: COMPLETE },
      }),
    ],
  };
}
