import type { Field, Option } from '@hufu/library';
import { BooleanControl, ChoiceControl, ChoicesControl } from './choice-controls.tsx';
import type { ControlProps } from './control.ts';
import { FilesControl } from './files-control.tsx';
import { CountsControl, DecimalControl, IntegerControl, YearControl } from './number-controls.tsx';
import { ReferenceControl } from './reference-control.tsx';
import { RowsControl } from './rows-control.tsx';
import { CodeControl, ContactControl, DateControl, TextControl } from './text-controls.tsx';

type AnyControlProps = ControlProps & {
  field: Field;
  label: string;
  options: readonly Option[];
  onBusy: (busy: boolean) => void;
};

/** The control for a field's kind. */
export function Control({ field, label, options, onBusy, ...rest }: AnyControlProps) {
  switch (field.kind) {
    case 'text':
      return <TextControl {...rest} field={field} />;
    case 'uscc':
    case 'id-number':
    case 'account-number':
      return <CodeControl {...rest} kind={field.kind} />;
    case 'mobile':
    case 'phone':
    case 'email':
    case 'url':
      return <ContactControl {...rest} kind={field.kind} />;
    case 'date':
      return <DateControl {...rest} field={field} />;
    case 'year':
      return <YearControl {...rest} field={field} />;
    case 'decimal':
      return <DecimalControl {...rest} field={field} />;
    case 'integer':
      return <IntegerControl {...rest} field={field} />;
    case 'boolean':
      return <BooleanControl {...rest} field={field} />;
    case 'choice':
      return <ChoiceControl {...rest} field={field} options={options} />;
    case 'choices':
      return <ChoicesControl {...rest} field={field} options={options} />;
    case 'counts':
      return <CountsControl {...rest} field={field} />;
    case 'files':
      return <FilesControl {...rest} field={field} label={label} onBusy={onBusy} />;
    case 'reference':
      return <ReferenceControl {...rest} field={field} />;
    case 'rows':
      return <RowsControl {...rest} field={field} />;
  }
}
