import type { RecordType } from '../engine/record-type.ts';
import { AWARD_LEVELS } from './shared/choices.ts';
import { ATTACHMENTS, label, options } from './shared/labels.ts';
import { draftedRecord } from './shared/life-cycles.ts';
import { files, issueDate, issuer } from './shared/papers.ts';

const DIALOG = label('编辑企业获奖', 'Edit enterprise award');

/** 企业获奖信息 (LIB-AWARD, F-AWARD, SM-RECORD-A). Its dialog is called 编辑…, also for a new one. */
export const award: RecordType = {
  name: 'award',
  label: label('企业获奖信息', 'Enterprise awards'),
  adding: { button: label('新增', 'Add'), dialog: DIALOG },
  owner: 'organisation',
  sections: [
    {
      name: 'award',
      label: label('获奖信息', 'Award'),
      fields: [
        {
          kind: 'text',
          max: 200,
          name: 'awardName',
          label: label('奖项名称', 'Name of the award'),
          required: 'always',
          hint: label('例：中国建设工程鲁班奖', 'E.g. Luban Prize'),
        },
        {
          kind: 'choice',
          name: 'awardLevel',
          label: label('奖项级别', 'Level'),
          required: 'always',
          options: AWARD_LEVELS,
        },
        {
          kind: 'choice',
          name: 'awardType',
          label: label('奖项类型', 'Kind'),
          required: 'always',
          options: options({
            QUALITY: ['质量', 'Quality'],
            SAFETY: ['安全文明', 'Safety and good order'],
            SCIENCE: ['科技进步', 'Science and technology'],
            DESIGN: ['设计', 'Design'],
            HONOUR: ['综合荣誉', 'General honour'],
            OTHER: ['其他', 'Other'],
          }),
        },
        { kind: 'text', max: 30, name: 'awardGrade', label: label('获奖等次', 'Grade') },
        {
          kind: 'reference',
          to: ['project-general', 'project-transport', 'project-water'],
          name: 'awardProject',
          label: label('获奖项目', 'Project'),
          hint: label('从已提交的项目中选择', 'One of your submitted projects'),
        },
        {
          kind: 'text',
          max: 300,
          name: 'awardProjectName',
          label: label('获奖项目名称', 'Name of the project'),
          visible: { field: 'awardProject', filled: false },
          hint: label('项目不在库中时填写', 'Where the project is not in the library'),
        },
        issuer({ label: label('颁奖单位', 'Awarded by') }),
        issueDate({ name: 'awardDate', label: label('获奖日期', 'Date of the award') }),
        {
          kind: 'text',
          max: 60,
          name: 'docNo',
          label: label('文号/证书编号', 'Document or certificate number'),
        },
      ],
    },
    {
      name: 'papers',
      label: ATTACHMENTS,
      fields: [files({ label: label('获奖证明', 'Proof of the award') })],
    },
  ],
  lifeCycle: draftedRecord({ noun: label('企业获奖', 'enterprise award'), dialog: DIALOG }),
  title: 'awardName',
  list: {
    columns: ['awardName', 'awardLevel', 'awardType', 'issuer', 'awardDate', 'docNo'],
    filters: ['awardLevel', 'awardType', 'awardDate'],
    sort: '-awardDate',
  },
  requirements: ['LIB-AWARD-01', 'LIB-AWARD-02', 'LIB-AWARD-03', 'LIB-AWARD-04', 'F-AWARD', 'SM-RECORD-A'],
};
