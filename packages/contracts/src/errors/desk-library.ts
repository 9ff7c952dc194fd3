import type { ErrorRegister } from '@hufu/kernel';

/** Refusals of the desk's side of the entity library. */
export const STEWARD_ERRORS = {
  STEWARD_UNKNOWN_ENTITY: {
    status: 404,
    zh: '没有找到该主体',
    en: 'There is no such entity.',
    retry: 'never',
  },
  STEWARD_NOT_FROZEN: {
    status: 409,
    zh: '该主体未被冻结，无需解除',
    en: 'This entity is not frozen.',
    retry: 'never',
  },
  STEWARD_MERGE_TARGET: {
    status: 422,
    zh: '合并目标必须是另一个同类主体，且未被合并',
    en: 'Merge into another entity of the same kind that was not itself merged.',
    retry: 'corrected',
  },
  STEWARD_RECOVERY_KEY: {
    status: 422,
    zh: '只能重设为该主体另一个有效的证书',
    en: 'Only another key of this entity that is in force can become its primary.',
    retry: 'corrected',
  },
  STEWARD_RECOVERY_PROOF: {
    status: 422,
    zh: '请上传单位加盖公章的申请材料',
    en: 'The application with the entity’s seal is missing.',
    retry: 'corrected',
  },
  STEWARD_UNKNOWN_IMPORT: {
    status: 404,
    zh: '没有找到该导入批次',
    en: 'There is no such import.',
    retry: 'never',
  },
  STEWARD_IMPORT_STATE: {
    status: 409,
    zh: '该导入批次当前状态不能执行此操作',
    en: 'This import is not in a state for that step.',
    retry: 'never',
  },
  STEWARD_IMPORT_TYPE: {
    status: 422,
    zh: '该信息类型不支持批量导入',
    en: 'Records of this kind cannot be imported in bulk.',
    retry: 'corrected',
  },
} as const satisfies ErrorRegister;
export type StewardErrorCode = keyof typeof STEWARD_ERRORS;
