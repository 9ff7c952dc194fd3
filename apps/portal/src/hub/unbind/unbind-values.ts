import { UnbindForm } from '@hufu/contracts';
import type { z } from 'zod';
import { checkForm } from '../../ui/field-errors.ts';

export type UnbindValues = {
  readonly unitName: string;
  readonly uscc: string;
  readonly applicantEmail: string;
  readonly certSerial: string;
  readonly nameChangeFinished: 'true' | 'false' | '';
  readonly licenceSealedOrColour: boolean;
};

export type UnbindFiles = { readonly licenceScan?: File; readonly authorisation?: File };
export type FileName = keyof UnbindFiles;

export const EMPTY_UNBIND: UnbindValues = {
  unitName: '',
  uscc: '',
  applicantEmail: '',
  certSerial: '',
  nameChangeFinished: '',
  licenceSealedOrColour: false,
};

/** OD-37. */
export const MOST_BYTES = 20 * 1024 * 1024;
export const ACCEPTED = '.pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png';

export type FileFault = 'fileMissing' | 'fileTooLarge' | 'fileType';

/** What can be told before sending; the server judges by content. */
export function fileFault(file: File | undefined): FileFault | undefined {
  if (file === undefined) return 'fileMissing';
  if (file.size > MOST_BYTES) return 'fileTooLarge';
  return /\.(pdf|jpe?g|png)$/i.test(file.name) ? undefined : 'fileType';
}

/** The typed part, checked by the same schema as on the server. */
export function checkUnbind(values: UnbindValues): z.ZodSafeParseResult<z.output<typeof UnbindForm>> {
  const { certSerial, licenceSealedOrColour, ...rest } = values;
  return checkForm(UnbindForm, {
    ...rest,
    licenceSealedOrColour: licenceSealedOrColour ? 'true' : '',
    ...(certSerial.trim() === '' ? {} : { certSerial: certSerial.replaceAll(/\s/g, '') }),
  });
}
