import { type DeskRaOrder, deskRaRoutes, type RaFile } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { upload } from '../../api/upload.ts';
import { fileSize } from '../../format/sizes.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Status } from '../../ui/status.tsx';
import './ra.css';

type Slot = DeskRaOrder['slots'][number];

/** All that was handed in, side by side, each to be enlarged (CA-020, CA-023). */
export function RaPictures({ order, mayAdd }: { order: DeskRaOrder; mayAdd: boolean }) {
  const t = useTexts(ra);
  const [shown, setShown] = useState<{ file: RaFile; label: string }>();
  return (
    <section className="stack-tight">
      <h3>{t.pictures}</h3>
      <ul className="ra-pictures">
        {order.slots.map((slot) => (
          <li key={slot.slot} className="ra-slot">
            <strong>{slot.label}</strong>
            <Files order={order} slot={slot} onShow={(file) => setShown({ file, label: slot.label })} />
            {mayAdd ? <Add orderId={order.id} slot={slot} /> : null}
          </li>
        ))}
      </ul>
      {shown ? (
        <Enlarged
          label={shown.label}
          address={addressOf(deskRaRoutes.file, { params: { id: order.id, fileId: shown.file.id } })}
          onClose={() => setShown(undefined)}
        />
      ) : null}
    </section>
  );
}

type FilesProps = { order: DeskRaOrder; slot: Slot; onShow: (file: RaFile) => void };

function Files({ order, slot, onShow }: FilesProps) {
  const t = useTexts(ra);
  const files = order.files.filter((one) => one.slot === slot.slot);
  if (files.length === 0) {
    return <Status tone={slot.required ? 'attention' : 'idle'}>{t.missing}</Status>;
  }
  return files.map((file) => {
    const address = addressOf(deskRaRoutes.file, { params: { id: order.id, fileId: file.id } });
    return (
      <div key={file.id} className="stack-tight">
        {file.mediaType === 'application/pdf' ? (
          <ButtonAnchor href={address} icon="external" newTab>
            {t.openPdf}
          </ButtonAnchor>
        ) : (
          <button
            type="button"
            className="ra-picture"
            aria-label={t.enlarge(slot.label)}
            onClick={() => onShow(file)}
          >
            <img src={address} alt={slot.label} loading="lazy" />
          </button>
        )}
        <span className="faint">
          {file.name} {fileSize(file.size)}
        </span>
        {file.warnings.map((warning) => (
          <Status key={warning} tone="attention">
            {t.warnings[warning] ?? warning}
          </Status>
        ))}
      </div>
    );
  });
}

function Add({ orderId, slot }: { orderId: string; slot: Slot }) {
  const t = useTexts(ra);
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: (file: File) =>
      upload(deskRaRoutes.attach, {
        params: { id: orderId, slot: slot.slot },
        form: {},
        files: { file },
        onProgress: () => undefined,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk', 'ra'] }),
  });
  return (
    <>
      <input
        type="file"
        accept="image/png,image/jpeg,application/pdf"
        aria-label={`${t.upload}：${slot.label}`}
        disabled={add.isPending}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) add.mutate(file);
        }}
      />
      {add.error ? <ProblemBox error={add.error} /> : null}
    </>
  );
}

const SIZES = [1, 1.5, 2, 3] as const;

/** Large, larger, and turned the right way up. */
function Enlarged({ label, address, onClose }: { label: string; address: string; onClose: () => void }) {
  const t = useTexts(ra);
  const [size, setSize] = useState(0);
  const [turns, setTurns] = useState(0);
  return (
    <Dialog
      title={label}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => setTurns((turn) => (turn + 1) % 4)}>{t.rotate}</Button>
          <Button disabled={size === 0} onClick={() => setSize((one) => Math.max(0, one - 1))}>
            {t.zoomOut}
          </Button>
          <Button
            disabled={size === SIZES.length - 1}
            onClick={() => setSize((one) => Math.min(SIZES.length - 1, one + 1))}
          >
            {t.zoomIn}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t.close}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="ra-enlarged" tabIndex={0} aria-label={label}>
        <img
          src={address}
          alt={label}
          style={{ inlineSize: `${SIZES[size]! * 100}%`, transform: `rotate(${turns * 90}deg)` }}
        />
      </section>
    </Dialog>
  );
}
