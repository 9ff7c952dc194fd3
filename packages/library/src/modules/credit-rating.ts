import type { RecordType } from '../engine/record-type.ts';
import { dateOrder, notExpired } from './shared/checks.ts';
import { ATTACHMENTS, label, options } from './shared/labels.ts';
import { SUBMIT, submittedRecord } from './shared/life-cycles.ts';
import { files, issueDate, issuer } from './shared/papers.ts';

const NAME = label('企业信用等级', 'Enterprise credit rating');

// 《公路建设市场信用信息管理办法》, 《水运建设市场信用信息管理办法》: AA to D.
const TRANSPORT = options({
  AA: ['AA（信用好）', 'AA (very good)'],
  A: ['A（信用较好）', 'A (good)'],
  B: ['B（信用一般）', 'B (fair)'],
  C: ['C（信用较差）', 'C (poor)'],
  D: ['D（信用差）', 'D (bad)'],
});
// 《水利建设市场主体信用评价管理办法》: AAA to C.
const WATER = options({
  AAA: ['AAA（信用很好）', 'AAA (very good)'],
  AA: ['AA（信用好）', 'AA (good)'],
  A: ['A（信用较好）', 'A (fairly good)'],
  B: ['B（信用一般）', 'B (fair)'],
  C: ['C（信用较差）', 'C (poor)'],
});
const ALL = options({
  AAA: ['AAA', 'AAA'],
  AA: ['AA', 'AA'],
  A: ['A', 'A'],
  B: ['B', 'B'],
  C: ['C', 'C'],
  D: ['D', 'D'],
});

/** 企业信用等级 (LIB-RATING, F-RATING, SM-RECORD-B). Its dialogs have the module's own name (C-11). */
export const creditRating: RecordType = {
  name: 'credit-rating',
  label: NAME,
  adding: { button: label('新增', 'Add'), dialog: NAME },
  owner: 'organisation',
  sections: [
    {
      name: 'rating',
      label: label('评价结果', 'Rating'),
      fields: [
        {
          kind: 'year',
          notAfterThisYear: true,
          name: 'ratingYear',
          label: label('评价年度', 'Year'),
          required: 'always',
        },
        {
          kind: 'choice',
          name: 'industry',
          label: label('评价行业', 'Industry'),
          required: 'always',
          options: options({
            HIGHWAY: ['公路', 'Highways'],
            WATERWAY: ['水运', 'Water transport'],
            WATER: ['水利', 'Water conservancy'],
            CONSTRUCTION: ['建筑市场', 'Construction market'],
            OTHER: ['其他', 'Other'],
          }),
        },
        {
          kind: 'choice',
          name: 'rating',
          label: label('信用等级', 'Rating'),
          required: 'always',
          dependsOn: 'industry',
          optionsOf: {
            HIGHWAY: TRANSPORT,
            WATERWAY: TRANSPORT,
            WATER,
            CONSTRUCTION: ALL,
            OTHER: ALL,
          },
        },
        {
          kind: 'decimal',
          decimals: 2,
          min: '0',
          max: '100',
          name: 'score',
          label: label('评价得分', 'Score'),
        },
        issuer({ name: 'ratingDept', label: label('认定部门', 'Rated by') }),
        { kind: 'text', max: 60, name: 'docNo', label: label('文号', 'Document number') },
        issueDate({ label: label('发布日期', 'Published on') }),
        { kind: 'date', name: 'validTo', label: label('有效期至', 'Valid until') },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [files({ label: label('评价结果文件', 'Published rating') })],
    },
  ],
  checks: [
    dateOrder({
      first: 'issueDate',
      last: 'validTo',
      says: label('有效期至不能早于发布日期', 'The last day cannot be before the publication'),
    }),
    notExpired('validTo'),
  ],
  lifeCycle: submittedRecord({
    noun: label('企业信用等级', 'enterprise credit rating'),
    dialog: NAME,
    confirm: SUBMIT,
  }),
  title: 'ratingDept',
  expires: 'validTo',
  list: {
    columns: ['ratingYear', 'industry', 'rating', 'ratingDept', 'issueDate', 'validTo'],
    filters: ['ratingYear', 'industry', 'rating'],
    sort: '-ratingYear',
  },
  requirements: [
    'LIB-RATING-01',
    'LIB-RATING-02',
    'LIB-RATING-03',
    'LIB-RATING-04',
    'F-RATING',
    'SM-RECORD-B',
  ],
};
