import { fieldsOf, MODULES } from '@hufu/library';

/** A directory of the library (电子件目录): the files of one field of one type of record. */
export type LibraryNode = {
  /** `type/field`: stable, however it is labelled. */
  readonly libNode: string;
  /** As people see it, e.g. 基本信息/企业资质证书. */
  readonly label: string;
  readonly labelEn: string;
  readonly type: string;
  readonly field: string;
};

const joined = (parts: readonly string[]): string =>
  parts.filter((part, at) => at === 0 || part !== parts[at - 1]).join('/');

/** All of them, from the declarations. */
export const LIBRARY_NODES: readonly LibraryNode[] = MODULES.flatMap((module) =>
  module.types.flatMap((type) =>
    fieldsOf(type)
      .filter(({ kind }) => kind === 'files')
      .map(({ name, label }) => ({
        libNode: `${type.name}/${name}`,
        label: joined([module.label.zh, type.label.zh, label.zh]),
        labelEn: joined([module.label.en, type.label.en, label.en]),
        type: type.name,
        field: name,
      })),
  ),
);

const BY_NAME = new Map(LIBRARY_NODES.map((node) => [node.libNode, node]));

export const libraryNode = (libNode: string): LibraryNode | undefined => BY_NAME.get(libNode);
