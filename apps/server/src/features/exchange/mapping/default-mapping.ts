import type { MappingRow } from '@hufu/contracts';
import type { PlatformRecord } from '../../platforms/index.ts';
import { LIBRARY_NODES, type LibraryNode } from './library-nodes.ts';

/** A directory for each of the library's. */
const sameDirectory = ({ libNode, label }: LibraryNode): MappingRow => ({
  libNode,
  platformNode: label,
  required: REQUIRED.has(libNode),
  hint: null,
});

/** Without these no centre can look at a filing. */
const REQUIRED: ReadonlySet<string> = new Set(['organisation/licenceFile']);

const NO_BUSINESS_QUALIFICATION =
  '该平台没有“经营资质”目录，请把文件上传到主体信息库“基本信息/企业资质证书”后重新同步'; // PLAT-032
const ONE_PERSON_DIRECTORY = '人员职业资格'; // PLAT-031

/** Directories of a platform that mirrors, as the manual of such platforms has them (000 §四.2 注(3), (4)). */
function mirrorDirectory(node: LibraryNode): MappingRow {
  if (node.type.startsWith('qualification-')) {
    return { libNode: node.libNode, platformNode: null, required: false, hint: NO_BUSINESS_QUALIFICATION };
  }
  if (node.type === 'person-certificate') {
    return { libNode: node.libNode, platformNode: ONE_PERSON_DIRECTORY, required: false, hint: null };
  }
  return sameDirectory(node);
}

type FilingMode = PlatformRecord['filingMode'];

const BEGINS: Readonly<Record<FilingMode, (node: LibraryNode) => MappingRow>> = {
  LOCAL: sameDirectory,
  MIRROR: mirrorDirectory,
};

/** What a platform of this kind is taken to have until the desk says otherwise (PLAT-033). */
export const defaultMapping = (filingMode: FilingMode): MappingRow[] => LIBRARY_NODES.map(BEGINS[filingMode]);
