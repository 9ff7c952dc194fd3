import type { RaOrder } from '@hufu/contracts';
import { apply } from '../../i18n/apply.ts';
import { useTexts } from '../../i18n/language.tsx';
import { fileAddress } from '../file-address.ts';
import { Thumb } from './thumb.tsx';

/** Everything that was handed in, each with the name of what it shows. */
export function OrderPictures({ order }: { order: RaOrder }) {
  const t = useTexts(apply);
  return (
    <ul className="thumbs">
      {order.files.map((file) => (
        <li key={file.id} className="named-thumb">
          <Thumb address={fileAddress(order.id, file.id)} file={file} label={t.slots[file.slot]} />
          <span aria-hidden="true">{t.slots[file.slot]}</span>
        </li>
      ))}
    </ul>
  );
}
