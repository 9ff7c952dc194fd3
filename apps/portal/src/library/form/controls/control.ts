import type { Field, Value } from '@hufu/library';

export type FieldOf<K extends Field['kind']> = Field & { readonly kind: K };

/** What every control of a form is given. */
export type ControlProps<K extends Field['kind'] = Field['kind']> = {
  readonly field: FieldOf<K>;
  readonly id: string;
  readonly value: Value | undefined;
  readonly onValue: (value: Value) => void;
  readonly onLeave: () => void;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
};

/** Attributes that tell assistive technology about a native control. */
export const access = ({ id, describedBy, invalid, required }: Omit<ControlProps, 'field'>) => ({
  id,
  required,
  'aria-invalid': invalid ? true : undefined,
  'aria-describedby': describedBy,
});

export const textOf = (value: Value | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
