import type { Check } from '../../engine/record-type.ts';
import { dateOrder, usualForm } from '../shared/checks.ts';
import { label } from '../shared/labels.ts';

const COMPLETE = ['complete'] as const;

export const COMMON_CHECKS: readonly Check[] = [
  usualForm(
    'projectCode',
    /^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$/,
    label(
      '与投资项目统一代码的格式（xxxx-xxxxxx-xx-xx-xxxxxx）不同，请核对',
      'National codes of projects read xxxx-xxxxxx-xx-xx-xxxxxx',
    ),
  ),
  dateOrder({
    first: 'winDate',
    last: 'contractDate',
    says: label('合同签订日期不能早于中标日期', 'The contract cannot be signed before the award'),
  }),
  dateOrder({
    first: 'startDate',
    last: 'plannedEndDate',
    says: label('计划竣工日期不能早于开工日期', 'Planned completion cannot be before the start'),
  }),
  dateOrder({
    first: 'startDate',
    last: 'actualEndDate',
    at: COMPLETE,
    says: label('实际竣工日期不能早于开工日期', 'Completion cannot be before the start'),
  }),
  dateOrder({
    first: 'actualEndDate',
    last: 'acceptDate',
    at: COMPLETE,
    says: label('竣工验收日期不能早于实际竣工日期', 'Acceptance cannot be before completion'),
  }),
];

/** Days in their order, for examples. */
export const EXAMPLE_DAYS = {
  winDate: '2023-03-01',
  contractDate: '2023-03-20',
  startDate: '2023-04-10',
  plannedEndDate: '2024-09-30',
};
export const EXAMPLE_COMPLETION = { actualEndDate: '2024-10-18', acceptDate: '2024-11-26' };
