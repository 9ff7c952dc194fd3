import { libraryError, type Module, type RecordType, storageOf } from '@hufu/library';

export type Kind = {
  readonly type: RecordType;
  readonly module: Module;
  readonly storage: ReturnType<typeof storageOf>;
};

/** The types that this installation knows, each with its module and its table. */
export type Catalogue = {
  readonly kinds: readonly Kind[];
  /** @throws LIB_TYPE */
  kind(name: string): Kind;
  has(name: string): boolean;
  /** Those whose names begin so, e.g. the boards of `project-`. */
  beginning(prefix: string): readonly Kind[];
};

export function catalogueOf(modules: readonly Module[]): Catalogue {
  const kinds = modules.flatMap((module) =>
    module.types.map((type): Kind => ({ type, module, storage: storageOf(type) })),
  );
  const byName = new Map(kinds.map((kind) => [kind.type.name, kind]));
  return {
    kinds,
    kind(name) {
      const kind = byName.get(name);
      if (kind === undefined) throw libraryError('LIB_TYPE', { type: name });
      return kind;
    },
    has: (name) => byName.has(name),
    beginning: (prefix) => kinds.filter(({ type }) => type.name.startsWith(prefix)),
  };
}
