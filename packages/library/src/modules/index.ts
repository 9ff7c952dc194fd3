import type { Module, RecordType } from '../engine/record-type.ts';
import { libraryError } from '../errors.ts';
import { bankAccount } from './bank-account.ts';
import { certificate } from './certificate.ts';
import { qualificationHousing } from './qualification-housing.ts';
import { label } from './shared/labels.ts';
import { socialCredit } from './social-credit.ts';

/** The library's menu, in its order (requirements §12.2). */
export const MODULES: readonly Module[] = [
  {
    name: 'bank',
    label: label('企业银行账户', 'Bank accounts'),
    types: [bankAccount],
    order: 20,
  },
  {
    name: 'qualification',
    label: label('企业资质信息', 'Qualifications'),
    types: [qualificationHousing],
    order: 50,
  },
  {
    name: 'certificate',
    label: label('企业证书信息', 'Enterprise certificates'),
    types: [certificate],
    order: 60,
  },
  {
    name: 'credit',
    label: label('社会信用信息', 'Social credit information'),
    types: [socialCredit],
    order: 90,
  },
];

export const RECORD_TYPES: readonly RecordType[] = MODULES.flatMap(({ types }) => types);

const byName = new Map(RECORD_TYPES.map((type) => [type.name, type]));
const moduleByType = new Map(MODULES.flatMap((module) => module.types.map(({ name }) => [name, module])));

/** @throws LIB_TYPE */
export function recordType(name: string): RecordType {
  const type = byName.get(name);
  if (type === undefined) throw libraryError('LIB_TYPE');
  return type;
}

/** The module in which records of a type are kept. @throws LIB_TYPE */
export function moduleOf(typeName: string): Module {
  const module = moduleByType.get(typeName);
  if (module === undefined) throw libraryError('LIB_TYPE');
  return module;
}
